import { assessMonth, type MonthFacts, type MunicipalPolicy } from '../../../shared/contribution/assess-month.ts';
import { incomeKinds, type AdultIncome, type FamilyMember } from '../../../shared/contribution/month-facts.ts';
import { isoDate, isoMonth } from '../../../shared/kernel/dates.ts';
import { cents } from '../../../shared/kernel/money.ts';
import { drawnMonths } from './drawn-households.ts';
import { parametersOf, policy, withOverrides } from './facts.ts';

type Draw = (below: number) => number;

/** Few, so that many families share each: what is shared has to be right for all of them. */
const policies: readonly MunicipalPolicy[] = [
  policy,
  withOverrides({ 'threshold.partial_mode': 'step', 'threshold.compare': '>' }),
  withOverrides({ 'threshold.partial_mode': 'taper', 'income.floor': 50_000 }),
  withOverrides({ 'threshold.partial_mode': 'taper', 'threshold.compare': '>', 'threshold.eb_count': 'adults' }),
  withOverrides({ 'threshold.formula': 'scaled_leefgeld_plus_eb', 'income.floor': 0, 'eb.max_adults_per_family': 1 }),
  withOverrides({ 'eb.min_age': 21, 'threshold.partial_mode': 'taper', clothing: 7_000 }),
  withOverrides({ 'eb.applies_to': 'none', 'food.unaccompanied_minor': 'food.minor' }),
  withOverrides({ 'leefgeld.withdrawal': 'discretionary', 'host.person': 9_000 }),
  // A value that cannot be used counts as missing.
  withOverrides({ 'threshold.factor': 1 }),
  {
    ...withOverrides({ 'threshold.partial_mode': 'step' }),
    extraGrounds: ['pension', 'other', 'site-chores'],
    excludedKinds: ['bonus', 'employment'],
  },
];

const births = ['1960-03-31', '1985-05-20', '2003-12-01', '2004-07-01', '2007-11-02', '2008-02-01', '2020-01-01'];

/** One in so many. */
const once = (next: Draw, of: number) => next(of) === 0;
const pick = <Item>(next: Draw, items: readonly Item[]): Item => items[next(items.length)] as Item;

/** A family with anything in its facts, now and then with something that cannot be. */
export function drawAnything(next: Draw): MonthFacts {
  const members = drawMembers(next);
  const facts: MonthFacts = {
    month: isoMonth(pick(next, drawnMonths)),
    reception: once(next, 5) ? 'private' : 'municipal',
    catered: once(next, 3),
    members,
    incomes: drawIncomes(next, members),
    policy: pick(next, policies),
    ...(once(next, 40)
      ? { judgement: { contributionCents: cents(next(20_000)), reason: once(next, 9) ? ' ' : 'kosten' } }
      : {}),
    ...(once(next, 60) ? { partMonth: { which: 'first', days: 1 + next(29), of: 30 } } : {}),
    ...(once(next, 60) ? { incomeTermEnded: isoDate('2022-03-31') } : {}),
  };
  return once(next, 2) ? onAMark(next, facts) : facts;
}

function drawMembers(next: Draw): readonly FamilyMember[] {
  const count = once(next, 200) ? next(20) : 1 + next(5);
  return Array.from({ length: count }, (_, at) => ({
    // Now and then two with one id, as a register that contradicts itself has them.
    id: once(next, 60) ? 'p0' : `p${String(at)}`,
    birthDate: isoDate(pick(next, births)),
    unaccompanied: once(next, 8),
    ...(once(next, 8) ? { inCareInstitution: once(next, 2) } : {}),
  }));
}

function drawIncomes(next: Draw, members: readonly FamilyMember[]): readonly AdultIncome[] {
  const count = once(next, 200) ? next(14) : next(4);
  if (members.length === 0) return [];
  return Array.from({ length: count }, () => ({
    memberId: once(next, 300) ? 'stranger' : pick(next, members).id,
    kind: once(next, 3) ? pick(next, incomeKinds) : 'employment',
    amountCents: cents(drawAmount(next)),
    ...(once(next, 10) ? { outside: once(next, 2) ? 'not-yet' : 'ended' } : {}),
  }));
}

function drawAmount(next: Draw): number {
  if (once(next, 4)) return 0;
  if (once(next, 150)) return -1 - next(500);
  return once(next, 300) ? 200_000_000 + next(9) : next(250_000);
}

/** The same family with an income just below, on or just above a mark of its own. */
function onAMark(next: Draw, facts: MonthFacts): MonthFacts {
  const at = facts.incomes.findIndex(({ kind, outside }) => kind === 'employment' && outside === undefined);
  const income = facts.incomes[at];
  const assessed = assessMonth(facts, parametersOf(facts.month));
  if (income === undefined || !assessed.ok) return facts;
  const marks = assessed.value.steps.flatMap(({ rule, amount }) =>
    rule === 'allowance' || rule.endsWith('threshold') ? [Number(amount)] : [],
  );
  const aimed = pick(next, [...marks, 50_000, 0]) + next(3) - 1;
  return { ...facts, incomes: facts.incomes.with(at, { ...income, amountCents: cents(Math.max(0, aimed)) }) };
}
