import type { MonthFacts, MunicipalPolicy } from '../../shared/contribution/month-facts.ts';
import type { ParameterName } from '../../shared/contribution/parameter-row.ts';
import type { ContributionParameters } from '../../shared/contribution/parameters.ts';

/** The rows of a month with those of a municipality before them, as plain numbers and words. */
type Tables = ReturnType<typeof readTables>;
export type Amounts = { leefgeld: number; bijdrage: number };

function readTables({ month, rows }: ContributionParameters, policy: MunicipalPolicy) {
  const read = (param: ParameterName) =>
    policy.overrides.findLast((own) => own.param === param)?.value ?? rows[param]?.value;
  const cents = (param: ParameterName) => Number(read(param) ?? 0);
  const sizes = ['hh1_2', 'hh3', 'hh4p'] as const;
  const perPerson = cents('host.person');
  return {
    bornBy: `${String(Number(month.slice(0, 4)) - 18)}${month.slice(4)}-01`,
    adult: sizes.map((size) => cents(`food.adult.${size}`)),
    minor: sizes.map((size) => cents(`food.minor.${size}`)),
    unaccompanied: sizes.map((size) =>
      cents(read('food.unaccompanied_minor') === 'food.minor' ? `food.minor.${size}` : `food.adult.${size}`),
    ),
    catered: cents('food_when_catered'),
    clothing: cents('clothing'),
    hostAdult: rows['host.adult'] === undefined ? perPerson : cents('host.adult'),
    hostMinor: rows['host.minor'] === undefined ? perPerson : cents('host.minor'),
    hasContribution: rows['eb.accommodation'] !== undefined,
    accommodation: cents('eb.accommodation'),
    catering: cents('eb.catering'),
    most: cents('eb.max_adults_per_family'),
    factor: cents('threshold.factor'),
    byAdults: read('threshold.eb_count') === 'adults',
    isPlain: read('threshold.formula') === 'scaled_leefgeld_plus_eb',
    tapers: read('threshold.partial_mode') === 'taper',
  };
}

const known = new WeakMap<ContributionParameters, WeakMap<MunicipalPolicy, Tables>>();

/** Tables are read once for a month and a policy, as the engine does. */
function tablesOf(parameters: ContributionParameters, policy: MunicipalPolicy): Tables {
  let ofMonth = known.get(parameters);
  if (ofMonth === undefined) known.set(parameters, (ofMonth = new WeakMap()));
  let tables = ofMonth.get(policy);
  if (tables === undefined) ofMonth.set(policy, (tables = readTables(parameters, policy)));
  return tables;
}

const scaled = (amount: number, factor: number) => Math.floor((amount * factor + 5_000) / 10_000);
const unscaled = (amount: number, factor: number) => Math.floor((amount * 20_000 + factor) / (2 * factor));

/**
 * The two amounts of a household from the same facts and tables, and nothing else: no step, no warning, no check of the
 * facts, no kind of income but work. What an assessment with its explanation is held against.
 */
export function bareAmounts(facts: MonthFacts, parameters: ContributionParameters, into: Amounts): void {
  const tables = tablesOf(parameters, facts.policy);
  const { members, incomes, catered } = facts;
  const isHosted = facts.reception === 'private';
  const size = members.length <= 2 ? 0 : members.length === 3 ? 1 : 2;
  const [adultFood, minorFood, aloneFood] = [
    tables.adult[size] ?? 0,
    tables.minor[size] ?? 0,
    tables.unaccompanied[size] ?? 0,
  ];
  let [full, income, adults, earners] = [members.length * tables.clothing, 0, 0, 0];
  for (const member of members) {
    const isAdult = member.birthDate <= tables.bornBy;
    if (isAdult) {
      adults++;
      let own = 0;
      for (const { memberId, amountCents } of incomes) if (memberId === member.id) own += amountCents;
      income += own;
      if (own > 0) earners++;
    }
    if (member.inCareInstitution === true) continue;
    if (isHosted) full += isAdult ? tables.hostAdult : tables.hostMinor;
    if (catered && !isHosted) full += tables.catered;
    else full += isAdult ? adultFood : member.unaccompanied ? aloneFood : minorFood;
  }
  into.leefgeld = full;
  into.bijdrage = 0;
  if (!tables.hasContribution || income === 0) return;
  const first = scaled(full, tables.factor);
  let [due, second] = [0, Infinity];
  if (!isHosted) {
    const each = tables.accommodation + (catered ? tables.catering : 0);
    const payers = Math.min(earners, tables.most);
    const counted = each * Math.max(1, tables.byAdults ? Math.min(adults, tables.most) : payers);
    due = each * payers;
    second = tables.isPlain ? first + counted : scaled(full + counted, tables.factor);
  }
  if (income >= second) {
    into.leefgeld = 0;
    into.bijdrage = due;
  } else if (income >= first) {
    const above = tables.isPlain ? income - first : unscaled(income, tables.factor) - full;
    into.leefgeld = 0;
    into.bijdrage = tables.tapers ? Math.max(0, Math.min(due, above)) : 0;
  } else if (tables.tapers) {
    into.leefgeld = Math.min(full, first - income);
  }
}
