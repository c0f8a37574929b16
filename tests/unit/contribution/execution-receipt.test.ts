import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { canonicalText, toExecutionReceipt } from '../../../shared/contribution/execution-receipt.ts';
import { receiptSchema } from '../../../shared/contribution/receipt-schema.ts';
import { isoDate } from '../../../shared/kernel/dates.ts';
import judged from '../../fixtures/receipts/0.1.0/between-judged.json' with { type: 'json' };

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const tools = {
  decisionId: '0d000000-0000-4000-8000-000000000001',
  decidedOn: isoDate('2026-11-17'),
  timestamp: '2026-11-17T10:26:40.000Z',
  sha256,
};
const receipt = receiptSchema.parse(judged);
const mapped = toExecutionReceipt(receipt, tools);

describe('the execution receipt of a decision', () => {
  it('has the sections of the published form, and one of our own', () => {
    expect(Object.keys(mapped)).toEqual([
      'provenance',
      'engine_config',
      'scope',
      'execution',
      'results',
      'accepted_values',
      'timestamp',
      'onderdak',
    ]);
  });

  it('gives amounts in cents, the day, and who it binds', () => {
    expect(mapped.results.outputs).toEqual({
      hoogte_leefgeld: 0,
      hoogte_eigen_bijdrage: 11994,
      drempel_leefgeld: 36207,
      drempel_eigen_bijdrage: 64292,
      zone: 'between',
    });
    expect(mapped.execution).toMatchObject({ calculation_date: '2025-10-01', reference_date: '2026-11-17' });
    expect(mapped.scope.scopes).toEqual([{ type: 'gemeente_code', value: 'GM0402' }]);
    expect(mapped.execution.parameters['judgement']).toEqual({ contributionCents: 11994, reason: 'maatwerk' });
  });

  it('names each dated part of the regulation with a hash of its rows', () => {
    const { loaded_regulations: loaded } = mapped.scope;
    expect(loaded.map(({ valid_from: from }) => from)).toEqual(
      [...new Set(receipt.rows.map(({ from }) => from))].sort(),
    );
    expect(loaded.at(-1)?.hash).toBe(
      `sha256:${sha256(canonicalText(receipt.rows.filter(({ from }) => from === '2025-10-01')))}`,
    );
    expect(mapped.provenance).toMatchObject({ regulation_id: 'BWBR0046503', regulation_valid_from: '2025-10-01' });
  });

  it('keeps every step in order', () => {
    expect(mapped.results.trace.steps.map(({ name, output }) => [name, output])).toEqual(
      receipt.assessment.steps.map(({ rule, amount }) => [rule, amount]),
    );
  });

  it('is the same whatever the order of keys in storage', () => {
    const turned = receipt.rows.map((row) => Object.fromEntries(Object.entries(row).reverse()));
    const again = toExecutionReceipt(receiptSchema.parse({ ...receipt, rows: turned }), tools);
    expect(again.provenance.regulation_hash).toBe(mapped.provenance.regulation_hash);
    const other = { ...receipt, rows: receipt.rows.slice(1) };
    expect(toExecutionReceipt(other, tools).provenance.regulation_hash).not.toBe(mapped.provenance.regulation_hash);
  });

  it('is plain JSON without anything lost on the way', () => {
    expect(JSON.parse(JSON.stringify(mapped))).toEqual(mapped);
  });
});
