import type { AssessmentRule, MonthAssessment } from './month-assessment.ts';
import type { Position } from './partial-modes.ts';

/**
 * What all families have in common that the rules see alike (`equal-facts.ts`) and whose income lies from `from` to `to`,
 * both included: every word, and every number but those that follow the income.
 */
export type EqualCase = Pick<MonthAssessment, 'allowanceCents' | 'contributionCents' | 'toJudge'> & {
  readonly from: number;
  readonly to: number;
  /** The assessment of the first of them; its amounts stand beside it, because every family reads them. */
  readonly model: MonthAssessment;
  /** Where an outcome, or what is shown to a caseworker, is worked out from the income by the mode `taper`. */
  readonly tapers: Position | null;
  /** False: of one family, whose facts no key can hold. */
  readonly isShared: boolean;
  /** Another with the same key and other incomes. */
  readonly next: EqualCase | null;
};

/** Steps with a number that follows the income; the outcomes do only where `tapers` is there. */
export const followsIncome: ReadonlySet<AssessmentRule> = new Set([
  'countable-income',
  'zone',
  'allowance-outcome',
  'contribution-outcome',
]);
