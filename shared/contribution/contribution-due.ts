import { ageOn, firstDayOf } from '../kernel/dates.ts';
import { cents, sumCents, type Cents } from '../kernel/money.ts';
import { ok, type Result } from '../kernel/result.ts';
import type { CountableIncome } from './countable-income.ts';
import type { AssessmentStep, MissingParameterError } from './month-assessment.ts';
import type { MonthFacts } from './month-facts.ts';
import { parameterNames } from './parameter-row.ts';
import { centsOf, makeStep, timesCents, type RuleRow, type RuleRows } from './rule-rows.ts';

export type ContributionDue = {
  /** The full contribution of those who pay, before thresholds. */
  readonly due: Cents;
  readonly perPayer: Cents;
  /** Adults with countable income and all adults of paying age, both at most the family maximum. */
  readonly payers: number;
  readonly possiblePayers: number;
  readonly steps: readonly AssessmentStep[];
};

export type ContributionScope =
  | { readonly asked: true }
  /** `row` says why none is asked; null before the contribution began. */
  | { readonly asked: false; readonly row: RuleRow | null };

/** Whether a contribution is asked of this family at all. RooO art. 7 lid 4: municipal reception, from 2024-07. */
export function contributionScope(facts: MonthFacts, rows: RuleRows): Result<ContributionScope, MissingParameterError> {
  // Any row of it shows that the contribution exists in this month: a single missing row is then an error, not a gift.
  if (!parameterNames.some((param) => param.startsWith('eb.') && rows.has(param)))
    return ok({ asked: false, row: null });
  const read = rows.read(['eb.applies_to']);
  if (!read.ok) return read;
  const row = read.value['eb.applies_to'];
  return ok(row.value === 'municipal' && facts.reception === 'municipal' ? { asked: true } : { asked: false, row });
}

/** EB(h) in cents: accommodation and, on a catered site, catering for each payer (contribution.md §5 and §7). */
export function contributionDue(
  facts: MonthFacts,
  income: CountableIncome,
  rows: RuleRows,
): Result<ContributionDue, MissingParameterError> {
  const read = rows.read(['eb.accommodation', 'eb.max_adults_per_family', 'eb.min_age']);
  if (!read.ok) return read;
  const limits = [read.value['eb.max_adults_per_family'], read.value['eb.min_age']];
  const most = Number(read.value['eb.max_adults_per_family'].value);
  const minAge = Number(read.value['eb.min_age'].value);
  const liable = facts.members.filter((member) => ageOn(member.birthDate, firstDayOf(facts.month)) >= minAge);
  const earners = liable.filter((member) => (income.byMember.get(member.id) ?? 0) > 0);
  const payers = Math.min(earners.length, most);
  const parts: AssessmentStep[] = [];
  const add = (rule: 'accommodation' | 'catering', row: RuleRow) => {
    const rate = centsOf(row);
    const inputs = { earners: earners.length, most, payers, rate };
    parts.push(makeStep(rule, [row, ...limits], inputs, timesCents(payers, rate)));
    return rate;
  };
  let perPayer = add('accommodation', read.value['eb.accommodation']);
  if (facts.catered) {
    const catering = rows.read(['eb.catering']);
    if (!catering.ok) return catering;
    perPayer = cents(perPayer + add('catering', catering.value['eb.catering']));
  }
  const due = sumCents(parts.map((part) => part.amount));
  const inputs = Object.fromEntries(parts.map((part) => [part.rule, part.amount]));
  return ok({
    due,
    perPayer,
    payers,
    possiblePayers: Math.min(liable.length, most),
    steps: [...parts, makeStep('contribution-due', parts, inputs, due)],
  });
}
