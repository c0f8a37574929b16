import { cents, unscaleByBasisPoints, type Cents } from '../kernel/money.ts';
import { assertNever } from '../kernel/assert.ts';
import type { Zone } from './month-assessment.ts';
import type { WithdrawThreshold } from './thresholds.ts';

export type PartialMode = 'step' | 'taper' | 'manual';
export type Outcome = { readonly allowance: Cents; readonly contribution: Cents };

export type Position = {
  readonly zone: Exclude<Zone, 'none'>;
  readonly income: Cents;
  readonly allowance: Cents;
  readonly due: Cents;
  readonly withdraw: Pick<WithdrawThreshold, 'amount' | 'factor'>;
  readonly formula: 'scaled_sum' | 'scaled_leefgeld_plus_eb';
};

const nothing = cents(0);
const atLeastNothing = (amount: number): Cents => cents(Math.max(0, amount));

/**
 * Allowance and contribution in cents by the table of contribution.md §7.1. `manual` gives the proposal that stands
 * until a caseworker has judged.
 */
export function outcomeBy(mode: PartialMode, at: Position): Outcome {
  switch (at.zone) {
    case 'below':
      return { allowance: mode === 'taper' ? taperedAllowance(at) : at.allowance, contribution: nothing };
    case 'between':
      return { allowance: nothing, contribution: mode === 'taper' ? taperedContribution(at) : nothing };
    case 'full':
      return { allowance: nothing, contribution: at.due };
    default:
      return assertNever(at.zone);
  }
}

/** What is missing up to the threshold: a euro earned costs a euro of allowance, and never less than nothing is left. */
function taperedAllowance(at: Position): Cents {
  return atLeastNothing(Math.min(at.allowance, at.withdraw.amount - at.income));
}

/** 0 at the first threshold and full at the second, whichever formula the second one has. */
function taperedContribution(at: Position): Cents {
  const above =
    at.formula === 'scaled_sum'
      ? unscaleByBasisPoints(at.income, at.withdraw.factor) - at.allowance
      : at.income - at.withdraw.amount;
  return atLeastNothing(Math.min(at.due, above));
}
