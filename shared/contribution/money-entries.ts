import type { IsoDate, IsoMonth } from '../kernel/dates.ts';
import { cents, type Cents } from '../kernel/money.ts';
import { standingIndex } from './all-standing.ts';
import type { ContributionDecision } from './decision.ts';
import type { ReadDecision, UnitKey } from './decisions-of.ts';

/** Money that moved, or that nobody has to pay any more; below zero where it went back. */
export type MoneyEntry = UnitKey & {
  /** The record it stands in. */
  readonly id: string;
  readonly of: 'contribution' | 'recovery' | 'waiver';
  /** The month it is for; null: nobody said. */
  readonly month: IsoMonth | null;
  /** False: of an arrangement or an arrear; it fills what is open of its month, and then the oldest months. */
  readonly isExact: boolean;
  readonly day: IsoDate;
  readonly amountCents: Cents;
  readonly recordedOn: IsoDate;
  readonly withdrawnOn: IsoDate | null;
};

/** What one family of the law owes for a month. `open` below zero: more came in than was asked. */
export type MonthBalance = {
  readonly month: IsoMonth;
  readonly due: Cents;
  readonly received: Cents;
  readonly waived: Cents;
  readonly open: Cents;
  /** Allowance that came back; it has nothing to do with what is open. */
  readonly recovered: Cents;
};
export type UnitBalance = UnitKey & {
  /** The decision that stands for each month, of two the newest. */
  readonly decisions: readonly ReadDecision[];
  /** Oldest first: every decided month, and every month that money came in for. */
  readonly months: readonly MonthBalance[];
  readonly total: Omit<MonthBalance, 'month'>;
};

/** Whether an entry counts in figures of the end of `until`: known by then, and not withdrawn by then. */
export const countsOn = ({ recordedOn, withdrawnOn, day }: MoneyEntry, until: IsoDate): boolean =>
  day <= until && recordedOn <= until && (withdrawnOn === null || withdrawnOn > until);

const keyOf = ({ familyId, grownChild }: UnitKey): string => `${familyId} ${grownChild ?? ''}`;

/** What every family of the law owes and has paid on `until`, by the decisions given, in the order of the families. */
export function balances(
  decisions: readonly ContributionDecision[],
  entries: readonly MoneyEntry[],
  until: IsoDate,
): readonly UnitBalance[] {
  const units = new Map<string, { readonly unit: UnitKey; decisions: ReadDecision[]; entries: MoneyEntry[] }>();
  const of = ({ familyId, grownChild }: UnitKey) => {
    const key = keyOf({ familyId, grownChild });
    const known = units.get(key);
    if (known !== undefined) return known;
    const made = { unit: { familyId, grownChild }, decisions: [], entries: [] };
    units.set(key, made);
    return made;
  };
  for (const [newest] of standingIndex(decisions).all)
    if (newest !== undefined) of(newest.receipt).decisions.push(newest);
  for (const entry of entries) if (countsOn(entry, until)) of(entry).entries.push(entry);
  return [...units]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { unit, decisions: own, entries: moved }]) => balanceOf(unit, own, moved));
}

type Sums = { due: number; received: number; waived: number; recovered: number };
const openOf = ({ due, received, waived }: Sums): number => due - received - waived;

function balanceOf(unit: UnitKey, decisions: readonly ReadDecision[], entries: readonly MoneyEntry[]): UnitBalance {
  const months = new Map<IsoMonth, Sums>();
  const at = (month: IsoMonth): Sums => {
    const known = months.get(month) ?? { due: 0, received: 0, waived: 0, recovered: 0 };
    months.set(month, known);
    return known;
  };
  for (const { receipt } of decisions) at(receipt.facts.month).due = receipt.assessment.contributionCents;
  const add = (month: IsoMonth, of: MoneyEntry['of'], amount: number) => {
    at(month)[of === 'contribution' ? 'received' : of === 'waiver' ? 'waived' : 'recovered'] += amount;
  };
  // What says its month goes there first; the rest fills what is open then, so that the order of the list is nothing.
  for (const { isExact, month, of, amountCents } of entries) if (isExact && month !== null) add(month, of, amountCents);
  for (const entry of entries.filter(({ isExact, month }) => !isExact || month === null).sort(byDay)) {
    let rest: number = entry.amountCents;
    const oldest = [...months.keys()].sort();
    for (const month of entry.month === null ? oldest : [entry.month, ...oldest]) {
      const part = Math.min(rest, Math.max(0, openOf(at(month))));
      if (part <= 0) continue;
      add(month, entry.of, part);
      rest -= part;
    }
    const last = entry.month ?? oldest.at(-1);
    if (rest !== 0 && last !== undefined) add(last, entry.of, rest);
  }
  const lines = [...months]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([month, sums]): MonthBalance => ({ month, ...inCents(sums) }));
  const total: Sums = { due: 0, received: 0, waived: 0, recovered: 0 };
  for (const line of lines) for (const name of sumNames) total[name] += line[name];
  return { ...unit, decisions, months: lines, total: inCents(total) };
}
const sumNames = ['due', 'received', 'waived', 'recovered'] as const;

const byDay = (a: MoneyEntry, b: MoneyEntry): number =>
  a.day < b.day ? -1 : a.day > b.day ? 1 : a.amountCents - b.amountCents || (a.of < b.of ? -1 : a.of > b.of ? 1 : 0);

const inCents = (sums: Sums): Omit<MonthBalance, 'month'> => ({
  due: cents(sums.due),
  received: cents(sums.received),
  waived: cents(sums.waived),
  recovered: cents(sums.recovered),
  open: cents(openOf(sums)),
});
