import { describe, expect, it } from 'vitest';
import { assessMonth, type MonthFacts } from '../../../shared/contribution/assess-month.ts';
import { makeDecision, recompute } from '../../../shared/contribution/decision.ts';
import { isoDate } from '../../../shared/kernel/dates.ts';
import { cents } from '../../../shared/kernel/money.ts';
import { adult, factsOf, household, parametersOf, stepAmount, withOverrides, type Case } from './facts.ts';

const earner: Case = { month: '2025-10', members: household('1+0'), incomes: { a1: 200_000 } };
const hardship = { contributionCents: cents(10_000), until: isoDate('2026-03-31'), reason: 'hoge zorgkosten' };
function assessed(given: Case, more: Partial<MonthFacts>) {
  const result = assessMonth({ ...factsOf(given), ...more }, parametersOf(given.month));
  if (!result.ok) throw new Error(result.error.type);
  return result.value;
}

describe('a hardship decision', () => {
  it('lowers the contribution to what it says, as a step with its reason and last day', () => {
    const found = assessed(earner, { hardship });
    expect(found).toMatchObject({ contributionCents: 10_000, allowanceCents: 0, zone: 'full', toJudge: null });
    expect(found.steps.find(({ rule }) => rule === 'hardship')).toMatchObject({
      amount: 10_000,
      inputs: { before: 24_422, until: '2026-03-31', reason: 'hoge zorgkosten' },
      source: 'gemeente 0344',
      confidence: 'M',
    });
    expect(stepAmount(found, 'contribution-outcome')).toBe(10_000);
  });

  it('never raises one, and is not told where it changes nothing', () => {
    const high = { ...hardship, contributionCents: cents(30_000) };
    expect(assessed(earner, { hardship: high })).toEqual(assessed(earner, {}));
    const poor = { ...earner, incomes: { a1: 0 } };
    expect(assessed(poor, { hardship }).contributionCents).toBe(0);
  });

  it('is the most that a person can set between the thresholds', () => {
    const between = { ...earner, incomes: { a1: 50_000 } };
    expect(assessed(between, { hardship }).toJudge).toMatchObject({ of: 'contribution', from: 0, to: 10_000 });
    const judged = { ...between, judgement: { contributionCents: cents(10_001), reason: 'r' } };
    expect(assessMonth({ ...factsOf(judged), hardship }, parametersOf('2025-10'))).toMatchObject({
      ok: false,
      error: { type: 'judgement-outside-room' },
    });
  });

  it('changes nothing by itself where the municipality settled that every amount is set by hand', () => {
    const byHand = { ...earner, policy: withOverrides({ 'hardship.effect': 'by_hand' }) };
    expect(assessed(byHand, { hardship }).contributionCents).toBe(24_422);
    const lowers = { ...earner, policy: withOverrides({ 'hardship.effect': 'lowers' }) };
    expect(assessed(lowers, { hardship }).steps.find(({ rule }) => rule === 'hardship')?.source).toBe(
      'gemeente 0344; gemeenteblad 1',
    );
  });

  it('is kept in the receipt, which comes to the same cent again', () => {
    const receipt = makeDecision({
      familyId: 'fa300000-0000-4000-8000-000000000001',
      grownChild: null,
      replaces: null,
      facts: { ...factsOf(earner), hardship },
      parameters: parametersOf('2025-10'),
      confirmations: [],
      decidedBy: 'u_0000000000000001',
      decidedAtMs: 0,
      appVersion: '0.1.0',
    });
    if (!receipt.ok) throw new Error(receipt.error.type);
    expect(receipt.value.facts.hardship).toEqual(hardship);
    expect(recompute(JSON.parse(JSON.stringify(receipt.value)) as typeof receipt.value)).toMatchObject({
      ok: true,
      value: { contributionCents: 10_000 },
    });
  });
});

describe('when nobody told an income and the term has ended', () => {
  const silent: Case = { month: '2025-10', members: household('1+0') };
  const incomeTermEnded = isoDate('2025-09-20');
  const imposing = withOverrides({ no_income_info: 'default_impose' });

  it('nothing changes while the municipality has not settled that it does', () => {
    for (const given of [silent, { ...silent, policy: withOverrides({ no_income_info: 'ask' }) }])
      expect(assessed(given, { incomeTermEnded })).toMatchObject({ allowanceCents: 31_484, contributionCents: 0 });
    expect(assessed({ ...silent, policy: imposing }, {})).toMatchObject({ contributionCents: 0, zone: 'none' });
  });

  it('the full contribution is imposed and the allowance ends, as a step with the end of the term', () => {
    const found = assessed({ ...silent, policy: imposing }, { incomeTermEnded });
    expect(found).toMatchObject({ allowanceCents: 0, contributionCents: 24_422, zone: 'full' });
    expect(found.warnings).toContain('no-income-information');
    expect(found.steps.find(({ rule }) => rule === 'default-imposition')).toMatchObject({
      amount: 24_422,
      inputs: { adults: 1, termEnded: '2025-09-20' },
      source: 'gemeenteblad 1',
    });
  });

  it('it is one for each adult without an answer, two at most, with meals where there are; an answer of nothing is one', () => {
    const members = [adult('a1'), adult('a2'), adult('a3')];
    const imposed = (incomes: Record<string, number>, catered = false) =>
      assessed({ month: '2025-10', members, incomes, catered, policy: imposing }, { incomeTermEnded })
        .contributionCents;
    expect(imposed({})).toBe(48_844);
    expect(imposed({}, true)).toBe(99_280);
    expect(imposed({ a1: 0, a2: 0 })).toBe(24_422);
    expect(imposed({ a1: 0, a2: 0, a3: 0 })).toBe(0);
    expect(imposed({ a1: 300_000, a2: 0 })).toBe(48_844);
  });

  it('nothing is imposed on a family with a host', () => {
    const hosted = { ...silent, reception: 'private' as const, policy: imposing };
    expect(assessed(hosted, { incomeTermEnded })).toMatchObject({ contributionCents: 0, zone: 'none' });
  });
});
