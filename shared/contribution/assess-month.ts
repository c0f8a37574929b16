import { ok, type Result } from '../kernel/result.ts';
import { calculateMonth } from './calculate-month.ts';
import type { AssessmentError, MonthAssessment } from './month-assessment.ts';
import type { MonthFacts } from './month-facts.ts';
import type { ContributionParameters } from './parameters.ts';

export type { FamilyMember, IncomeKind, AdultIncome, MunicipalPolicy, Judgement, MonthFacts } from './month-facts.ts';
export type { AssessmentRule, AssessmentStep, MonthAssessment, AssessmentError } from './month-assessment.ts';

/** Allowance and contribution of one family for one month. Municipal overrides go before national rows. */
export function assessMonth(
  facts: MonthFacts,
  parameters: ContributionParameters,
): Result<MonthAssessment, AssessmentError> {
  const calculation = calculateMonth(facts, parameters);
  return calculation.ok ? ok(calculation.value.assessment) : calculation;
}
