import { cents, type Cents } from '../kernel/money.ts';
import { ok, type Result } from '../kernel/result.ts';
import { earns, isTold, type CountableIncome } from './countable-income.ts';
import { and, makeStep, type Grounds } from './grounds.ts';
import type { AssessmentStep, MissingParameterError } from './month-assessment.ts';
import type { MonthFacts } from './month-facts.ts';
import { bornBy, centsOf, readRow, timesCents, type RuleRow, type RuleRows } from './rule-book.ts';

export type ContributionDue = {
  /** The full contribution of those who pay, before thresholds. */
  readonly due: Cents;
  readonly perPayer: Cents;
  /** Adults with countable income and all adults of paying age, both at most the family maximum. */
  readonly payers: number;
  readonly possiblePayers: number;
  /** Adults of paying age of whom no income was told, where the municipality asks a contribution of them all the same. */
  readonly imposed: number;
  readonly ground: Grounds;
};

export type ContributionScope =
  | { readonly asked: true }
  /** `row` says why none is asked; null before the contribution began. */
  | { readonly asked: false; readonly row: RuleRow | null };

const asked: Result<ContributionScope, never> = ok({ asked: true });
const notYet: Result<ContributionScope, never> = ok({ asked: false, row: null });

/** Whether a contribution is asked of this family at all. RooO art. 7 lid 4: municipal reception, from 2024-07. */
export function contributionScope(facts: MonthFacts, rows: RuleRows): Result<ContributionScope, MissingParameterError> {
  if (!rows.book.hasContribution) return notYet;
  const appliesTo = readRow(rows, 'eb.applies_to');
  if (!appliesTo.ok) return appliesTo;
  const row = appliesTo.value;
  return row.value === 'municipal' && facts.reception === 'municipal' ? asked : ok({ asked: false, row });
}

/** EB(h) in cents: accommodation and, on a catered site, catering for each payer (contribution.md §5 and §7). */
export function contributionDue(
  facts: MonthFacts,
  income: CountableIncome,
  rows: RuleRows,
  steps: AssessmentStep[],
  imposes: boolean,
): Result<ContributionDue, MissingParameterError> {
  const accommodation = readRow(rows, 'eb.accommodation');
  if (!accommodation.ok) return accommodation;
  const maximum = readRow(rows, 'eb.max_adults_per_family');
  if (!maximum.ok) return maximum;
  const minAge = readRow(rows, 'eb.min_age');
  if (!minAge.ok) return minAge;
  const most = Number(maximum.value.value);
  const payingBornBy = bornBy(rows.book, Number(minAge.value.value));
  let [liable, earners, imposed] = [0, 0, 0];
  for (const member of facts.members) {
    if (member.birthDate > payingBornBy) continue;
    liable++;
    if (earns(facts, income, member.id)) earners++;
    else if (imposes && !isTold(facts, member.id)) imposed++;
  }
  const payers = Math.min(earners + imposed, most);
  const add = (rule: 'accommodation' | 'catering', row: RuleRow): Grounds => {
    const ground = and(and(row.ground, maximum.value.ground), minAge.value.ground);
    const rate = centsOf(row);
    const inputs = imposed === 0 ? { earners, most, payers, rate } : { earners, imposed, most, payers, rate };
    steps.push(makeStep(rule, ground, inputs, timesCents(payers, rate)));
    return ground;
  };
  let ground = add('accommodation', accommodation.value);
  let perPayer = centsOf(accommodation.value);
  let inputs: AssessmentStep['inputs'] = { accommodation: timesCents(payers, perPayer) };
  if (facts.catered) {
    const catering = readRow(rows, 'eb.catering');
    if (!catering.ok) return catering;
    const rate = centsOf(catering.value);
    ground = and(ground, add('catering', catering.value));
    inputs = { accommodation: timesCents(payers, perPayer), catering: timesCents(payers, rate) };
    perPayer = cents(perPayer + rate);
  }
  const due = timesCents(payers, perPayer);
  steps.push(makeStep('contribution-due', ground, inputs, due));
  return ok({ due, perPayer, payers, possiblePayers: Math.min(liable, most), imposed, ground });
}
