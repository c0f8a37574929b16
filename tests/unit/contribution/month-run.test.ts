import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { standingIndex } from '../../../shared/contribution/all-standing.ts';
import { componentsOf, noComponents, sumComponents } from '../../../shared/contribution/components.ts';
import { standingDecisions } from '../../../shared/contribution/decisions-of.ts';
import {
  canApprove,
  exceptionGroups,
  exceptionReasons,
  exceptionsOf,
  isDone,
  stateOf,
  totalsOf,
  type ExceptionReason,
  type RunSubject,
} from '../../../shared/contribution/month-run.ts';
import { isoDate, isoMonth } from '../../../shared/kernel/dates.ts';
import { cents } from '../../../shared/kernel/money.ts';
import { decidedOn, decisionId, familyA, familyB } from './decided.ts';
import { adult, assess, factsOf, household, withOverrides, type Case } from './facts.ts';

const month = '2025-10';
const alone: Case = { month, members: household('1+0'), incomes: { a1: 0 } };
const earner: Case = { month, members: household('1+0'), incomes: { a1: 130_000 } };
const between: Case = { month, members: household('1+0'), incomes: { a1: 50_000 } };

const silent: Case = {
  ...alone,
  incomes: {},
  policy: withOverrides({ no_income_info: 'default_impose' }),
  also: { incomeTermEnded: isoDate('2025-09-20') },
};

function subject(given: Case, over: Partial<RunSubject> = {}): RunSubject {
  const assessment = assess(given);
  return {
    familyId: familyA,
    grownChild: null,
    month: isoMonth(given.month),
    now: { facts: factsOf(given), assessment },
    before: {
      allowance: assessment.allowanceCents,
      contribution: assessment.contributionCents,
      zone: assessment.zone,
      isByHand: false,
    },
    isFirstMonth: false,
    standing: [],
    isUnsettled: false,
    isInTwoFamilies: false,
    ...over,
  };
}

describe('components of an outcome', () => {
  it('are those of the published amounts of October 2025', () => {
    expect(componentsOf(assess(alone))).toEqual({ ...noComponents, food: 25218, clothing: 6266, allowance: 31484 });
    expect(componentsOf(assess({ ...earner, catered: true }))).toEqual({
      ...noComponents,
      accommodation: 24422,
      catering: 25218,
      contribution: 49640,
    });
  });

  it('keep apart what is withheld in part and what a caseworker set between nothing and the full contribution', () => {
    const taper = { ...between, incomes: { a1: 20_000 }, policy: withOverrides({ 'threshold.partial_mode': 'taper' }) };
    // F × LG − income = 362.07 − 200.00 = 162.07; 314.84 − 162.07 = 152.77 withheld.
    expect(componentsOf(assess(taper))).toEqual({
      ...noComponents,
      food: 25218,
      clothing: 6266,
      withheld: 15277,
      allowance: 16207,
    });
    const judged = { ...between, judgement: { contributionCents: cents(10_000), reason: 'reiskosten' } };
    expect(componentsOf(assess(judged))).toEqual({ ...noComponents, undivided: 10_000, contribution: 10_000 });
  });

  it('always add up to the amounts, and none is negative', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            adults: fc.integer({ min: 1, max: 3 }),
            minors: fc.integer({ min: 0, max: 4 }),
            income: fc.integer({ min: 0, max: 300_000 }),
            catered: fc.boolean(),
            isPrivate: fc.boolean(),
            mode: fc.constantFrom('step', 'taper'),
            at: fc.constantFrom('2023-03', '2024-08', '2025-10'),
          }),
          { maxLength: 6 },
        ),
        (drawn) => {
          const subjects = drawn.map(({ adults, minors, income, catered, isPrivate, mode, at }) =>
            subject({
              month: at,
              members: household(`${String(adults)}+${String(minors)}`),
              incomes: { a1: income },
              catered: catered && !isPrivate,
              reception: isPrivate ? 'private' : 'municipal',
              policy: withOverrides({ 'threshold.partial_mode': mode }),
            }),
          );
          const lines = subjects.map(({ now }) => componentsOf(now!.assessment));
          for (const line of lines) {
            expect(line.food + line.clothing + line.host - line.withheld).toBe(line.allowance);
            expect(line.accommodation + line.catering + line.undivided).toBe(line.contribution);
            expect(Math.min(...Object.values(line))).toBeGreaterThanOrEqual(0);
          }
          const { components } = totalsOf(subjects);
          expect(components).toEqual(sumComponents(lines));
          expect(components.allowance).toBe(subjects.reduce((sum, { now }) => sum + now!.assessment.allowanceCents, 0));
          expect(components.contribution).toBe(
            subjects.reduce((sum, { now }) => sum + now!.assessment.contributionCents, 0),
          );
        },
      ),
      { seed: 20261124, numRuns: 200 },
    );
  });
});

describe('what somebody has to look at', () => {
  it('is nothing for a household like last month', () => {
    expect(exceptionsOf(subject(alone))).toEqual([]);
    expect(stateOf(subject(alone))).toBe('clear');
  });

  const first = (given: Case, over: Partial<RunSubject> = {}) => exceptionsOf(subject(given, over))[0];
  it('has a reason for each case', () => {
    const before = subject(alone).before!;
    expect(first(alone, { now: null })).toBe('not-known');
    expect(first({ ...alone, incomes: {} })).toBe('missing-income');
    expect(first(silent)).toBe('imposed');
    expect(exceptionsOf(subject(silent))).not.toContain('missing-income');
    expect(first(between)).toBe('judge');
    expect(first(alone, { isUnsettled: true })).toBe('unsettled');
    expect(first(alone, { isInTwoFamilies: true, isUnsettled: true })).toBe('two-families');
    expect(first(alone, { isFirstMonth: true, before: null })).toBe('first-month');
    expect(first(alone, { before: { ...before, isByHand: true } })).toBe('hand-entered');
    expect(first(earner, { before: { ...before, zone: 'between' } })).toBe('crossed');
    expect(first(alone, { before: { ...before, zone: 'below' } })).toBeUndefined();
    const couple = { month, members: [adult('a1'), adult('a2')], incomes: { a1: 300_000, a2: 0 } };
    expect(first(couple)).toBe('two-adults');
    expect(first(earner, { standing: [decidedOn(1, alone)] })).toBe('differs');
  });

  it('is decided on the page of the household where something has to be filled in', () => {
    expect(canApprove(['missing-income', 'imposed', 'crossed', 'first-month', 'two-decisions', 'differs'])).toBe(true);
    for (const reason of ['not-known', 'judge', 'two-adults', 'hand-entered'] as const)
      expect(canApprove(['crossed', reason])).toBe(false);
  });

  it('stands once, under its most pressing reason', () => {
    const both = subject({ ...alone, incomes: {} }, { isFirstMonth: true });
    const other = subject(alone, { familyId: familyB, isFirstMonth: true });
    const clear = subject(alone);
    expect(exceptionGroups([other, both, clear])).toEqual([
      { reason: 'missing-income', subjects: [both] },
      { reason: 'first-month', subjects: [other] },
    ]);
  });

  it('has a group for every reason, so that nobody is passed over', () => {
    const before = subject(alone).before!;
    const couple = { month, members: [adult('a1'), adult('a2')], incomes: { a1: 300_000, a2: 0 } };
    const other = decidedOn(2, earner, { decidedAtMs: 1_762_000_000_001 });
    const oneOfEach: Readonly<Record<ExceptionReason, RunSubject>> = {
      'not-known': subject(alone, { now: null }),
      'two-decisions': subject(alone, { standing: [decidedOn(1, alone), other] }),
      'two-families': subject(alone, { isInTwoFamilies: true }),
      unsettled: subject(alone, { isUnsettled: true }),
      'missing-income': subject({ ...alone, incomes: {} }),
      imposed: subject(silent),
      judge: subject(between),
      'two-adults': subject(couple),
      differs: subject(alone, { standing: [other] }),
      'hand-entered': subject(alone, { before: { ...before, isByHand: true } }),
      crossed: subject(earner, { before: { ...before, zone: 'between' } }),
      'first-month': subject(alone, { isFirstMonth: true }),
    };
    const clear = subject(alone);
    expect(exceptionGroups([clear, ...Object.values(oneOfEach).reverse()])).toEqual(
      exceptionReasons.map((reason) => ({ reason, subjects: [oneOfEach[reason]] })),
    );
  });
});

describe('what was decided', () => {
  it('is done while the amounts stay, whatever else changed, and keeps no exception', () => {
    const done = subject({ ...alone, incomes: {} }, { standing: [decidedOn(1, alone)], isFirstMonth: true });
    expect(isDone(done)).toBe(true);
    expect(exceptionsOf(done)).toEqual([]);
  });

  it('twice is one task, and one decision in the place of both ends it', () => {
    const one = decidedOn(1, alone);
    const two = decidedOn(2, alone, { decidedAtMs: 1_762_000_000_001 });
    const task = subject(alone, { standing: [two, one] });
    expect([isDone(task), exceptionsOf(task), canApprove(exceptionsOf(task))]).toEqual([
      false,
      ['two-decisions'],
      true,
    ]);
    const settled = decidedOn(3, alone, { replaces: decisionId(2), alsoReplaces: [decisionId(1)] });
    const unit = { familyId: familyA, grownChild: null };
    const all = [one, settled, two];
    expect(standingDecisions(all, unit, isoMonth(month)).map(({ id }) => id)).toEqual([decisionId(3)]);
    expect(standingIndex(all).of(unit, isoMonth(month))).toEqual(standingDecisions(all, unit, isoMonth(month)));
    expect(
      standingIndex([one, two])
        .of(unit, isoMonth(month))
        .map(({ id }) => id),
    ).toEqual([decisionId(2), decisionId(1)]);
  });

  it('counts in the totals with the amounts of the decision', () => {
    const totals = totalsOf([
      subject(alone, { standing: [decidedOn(1, alone)] }),
      subject(earner, { familyId: familyB }),
      subject(alone, { now: null }),
    ]);
    expect(totals.count).toBe(3);
    expect(totals.components).toMatchObject({ allowance: 31484, contribution: 24422, accommodation: 24422 });
  });
});
