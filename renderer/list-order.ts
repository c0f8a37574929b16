import { allSteps } from '../shared/kernel/steps.ts';
import type { ResidentImage } from '../shared/register/resident-image.ts';
import type { ResidentSummary } from '../shared/register/resident-summary.ts';
import type { TextColumn } from '../shared/register/summary-columns.ts';
import { nameOrder } from './i18n/format.ts';
import type { Language } from './i18n/i18n.ts';
import type { LayeredMap } from './stores/layered-map.ts';
import { imageOf, ResidentRows } from './stores/resident-rows.ts';
import type { Sort } from './ui/DataGrid.tsx';
import { inSlices } from './stores/in-slices.ts';
import { makeComparer, rankSteps, type Comparer, type Ranks } from './text-order.ts';

type Residents = LayeredMap<ResidentSummary>;
type Keys = { readonly columns: readonly [TextColumn, TextColumn?]; readonly missing: string };

const byName: Keys = { columns: ['family', 'given'], missing: '' };
const keys: Readonly<Record<string, Keys>> = {
  name: byName,
  nameCyrillic: { columns: ['familyCyrillic', 'givenCyrillic'], missing: '' },
  born: { columns: ['birthDate'], missing: '' },
  bed: { columns: ['bed'], missing: '' },
  protection: { columns: ['protectionUntil'], missing: '9999' },
};

/** Lines of the image in order, and where lines that lie over it stand between them. */
type OfImage = { readonly rows: Uint32Array; readonly places: WeakMap<ResidentSummary, number> };
type Known = { readonly ofImage: OfImage; readonly residents: Residents; readonly rows: ResidentRows };
/** The order of each kind of the image, and the last one with what lies over it; they go when the image goes. */
const quicklyOrdered = 8_000;
const known = new WeakMap<object, Map<string, Known>>();

const building = new WeakMap<object, Map<string, Promise<unknown>>>();

/**
 * Residents as the list shows them. What changed since the image was made is taken out and put in at its place: sorting
 * a country anew for one save would be seen.
 */
export const orderResidents = (residents: Residents, sort: Sort, language: Language): ResidentRows =>
  allSteps(orderSteps(residents, sort, language));

/** The same without the page standing still, once for everybody who asks while it is being made. */
export async function orderInSlices(residents: Residents, sort: Sort, language: Language): Promise<ResidentRows> {
  const { root } = residents;
  const begun = building.get(root) ?? new Map<string, Promise<unknown>>();
  building.set(root, begun);
  const name = nameOf(sort, language);
  const making = begun.get(name) ?? inSlices(orderSteps(residents, sort, language));
  begun.set(name, making);
  await making;
  return orderResidents(residents, sort, language);
}

function* orderSteps(residents: Residents, sort: Sort, language: Language): Generator<void, ResidentRows> {
  const orders = known.get(residents.root) ?? new Map<string, Known>();
  known.set(residents.root, orders);
  const name = nameOf(sort, language);
  const last = orders.get(name);
  if (last?.residents === residents) return last.rows;
  const image = imageOf(residents);
  const order = makeOrder(sort, language);
  const ofImage = last?.ofImage ?? { rows: yield* sortImage(image, order), places: new WeakMap() };
  const rows = laidOver(residents, image, ofImage, order);
  orders.set(name, { ofImage, residents, rows });
  return rows;
}

/** Whether `orderResidents` has the answer, or makes it in no time. */
export const isQuicklyOrdered = (residents: Residents, sort: Sort, language: Language): boolean =>
  residents.size <= quicklyOrdered || known.get(residents.root)?.has(nameOf(sort, language)) === true;
const nameOf = ({ key, descending }: Sort, language: Language): string =>
  `${language} ${key}${descending ? ' down' : ''}`;

type Order = { readonly compare: Comparer; readonly keys: Keys; readonly sign: 1 | -1 };

const makeOrder = ({ key, descending }: Sort, language: Language): Order => ({
  compare: makeComparer(nameOrder(language)),
  keys: keys[key] ?? byName,
  sign: descending ? -1 : 1,
});

/** Every different text is compared once; the rows then stand in the order of numbers. */
function* sortImage(
  image: ResidentImage,
  { compare, keys: { columns, missing }, sign }: Order,
): Generator<void, Uint32Array> {
  let order = new Uint32Array(image.size);
  let live = 0;
  for (let row = 0; row < image.rowCount; row++) if (!image.isDead(row)) order[live++] = row;
  const ranks: Ranks[] = [];
  for (const column of columns) {
    if (column !== undefined) ranks.push(yield* rankSteps(image, column, missing, compare));
  }
  // The last column first: lines that are the same in one keep their order.
  for (const ranked of ranks.toReversed()) {
    order = byRank(order, ranked, sign);
    yield;
  }
  const isSame = (a: number, b: number) => ranks.every((ranked) => ranked.ranks[a] === ranked.ranks[b]);
  let start = 0;
  for (let at = 1; at <= order.length; at++) {
    if (at < order.length && isSame(order[start] ?? 0, order[at] ?? 0)) continue;
    // Namesakes stand in the order of their ids.
    if (at - start > 1) order.subarray(start, at).sort((a, b) => image.compareIds(a, b));
    start = at;
    if (at % 256 === 0) yield;
  }
  return order;
}

/** Counts how many stand before each rank, so that nothing is compared. Stable. */
function byRank(rows: Uint32Array, { ranks, count }: Ranks, sign: Order['sign']): Uint32Array<ArrayBuffer> {
  const placeOf = (row: number) => (sign === 1 ? (ranks[row] ?? 0) : count - 1 - (ranks[row] ?? 0));
  const next = new Uint32Array(count + 1);
  for (const row of rows) next[placeOf(row) + 1] = (next[placeOf(row) + 1] ?? 0) + 1;
  for (let place = 0; place < count; place++) next[place + 1] = (next[place + 1] ?? 0) + (next[place] ?? 0);
  const sorted = new Uint32Array(rows.length);
  for (const row of rows) {
    const place = placeOf(row);
    const at = next[place] ?? 0;
    sorted[at] = row;
    next[place] = at + 1;
  }
  return sorted;
}

function laidOver(residents: Residents, image: ResidentImage, ofImage: OfImage, order: Order): ResidentRows {
  const { over } = residents;
  const { rows } = ofImage;
  if (over.size === 0) return new ResidentRows(image, [], rows);
  const hidden = new Uint8Array(image.rowCount);
  for (const id of over.keys()) {
    const row = image.rowOf(id);
    if (row !== undefined) hidden[row] = 1;
  }
  const compare = compareIn(order);
  const placed = [...over.values()]
    .flatMap((summary) => (summary === undefined ? [] : { summary, place: placeOf(summary, image, ofImage, compare) }))
    .sort((a, b) => a.place - b.place || compare(a.summary, b.summary));
  const merged = new Uint32Array(rows.length + placed.length);
  let next = 0;
  let end = 0;
  for (let place = 0; place <= rows.length; place++) {
    while (placed[next]?.place === place) merged[end++] = image.rowCount + next++;
    const row = rows[place];
    if (row !== undefined && hidden[row] === 0) merged[end++] = row;
  }
  const laid = placed.map(({ summary }) => summary);
  return new ResidentRows(image, laid, merged.subarray(0, end));
}

type CompareSummaries = (a: ResidentSummary, b: ResidentSummary) => number;

/** Before which line of the image it stands; looked for once, however many saves follow. */
function placeOf(
  summary: ResidentSummary,
  image: ResidentImage,
  { rows, places }: OfImage,
  compare: CompareSummaries,
): number {
  const found = places.get(summary);
  if (found !== undefined) return found;
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const other = image.peek(rows[middle] ?? 0);
    if (other !== undefined && compare(other, summary) < 0) low = middle + 1;
    else high = middle;
  }
  places.set(summary, low);
  return low;
}

const compareIn =
  ({ compare, keys: { columns, missing }, sign }: Order): CompareSummaries =>
  (a, b) => {
    for (const column of columns) {
      const difference = column === undefined ? 0 : compare(a[column] ?? missing, b[column] ?? missing);
      if (difference !== 0) return sign * difference;
    }
    return a.id < b.id ? -1 : 1;
  };
