import { describe, expect, it } from 'vitest';
import {
  contributionDecisionKind,
  makeDecision,
  recompute,
  toContributionDecision,
  type ContributionReceipt,
  type DecisionRequest,
} from '../../../shared/contribution/decision.ts';
import { cents } from '../../../shared/kernel/money.ts';
import type { Value } from '../../../shared/records/record.ts';
import { factsOf, household, parametersOf, withOverrides, type Case } from './facts.ts';

const familyId = '5d8f1e0a-4c1b-4f6e-9a53-0c2f6f1f7a01';
const site = '0b7d54f3-2c1d-4a6b-8e4f-7d1a9c3e5b02';
const request = (given: Case, over: Partial<DecisionRequest> = {}): DecisionRequest => ({
  familyId,
  grownChild: null,
  replaces: null,
  facts: factsOf(given),
  parameters: parametersOf(given.month),
  confirmations: [],
  decidedBy: 'u_00112233445566aa',
  decidedAtMs: 1_762_000_000_000,
  appVersion: '0.1.0',
  ...over,
});
function decided(given: Case, over: Partial<DecisionRequest> = {}): ContributionReceipt {
  const result = makeDecision(request(given, over));
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}
/** What storage gives back: the same values, keys in another order. */
const stored = (value: unknown): Value =>
  Array.isArray(value)
    ? value.map(stored)
    : typeof value === 'object' && value !== null
      ? Object.fromEntries(
          Object.entries(value)
            .reverse()
            .map(([key, inner]) => [key, stored(inner)]),
        )
      : (value as Value);

const earner = { month: '2025-10', members: household('1+1'), incomes: { a1: 130_000 } } as const;
const between = { month: '2025-10', members: household('1+0'), incomes: { a1: 50_000 } } as const;

describe('making a decision', () => {
  it('keeps facts, rows, outcome, who and when', () => {
    const receipt = decided(earner);
    expect(receipt).toMatchObject({
      familyId,
      facts: factsOf(earner),
      confirmedUntil: '2026-04-30',
      assessment: { zone: 'full', contributionCents: 24422 },
      decidedBy: 'u_00112233445566aa',
      decidedAtMs: 1_762_000_000_000,
    });
    expect(receipt.rows.find(({ param }) => param === 'eb.accommodation')).toMatchObject({
      from: '2025-10-01',
      value: 24422,
    });
  });

  it('D-17: is refused while a caseworker has not judged, or judged without a reason', () => {
    expect(makeDecision(request(between))).toEqual({
      ok: false,
      error: { type: 'judgement-missing', of: 'contribution' },
    });
    const judged = (reason: string) => ({ ...between, judgement: { contributionCents: cents(9000), reason } });
    expect(makeDecision(request(judged('')))).toEqual({ ok: false, error: { type: 'judgement-without-reason' } });
    expect(decided(judged('maatwerk')).assessment.contributionCents).toBe(9000);
  });

  it('wants a reason for how two adults count, once there is an income', () => {
    const couple = { month: '2025-10', members: household('2+0'), incomes: { a1: 150_000 } } as const;
    const refused = { ok: false, error: { type: 'warning-unconfirmed', warning: 'two-adults-count' } };
    expect(makeDecision(request(couple))).toEqual(refused);
    const confirm = (reason: string) => ({ confirmations: [{ warning: 'two-adults-count', reason }] as const });
    expect(makeDecision(request(couple, confirm('  ')))).toEqual(refused);
    expect(decided(couple, confirm('één verdiener')).confirmations).toHaveLength(1);
    expect(decided({ ...couple, incomes: {} }).assessment.zone).toBe('none');
  });
});

describe('working a decision out again', () => {
  it.each<[string, Case]>([
    ['full contribution', earner],
    ['no income', { month: '2025-10', members: household('2+3') }],
    ['2022 with a host', { month: '2022-05', members: household('1+2'), reception: 'private' }],
    [
      'municipal values',
      { ...between, policy: withOverrides({ 'threshold.partial_mode': 'taper', 'threshold.factor': 12_000 }) },
    ],
    [
      'all of it municipal',
      {
        ...earner,
        catered: true,
        policy: withOverrides({
          'eb.applies_to': 'municipal',
          'eb.accommodation': 1,
          'eb.catering': 2,
          'eb.max_adults_per_family': 1,
          'eb.min_age': 21,
        }),
      },
    ],
    ['not collected yet', { ...earner, policy: withOverrides({ 'eb.applies_to': 'none' }) }],
    ['judged', { ...between, judgement: { contributionCents: cents(9000), reason: 'maatwerk' } }],
    [
      'discretionary',
      {
        month: '2023-05',
        members: household('1+0'),
        incomes: { a1: 9000 },
        judgement: { allowanceCents: cents(0), reason: 'loon' },
      },
    ],
  ])('gives the same to the cent, from storage as well: %s', (_, given) => {
    const receipt = decided(given);
    expect(recompute(receipt)).toEqual({ ok: true, value: receipt.assessment });
    const values = { placement: { site }, decision: stored(receipt) };
    const read = toContributionDecision(familyId, values);
    expect(read).toEqual({ id: familyId, site, receipt });
    expect(read.receipt && recompute(read.receipt)).toMatchObject({ ok: true, value: receipt.assessment });
  });

  it('says what differs when a kept amount or row was changed', () => {
    const receipt = decided(earner);
    const { assessment, rows } = receipt;
    const paid = { ...receipt, assessment: { ...assessment, contributionCents: cents(24421) } };
    expect(recompute(paid)).toMatchObject({ ok: false, error: { type: 'receipt-differs', part: 'contributionCents' } });
    const cheaper = rows.map((row) => (row.param === 'eb.accommodation' ? { ...row, value: 10500 } : row));
    expect(recompute({ ...receipt, rows: cheaper })).toMatchObject({
      error: { type: 'receipt-differs', part: 'contributionCents', now: { contributionCents: 10500 } },
    });
    const gone = rows.filter(({ param }) => param !== 'clothing');
    expect(recompute({ ...receipt, rows: gone })).toEqual({
      ok: false,
      error: { type: 'missing-parameter', param: 'clothing' },
    });
  });

  it('sees a changed step, also one that does not move the outcome', () => {
    const receipt = decided(earner);
    for (const more of [{ adults: 2 }, { another: 0 }]) {
      const steps = receipt.assessment.steps.map((step, at) =>
        at === 0 ? { ...step, inputs: { ...step.inputs, ...more } } : step,
      );
      const result = recompute({ ...receipt, assessment: { ...receipt.assessment, steps } });
      expect(result).toMatchObject({ error: { type: 'receipt-differs', part: 'steps' } });
    }
  });
});

describe('the record kind', () => {
  it('is written once, and what it holds is finance', () => {
    expect(contributionDecisionKind.immutable).toBe(true);
    expect(contributionDecisionKind.fields.decision).toMatchObject({ class: 'append', compartment: 'finance' });
    expect(contributionDecisionKind.fields.placement).toMatchObject({ class: 'review', compartment: 'core' });
  });

  it('shows no receipt where it is sealed or unreadable', () => {
    expect(toContributionDecision(familyId, { placement: { site: null } })).toEqual({
      id: familyId,
      site: null,
      receipt: null,
    });
    expect(toContributionDecision(familyId, { decision: { familyId } }).receipt).toBeNull();
  });

  it('holds values only: no fractions, nothing undefined', () => {
    const wrong: string[] = [];
    const walk = (value: unknown, path: string): void => {
      if (typeof value === 'object' && value !== null)
        for (const [key, inner] of Object.entries(value)) walk(inner, `${path}.${key}`);
      else if (value === undefined || (typeof value === 'number' && !Number.isSafeInteger(value))) wrong.push(path);
    };
    walk(decided(earner), 'receipt');
    expect(wrong).toEqual([]);
  });
});
