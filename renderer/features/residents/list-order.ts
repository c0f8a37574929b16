import type { ResidentSummary } from '../../../shared/register/resident-summary.ts';
import { nameOrder } from '../../i18n/format.ts';
import type { Language } from '../../i18n/i18n.ts';
import type { LayeredMap } from '../../stores/layered-map.ts';
import type { Sort } from '../../ui/DataGrid.tsx';

type Residents = LayeredMap<ResidentSummary>;
type Key = (resident: ResidentSummary) => readonly [string, string];

const keys: Readonly<Record<string, Key>> = {
  name: ({ family, given }) => [family, given],
  nameCyrillic: ({ familyCyrillic, givenCyrillic }) => [familyCyrillic, givenCyrillic],
  born: ({ birthDate }) => [birthDate ?? '', ''],
  bed: ({ bed }) => [bed ?? '', ''],
  protection: ({ protectionUntil }) => [protectionUntil ?? '9999', ''],
};
const byName: Key = ({ family, given }) => [family, given];

/** The last order of each kind; it goes when the residents it was made of go. */
const known = new WeakMap<object, Map<string, { residents: Residents; rows: readonly ResidentSummary[] }>>();

/**
 * Residents as the list shows them. What changed since the last time is taken out and put in at its place: sorting a
 * country anew for one save would be seen.
 */
export function orderResidents(residents: Residents, sort: Sort, language: Language): readonly ResidentSummary[] {
  const orders = known.get(residents.root) ?? new Map<string, never>();
  known.set(residents.root, orders);
  const name = `${language} ${sort.key}${sort.descending ? ' down' : ''}`;
  const last = orders.get(name);
  if (last?.residents === residents) return last.rows;
  const order = makeOrder(sort, language);
  const changed = last && residents.changedSince(last.residents);
  const rows =
    last === undefined || changed === undefined
      ? sortAll([...residents.values()], order)
      : moved(last.rows, new Set(changed), residents, order);
  orders.set(name, { residents, rows });
  return rows;
}

type Order = {
  readonly compare: (a: string, b: string) => number;
  readonly keyOf: Key;
  readonly sign: 1 | -1;
};

function makeOrder({ key, descending }: Sort, language: Language): Order {
  const { compare } = nameOrder(language);
  return { compare, keyOf: keys[key] ?? byName, sign: descending ? -1 : 1 };
}

const compareIds = (a: ResidentSummary, b: ResidentSummary): number => (a.id < b.id ? -1 : 1);

function compareRows({ compare, keyOf, sign }: Order, a: ResidentSummary, b: ResidentSummary): number {
  const [a1, a2] = keyOf(a);
  const [b1, b2] = keyOf(b);
  return sign * (compare(a1, b1) || compare(a2, b2)) || compareIds(a, b);
}

/** Every different text is compared once; the rows are then sorted as numbers. */
function sortAll(rows: readonly ResidentSummary[], { compare, keyOf, sign }: Order): readonly ResidentSummary[] {
  const first = rankTexts(rows, (row) => keyOf(row)[0], compare);
  const second = rankTexts(rows, (row) => keyOf(row)[1], compare);
  const ranks = Float64Array.from(rows, (_row, at) => {
    const rank = (first.ranks[at] ?? 0) * second.count + (second.ranks[at] ?? 0);
    return sign === 1 ? rank : first.count * second.count - rank;
  });
  // Rank and place in one number: 2^53 has room for the square of a million names and their rows.
  const places = Float64Array.from(ranks, (rank, at) => rank * rows.length + at).sort();
  const sorted: ResidentSummary[] = [];
  let start = 0;
  let before = -1;
  for (const place of places) {
    const at = place % rows.length;
    const rank = ranks[at] ?? 0;
    if (rank !== before) {
      sortTail(sorted, start);
      start = sorted.length;
      before = rank;
    }
    const row = rows[at];
    if (row !== undefined) sorted.push(row);
  }
  sortTail(sorted, start);
  return sorted;
}

/** Namesakes stand in the order of their ids. */
function sortTail(sorted: ResidentSummary[], start: number): void {
  if (sorted.length - start < 2) return;
  const tail = sorted.splice(start).sort(compareIds);
  for (const row of tail) sorted.push(row);
}

function rankTexts(
  rows: readonly ResidentSummary[],
  textOf: (row: ResidentSummary) => string,
  compare: Order['compare'],
): { readonly ranks: Uint32Array; readonly count: number } {
  const numbers = new Map<string, number>();
  const numberOfRow = Uint32Array.from(rows, (row) => {
    const text = textOf(row);
    const number = numbers.get(text) ?? numbers.size;
    numbers.set(text, number);
    return number;
  });
  const texts = [...numbers.keys()];
  const inOrder = texts.map((_text, number) => number).sort((a, b) => compare(texts[a] ?? '', texts[b] ?? ''));
  const rankOf = new Uint32Array(texts.length);
  let rank = 0;
  inOrder.forEach((number, at) => {
    const previous = inOrder[at - 1];
    if (previous !== undefined && compare(texts[previous] ?? '', texts[number] ?? '') !== 0) rank++;
    rankOf[number] = rank;
  });
  return { ranks: numberOfRow.map((number) => rankOf[number] ?? 0), count: rank + 1 };
}

function moved(
  rows: readonly ResidentSummary[],
  changed: ReadonlySet<string>,
  residents: Residents,
  order: Order,
): readonly ResidentSummary[] {
  const kept = changed.size === 0 ? [...rows] : rows.filter(({ id }) => !changed.has(id));
  for (const id of changed) {
    const row = residents.get(id);
    if (row === undefined) continue;
    let low = 0;
    let high = kept.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const other = kept[middle];
      if (other !== undefined && compareRows(order, other, row) < 0) low = middle + 1;
      else high = middle;
    }
    kept.splice(low, 0, row);
  }
  return kept;
}
