import { cents, type Cents } from '../kernel/money.ts';
import { ok, type Result } from '../kernel/result.ts';
import { and, makeStep, type Grounds } from './grounds.ts';
import type { AssessmentStep, MissingParameterError } from './month-assessment.ts';
import type { MonthFacts } from './month-facts.ts';
import { centsOf, hasRow, readRow, timesCents, type RuleRows } from './rule-book.ts';

export type Allowance = { readonly full: Cents; readonly ground: Grounds };

/** Who counts for which amount. `AtHome`: not in a long-term care institution. */
type Heads = {
  readonly persons: number;
  readonly atHome: number;
  readonly adultsAtHome: number;
  readonly unaccompaniedAtHome: number;
};

/**
 * The full allowance of the family before any withdrawal, in cents: food, clothing and (private reception) the host
 * component. RooO art. 10 and 12.
 */
export function fullAllowance(
  facts: MonthFacts,
  rows: RuleRows,
  steps: AssessmentStep[],
): Result<Allowance, MissingParameterError> {
  // RooO art. 10 lid 7, art. 12 lid 10: in a long-term care institution only the clothing amount.
  const heads = countHeads(facts, rows.book.adultsBornBy);
  const food = foodPart(facts, heads, rows);
  if (food !== null && !food.ok) return food;
  const clothing = clothingPart(heads, rows);
  if (!clothing.ok) return clothing;
  const host = hostPart(facts, heads, rows);
  if (host !== null && !host.ok) return host;

  const { step: worn, ground: wornGround } = clothing.value;
  let full = worn.amount as number;
  let ground = wornGround;
  let inputs: AssessmentStep['inputs'] = { clothing: worn.amount };
  if (food !== null) {
    steps.push(food.value.step);
    full += food.value.step.amount;
    ground = and(food.value.ground, ground);
    inputs = { food: food.value.step.amount, clothing: worn.amount };
  }
  steps.push(worn);
  if (host !== null) {
    steps.push(host.value.step);
    full += host.value.step.amount;
    ground = and(ground, host.value.ground);
    inputs = { ...inputs, 'host-component': host.value.step.amount };
  }
  steps.push(makeStep('allowance', ground, inputs, cents(full)));
  return ok({ full: cents(full), ground });
}

function countHeads({ members }: MonthFacts, adultsBornBy: string): Heads {
  let [atHome, adultsAtHome, unaccompaniedAtHome] = [0, 0, 0];
  for (const member of members) {
    if (member.inCareInstitution === true) continue;
    atHome++;
    if (member.birthDate <= adultsBornBy) adultsAtHome++;
    else if (member.unaccompanied) unaccompaniedAtHome++;
  }
  return { persons: members.length, atHome, adultsAtHome, unaccompaniedAtHome };
}

type Part = Result<{ readonly step: AssessmentStep; readonly ground: Grounds }, MissingParameterError>;
const part = (
  rule: 'food' | 'clothing' | 'host-component',
  ground: Grounds,
  inputs: AssessmentStep['inputs'],
  amount: number,
): Part => ok({ step: makeStep(rule, ground, inputs, cents(amount)), ground });

/** Null: the family has no such part. */
function foodPart(facts: MonthFacts, heads: Heads, rows: RuleRows): Part | null {
  const { persons: familySize, atHome, adultsAtHome: adults, unaccompaniedAtHome: unaccompaniedMinors } = heads;
  if (atHome === 0) return null;
  // RooO art. 10 lid 2, 5 and 8: meals instead of money. Only municipal reception has them.
  if (facts.catered && facts.reception === 'municipal') {
    const catered = readRow(rows, 'food_when_catered');
    if (!catered.ok) return catered;
    const rate = centsOf(catered.value);
    return part('food', catered.value.ground, { persons: atHome, rate, catered: 'yes' }, atHome * rate);
  }
  const size = familySize <= 2 ? 0 : familySize === 3 ? 1 : 2;
  const minors = atHome - adults - unaccompaniedMinors;
  let inputs: AssessmentStep['inputs'] = { familySize };
  let ground: Grounds | null = null;
  let amount = 0;
  if (adults > 0) {
    const rate = readRow(rows, adultFood[size]);
    if (!rate.ok) return rate;
    ground = rate.value.ground;
    const adultsRate = centsOf(rate.value);
    inputs = { familySize, adults, adultsRate };
    amount += adults * adultsRate;
  }
  if (minors > 0) {
    const rate = readRow(rows, minorFood[size]);
    if (!rate.ok) return rate;
    ground = ground === null ? rate.value.ground : and(ground, rate.value.ground);
    const minorsRate = centsOf(rate.value);
    inputs = { ...inputs, minors, minorsRate };
    amount += minors * minorsRate;
  }
  if (unaccompaniedMinors > 0) {
    const which = readRow(rows, 'food.unaccompanied_minor');
    if (!which.ok) return which;
    const rate = readRow(rows, (which.value.value === 'food.minor' ? minorFood : adultFood)[size]);
    if (!rate.ok) return rate;
    // The row with the amount first, then what led to it.
    ground = and(ground === null ? rate.value.ground : and(ground, rate.value.ground), which.value.ground);
    const unaccompaniedMinorsRate = centsOf(rate.value);
    inputs = { ...inputs, unaccompaniedMinors, unaccompaniedMinorsRate };
    amount += unaccompaniedMinors * unaccompaniedMinorsRate;
  }
  return ground === null ? null : part('food', ground, inputs, amount);
}

const adultFood = ['food.adult.hh1_2', 'food.adult.hh3', 'food.adult.hh4p'] as const;
const minorFood = ['food.minor.hh1_2', 'food.minor.hh3', 'food.minor.hh4p'] as const;

function clothingPart({ persons, atHome }: Heads, rows: RuleRows): Part {
  const clothing = readRow(rows, 'clothing');
  if (!clothing.ok) return clothing;
  const rate = centsOf(clothing.value);
  const inputs = atHome === persons ? { persons, rate } : { persons, rate, inCareInstitution: persons - atHome };
  return part('clothing', clothing.value.ground, inputs, timesCents(persons, rate));
}

/** RooO art. 12: one amount per person since 2023-02, before that one for adults and one for minors. */
function hostPart(facts: MonthFacts, { atHome, adultsAtHome: adults }: Heads, rows: RuleRows): Part | null {
  if (facts.reception !== 'private' || atHome === 0) return null;
  if (!hasRow(rows, 'host.adult') && !hasRow(rows, 'host.minor')) {
    const person = readRow(rows, 'host.person');
    if (!person.ok) return person;
    const rate = centsOf(person.value);
    return part('host-component', person.value.ground, { persons: atHome, rate }, atHome * rate);
  }
  const adult = readRow(rows, 'host.adult');
  if (!adult.ok) return adult;
  const minor = readRow(rows, 'host.minor');
  if (!minor.ok) return minor;
  const [minors, adultsRate, minorsRate] = [atHome - adults, centsOf(adult.value), centsOf(minor.value)];
  const grounds = and(adult.value.ground, minor.value.ground);
  const inputs = { adults, adultsRate, minors, minorsRate };
  return part('host-component', grounds, inputs, adults * adultsRate + minors * minorsRate);
}
