import { cents, type Cents } from '../kernel/money.ts';
import { ok, type Result } from '../kernel/result.ts';
import { and, makeStep, type Grounds } from './grounds.ts';
import type { AssessmentStep, MissingParameterError } from './month-assessment.ts';
import type { IncomeRule } from './income-rule.ts';
import type { AdultIncome, MonthFacts } from './month-facts.ts';
import { incomeRule, municipalGround, readRow, type RuleRows } from './rule-book.ts';

export type CountableIncome = {
  readonly total: Cents;
  /** Countable cents of each income, in the order of the facts. */
  readonly counted: readonly number[];
};

/**
 * What counts of the family's incomes, in cents: legal kinds and extra grounds of the municipality, of adults only.
 * Inputs are `<why>.<memberId>.<kind>`; why = `counted`, `minor`, `no-ground`, `excluded`, `not-yet` or `ended`.
 */
export function countableIncome(
  facts: MonthFacts,
  rows: RuleRows,
  steps: AssessmentStep[],
): Result<CountableIncome, MissingParameterError> {
  const { book } = rows;
  const whys: IncomeWhy[] = [];
  const counted: number[] = [];
  let total = 0;
  let onExtraGround = false;
  for (const income of facts.incomes) {
    const rule = incomeRule(book, income.kind);
    const why = whyOf(income, rule, isOfAdult(facts, income, book.adultsBornBy));
    whys.push(why);
    counted.push(why === 'counted' ? income.amountCents : 0);
    if (why !== 'counted') continue;
    total += income.amountCents;
    onExtraGround ||= rule === 'municipal';
  }
  const effect = readRow(rows, 'effect_of_income_change');
  if (!effect.ok) return effect;
  let grounds: Grounds = effect.value.ground;
  if (total > 0) {
    const withdrawal = readRow(rows, 'leefgeld.withdrawal');
    if (!withdrawal.ok) return withdrawal;
    grounds = and(grounds, withdrawal.value.ground);
  }
  // Beside grounds a and b of art. 7 lid 2, and for parts of pay, only single municipalities are known: weak.
  if (onExtraGround) grounds = and(grounds, municipalGround(book, effect.value.ground.article, 'L'));
  const inputs = incomeInputs(facts, (at) => whys[at] ?? 'no-ground');
  steps.push(makeStep('countable-income', grounds, inputs, cents(total)));
  return ok({ total: cents(total), counted });
}

/** Why an income counts or does not; what stands in front of it in the inputs of the step. */
export const incomeWhys = ['counted', 'minor', 'no-ground', 'excluded', 'not-yet', 'ended'] as const;
export type IncomeWhy = (typeof incomeWhys)[number];

export function whyOf(income: AdultIncome, rule: IncomeRule, isAdults: boolean): IncomeWhy {
  if (!isAdults) return 'minor';
  return rule === 'legal' || rule === 'municipal' ? (income.outside ?? 'counted') : rule;
}

/** Inputs of the step `countable-income`; `whyAt` says it of the income at that place in the facts. */
export function incomeInputs(
  { incomes, policy }: MonthFacts,
  whyAt: (at: number) => IncomeWhy,
): AssessmentStep['inputs'] {
  const keys: string[] = [];
  const amounts: number[] = [];
  for (const [at, { memberId, kind, amountCents }] of incomes.entries())
    addItem(keys, amounts, `${whyAt(at)}.${memberId}.${kind}`, amountCents);
  const inputs: Record<string, number | string> = { basis: policy.incomeBasis };
  for (let at = 0; at < keys.length; at++) inputs[keys[at] ?? ''] = amounts[at] ?? 0;
  return inputs;
}

/** Whether some income of this member counts. */
export function earns(facts: MonthFacts, { counted }: CountableIncome, memberId: string): boolean {
  let sum = 0;
  for (let at = 0; at < counted.length; at++) {
    if (facts.incomes[at]?.memberId === memberId) sum += counted[at] ?? 0;
  }
  return sum > 0;
}

/** Whether an income of this member was told; an entry of 0 says "no income" (RooO art. 2a). */
export function isTold({ incomes }: MonthFacts, memberId: string): boolean {
  for (const income of incomes) if (income.memberId === memberId) return true;
  return false;
}

function isOfAdult(facts: MonthFacts, income: AdultIncome, bornBy: string): boolean {
  for (const member of facts.members) {
    if (member.id === income.memberId && member.birthDate <= bornBy) return true;
  }
  return false;
}

/** In the order of the keys; what stands under one key is one sum. */
function addItem(keys: string[], amounts: number[], key: string, amount: number): void {
  let at = keys.length;
  while (at > 0 && (keys[at - 1] ?? '') > key) at--;
  if (at > 0 && keys[at - 1] === key) {
    amounts[at - 1] = (amounts[at - 1] ?? 0) + amount;
  } else if (at === keys.length) {
    keys.push(key);
    amounts.push(amount);
  } else {
    keys.splice(at, 0, key);
    amounts.splice(at, 0, amount);
  }
}
