import { addDays, isoDate, type IsoDate } from '../kernel/dates.ts';
import { cents, type Cents } from '../kernel/money.ts';
import { standingIndex } from './all-standing.ts';
import { componentsOf, sumComponents, type Components } from './components.ts';
import type { MoneyEntry } from './money-entries.ts';
import { receivedIn, unplacedIn } from './year-receipts.ts';
import type { ContributionDecision } from './decision.ts';
import type { ReadDecision } from './decisions-of.ts';
import type { FinanceCell, FinanceTable } from './finance-table.ts';

/**
 * Totals of contribution.md §12. `quantity` counts what `unit` says; `amount` is in cents. Null: the register does not
 * know it, `remark` says why. `rules` are the rows it rests on, `parameter@first day`.
 */
export type AccountLine = {
  readonly total: 2 | 3 | 4 | 5 | 6 | 7;
  readonly item: AccountItem;
  readonly quantity: number | null;
  readonly unit: 'person-months' | 'household-months' | 'households' | 'decisions' | 'corrections' | 'payments';
  readonly amount: Cents | null;
  readonly remark: AccountRemark | null;
  readonly rules: readonly string[];
};
export const accountItems = [
  'poo-persons',
  'goo-food',
  'goo-clothing',
  'goo-withheld',
  'goo-allowance',
  'poo-food',
  'poo-clothing',
  'poo-host',
  'poo-withheld',
  'poo-allowance',
  'collected-accommodation',
  'collected-catering',
  'collected-undivided',
  'collected',
  'recovered-goo',
  'recovered-poo',
  'imposed-accommodation',
  'imposed-catering',
  'imposed-undivided',
  'imposed',
  'waived',
  'open',
  'lowered-allowance',
  'households',
  'decisions',
  'earlier-years',
  'double',
  'unplaced',
] as const;
export type AccountItem = (typeof accountItems)[number];
export type AccountRemark = 'norm-not-confirmed' | 'by-day' | 'by-month' | 'treatment-not-known' | 'recalculation';

export type YearAccount = {
  readonly year: number;
  readonly municipality: string;
  readonly lines: readonly AccountLine[];
  /** Ids of the decisions it was made of, sorted: their hash shows whether an account rests on the same ones. */
  readonly basis: readonly string[];
  /** Ids of the records of the money in it, sorted. */
  readonly money: readonly string[];
};

/**
 * The account of a calendar year of one municipality, from the decisions made and the money known before `untilMs`: the
 * same again for a closed year, whatever came later. Of two decisions on one month the newest counts; `double` says how
 * many. What came in counts on its day; what is open is of the months of the year.
 */
export function yearAccount(
  decisions: readonly ContributionDecision[],
  { year, municipality, untilMs }: { readonly year: number; readonly municipality: string; readonly untilMs: number },
  entries: readonly MoneyEntry[] = [],
): YearAccount {
  const known = decisions.filter(
    (decision): decision is ReadDecision =>
      decision.receipt !== null &&
      decision.receipt.decidedAtMs < untilMs &&
      decision.receipt.facts.policy.municipality === municipality,
  );
  const isOfYear = ({ receipt }: ReadDecision) => receipt.facts.month.startsWith(`${String(year)}-`);
  const ofYear = known.filter(isOfYear);
  const groups = standingIndex(ofYear).all;
  const counted = groups.flatMap(([newest]) => newest ?? []);
  const goo = counted.filter(({ receipt }) => receipt.facts.reception === 'municipal');
  const poo = counted.filter(({ receipt }) => receipt.facts.reception === 'private');
  const given = poo.filter(({ receipt }) => receipt.assessment.allowanceCents > 0);
  const imposed = componentsIn(goo);
  const paying = goo.filter(({ receipt }) => receipt.assessment.contributionCents > 0).length;
  const earlier = known.filter(({ receipt }) => isRecalculationIn(receipt, year));
  const lowered = loweredBy(ofYear, known);
  const received = receivedIn(year, { known, entries, until: dayBefore(untilMs) });
  const { collected, recovered, owed } = received;
  const lines: readonly AccountLine[] = [
    { ...count(2, 'poo-persons', 'person-months', personsIn(given)), remark: 'norm-not-confirmed' },
    ...allowanceLines('goo', goo),
    ...allowanceLines('poo', poo),
    ...(['accommodation', 'catering', 'undivided'] as const).map((part) =>
      paid(4, `collected-${part}`, received.count, collected[part], 'by-day'),
    ),
    paid(4, 'collected', received.count, collected.contribution, 'by-day'),
    paid(5, 'recovered-goo', recovered.goo.count, recovered.goo.amount, 'by-day'),
    paid(5, 'recovered-poo', recovered.poo.count, recovered.poo.amount, 'treatment-not-known'),
    money(6, 'imposed-accommodation', paying, imposed.accommodation, rulesOf(goo, 'eb.accommodation')),
    money(6, 'imposed-catering', paying, imposed.catering, rulesOf(goo, 'eb.catering')),
    money(6, 'imposed-undivided', paying, imposed.undivided, rulesOf(goo, 'eb.')),
    money(6, 'imposed', paying, imposed.contribution, rulesOf(goo, 'eb.')),
    paid(6, 'waived', owed.waived.count, owed.waived.amount, 'by-month'),
    paid(6, 'open', owed.open.count, owed.open.amount, 'by-month'),
    { ...count(6, 'lowered-allowance', 'corrections', lowered.count), amount: lowered.amount, remark: 'recalculation' },
    count(7, 'households', 'households', new Set(counted.map(({ receipt }) => unitOf(receipt))).size),
    count(7, 'decisions', 'decisions', ofYear.length),
    count(7, 'earlier-years', 'decisions', earlier.length),
    count(7, 'double', 'household-months', groups.filter((group) => group.length > 1).length),
    { ...count(7, 'unplaced', 'payments', unplacedIn(decisions, entries, year)) },
  ];
  return { year, municipality, lines, basis: ofYear.map(({ id }) => id).sort(), money: received.ids };
}

type Receipt = ReadDecision['receipt'];
const unitOf = ({ familyId, grownChild }: Receipt) => `${familyId} ${grownChild ?? ''}`;
const componentsIn = (decisions: readonly ReadDecision[]): Components =>
  sumComponents(decisions.map(({ receipt }) => componentsOf(receipt.assessment)));
const personsIn = (decisions: readonly ReadDecision[]) =>
  decisions.reduce((sum, { receipt }) => sum + receipt.facts.members.length, 0);

/** By UTC: on which side of midnight a decision of New Year's Eve falls may not depend on a laptop. */
const startOf = (year: number): number => (365 * (year - 1970) + leapsBefore(year)) * 86_400_000;
const leapsBefore = (year: number): number => {
  const leaps = (before: number) => Math.floor(before / 4) - Math.floor(before / 100) + Math.floor(before / 400);
  return leaps(year - 1) - leaps(1969);
};
const isRecalculationIn = (receipt: Receipt, year: number): boolean =>
  receipt.replaces !== null &&
  receipt.facts.month < `${String(year)}-` &&
  receipt.decidedAtMs >= startOf(year) &&
  receipt.decidedAtMs < startOf(year + 1);

/** The day that the last moment before `untilMs` falls on, by UTC. */
const dayBefore = (untilMs: number): IsoDate => addDays(isoDate('1970-01-01'), Math.floor((untilMs - 1) / 86_400_000));

const paid = (
  total: AccountLine['total'],
  item: AccountItem,
  quantity: number,
  amount: Cents,
  remark: AccountRemark,
): AccountLine => ({ total, item, quantity, unit: 'household-months', amount, remark, rules: [] });

const count = (
  total: AccountLine['total'],
  item: AccountItem,
  unit: AccountLine['unit'],
  quantity: number | null,
): AccountLine => ({ total, item, quantity, unit, amount: null, remark: null, rules: [] });

const money = (
  total: AccountLine['total'],
  item: AccountItem,
  quantity: number,
  amount: Cents,
  rules: readonly string[],
): AccountLine => ({ total, item, quantity, unit: 'household-months', amount, remark: null, rules });

function allowanceLines(reception: 'goo' | 'poo', decisions: readonly ReadDecision[]): readonly AccountLine[] {
  const { food, clothing, host, withheld, allowance } = componentsIn(decisions);
  const given = decisions.filter(({ receipt }) => receipt.assessment.allowanceCents > 0).length;
  const line = (item: AccountItem, amount: Cents, ...starts: readonly string[]) =>
    money(
      3,
      item,
      given,
      amount,
      starts.flatMap((start) => rulesOf(decisions, start)),
    );
  return [
    line(`${reception}-food`, food, 'food'),
    line(`${reception}-clothing`, clothing, 'clothing'),
    ...(reception === 'poo' ? [line('poo-host', host, 'host.')] : []),
    line(`${reception}-withheld`, withheld, 'leefgeld.', 'threshold.'),
    line(`${reception}-allowance`, allowance, 'clothing', 'food', ...(reception === 'poo' ? ['host.'] : [])),
  ];
}

/** National rows in these receipts whose parameter starts so; a value of the municipality carries its code. */
function rulesOf(decisions: readonly ReadDecision[], start: string): readonly string[] {
  const ids = decisions.flatMap(({ receipt }) => [
    ...receipt.rows.map(({ param, from }) => ({ param, id: `${param}@${from}` })),
    ...receipt.facts.policy.overrides.map(({ param }) => ({
      param,
      id: `${param}@${receipt.facts.policy.municipality}`,
    })),
  ]);
  return [...new Set(ids.filter(({ param }) => param.startsWith(start)).map(({ id }) => id))].sort();
}

/** Allowance that a correction made lower: what could be asked back, not what came in. */
function loweredBy(ofYear: readonly ReadDecision[], known: readonly ReadDecision[]) {
  const byId = new Map(known.map((decision) => [decision.id, decision]));
  const differences = ofYear.flatMap(({ receipt }) => {
    const before = receipt.replaces === null ? undefined : byId.get(receipt.replaces);
    const less = (before?.receipt.assessment.allowanceCents ?? 0) - receipt.assessment.allowanceCents;
    return before !== undefined && less > 0 ? [less] : [];
  });
  return { count: differences.length, amount: cents(differences.reduce((sum, less) => sum + less, 0)) };
}

export const accountHeads = ['total', 'item', 'quantity', 'unit', 'amount', 'remark', 'rules'] as const;

/** The account as a table; `words` turns its codes into the words of the file. */
export function accountTable(
  account: YearAccount,
  words: {
    readonly item: (item: AccountItem) => string;
    readonly unit: (unit: AccountLine['unit']) => string;
    readonly remark: (remark: AccountRemark) => string;
  },
): FinanceTable<(typeof accountHeads)[number]> {
  const rows = account.lines.map((line): readonly FinanceCell[] => [
    { count: line.total },
    words.item(line.item),
    line.quantity === null ? null : { count: line.quantity },
    words.unit(line.unit),
    line.amount === null ? null : { amount: line.amount },
    line.remark === null ? null : words.remark(line.remark),
    line.rules.join(', '),
  ]);
  return { heads: accountHeads, rows };
}
