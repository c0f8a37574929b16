import { assessCase, listed } from '../../shared/contribution/assess-case.ts';
import type { ListedAssessment } from '../../shared/contribution/month-assessment.ts';
import type { Judgement, MonthFacts } from '../../shared/contribution/month-facts.ts';
import type { ContributionParameters } from '../../shared/contribution/parameters.ts';

export type Worked = { readonly facts: MonthFacts; readonly assessment: ListedAssessment };

/**
 * A month worked out with the judgement a caseworker gave before. Where that does not fit any more it is worked out
 * without, and the rules ask for a new one; null when there is no amount at all. Of many families at once: what equal ones
 * share is worked out once.
 */
export function assessAgain(
  facts: MonthFacts,
  judgement: Judgement | undefined,
  parameters: ContributionParameters,
): Worked | null {
  if (judgement !== undefined) {
    const judged = { ...facts, judgement };
    const outcome = assessCase(judged, parameters);
    if (outcome.ok) return { facts: judged, assessment: listed(outcome.value) };
  }
  const outcome = assessCase(facts, parameters);
  return outcome.ok ? { facts, assessment: listed(outcome.value) } : null;
}
