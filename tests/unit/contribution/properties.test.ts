import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MonthAssessment } from '../../../shared/contribution/assess-month.ts';
import { assess, adult, minor, stepAmount, withOverrides, type Case } from './facts.ts';

const seed = 20251001;
const runs = { seed, numRuns: 400 };

const months = fc.constantFrom('2022-05', '2022-12', '2023-02', '2023-11', '2024-07', '2025-01', '2025-10', '2027-01');
const contributionMonths = fc.constantFrom('2024-07', '2025-01', '2025-10', '2027-01');
const income = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 400_000 }));
const modes = fc.constantFrom('step', 'taper', 'manual');
const formulas = fc.constantFrom('scaled_sum', 'scaled_leefgeld_plus_eb');
const counts = fc.constantFrom('earners', 'adults');

/** A seeded family of 1–3 adults and 0–4 minors in municipal or private reception, with any setting. */
const families = (month: fc.Arbitrary<string> = contributionMonths): fc.Arbitrary<Case> =>
  fc
    .record({
      month,
      adults: fc.integer({ min: 1, max: 3 }),
      minors: fc.integer({ min: 0, max: 4 }),
      amounts: fc.tuple(income, income, income),
      reception: fc.constantFrom('municipal' as const, 'private' as const),
      catered: fc.boolean(),
      inCare: fc.boolean(),
      mode: modes,
      formula: formulas,
      count: counts,
    })
    .map((drawn) => {
      const grownUps = Array.from({ length: drawn.adults }, (_, at) => adult(`a${at}`));
      const children = Array.from({ length: drawn.minors }, (_, at) => minor(`m${at}`));
      const members = [...grownUps, ...children];
      const [first, ...others] = members;
      const known = drawn.month >= '2023-02';
      return {
        month: drawn.month,
        members: drawn.inCare && first ? [{ ...first, inCareInstitution: true }, ...others] : members,
        reception: drawn.reception,
        catered: drawn.catered,
        incomes: known ? Object.fromEntries(grownUps.map(({ id }, at) => [id, drawn.amounts[at] ?? 0])) : {},
        policy: withOverrides({
          'threshold.partial_mode': drawn.mode,
          'threshold.formula': drawn.formula,
          'threshold.eb_count': drawn.count,
        }),
      };
    });

const withMode = (given: Case, mode: string): Case => ({
  ...given,
  policy: {
    ...withOverrides({}),
    overrides: (given.policy?.overrides ?? []).map((own) =>
      own.param === 'threshold.partial_mode' ? { ...own, value: mode } : own,
    ),
  },
});

const sum = (assessment: MonthAssessment, ...rules: readonly string[]) =>
  rules.reduce((total, rule) => total + (stepAmount(assessment, rule) ?? 0), 0);

describe('any family', () => {
  it.each(['step', 'taper'])(
    '%s: more income of an earner never lowers the contribution or raises the allowance',
    (mode) => {
      fc.assert(
        fc.property(families(), fc.integer({ min: 1, max: 50_000 }), (given, raise) => {
          // From nothing to something makes one more payer, which moves the second threshold: that is another family.
          const poorer = withMode(
            { ...given, incomes: { ...given.incomes, a0: Math.max(1, given.incomes?.['a0'] ?? 0) } },
            mode,
          );
          const richer = { ...poorer, incomes: { ...poorer.incomes, a0: (poorer.incomes?.['a0'] ?? 0) + raise } };
          const [before, after] = [assess(poorer), assess(richer)];
          expect(after.contributionCents).toBeGreaterThanOrEqual(before.contributionCents);
          expect(after.allowanceCents).toBeLessThanOrEqual(before.allowanceCents);
        }),
        runs,
      );
    },
  );

  it('taper moves cent by cent: one more cent of income never costs more than one cent', () => {
    fc.assert(
      fc.property(families(), (given) => {
        const poorer = withMode(
          { ...given, policy: withOverrides({ 'threshold.partial_mode': 'taper', 'threshold.eb_count': 'earners' }) },
          'taper',
        );
        const at = poorer.incomes?.['a0'] ?? 0;
        if (at === 0) return;
        const richer = { ...poorer, incomes: { ...poorer.incomes, a0: at + 1 } };
        const [before, after] = [assess(poorer), assess(richer)];
        expect(after.contributionCents - before.contributionCents).toBeLessThanOrEqual(1);
        expect(before.allowanceCents - after.allowanceCents).toBeLessThanOrEqual(1);
      }),
      runs,
    );
  });

  it('the order of members and of incomes does not matter', () => {
    fc.assert(
      fc.property(families(months), (given) => {
        const turned = {
          ...given,
          members: [...given.members].reverse(),
          incomes: Object.fromEntries(Object.entries(given.incomes ?? {}).reverse()),
        };
        expect(assess(turned)).toEqual(assess(given));
      }),
      runs,
    );
  });

  it('the steps add up to the amounts', () => {
    fc.assert(
      fc.property(families(months), (given) => {
        const assessment = assess(given);
        expect(stepAmount(assessment, 'allowance')).toBe(sum(assessment, 'food', 'clothing', 'host-component'));
        expect(sum(assessment, 'contribution-due')).toBe(sum(assessment, 'accommodation', 'catering'));
        expect(stepAmount(assessment, 'allowance-outcome')).toBe(assessment.allowanceCents);
        expect(stepAmount(assessment, 'contribution-outcome') ?? 0).toBe(assessment.contributionCents);
        expect(assessment.allowanceCents).toBeLessThanOrEqual(sum(assessment, 'allowance'));
        expect(assessment.contributionCents).toBeLessThanOrEqual(sum(assessment, 'contribution-due'));
        if (assessment.thresholds !== null) {
          expect(stepAmount(assessment, 'withdraw-threshold')).toBe(assessment.thresholds.withdrawFrom);
          expect(stepAmount(assessment, 'full-contribution-threshold')).toBe(
            assessment.thresholds.fullContributionFrom,
          );
        }
      }),
      runs,
    );
  });

  it('the inputs of food, clothing, host, accommodation and catering give their amount', () => {
    fc.assert(
      fc.property(families(months), (given) => {
        for (const { rule, inputs, amount } of assess(given).steps) {
          const times = (count: string, rate: string) => Number(inputs[count] ?? 0) * Number(inputs[rate] ?? 0);
          const groups = times('adults', 'adultsRate') + times('minors', 'minorsRate');
          if (rule === 'food' || rule === 'clothing' || rule === 'host-component')
            expect(groups + times('persons', 'rate')).toBe(amount);
          if (rule === 'accommodation' || rule === 'catering') expect(times('payers', 'rate')).toBe(amount);
          if (rule === 'countable-income') {
            const counted = Object.entries(inputs).filter(([key]) => key.startsWith('counted.'));
            expect(counted.reduce((total, [, cents]) => total + Number(cents), 0)).toBe(amount);
          }
        }
      }),
      runs,
    );
  });

  it('a contribution and the allowance are never there together, and no amount is below nothing', () => {
    fc.assert(
      fc.property(families(months), (given) => {
        const { allowanceCents, contributionCents, toJudge } = assess(given);
        expect(Math.min(allowanceCents, contributionCents)).toBe(0);
        expect(allowanceCents).toBeGreaterThanOrEqual(0);
        expect(contributionCents).toBeGreaterThanOrEqual(0);
        if (toJudge !== null) {
          for (const shown of [toJudge.step, toJudge.taper]) {
            expect(shown).toBeGreaterThanOrEqual(toJudge.from);
            expect(shown).toBeLessThanOrEqual(toJudge.to);
          }
        }
      }),
      runs,
    );
  });

  it('whoever pays keeps at least the scaled allowance: the floor of contribution.md §6', () => {
    fc.assert(
      fc.property(families(), modes, (given, mode) => {
        const assessment = assess(withMode(given, mode));
        if (assessment.contributionCents === 0 || assessment.thresholds === null) return;
        const kept = sum(assessment, 'countable-income') - assessment.contributionCents;
        // The allowance without its 15 % in between (taper); one cent for rounding.
        expect(kept).toBeGreaterThanOrEqual(sum(assessment, 'allowance') - 1);
        if (assessment.zone === 'full' && assessment.contributionCents === sum(assessment, 'contribution-due'))
          expect(kept).toBeGreaterThanOrEqual(assessment.thresholds.withdrawFrom - 1);
      }),
      runs,
    );
  });

  it('one more minor never lowers the allowance or a threshold', () => {
    fc.assert(
      fc.property(families(), (given) => {
        const larger = { ...given, members: [...given.members, minor('extra')] };
        const [before, after] = [assess(given), assess(larger)];
        expect(sum(after, 'allowance')).toBeGreaterThan(sum(before, 'allowance'));
        if (before.thresholds === null || after.thresholds === null) return;
        expect(after.thresholds.withdrawFrom).toBeGreaterThanOrEqual(before.thresholds.withdrawFrom);
        expect(after.thresholds.fullContributionFrom).toBeGreaterThanOrEqual(before.thresholds.fullContributionFrom);
        expect(before.thresholds.fullContributionFrom).toBeGreaterThanOrEqual(before.thresholds.withdrawFrom);
      }),
      runs,
    );
  });

  it('nobody with a host pays, and never more than two of a family', () => {
    fc.assert(
      fc.property(families(), (given) => {
        const assessment = assess(given);
        const payers = assessment.steps.find(({ rule }) => rule === 'accommodation')?.inputs['payers'] ?? 0;
        expect(Number(payers)).toBeLessThanOrEqual(2);
        if (given.reception === 'private') expect(assessment.contributionCents).toBe(0);
      }),
      runs,
    );
  });
});
