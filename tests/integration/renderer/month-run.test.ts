import { beforeAll, describe, expect, it } from 'vitest';
import { decisionsIn } from '../../../renderer/use-cases/assess-family.ts';
import { decideMany, type Approval } from '../../../renderer/use-cases/decide-many.ts';
import { findDecisionEffects } from '../../../renderer/use-cases/decision-effects.ts';
import { assessRun, type RunLine } from '../../../renderer/use-cases/month-run.ts';
import { registerReader } from '../../../renderer/use-cases/register-reader.ts';
import { saveRecord, type SaveRequest } from '../../../renderer/use-cases/save-record.ts';
import { overrideFieldId } from '../../../shared/contribution/municipal-policy.ts';
import { componentsOf, sumComponents } from '../../../shared/contribution/components.ts';
import { canApprove, exceptionsOf, stateOf, totalsOf } from '../../../shared/contribution/month-run.ts';
import { generateMunicipality } from '../../../shared/demo/demo-site.ts';
import { isoDate, isoMonth } from '../../../shared/kernel/dates.ts';
import { err } from '../../../shared/kernel/result.ts';
import { aDevice, creating, type Device } from '../../fakes/device.ts';

const month = isoMonth('2026-10');
const demo = generateMunicipality({ seed: 41 });
const policyRef = { kind: 'municipalPolicy', id: 'b0110000-0000-4000-8000-000000000001' } as const;
const goOn = new AbortController().signal;
const nothing = () => undefined;
const pause = () => Promise.resolve();

async function aMunicipality(): Promise<Device> {
  const device = await aDevice();
  const records = [...demo.sites, ...demo.families, ...demo.residents].map(({ kind, id, values }) =>
    creating({ kind, id }, values),
  );
  records.push(
    creating(policyRef, {
      placement: { site: null },
      municipality: { code: demo.code, name: demo.name },
      'basis.2022-04-01': { incomeBasis: 'net', reason: 'besluit' },
      [overrideFieldId('threshold.partial_mode', isoDate('2022-04-01'))]: {
        to: null,
        value: 'step',
        reason: 'beleidsregel',
        source: 'gemeenteblad 1',
      },
    }),
  );
  for (let at = 0; at < records.length; at += 100) {
    const parts = records.slice(at, at + 100).flatMap((request) => request.records);
    const saved = await device.save({ records: parts, action: 'import', purpose: null });
    if (!saved.ok) throw new Error(saved.error.type);
  }
  return device;
}

const run = async (device: Device, of = month, onProgress: (done: number, total: number) => void = nothing) => {
  const work = { reader: registerReader(device.vault), pause, onProgress, signal: goOn };
  return (await assessRun(work, { month: of, site: null })) ?? [];
};
const approvalOf = ({ familyId, grownChild, now, standing, month: of }: RunLine): Approval[] =>
  now === null
    ? []
    : [
        {
          familyId,
          grownChild,
          month: of,
          allowanceCents: now.assessment.allowanceCents,
          contributionCents: now.assessment.contributionCents,
          replaces: standing.map(({ id }) => id),
        },
      ];
const clearOnes = (lines: readonly RunLine[]) => lines.filter((line) => stateOf(line) === 'clear').flatMap(approvalOf);
const approvable = (lines: readonly RunLine[]) =>
  lines.filter((line) => stateOf(line) !== 'done' && canApprove(exceptionsOf(line))).flatMap(approvalOf);

function toolsOf(
  device: Device,
  {
    signal = goOn,
    onProgress = nothing,
    save = (request) => saveRecord(device.vault, request),
  }: {
    signal?: AbortSignal;
    onProgress?: (done: number, total: number) => void;
    save?: (request: SaveRequest) => ReturnType<typeof saveRecord>;
  } = {},
) {
  return {
    reader: registerReader(device.vault),
    save,
    newId: () => device.newRef('contributionDecision').id,
    nowMs: () => 1_800_000_000_000,
    user: 'u_0000000000000001',
    appVersion: '0.0.0-test',
    pause,
    onProgress,
    signal,
  };
}
const decisionCount = (device: Device) => decisionsIn(registerReader(device.vault)).length;

describe('a municipality of 170 households', () => {
  let lines: readonly RunLine[];
  let device: Device;
  const progress: [number, number][] = [];
  beforeAll(async () => {
    device = await aMunicipality();
    lines = await run(device, month, (done, total) => void progress.push([done, total]));
  }, 60_000);

  it('is assessed in slices with progress, every household once', () => {
    expect(progress.length).toBeGreaterThan(150);
    expect(progress.at(-1)).toEqual([progress.length, progress.length]);
    const keys = lines.map(({ familyId, grownChild }) => `${familyId} ${grownChild ?? ''}`);
    expect(new Set(keys).size).toBe(keys.length);
    expect(new Set(lines.map(({ familyId }) => familyId)).size).toBe(progress.length);
  });

  it('adds up: the lines, their components and the totals', () => {
    const { components } = totalsOf(lines);
    const known = lines.flatMap(({ now }) => now ?? []);
    expect(components.allowance).toBe(known.reduce((sum, { assessment }) => sum + assessment.allowanceCents, 0));
    expect(components.contribution).toBe(known.reduce((sum, { assessment }) => sum + assessment.contributionCents, 0));
    expect(components).toEqual(sumComponents(known.map(({ assessment }) => componentsOf(assessment))));
    expect(components.food + components.clothing + components.host - components.withheld).toBe(components.allowance);
  });

  it('stops when somebody cancels, and nothing is written', async () => {
    const stop = new AbortController();
    const work = {
      reader: registerReader(device.vault),
      pause,
      onProgress: (done: number) => done === 5 && stop.abort(),
      signal: stop.signal,
    };
    expect(await assessRun(work, { month, site: null })).toBeNull();
    expect(decisionCount(device)).toBe(0);
  });

  it('can be limited to a site and to one household', async () => {
    const [site] = demo.sites;
    const work = { reader: registerReader(device.vault), pause, onProgress: nothing, signal: goOn };
    const ofSite = await assessRun(work, { month, site: site!.id });
    expect(ofSite!.length).toBeGreaterThan(0);
    expect(ofSite!.length).toBeLessThan(lines.length);
    expect(new Set(ofSite!.map((line) => line.site))).toEqual(new Set([site!.id]));
    const one = await assessRun(work, { month, site: null, families: [lines[0]!.familyId] });
    expect(new Set(one!.map(({ familyId }) => familyId))).toEqual(new Set([lines[0]!.familyId]));
  });

  it('approved, run and approved again: the second time changes nothing', async () => {
    const approvals = approvable(lines);
    expect(approvals.length).toBeGreaterThan(60);
    const first = await decideMany(toolsOf(device), approvals);
    expect(first).toEqual({ decided: approvals.length, passed: [], error: null });
    const once = decisionsIn(registerReader(device.vault));
    // The same approvals once more, as a second window would send them.
    expect(await decideMany(toolsOf(device), approvals)).toMatchObject({ decided: 0, error: null });
    const again = await run(device);
    expect(approvable(again)).toEqual([]);
    expect(again.filter((line) => stateOf(line) === 'done')).toHaveLength(approvals.length);
    expect(totalsOf(again)).toEqual(totalsOf(lines));
    expect(decisionsIn(registerReader(device.vault))).toEqual(once);
    expect(clearOnes(again)).toEqual([]);
    expect(
      await findDecisionEffects({ reader: registerReader(device.vault), pause, onProgress: nothing, signal: goOn }),
    ).toEqual([]);
  }, 30_000);

  it('after a change of policy: every decision it hits, corrected in one run, the old ones kept', async () => {
    const before = decisionCount(device);
    const standing = (await run(device)).filter((line) => stateOf(line) === 'done');
    const saved = await device.save({
      records: [
        {
          ref: policyRef,
          edits: [
            {
              field: overrideFieldId('clothing', isoDate('2026-10-01')),
              value: { to: null, value: 7000, reason: 'proef', source: 'gemeenteblad 2' },
              base: [],
            },
          ],
        },
      ],
      action: 'edit',
      purpose: null,
    });
    expect(saved.ok).toBe(true);
    const work = { reader: registerReader(device.vault), pause, onProgress: nothing, signal: goOn };
    const effects = (await findDecisionEffects(work))!;
    const gets = standing.filter(({ now }) => now!.assessment.allowanceCents > 0);
    expect(effects.length).toBeGreaterThanOrEqual(gets.length);
    const persons = (receipt: (typeof effects)[number]['decision']['receipt']) => receipt.facts.members.length;
    for (const { decision, allowanceDifference, now } of effects)
      // 70.00 instead of 62.66 for each person, where the allowance is not withdrawn.
      if (now!.assessment.zone === 'none') expect(allowanceDifference).toBe(persons(decision.receipt) * (7000 - 6266));
    // Nothing changes by itself.
    expect(decisionCount(device)).toBe(before);

    const ready = effects.filter(({ state }) => state === 'ready');
    const report = await decideMany(
      toolsOf(device),
      ready.map(({ decision, now }) => ({
        familyId: decision.receipt.familyId,
        grownChild: decision.receipt.grownChild,
        month: decision.receipt.facts.month,
        allowanceCents: now!.assessment.allowanceCents,
        contributionCents: now!.assessment.contributionCents,
        replaces: [decision.id],
      })),
    );
    expect(report).toEqual({ decided: ready.length, passed: [], error: null });
    const all = decisionsIn(registerReader(device.vault));
    expect(all).toHaveLength(before + ready.length);
    const replaced = new Set(all.map(({ receipt }) => receipt!.replaces));
    for (const { decision } of ready) expect(replaced.has(decision.id)).toBe(true);
    const left = (await findDecisionEffects(work))!;
    expect(left.map(({ state }) => state)).not.toContain('ready');
  }, 30_000);
});

describe('a run that breaks off', () => {
  it('keeps what was decided; the next run goes on with the rest', async () => {
    const device = await aMunicipality();
    const approvals = approvable(await run(device));
    const stop = new AbortController();
    const cancelled = await decideMany(
      toolsOf(device, { signal: stop.signal, onProgress: () => stop.abort() }),
      approvals,
    );
    expect(cancelled).toEqual({ decided: 25, passed: [], error: null });
    // The store fails in the second chunk: that one is not in it in part.
    let saves = 0;
    const failing = toolsOf(device, {
      save: (request) => {
        saves += 1;
        return saves === 2 ? Promise.resolve(err({ type: 'storage-failed' })) : saveRecord(device.vault, request);
      },
    });
    const failed = await decideMany(failing, approvable(await run(device)));
    expect(failed).toMatchObject({ decided: 25, error: { type: 'storage-failed' } });
    expect(decisionCount(device)).toBe(50);

    await device.restart();
    expect(decisionCount(device)).toBe(50);
    const rest = approvable(await run(device));
    expect(rest).toHaveLength(approvals.length - 50);
    expect(await decideMany(toolsOf(device), rest)).toMatchObject({ decided: rest.length });
    expect(approvable(await run(device))).toEqual([]);
    expect(decisionCount(device)).toBe(approvals.length);
  }, 60_000);

  it('passes over what is not as it was seen, and two decisions of two laptops are one task', async () => {
    const device = await aMunicipality();
    const [line] = (await run(device)).filter((one) => stateOf(one) === 'clear');
    const [approval] = approvalOf(line!);
    const other = { ...approval!, allowanceCents: 1 as Approval['allowanceCents'] };
    expect(await decideMany(toolsOf(device), [other])).toEqual({ decided: 0, passed: [other], error: null });
    expect(await decideMany(toolsOf(device), [approval!, approval!])).toMatchObject({
      decided: 1,
      passed: [approval],
    });
    // A colleague decided on the same month without knowing of it.
    const [first] = decisionsIn(registerReader(device.vault));
    const twin = device.newRef('contributionDecision');
    await device.save(
      creating(twin, { placement: { site: first!.site }, decision: { ...first!.receipt!, replaces: null } }),
    );
    const [task] = (await run(device)).filter(({ familyId }) => familyId === approval!.familyId);
    expect(exceptionsOf(task!)).toContain('two-decisions');
    expect(task!.standing).toHaveLength(2);
    expect(await decideMany(toolsOf(device), approvalOf(task!))).toMatchObject({ decided: 1 });
    const [done] = (await run(device)).filter(({ familyId }) => familyId === approval!.familyId);
    expect(stateOf(done!)).toBe('done');
    expect(decisionCount(device)).toBe(3);
  }, 60_000);
});
