/**
 * The rules once more, from contribution.md §3-§7: no parameter file, no function of the engine. Where the page leaves
 * the taper of the other formula open, both take the same reading. A slip would have to be made twice in other words.
 */
export type Person = { readonly adult: boolean; readonly unaccompanied: boolean; readonly inCare: boolean };
export type Household = {
  /** `2025-10`. */
  readonly month: string;
  readonly hosted: boolean;
  readonly catered: boolean;
  readonly people: readonly Person[];
  /** Cents of income that counts, one per adult in their order. */
  readonly pay: readonly number[];
  readonly mode: 'step' | 'taper' | 'manual';
  readonly formula: 'scaled_sum' | 'scaled_leefgeld_plus_eb';
  readonly count: 'earners' | 'adults';
};
export type Outcome = {
  readonly leefgeld: number;
  readonly bijdrage: number;
  /** T1 and T2 where there are both. */
  readonly from: readonly [number, number] | null;
};

type Era = readonly [from: string, adult: readonly number[], minor: readonly number[]];
const food: readonly Era[] = [
  ['2022-04', [20500, 20500, 20500], [20500, 20500, 20500]],
  ['2023-02', [21506, 17199, 15045], [17836, 14257, 12497]],
  ['2023-10', [24248, 19398, 16974], [20065, 16064, 14034]],
  ['2025-01', [25218, 21429, 18913], [21005, 17853, 15761]],
];
const clothing = [
  ['2022-04', 5500],
  ['2022-12', 5612],
  ['2023-10', 6071],
  ['2024-07', 6266],
] as const;
const hostAdult = [
  ['2022-04', 21500],
  ['2023-02', 9300],
  ['2023-10', 8091],
  ['2025-01', 7716],
] as const;
const hostMinor = [['2022-04', 5500], ...hostAdult.slice(1)] as const;
const room = [
  ['2024-07', 10500],
  ['2025-10', 24422],
] as const;
const meals = [
  ['2024-07', 24248],
  ['2025-01', 25218],
] as const;

/** The last line of a table that began by `month`. */
function inForce<Line extends readonly [string, ...unknown[]]>(table: readonly Line[], month: string): Line {
  const line = table.findLast(([from]) => from <= month);
  if (line === undefined) throw new Error(`nothing in force in ${month}`);
  return line;
}

function leefgeldOf({ month, hosted, catered, people }: Household): number {
  const [, adults, minors] = inForce(food, month);
  const column = people.length > 3 ? 2 : people.length === 3 ? 1 : 0;
  let total = 0;
  for (const { adult, unaccompanied, inCare } of people) {
    total += inForce(clothing, month)[1];
    if (inCare) continue;
    if (hosted) total += inForce(adult ? hostAdult : hostMinor, month)[1];
    if (hosted || !catered) total += (adult || unaccompanied ? adults : minors)[column] ?? 0;
  }
  return total;
}

/** Half a cent goes up; no fraction is ever a float. */
const divided = (of: number, by: number) => Math.floor((2 * of + by) / (2 * by));

/** What the outcome is made of, from 2024-07; `second` has no meaning for a hosted family. */
export function partsOf(household: Household) {
  const { month, hosted, catered, people, pay, formula, count } = household;
  const full = leefgeldOf(household);
  const factor = month < '2025-10' ? 100 : 115;
  const income = pay.reduce((sum, one) => sum + one, 0);
  const earners = Math.min(2, pay.filter((one) => one > 0).length);
  const share = hosted ? 0 : inForce(room, month)[1] + (catered ? inForce(meals, month)[1] : 0);
  const adults = Math.min(2, people.filter(({ adult }) => adult).length);
  const counted = share * (count === 'adults' ? adults : Math.max(1, earners));
  const due = share * earners;
  const first = divided(full * factor, 100);
  const second = formula === 'scaled_sum' ? divided((full + counted) * factor, 100) : first + counted;
  // §7.1: nothing at T1 and all at T2. With the other formula that is what is earned above T1.
  const over = formula === 'scaled_sum' ? divided(income * 100, factor) - full : income - first;
  return { full, income, first, second, due, above: Math.max(0, Math.min(due, over)) };
}

export function secondOpinion(household: Household): Outcome {
  const { month, hosted, mode } = household;
  if (month < '2024-07') return { leefgeld: leefgeldOf(household), bijdrage: 0, from: null };
  const { full, income, first, second, due, above } = partsOf(household);
  const from = hosted ? null : ([first, second] as const);
  if (income === 0) return { leefgeld: full, bijdrage: 0, from };
  if (!hosted && income >= second) return { leefgeld: 0, bijdrage: due, from };
  if (income >= first) return { leefgeld: 0, bijdrage: mode === 'taper' ? above : 0, from };
  return { leefgeld: mode === 'taper' ? Math.min(full, first - income) : full, bijdrage: 0, from };
}
