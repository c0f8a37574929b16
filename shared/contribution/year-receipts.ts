import type { IsoDate } from '../kernel/dates.ts';
import { cents, type Cents } from '../kernel/money.ts';
import { componentsOf } from './components.ts';
import type { ContributionDecision } from './decision.ts';
import type { ReadDecision, UnitKey } from './decisions-of.ts';
import { balances, countsOn, type MoneyEntry, type UnitBalance } from './money-entries.ts';

type Counted = { readonly count: number; readonly amount: Cents };
export type YearReceipts = {
  /** By component where a whole claim was paid; the rules do not say which part a smaller payment is for. */
  readonly collected: Readonly<Record<'accommodation' | 'catering' | 'undivided' | 'contribution', Cents>>;
  /** Months of households that money came in for. */
  readonly count: number;
  readonly recovered: Readonly<Record<'goo' | 'poo', Counted>>;
  /** Of the months of the year: what was waived, and what is still to be paid. */
  readonly owed: Readonly<Record<'waived' | 'open', Counted>>;
  /** The records it was made of, sorted. */
  readonly ids: readonly string[];
};

/** What came in during a year and what is open of its months, on `until`, for the families these decisions are on. */
export function receivedIn(
  year: number,
  given: {
    readonly known: readonly ReadDecision[];
    readonly entries: readonly MoneyEntry[];
    readonly until: IsoDate;
  },
): YearReceipts {
  const start = `${String(year)}-`;
  const units = new Set(given.known.map(({ receipt }) => keyOf(receipt)));
  const own = given.entries.filter((entry) => units.has(keyOf(entry)) && countsOn(entry, given.until));
  const ofYear = own.filter(({ day }) => day.startsWith(start));
  const open = balances(given.known, own, given.until);
  const months = open.flatMap((unit) => unit.months.filter(({ month }) => month.startsWith(start)));
  const byUnit = new Map(open.map((unit) => [keyOf(unit), unit]));
  const groups = new Map<string, MoneyEntry[]>();
  for (const entry of ofYear.filter(({ of }) => of === 'contribution')) {
    const key = `${keyOf(entry)} ${entry.isExact ? (entry.month ?? '') : 'later'}`;
    groups.set(key, [...(groups.get(key) ?? []), entry]);
  }
  const collected = { accommodation: 0, catering: 0, undivided: 0 };
  for (const group of groups.values()) {
    const [first] = group;
    const amount = sum(group);
    const claim = first === undefined || !first.isExact ? undefined : claimOf(byUnit.get(keyOf(first)), first.month);
    const part = claim === undefined ? { accommodation: 0, catering: 0, undivided: amount } : divide(amount, claim);
    collected.accommodation += part.accommodation;
    collected.catering += part.catering;
    collected.undivided += part.undivided;
  }
  const recovered = ofYear.filter(({ of }) => of === 'recovery');
  const isPrivate = (entry: MoneyEntry) =>
    decisionOf(byUnit.get(keyOf(entry)), entry.month)?.receipt.facts.reception === 'private';
  const waived = months.filter((month) => month.waived !== 0);
  const toPay = months.filter((month) => month.open > 0);
  return {
    collected: {
      accommodation: cents(collected.accommodation),
      catering: cents(collected.catering),
      undivided: cents(collected.undivided),
      contribution: cents(collected.accommodation + collected.catering + collected.undivided),
    },
    count: groups.size,
    recovered: {
      goo: counted(recovered.filter((entry) => !isPrivate(entry))),
      poo: counted(recovered.filter(isPrivate)),
    },
    owed: {
      waived: { count: waived.length, amount: cents(waived.reduce((total, month) => total + month.waived, 0)) },
      open: { count: toPay.length, amount: cents(toPay.reduce((total, month) => total + month.open, 0)) },
    },
    ids: ofYear.map(({ id }) => id).sort(),
  };
}

/** Payments of a year of families on which nothing was decided that this device knows: in no account. */
export function unplacedIn(
  decisions: readonly ContributionDecision[],
  entries: readonly MoneyEntry[],
  year: number,
): number {
  const units = new Set(decisions.flatMap(({ receipt }) => (receipt === null ? [] : [keyOf(receipt)])));
  return entries.filter((entry) => entry.day.startsWith(`${String(year)}-`) && !units.has(keyOf(entry))).length;
}

type Claim = { readonly accommodation: number; readonly catering: number; readonly contribution: number };

/** A claim of one component takes what is paid up to its amount; one of two only when all of it is paid. */
function divide(amount: number, { accommodation, catering, contribution }: Claim) {
  const nothing = { accommodation: 0, catering: 0, undivided: 0 };
  if (accommodation + catering !== contribution || amount <= 0) return { ...nothing, undivided: amount };
  if (accommodation > 0 && catering > 0)
    return amount === contribution ? { accommodation, catering, undivided: 0 } : { ...nothing, undivided: amount };
  const part = Math.min(amount, contribution);
  return accommodation > 0
    ? { ...nothing, accommodation: part, undivided: amount - part }
    : { ...nothing, catering: part, undivided: amount - part };
}

const decisionOf = (unit: UnitBalance | undefined, month: MoneyEntry['month']): ReadDecision | undefined =>
  unit?.decisions.find(({ receipt }) => receipt.facts.month === month) ?? unit?.decisions.at(-1);

function claimOf(unit: UnitBalance | undefined, month: MoneyEntry['month']): Claim | undefined {
  const decision = unit?.decisions.find(({ receipt }) => receipt.facts.month === month);
  return decision === undefined ? undefined : componentsOf(decision.receipt.assessment);
}

const keyOf = ({ familyId, grownChild }: UnitKey): string => `${familyId} ${grownChild ?? ''}`;
const sum = (entries: readonly MoneyEntry[]): number => entries.reduce((total, entry) => total + entry.amountCents, 0);
const counted = (entries: readonly MoneyEntry[]): Counted => ({
  count: new Set(entries.map((entry) => `${keyOf(entry)} ${entry.month ?? ''}`)).size,
  amount: cents(sum(entries)),
});
