import type { MonthAssessment } from '../../../shared/contribution/month-assessment.ts';
import type { Judgement } from '../../../shared/contribution/month-facts.ts';
import { cents, type Cents } from '../../../shared/kernel/money.ts';

/** What a person still says about a month before it is decided. */
type JudgementForm = {
  readonly amount: Cents | null;
  readonly reason: string;
  readonly confirmation: string;
  /** A full contribution is lowered only when somebody asks for it. */
  readonly isLowered: boolean;
};
export const emptyJudgement: JudgementForm = { amount: null, reason: '', confirmation: '', isLowered: false };

export type JudgementField = 'judgedAmount' | 'judgedReason' | 'confirmation';
type JudgementProblem = 'amount' | 'outside' | 'reason' | 'confirmation';

/** The amount that may be set, with its limits; null where the rules leave nothing to a person. */
export type Question = { readonly of: 'allowance' | 'contribution'; readonly from: Cents; readonly to: Cents };

export function questionOf({ toJudge, contributionCents }: MonthAssessment, form: JudgementForm): Question | null {
  if (toJudge !== null) return toJudge;
  // Onevenredige gevolgen: a contribution that is due can be lowered with a reason, never raised.
  return form.isLowered && contributionCents > 0 ? { of: 'contribution', from: cents(0), to: contributionCents } : null;
}

/** How two adults count is unproven: with income at stake somebody has to answer for it. */
export const asksConfirmation = ({ zone, warnings }: MonthAssessment): boolean =>
  zone !== 'none' && warnings.includes('two-adults-count');

export function judgementProblems(
  assessment: MonthAssessment,
  form: JudgementForm,
): readonly { readonly field: JudgementField; readonly problem: JudgementProblem }[] {
  const question = questionOf(assessment, form);
  const problems: { field: JudgementField; problem: JudgementProblem }[] = [];
  if (question !== null) {
    if (form.amount === null) problems.push({ field: 'judgedAmount', problem: 'amount' });
    else if (form.amount < question.from || form.amount > question.to)
      problems.push({ field: 'judgedAmount', problem: 'outside' });
    if (form.reason.trim() === '') problems.push({ field: 'judgedReason', problem: 'reason' });
  }
  if (asksConfirmation(assessment) && form.confirmation.trim() === '')
    problems.push({ field: 'confirmation', problem: 'confirmation' });
  return problems;
}

/** The judgement as the rules take it; null where none was asked. */
export function toJudgement(assessment: MonthAssessment, form: JudgementForm): Judgement | null {
  const question = questionOf(assessment, form);
  if (question === null || form.amount === null) return null;
  const reason = form.reason.trim();
  return question.of === 'allowance'
    ? { allowanceCents: form.amount, reason }
    : { contributionCents: form.amount, reason };
}
