import { describe, expect, it } from 'vitest';
import { assessMonth, type IncomeKind } from '../../../shared/contribution/assess-month.ts';
import type { ParameterName } from '../../../shared/contribution/parameters.ts';
import { isoDate } from '../../../shared/kernel/dates.ts';
import { cents } from '../../../shared/kernel/money.ts';
import { adult, assess, factsOf, household, parametersOf, policy, tryAssess, withOverrides } from './facts.ts';

const family = { month: '2025-10', members: household('2+1'), incomes: { a1: 130_000, a2: 50_000 } } as const;

describe('facts that cannot be assessed', () => {
  it('a family without members', () => {
    expect(tryAssess({ month: '2025-10', members: [] })).toEqual({ ok: false, error: { type: 'no-members' } });
  });

  it('parameters of another month', () => {
    const result = assessMonth(factsOf(family), parametersOf('2025-09'));
    expect(result).toEqual({ ok: false, error: { type: 'other-month' } });
  });

  it('the income of somebody else', () => {
    const result = tryAssess({ ...family, incomes: { a1: 1000, z9: 2000 } });
    expect(result).toEqual({ ok: false, error: { type: 'income-of-stranger', memberId: 'z9' } });
  });

  it.each<ParameterName>([
    'food.adult.hh3',
    'food.minor.hh3',
    'clothing',
    'effect_of_income_change',
    'leefgeld.withdrawal',
    'eb.applies_to',
    'eb.accommodation',
    'eb.catering',
    'eb.max_adults_per_family',
    'eb.min_age',
    'threshold.factor',
    'threshold.formula',
    'threshold.compare',
    'threshold.eb_count',
    'threshold.partial_mode',
  ])('a missing row is named, never guessed: %s', (param) => {
    // A catered family never asks for food rows, one in the upper zone not for the mode.
    const catered = param === 'eb.catering';
    const incomes = param === 'threshold.partial_mode' ? { a1: 100_000 } : family.incomes;
    const { [param]: removed, ...rows } = parametersOf('2025-10').rows;
    expect(removed).toBeDefined();
    const result = assessMonth(factsOf({ ...family, incomes, catered }), { ...parametersOf('2025-10'), rows });
    expect(result).toEqual({ ok: false, error: { type: 'missing-parameter', param } });
  });

  it.each([
    ['threshold.partial_mode', 'gradual'],
    ['threshold.factor', 1.15],
    ['eb.accommodation', -1],
    ['eb.accommodation', '244,22'],
  ] as const)('a municipal value for %s that nobody can use (%s) counts as missing', (param, value) => {
    const result = tryAssess({ ...family, incomes: { a1: 100_000 }, policy: withOverrides({ [param]: value }) });
    expect(result).toEqual({ ok: false, error: { type: 'missing-parameter', param } });
  });
});

describe('municipal values', () => {
  it('go before the national row, with their source and confidence M', () => {
    const own = withOverrides({ 'eb.accommodation': 20000 });
    const step = assess({ ...family, policy: own }).steps.find(({ rule }) => rule === 'accommodation');
    expect(step).toMatchObject({ amount: 40000, confidence: 'M', article: 'RooO art. 7 lid 4' });
    expect(step?.source.startsWith('gemeenteblad 1')).toBe(true);
  });

  it('the last of two values for one parameter stands', () => {
    const first = withOverrides({ 'eb.accommodation': 20000 }).overrides;
    const second = withOverrides({ 'eb.accommodation': 15000 }).overrides;
    const own = { ...policy, overrides: [...first, ...second] };
    expect(assess({ ...family, policy: own }).contributionCents).toBe(30000);
  });

  it('a municipality that does not collect yet withdraws the allowance and asks nothing', () => {
    const own = withOverrides({ 'eb.applies_to': 'none' });
    expect(assess({ ...family, policy: own })).toMatchObject({
      allowanceCents: 0,
      contributionCents: 0,
      thresholds: null,
      zone: 'between',
    });
  });

  it('a municipality for which withdrawal stays a choice leaves it to the caseworker', () => {
    const own = withOverrides({ 'leefgeld.withdrawal': 'discretionary' });
    expect(assess({ ...family, policy: own })).toMatchObject({
      allowanceCents: 79509,
      contributionCents: 0,
      toJudge: { of: 'allowance', from: 0, to: 79509 },
    });
  });

  it('a factor of a municipality counts in both thresholds', () => {
    const own = withOverrides({ 'threshold.factor': 11500 });
    const { thresholds } = assess({ month: '2024-07', members: household('1+0'), policy: own });
    // 1.15 × 305.14 = 350.911; 1.15 × 410.14 = 471.661
    expect(thresholds).toEqual({ withdrawFrom: 35091, fullContributionFrom: 47166 });
  });

  it('a threshold that must be exceeded is not reached by its own amount', () => {
    const own = withOverrides({ 'threshold.compare': '>' });
    const at = (income: number) =>
      assess({ month: '2025-10', members: household('1+0'), incomes: { a1: income }, policy: own }).zone;
    expect([at(64292), at(64293)]).toEqual(['between', 'full']);
  });
});

describe('incomes', () => {
  it('of one person add up by kind and in all', () => {
    const facts = factsOf({ month: '2025-10', members: household('1+0') });
    const of = (kind: IncomeKind, amount: number) => ({ memberId: 'a1', kind, amountCents: cents(amount) });
    const incomes = [of('employment', 40_000), of('wage-replacement-benefit', 20_000), of('employment', 5_000)];
    const result = assessMonth({ ...facts, incomes }, parametersOf('2025-10'));
    const step = result.ok ? result.value.steps.find(({ rule }) => rule === 'countable-income') : undefined;
    expect(step).toMatchObject({
      amount: 65_000,
      inputs: { basis: 'net', 'counted.a1.employment': 45_000, 'counted.a1.wage-replacement-benefit': 20_000 },
    });
  });
});

describe('warnings', () => {
  it('an adult of whom no income is known, also not that there is none', () => {
    expect(assess({ month: '2025-10', members: household('1+1') }).warnings).toEqual(['no-income-information']);
    expect(assess({ month: '2025-10', members: household('1+1'), incomes: { a1: 0 } }).warnings).toEqual([]);
    expect(assess({ month: '2024-06', members: household('1+1') }).warnings).toEqual([]);
  });

  it('D-18: the amounts are not confirmed after the newest check, and the open rows go on', () => {
    const of = (month: string) => assess({ month, members: household('1+0'), incomes: { a1: 0 } });
    expect(of('2026-04').warnings).toEqual([]);
    expect(of('2026-05').warnings).toEqual(['amounts-unconfirmed']);
    expect(of('2027-01')).toMatchObject({ allowanceCents: 31484, warnings: ['amounts-unconfirmed'] });
  });

  it('two adults: how often they count is not proven, unless the municipality settled it', () => {
    const one = { month: '2025-10', members: household('2+0'), incomes: { a1: 100_000, a2: 0 } } as const;
    expect(assess(one).warnings).toEqual(['two-adults-count', 'weak-parameter']);
    expect(assess({ ...one, incomes: { a1: 100_000, a2: 50_000 } }).warnings).toContain('two-adults-count');
    const settled = withOverrides({ 'threshold.eb_count': 'earners', 'threshold.partial_mode': 'step' });
    expect(assess({ ...one, policy: settled }).warnings).toEqual([]);
    expect(assess({ ...one, members: household('2+0'), reception: 'private' }).warnings).not.toContain(
      'two-adults-count',
    );
  });

  it('how two adults count is a weak row, also where the contribution is full', () => {
    const given = { month: '2025-10', members: household('2+0') } as const;
    const full = assess({ ...given, incomes: { a1: 150_000, a2: 0 } });
    expect(full).toMatchObject({ zone: 'full', warnings: ['two-adults-count', 'weak-parameter'] });
    const both = assess({ ...given, incomes: { a1: 150_000, a2: 50_000 } });
    expect(both).toMatchObject({ zone: 'full', warnings: ['two-adults-count'] });
  });

  it('the last confirmed day itself is confirmed', () => {
    const until = (confirmedUntil: string) => {
      const parameters = { ...parametersOf('2025-10'), confirmedUntil: isoDate(confirmedUntil) };
      const result = assessMonth(factsOf({ month: '2025-10', members: [adult('a1')], incomes: { a1: 0 } }), parameters);
      return result.ok && result.value.warnings;
    };
    expect(until('2025-10-01')).toEqual([]);
    expect(until('2025-09-30')).toEqual(['amounts-unconfirmed']);
  });

  it('a weak row is warned about only where it was used', () => {
    const at = (income: number) =>
      assess({ month: '2025-10', members: [adult('a1')], incomes: { a1: income } }).warnings;
    expect(at(50_000)).toEqual(['weak-parameter']);
    expect(at(90_000)).toEqual([]);
  });
});

describe('steps', () => {
  it('come in the order of calculation and name article, source and confidence', () => {
    const { steps } = assess({ ...family, catered: true });
    expect(steps.map(({ rule }) => rule)).toEqual([
      'food',
      'clothing',
      'allowance',
      'countable-income',
      'accommodation',
      'catering',
      'contribution-due',
      'withdraw-threshold',
      'full-contribution-threshold',
      'zone',
      'allowance-outcome',
      'contribution-outcome',
    ]);
    for (const step of steps) {
      expect(step.article).toMatch(/RooO art\. \d/);
      expect(step.source).toMatch(/https:|gemeente/);
    }
  });

  it('show a judgement with its limits and reason', () => {
    const judged = assess({
      month: '2025-10',
      members: household('1+0'),
      incomes: { a1: 50_000 },
      judgement: {
        contributionCents: cents(12_000),
        reason: 'maatwerk',
      },
    });
    expect(judged.steps.find(({ rule }) => rule === 'judgement')).toMatchObject({
      amount: 12_000,
      inputs: { of: 'contribution', from: 0, to: 24422, proposed: 0, reason: 'maatwerk' },
      confidence: 'M',
    });
  });

  it('are as sure as the weakest row behind them', () => {
    const of = (month: string) => assess({ month, members: household('1+2') }).steps[0];
    expect(of('2023-09')?.confidence).toBe('H');
    expect(of('2023-10')?.confidence).toBe('M');
  });
});
