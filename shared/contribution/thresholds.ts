import { cents, scaleByBasisPoints, type Cents } from '../kernel/money.ts';
import { ok, type Result } from '../kernel/result.ts';
import type { Allowance } from './allowance.ts';
import type { ContributionDue } from './contribution-due.ts';
import { and, makeStep, type Grounds } from './grounds.ts';
import type { AssessmentStep, MissingParameterError } from './month-assessment.ts';
import type { MonthFacts } from './month-facts.ts';
import { readRow, timesCents, weakGround, type RuleRows } from './rule-book.ts';

export type WithdrawThreshold = {
  readonly amount: Cents;
  readonly factor: number;
  readonly step: AssessmentStep;
  readonly ground: Grounds;
};

/** T1 = F × LG in cents, halves up: from this income on the whole allowance is withdrawn (contribution.md §7). */
export function withdrawThreshold(
  facts: MonthFacts,
  allowance: Allowance,
  rows: RuleRows,
): Result<WithdrawThreshold, MissingParameterError> {
  const row = readRow(rows, 'threshold.factor');
  if (!row.ok) return row;
  const factor = Number(row.value.value);
  const amount = scaleByBasisPoints(allowance.full, factor);
  // The factor is published for municipal reception; RooO art. 13 lid 2 names no amount for private reception.
  const ground = facts.reception === 'private' ? weakGround(rows.book, row.value.ground) : row.value.ground;
  const inputs = { allowance: allowance.full, factorBasisPoints: factor };
  return ok({ amount, factor, step: makeStep('withdraw-threshold', ground, inputs, amount), ground });
}

export type FullContributionThreshold = {
  readonly amount: Cents;
  readonly formula: 'scaled_sum' | 'scaled_leefgeld_plus_eb';
  /** `eb_count` makes a difference for this family and rests on the national row. */
  readonly countUnproven: boolean;
  readonly step: AssessmentStep;
  readonly ground: Grounds;
};

/** T2 in cents, halves up: `F × (LG + EB)`, or `F × LG + EB` where a municipality chose so. At least one payer counts. */
export function fullContributionThreshold(
  allowance: Allowance,
  contribution: ContributionDue,
  withdraw: WithdrawThreshold,
  rows: RuleRows,
): Result<FullContributionThreshold, MissingParameterError> {
  const factor = readRow(rows, 'threshold.factor');
  if (!factor.ok) return factor;
  const formula = readRow(rows, 'threshold.formula');
  if (!formula.ok) return formula;
  const count = readRow(rows, 'threshold.eb_count');
  if (!count.ok) return count;
  const earners = Math.max(1, contribution.payers);
  const adults = Math.max(1, contribution.possiblePayers);
  const payersCounted = count.value.value === 'adults' ? adults : earners;
  const counted = timesCents(payersCounted, contribution.perPayer);
  const plain = formula.value.value === 'scaled_leefgeld_plus_eb';
  const amount = plain
    ? cents(withdraw.amount + counted)
    : scaleByBasisPoints(cents(allowance.full + counted), withdraw.factor);
  const inputs = {
    allowance: allowance.full,
    payersCounted,
    perPayer: contribution.perPayer,
    contributionCounted: counted,
    factorBasisPoints: withdraw.factor,
    formula: formula.value.value,
    ebCount: count.value.value,
  };
  // How many payers count is weak, but only a family where the two ways differ is touched by that.
  const both = and(factor.value.ground, formula.value.ground);
  const ground = earners === adults ? both : and(both, count.value.ground);
  return ok({
    amount,
    formula: plain ? 'scaled_leefgeld_plus_eb' : 'scaled_sum',
    countUnproven: !count.value.municipal && adults > 1,
    step: makeStep('full-contribution-threshold', ground, inputs, amount),
    ground,
  });
}
