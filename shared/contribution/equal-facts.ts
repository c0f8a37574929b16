import { incomeWhys, whyOf, type IncomeWhy } from './countable-income.ts';
import type { FamilyMember, MonthFacts } from './month-facts.ts';
import { incomeRule, type RuleBook } from './rule-book.ts';

/**
 * What the rules see of a family, whoever its people are. `key`: the same for all families that differ in nothing but
 * who they are and how much they earn. `income`: of all incomes that count, in cents. `whys`: why each income counts or
 * not, three bits each, the first in the lowest.
 */
export type EqualFacts = { readonly key: number; readonly income: number; readonly whys: number };

// Four bits for each count, three for each of ten incomes; and the income of a family is always a small number.
const mostPeople = 15;
const mostIncomes = 10;
/** No family has more, and every income is a small number: the next case begins above it. */
export const mostIncome = 1_000_000_000;
const mostCents = mostIncome / mostIncomes;

/**
 * Null for what is worked out for itself: a judgement, hardship, a month in part, a term that ended, more people or
 * incomes than a key can hold, and facts that are wrong.
 */
export function readFacts(facts: MonthFacts, book: RuleBook): EqualFacts | null {
  const { members, incomes } = facts;
  const persons = members.length;
  if (persons === 0 || persons > mostPeople || incomes.length > mostIncomes || isSpecial(facts, book)) return null;
  const { adultsBornBy, payersBornBy } = book;
  const adultsPay = adultsBornBy === payersBornBy;
  // Only municipal reception has meals and a contribution.
  const isHosted = facts.reception === 'private';
  let adults = 0;
  let adultsUpTo = 0;
  let payers = 0;
  let atHome = 0;
  let adultsAtHome = 0;
  let unaccompaniedAtHome = 0;
  for (let at = 0; at < persons; at++) {
    const member = members[at];
    if (member === undefined) return null;
    const isAdult = member.birthDate <= adultsBornBy;
    if (isAdult) {
      adults |= 1 << at;
      adultsUpTo = at + 1;
    }
    if (adultsPay ? isAdult : member.birthDate <= payersBornBy) payers |= 1 << at;
    if (member.inCareInstitution === true) continue;
    atHome++;
    if (isAdult) adultsAtHome++;
    else if (member.unaccompanied) unaccompaniedAtHome++;
  }
  let total = 0;
  let whys = 0;
  let told = 0;
  let earning = 0;
  let onExtraGround = 0;
  for (let at = 0; at < incomes.length; at++) {
    const income = incomes[at];
    if (income === undefined) return null;
    const { memberId, amountCents } = income;
    let owners = ownersOf(memberId, members, 0, adultsUpTo);
    // What a minor has counts for nobody: whether an adult has the same id decides first.
    if ((owners & adults) === 0) owners |= ownersOf(memberId, members, adultsUpTo, persons);
    // Somebody else's income, and an amount that is none, are told by the calculation itself.
    if (owners === 0 || (amountCents | 0) !== amountCents || amountCents < 0 || amountCents > mostCents) return null;
    told |= owners;
    const rule = incomeRule(book, income.kind);
    const why = whyOf(income, rule, (owners & adults) !== 0);
    if (why === 'counted') {
      total += amountCents;
      if (amountCents > 0) earning |= owners;
      if (rule === 'municipal') onExtraGround = 1;
    } else {
      whys |= incomeWhys.indexOf(why) << (3 * at);
    }
  }
  const key =
    persons |
    (atHome << 4) |
    (adultsAtHome << 8) |
    (unaccompaniedAtHome << 12) |
    (isHosted ? 0 : bits(payers) << 16) |
    (isHosted ? 0 : bits(payers & earning) << 20) |
    ((adults & ~told) === 0 ? 0 : 1 << 24) |
    (onExtraGround << 25) |
    (isHosted ? 1 << 26 : facts.catered ? 1 << 27 : 0);
  return { key, income: total, whys };
}

/** A bit for everybody from … up to `to` who has this id. */
function ownersOf(id: string, members: readonly FamilyMember[], from: number, to: number): number {
  let owners = 0;
  for (let at = from; at < to; at++) if (members[at]?.id === id) owners |= 1 << at;
  return owners;
}

/** The word for an income again. */
export const whyAt = (whys: number, at: number): IncomeWhy => incomeWhys[(whys >> (3 * at)) & 7] ?? 'no-ground';

const isSpecial = (facts: MonthFacts, { parameters }: RuleBook): boolean =>
  facts.judgement !== undefined ||
  facts.partMonth !== undefined ||
  facts.hardship !== undefined ||
  facts.incomeTermEnded !== undefined ||
  facts.month !== parameters.month;

function bits(mask: number): number {
  let count = 0;
  for (let left = mask; left !== 0; left &= left - 1) count++;
  return count;
}
