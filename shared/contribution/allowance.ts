import { sumCents, type Cents } from '../kernel/money.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import type { AssessmentStep, MissingParameterError } from './month-assessment.ts';
import { isAdultIn, type FamilyMember, type MonthFacts } from './month-facts.ts';
import type { ParameterName } from './parameter-row.ts';
import { centsOf, makeStep, timesCents, type RuleRow, type RuleRows } from './rule-rows.ts';

export type Allowance = { readonly full: Cents; readonly steps: readonly AssessmentStep[] };
type Steps = Result<readonly AssessmentStep[], MissingParameterError>;

/**
 * The full allowance of the family before any withdrawal, in cents: food, clothing and (private reception) the host
 * component. RooO art. 10 and 12.
 */
export function fullAllowance(facts: MonthFacts, rows: RuleRows): Result<Allowance, MissingParameterError> {
  // RooO art. 10 lid 7, art. 12 lid 10: in a long-term care institution only the clothing amount.
  const atHome = facts.members.filter((member) => member.inCareInstitution !== true);
  const parts: AssessmentStep[] = [];
  for (const part of [
    foodSteps(facts, atHome, rows),
    clothingSteps(facts, atHome, rows),
    hostSteps(facts, atHome, rows),
  ]) {
    if (!part.ok) return err(part.error);
    parts.push(...part.value);
  }
  const full = sumCents(parts.map((part) => part.amount));
  const inputs = Object.fromEntries(parts.map((part) => [part.rule, part.amount]));
  return ok({ full, steps: [...parts, makeStep('allowance', parts, inputs, full)] });
}

function foodSteps(facts: MonthFacts, atHome: readonly FamilyMember[], rows: RuleRows): Steps {
  if (atHome.length === 0) return ok([]);
  // RooO art. 10 lid 2, 5 and 8: meals instead of money. Only municipal reception has them.
  if (facts.catered && facts.reception === 'municipal') {
    const catered = rows.read(['food_when_catered']);
    if (!catered.ok) return catered;
    const row = catered.value.food_when_catered;
    const amount = timesCents(atHome.length, centsOf(row));
    return ok([makeStep('food', [row], { persons: atHome.length, rate: centsOf(row), catered: 'yes' }, amount)]);
  }
  const size = facts.members.length <= 2 ? 'hh1_2' : facts.members.length === 3 ? 'hh3' : 'hh4p';
  const grounds: RuleRow[] = [];
  const inputs: Record<string, number | string> = { familySize: facts.members.length };
  const amounts: Cents[] = [];
  for (const group of foodGroups) {
    const count = atHome.filter((member) => group.holds(facts, member)).length;
    if (count === 0) continue;
    const rate = group.rate(rows, size);
    if (!rate.ok) return rate;
    const [row, ...behind] = rate.value;
    grounds.push(row, ...behind);
    inputs[group.count] = count;
    inputs[`${group.count}Rate`] = centsOf(row);
    amounts.push(timesCents(count, centsOf(row)));
  }
  return ok([makeStep('food', grounds, inputs, sumCents(amounts))]);
}

type Size = 'hh1_2' | 'hh3' | 'hh4p';
/** The row with the amount first, then what led to it. */
type Rate = Result<readonly [RuleRow, ...RuleRow[]], MissingParameterError>;

function readOne(rows: RuleRows, param: ParameterName): Rate {
  const read = rows.read([param]);
  return read.ok ? ok([read.value[param]]) : read;
}

const foodGroups: readonly {
  readonly count: string;
  readonly holds: (facts: MonthFacts, member: FamilyMember) => boolean;
  readonly rate: (rows: RuleRows, size: Size) => Rate;
}[] = [
  {
    count: 'adults',
    holds: (facts, member) => isAdultIn(facts.month, member.birthDate),
    rate: (rows, size) => readOne(rows, `food.adult.${size}`),
  },
  {
    count: 'minors',
    holds: (facts, member) => !isAdultIn(facts.month, member.birthDate) && !member.unaccompanied,
    rate: (rows, size) => readOne(rows, `food.minor.${size}`),
  },
  {
    count: 'unaccompaniedMinors',
    holds: (facts, member) => !isAdultIn(facts.month, member.birthDate) && member.unaccompanied,
    rate: (rows, size) => {
      const read = rows.read(['food.unaccompanied_minor']);
      if (!read.ok) return read;
      const which = read.value['food.unaccompanied_minor'];
      const rate = readOne(rows, which.value === 'food.minor' ? `food.minor.${size}` : `food.adult.${size}`);
      return rate.ok ? ok([rate.value[0], which]) : rate;
    },
  },
];

function clothingSteps(facts: MonthFacts, atHome: readonly FamilyMember[], rows: RuleRows): Steps {
  const read = rows.read(['clothing']);
  if (!read.ok) return read;
  const persons = facts.members.length;
  const rate = centsOf(read.value.clothing);
  const inCare = persons - atHome.length;
  const inputs = { persons, rate, ...(inCare > 0 ? { inCareInstitution: inCare } : {}) };
  return ok([makeStep('clothing', [read.value.clothing], inputs, timesCents(persons, rate))]);
}

/** RooO art. 12: one amount per person since 2023-02, before that one for adults and one for minors. */
function hostSteps(facts: MonthFacts, atHome: readonly FamilyMember[], rows: RuleRows): Steps {
  if (facts.reception !== 'private' || atHome.length === 0) return ok([]);
  if (!rows.has('host.adult') && !rows.has('host.minor')) {
    const read = rows.read(['host.person']);
    if (!read.ok) return read;
    const rate = centsOf(read.value['host.person']);
    const amount = timesCents(atHome.length, rate);
    return ok([makeStep('host-component', [read.value['host.person']], { persons: atHome.length, rate }, amount)]);
  }
  const read = rows.read(['host.adult', 'host.minor']);
  if (!read.ok) return read;
  const adults = atHome.filter((member) => isAdultIn(facts.month, member.birthDate)).length;
  const minors = atHome.length - adults;
  const adultsRate = centsOf(read.value['host.adult']);
  const minorsRate = centsOf(read.value['host.minor']);
  const amount = sumCents([timesCents(adults, adultsRate), timesCents(minors, minorsRate)]);
  const grounds = [read.value['host.adult'], read.value['host.minor']];
  return ok([makeStep('host-component', grounds, { adults, adultsRate, minors, minorsRate }, amount)]);
}
