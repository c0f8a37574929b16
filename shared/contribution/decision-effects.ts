import { cents, type Cents } from '../kernel/money.ts';
import type { ReadDecision } from './decisions-of.ts';
import type { ListedAssessment } from './month-assessment.ts';
import type { MonthFacts } from './month-facts.ts';
import { asksForCount, sameAmounts } from './month-run.ts';

/**
 * `ready`: a corrected decision can be made as it is. `judge`: a caseworker set or has to set an amount. `count`: how
 * two adults count has to be explained first. `not-known`: no amount can be worked out any more.
 */
export type EffectState = 'ready' | 'judge' | 'count' | 'not-known';

/** A decision that would come out otherwise now. Differences are new minus decided, in cents; null: not known. */
export type DecisionEffect = {
  readonly decision: ReadDecision;
  readonly now: { readonly facts: MonthFacts; readonly assessment: ListedAssessment } | null;
  readonly allowanceDifference: Cents | null;
  readonly contributionDifference: Cents | null;
  readonly state: EffectState;
};

/**
 * What the register of today makes of a decision, worked out with the judgement that stands in it; null when its amounts
 * stay. Nothing is changed by it.
 */
export function effectOn(decision: ReadDecision, now: DecisionEffect['now']): DecisionEffect | null {
  const { receipt } = decision;
  if (now === null)
    return { decision, now, allowanceDifference: null, contributionDifference: null, state: 'not-known' };
  const { assessment } = now;
  if (assessment.toJudge === null && sameAmounts(receipt.assessment, assessment)) return null;
  const isByHand = receipt.facts.judgement !== undefined || assessment.toJudge !== null;
  const isExplained = receipt.confirmations.some(({ warning }) => warning === 'two-adults-count');
  return {
    decision,
    now,
    allowanceDifference: cents(assessment.allowanceCents - receipt.assessment.allowanceCents),
    contributionDifference: cents(assessment.contributionCents - receipt.assessment.contributionCents),
    state: isByHand ? 'judge' : asksForCount(assessment) && !isExplained ? 'count' : 'ready',
  };
}

export type FamilyEffects = {
  readonly familyId: string;
  /** By month, then unit. */
  readonly effects: readonly DecisionEffect[];
  readonly allowanceDifference: Cents;
  readonly contributionDifference: Cents;
};

/** Effects by registered family, in the order in which the families come; what is not known counts for nothing. */
export function effectsByFamily(effects: readonly DecisionEffect[]): readonly FamilyEffects[] {
  const byFamily = new Map<string, DecisionEffect[]>();
  for (const effect of effects) {
    const { familyId } = effect.decision.receipt;
    byFamily.set(familyId, [...(byFamily.get(familyId) ?? []), effect]);
  }
  return [...byFamily].map(([familyId, own]) => ({
    familyId,
    effects: own.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1)),
    ...totalDifference(own),
  }));
}

const keyOf = ({ decision: { receipt } }: DecisionEffect) => `${receipt.facts.month} ${receipt.grownChild ?? ''}`;

/** All differences together, in cents. */
export const totalDifference = (effects: readonly DecisionEffect[]) => ({
  allowanceDifference: cents(effects.reduce((sum, { allowanceDifference }) => sum + (allowanceDifference ?? 0), 0)),
  contributionDifference: cents(
    effects.reduce((sum, { contributionDifference }) => sum + (contributionDifference ?? 0), 0),
  ),
});
