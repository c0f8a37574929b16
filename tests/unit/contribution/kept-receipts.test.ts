import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { recompute } from '../../../shared/contribution/decision.ts';
import { receiptSchema } from '../../../shared/contribution/receipt-schema.ts';
import { parametersFor } from '../../../shared/contribution/parameters.ts';
import own from '../../../package.json' with { type: 'json' };

const folder = join(import.meta.dirname, '../../fixtures/receipts');
const versions = readdirSync(folder).sort();
const receipts = versions.flatMap((version) =>
  readdirSync(join(folder, version)).map((file) => ({
    name: `${version}/${file}`,
    version,
    kept: JSON.parse(readFileSync(join(folder, version, file), 'utf8')) as { assessment: object },
  })),
);

describe('receipts that a version has kept', () => {
  it.each(receipts)('$name comes out the same to the cent, with every step', ({ kept }) => {
    const parsed = receiptSchema.safeParse(kept);
    expect(parsed.error).toBeUndefined();
    if (!parsed.success) return;
    // What was kept is what is read: no field of it is lost in this version.
    expect(parsed.data).toEqual(kept);
    const result = recompute(parsed.data);
    expect(result).toMatchObject({ ok: true });
    if (result.ok) expect(result.value).toMatchObject(kept.assessment);
  });

  it('there are some of this version', () => {
    const missing = versions.includes(own.version)
      ? []
      : [`tests/fixtures/receipts/${own.version}: keep receipts of this version before it is released`];
    expect(missing).toEqual([]);
  });

  it('between them use every dated file of amounts, both kinds of reception, a judgement and a municipal value', () => {
    const all = receipts.map(({ kept }) => receiptSchema.parse(kept));
    const months = ['2022-04', '2022-12', '2023-02', '2023-10', '2024-07', '2025-01', '2025-10'];
    const used = new Set(all.flatMap(({ rows }) => rows.map(({ from }) => from.slice(0, 7))));
    expect(months.filter((month) => !used.has(month))).toEqual([]);
    expect(new Set(all.map(({ facts }) => facts.reception))).toEqual(new Set(['municipal', 'private']));
    expect(all.some(({ facts }) => facts.judgement !== undefined)).toBe(true);
    expect(all.some(({ facts }) => facts.policy.overrides.length > 0)).toBe(true);
  });

  it('hold an imposition, months in part by each choice, and hardship decisions', () => {
    const all = receipts.map(({ kept }) => receiptSchema.parse(kept));
    const steps = all.flatMap(({ assessment }) => assessment.steps);
    const modes = steps.flatMap(({ rule, inputs }) =>
      rule === 'part-month' ? [`${inputs['which']} ${inputs['mode']}`] : [],
    );
    expect(new Set(modes)).toEqual(new Set(['first pro_rata', 'first manual', 'first full', 'last pro_rata']));
    expect(steps.filter(({ rule }) => rule === 'default-imposition').length).toBeGreaterThan(1);
    expect(steps.filter(({ rule }) => rule === 'hardship').length).toBeGreaterThan(2);
    const byHand = all.filter(({ facts }) => facts.hardship !== undefined && facts.judgement !== undefined);
    expect(byHand.length).toBeGreaterThan(0);
  });

  it('rest on rows of the released files, unchanged', () => {
    for (const { name, kept } of receipts) {
      const { facts, rows } = receiptSchema.parse(kept);
      const now = parametersFor(facts.month);
      for (const row of rows) expect(now.ok && now.value.rows[row.param], `${name}: ${row.param}`).toEqual(row);
    }
  });
});
