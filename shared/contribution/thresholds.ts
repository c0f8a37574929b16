import { cents, scaleByBasisPoints, type Cents } from '../kernel/money.ts';
import { ok, type Result } from '../kernel/result.ts';
import type { Allowance } from './allowance.ts';
import type { ContributionDue } from './contribution-due.ts';
import type { AssessmentStep, MissingParameterError } from './month-assessment.ts';
import type { MonthFacts } from './month-facts.ts';
import { makeStep, timesCents, type Ground, type RuleRows } from './rule-rows.ts';

export type WithdrawThreshold = { readonly amount: Cents; readonly factor: number; readonly step: AssessmentStep };

/** T1 = F × LG in cents, halves up: from this income on the whole allowance is withdrawn (contribution.md §7). */
export function withdrawThreshold(
  facts: MonthFacts,
  allowance: Allowance,
  rows: RuleRows,
): Result<WithdrawThreshold, MissingParameterError> {
  const read = rows.read(['threshold.factor']);
  if (!read.ok) return read;
  const row = read.value['threshold.factor'];
  const factor = Number(row.value);
  const amount = scaleByBasisPoints(allowance.full, factor);
  // The factor is published for municipal reception; RooO art. 13 lid 2 names no amount for private reception.
  const grounds: Ground[] = facts.reception === 'private' ? [row, { ...row, confidence: 'L' }] : [row];
  const inputs = { allowance: allowance.full, factorBasisPoints: factor };
  return ok({ amount, factor, step: makeStep('withdraw-threshold', grounds, inputs, amount) });
}

export type FullContributionThreshold = {
  readonly amount: Cents;
  readonly formula: 'scaled_sum' | 'scaled_leefgeld_plus_eb';
  /** `eb_count` makes a difference for this family and rests on the national row. */
  readonly countUnproven: boolean;
  readonly step: AssessmentStep;
};

/** T2 in cents, halves up: `F × (LG + EB)`, or `F × LG + EB` where a municipality chose so. At least one payer counts. */
export function fullContributionThreshold(
  allowance: Allowance,
  contribution: ContributionDue,
  withdraw: WithdrawThreshold,
  rows: RuleRows,
): Result<FullContributionThreshold, MissingParameterError> {
  const read = rows.read(['threshold.factor', 'threshold.formula', 'threshold.eb_count']);
  if (!read.ok) return read;
  const { 'threshold.factor': factor, 'threshold.formula': formula, 'threshold.eb_count': count } = read.value;
  const earners = Math.max(1, contribution.payers);
  const adults = Math.max(1, contribution.possiblePayers);
  const payersCounted = count.value === 'adults' ? adults : earners;
  const counted = timesCents(payersCounted, contribution.perPayer);
  const plain = formula.value === 'scaled_leefgeld_plus_eb';
  const amount = plain
    ? cents(withdraw.amount + counted)
    : scaleByBasisPoints(cents(allowance.full + counted), withdraw.factor);
  const inputs = {
    allowance: allowance.full,
    payersCounted,
    perPayer: contribution.perPayer,
    contributionCounted: counted,
    factorBasisPoints: withdraw.factor,
    formula: formula.value,
    ebCount: count.value,
  };
  // How many payers count is weak, but only a family where the two ways differ is touched by that.
  const grounds = earners === adults ? [factor, formula] : [factor, formula, count];
  return ok({
    amount,
    formula: plain ? 'scaled_leefgeld_plus_eb' : 'scaled_sum',
    countUnproven: !count.municipal && adults > 1,
    step: makeStep('full-contribution-threshold', grounds, inputs, amount),
  });
}
