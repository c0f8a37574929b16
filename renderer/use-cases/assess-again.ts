import { assessMonth } from '../../shared/contribution/assess-month.ts';
import type { Judgement, MonthFacts } from '../../shared/contribution/month-facts.ts';
import type { MonthAssessment } from '../../shared/contribution/month-assessment.ts';
import type { ContributionParameters } from '../../shared/contribution/parameters.ts';

export type Worked = { readonly facts: MonthFacts; readonly assessment: MonthAssessment };

/**
 * A month worked out with the judgement a caseworker gave before. Where that does not fit any more it is worked out
 * without, and the rules ask for a new one; null when there is no amount at all.
 */
export function assessAgain(
  facts: MonthFacts,
  judgement: Judgement | undefined,
  parameters: ContributionParameters,
): Worked | null {
  if (judgement !== undefined) {
    const judged = { ...facts, judgement };
    const outcome = assessMonth(judged, parameters);
    if (outcome.ok) return { facts: judged, assessment: outcome.value };
  }
  const outcome = assessMonth(facts, parameters);
  return outcome.ok ? { facts, assessment: outcome.value } : null;
}
