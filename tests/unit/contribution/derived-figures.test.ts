import { describe, expect, it } from 'vitest';
import { isoDate } from '../../../shared/kernel/dates.ts';
import { cents } from '../../../shared/kernel/money.ts';
import { adult, assess, household, policy, stepAmount, tryAssess, withOverrides } from './facts.ts';

const taper = withOverrides({ 'threshold.partial_mode': 'taper' });

/** contribution.md §14: worked out from the table of parameters; no published figure. */
describe('allowance and thresholds', () => {
  it.each([
    ['1+0', 31484],
    ['1+1', 58755],
    ['1+2', 75933],
    ['2+0', 62968],
    ['2+1', 79509],
    ['2+3', 116439],
  ])('D-01, D-02: allowance of %s', (sizes, allowance) => {
    expect(assess({ month: '2025-10', members: household(sizes) }).allowanceCents).toBe(allowance);
  });

  it.each([
    ['2+0', 100499],
    ['2+1', 119521],
  ])('D-03: second threshold of %s with one payer counted, halves up', (sizes, threshold) => {
    const { thresholds } = assess({ month: '2025-10', members: household(sizes), incomes: { a1: 100 } });
    expect(thresholds?.fullContributionFrom).toBe(threshold);
  });

  it('counts both adults in the second threshold where a municipality chose so', () => {
    const { thresholds } = assess({
      month: '2025-10',
      members: household('2+0'),
      incomes: { a1: 100 },
      policy: withOverrides({ 'threshold.eb_count': 'adults' }),
    });
    // 1.15 × (629.68 + 2 × 244.22) = 1285.838
    expect(thresholds?.fullContributionFrom).toBe(128584);
  });

  it('D-04: on a catered site the first threshold falls and the second stays', () => {
    const assessment = assess({ month: '2025-10', members: household('1+0'), catered: true });
    expect(assessment.allowanceCents).toBe(6266);
    expect(assessment.thresholds).toEqual({ withdrawFrom: 7206, fullContributionFrom: 64292 });
  });

  it('D-05: the threshold itself is reached at its very cent', () => {
    const at = (income: number) => assess({ month: '2025-10', members: household('1+0'), incomes: { a1: income } });
    expect(at(64291)).toMatchObject({ zone: 'between', contributionCents: 0 });
    expect(at(64292)).toMatchObject({ zone: 'full', contributionCents: 24422 });
    expect(at(36206)).toMatchObject({ zone: 'below', allowanceCents: 31484 });
    expect(at(36207)).toMatchObject({ zone: 'between', allowanceCents: 0 });
  });

  it('knows the other reading of the second threshold', () => {
    const other = withOverrides({ 'threshold.formula': 'scaled_leefgeld_plus_eb' });
    const { thresholds } = assess({ month: '2025-10', members: household('1+0'), policy: other });
    expect(thresholds).toEqual({ withdrawFrom: 36207, fullContributionFrom: 60629 });
  });

  it('D-08: the contribution of September and of October 2025', () => {
    const of = (month: string) => assess({ month, members: household('1+0'), incomes: { a1: 500_000 } });
    expect(of('2025-09').contributionCents).toBe(10500);
    expect(of('2025-10').contributionCents).toBe(24422);
  });

  it('D-09: the catering part of December 2024 and of January 2025', () => {
    const of = (month: string) =>
      stepAmount(assess({ month, members: household('1+0'), catered: true, incomes: { a1: 500_000 } }), 'catering');
    expect(of('2024-12')).toBe(24248);
    expect(of('2025-01')).toBe(25218);
  });
});

describe('between the thresholds', () => {
  it.each([
    ['D-06', 50000, 0, 11994],
    ['D-07', 20000, 16207, 0],
    ['little income', 1000, 31484, 0],
  ])('%s: taper with an income of %i', (_, income, allowance, contribution) => {
    const assessment = assess({ month: '2025-10', members: household('1+0'), incomes: { a1: income }, policy: taper });
    expect(assessment).toMatchObject({ allowanceCents: allowance, contributionCents: contribution, toJudge: null });
  });

  it.each([
    ['below', 36206, 31484, 0],
    ['between', 64291, 0, 0],
    ['full', 64292, 0, 24422],
  ])('step, zone %s', (zone, income, allowance, contribution) => {
    const step = withOverrides({ 'threshold.partial_mode': 'step' });
    const assessment = assess({ month: '2025-10', members: household('1+0'), incomes: { a1: income }, policy: step });
    expect(assessment).toMatchObject({
      zone,
      allowanceCents: allowance,
      contributionCents: contribution,
      toJudge: null,
    });
  });

  it('taper follows the other formula to the full contribution', () => {
    const other = withOverrides({ 'threshold.partial_mode': 'taper', 'threshold.formula': 'scaled_leefgeld_plus_eb' });
    const at = (income: number) =>
      assess({ month: '2025-10', members: household('1+0'), incomes: { a1: income }, policy: other }).contributionCents;
    expect([36207, 36208, 60628, 60629].map(at)).toEqual([0, 1, 24421, 24422]);
  });

  const between = { month: '2025-10', members: household('1+0'), incomes: { a1: 50000 } } as const;

  it('D-17: by hand there is no contribution until somebody has set it with a reason', () => {
    expect(assess(between)).toMatchObject({
      contributionCents: 0,
      toJudge: { of: 'contribution', from: 0, to: 24422, step: 0, taper: 11994 },
    });
    const judged = (contributionCents: number, reason: string) =>
      tryAssess({ ...between, judgement: { contributionCents: cents(contributionCents), reason } });
    expect(judged(12000, ' ')).toEqual({ ok: false, error: { type: 'judgement-without-reason' } });
    expect(judged(24423, 'maatwerk')).toEqual({ ok: false, error: { type: 'judgement-outside-room' } });
    expect(judged(-1, 'maatwerk')).toEqual({ ok: false, error: { type: 'judgement-outside-room' } });
    expect(judged(12000, 'maatwerk')).toMatchObject({
      value: { contributionCents: 12000, allowanceCents: 0, toJudge: null },
    });
  });

  it('below the first threshold the allowance is what is left to judge', () => {
    const below = { month: '2025-10', members: household('1+0'), incomes: { a1: 20000 } } as const;
    expect(assess(below)).toMatchObject({
      allowanceCents: 31484,
      toJudge: { of: 'allowance', from: 0, to: 31484, step: 31484, taper: 16207 },
    });
    const reason = 'deels ingetrokken';
    expect(assess({ ...below, judgement: { allowanceCents: cents(16207), reason } })).toMatchObject({
      allowanceCents: 16207,
      contributionCents: 0,
      toJudge: null,
    });
    const paying = tryAssess({ ...below, judgement: { contributionCents: cents(1), reason } });
    expect(paying).toEqual({ ok: false, error: { type: 'judgement-outside-room' } });
  });

  it('a full contribution may be lowered, and the allowance does not come back beside it', () => {
    const full = { month: '2025-10', members: household('1+0'), incomes: { a1: 90000 } } as const;
    const reason = 'onevenredige gevolgen';
    expect(assess({ ...full, judgement: { contributionCents: cents(5000), reason } }).contributionCents).toBe(5000);
    const both = tryAssess({ ...full, judgement: { allowanceCents: cents(1), reason } });
    expect(both).toEqual({ ok: false, error: { type: 'judgement-outside-room' } });
  });

  it('without countable income there is nothing to judge', () => {
    const lowered = { allowanceCents: cents(100), reason: 'zomaar' };
    const result = tryAssess({ month: '2025-10', members: household('1+0'), judgement: lowered });
    expect(result).toEqual({ ok: false, error: { type: 'judgement-outside-room' } });
  });
});

describe('who counts and what counts', () => {
  it('D-11: the wage of a minor appears and does not count', () => {
    const youth = { id: 'm9', birthDate: isoDate('2008-11-15'), unaccompanied: false };
    const assessment = assess({ month: '2025-10', members: [...household('1+0'), youth], incomes: { m9: 200_000 } });
    expect(assessment).toMatchObject({ zone: 'none', allowanceCents: 58755, contributionCents: 0 });
    const step = assessment.steps.find(({ rule }) => rule === 'countable-income');
    expect(step).toMatchObject({ amount: 0, inputs: { 'minor.m9.employment': 200_000 } });
  });

  it('D-12: with a host nobody pays, and the allowance is judged by art. 13', () => {
    const assessment = assess({
      month: '2025-10',
      members: household('1+0'),
      reception: 'private',
      incomes: { a1: 90000 },
    });
    // 252.18 + 62.66 + 77.16
    expect(stepAmount(assessment, 'allowance')).toBe(39200);
    expect(assessment).toMatchObject({
      thresholds: null,
      contributionCents: 0,
      allowanceCents: 0,
      toJudge: { of: 'allowance', from: 0, to: 39200, step: 0, taper: 0 },
    });
    expect(assessment.warnings).toContain('weak-parameter');
    expect(stepAmount(assessment, 'accommodation')).toBeUndefined();
  });

  it('with a host there is no catering and the weak ground of the threshold is told, also in mode step', () => {
    const given = { month: '2025-10', members: household('1+0'), reception: 'private', catered: true } as const;
    expect(assess(given).allowanceCents).toBe(39200);
    const step = withOverrides({ 'threshold.partial_mode': 'step' });
    expect(assess({ ...given, incomes: { a1: 90000 }, policy: step })).toMatchObject({
      allowanceCents: 0,
      toJudge: null,
      warnings: ['weak-parameter'],
    });
  });

  it('D-13: pay for chores on the site is not income, even where a municipality counts it', () => {
    const chores = { members: household('1+0'), incomes: { a1: 6000 }, kind: 'site-chores' } as const;
    for (const extraGrounds of [[], ['site-chores'] as const]) {
      const assessment = assess({ month: '2025-10', ...chores, policy: { ...policy, extraGrounds } });
      expect(assessment).toMatchObject({ zone: 'none', allowanceCents: 31484 });
    }
  });

  it.each(['pension', 'student-finance', 'alimony', 'other'] as const)('%s counts only as an extra ground', (kind) => {
    const given = { month: '2025-10', members: household('1+0'), incomes: { a1: 90000 }, kind } as const;
    expect(assess(given)).toMatchObject({ zone: 'none', warnings: [] });
    const own = assess({ ...given, policy: { ...policy, extraGrounds: [kind] } });
    expect(own).toMatchObject({ zone: 'full', contributionCents: 24422, warnings: ['weak-parameter'] });
  });

  it.each(['employment', 'wage-replacement-benefit', 'supplementary-benefit'] as const)('%s always counts', (kind) => {
    const given = { month: '2025-10', members: household('1+0'), incomes: { a1: 90000 }, kind } as const;
    expect(assess(given)).toMatchObject({ zone: 'full', warnings: [] });
  });

  it('D-15: an unaccompanied minor has the food of an adult and never pays', () => {
    const alone = { id: 'm1', birthDate: isoDate('2009-01-10'), unaccompanied: true };
    const assessment = assess({ month: '2025-10', members: [alone], incomes: { m1: 90000 } });
    expect(stepAmount(assessment, 'food')).toBe(25218);
    expect(assessment).toMatchObject({ zone: 'none', contributionCents: 0, allowanceCents: 31484 });
  });

  it('in a care institution somebody keeps the clothing amount and counts for the size of the family', () => {
    const inCare = { ...adult('a2'), inCareInstitution: true };
    const assessment = assess({ month: '2025-10', members: [...household('1+1'), inCare] });
    // Size 3: 214.29 + 178.53, and three times 62.66.
    expect(stepAmount(assessment, 'food')).toBe(39282);
    expect(assessment.allowanceCents).toBe(58080);
    const withHost = assess({ month: '2025-10', members: [inCare], reception: 'private' });
    expect(withHost.allowanceCents).toBe(6266);
  });

  it('at most two adults of a family pay', () => {
    const rich = { a1: 500_000, a2: 500_000, a3: 500_000 };
    expect(assess({ month: '2025-10', members: household('3+0'), incomes: rich }).contributionCents).toBe(48844);
  });

  it('somebody is an adult on the first of a month that is the 18th birthday, not a day before', () => {
    const born = (day: string) => [{ id: 'x', birthDate: isoDate(day), unaccompanied: false }];
    const zone = (day: string) => assess({ month: '2025-10', members: born(day), incomes: { x: 90000 } }).zone;
    expect(zone('2007-10-01')).toBe('full');
    expect(zone('2007-10-02')).toBe('none');
  });
});

describe('before the contribution', () => {
  it('the allowance may be withdrawn: a caseworker judges', () => {
    const given = { month: '2024-06', members: household('1+0'), incomes: { a1: 20000 } } as const;
    // 242.48 + 60.71
    expect(assess(given)).toMatchObject({
      allowanceCents: 30319,
      contributionCents: 0,
      thresholds: null,
      zone: 'none',
      toJudge: { of: 'allowance', from: 0, to: 30319, step: 30319, taper: 10319 },
      warnings: [],
    });
    expect(assess({ ...given, judgement: { allowanceCents: cents(0), reason: 'loon' } }).allowanceCents).toBe(0);
    const paying = { contributionCents: cents(1), reason: 'loon' };
    expect(tryAssess({ ...given, judgement: paying })).toMatchObject({ ok: false });
  });

  it('from July 2024 to September 2025 the thresholds have no 15 % on top', () => {
    const { thresholds } = assess({ month: '2024-07', members: household('1+0') });
    // 242.48 + 62.66, and 105.00 more
    expect(thresholds).toEqual({ withdrawFrom: 30514, fullContributionFrom: 41014 });
  });

  it('no rule on withdrawal is known before February 2023: the calculation stops and names it', () => {
    const result = tryAssess({ month: '2022-12', members: household('1+0'), incomes: { a1: 20000 } });
    expect(result).toEqual({ ok: false, error: { type: 'missing-parameter', param: 'leefgeld.withdrawal' } });
  });
});
