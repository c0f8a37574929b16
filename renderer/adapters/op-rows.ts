import { Dexie, type Table } from 'dexie';
import { fromHex, toHex } from '../../shared/kernel/bytes.ts';
import type { Box, SealedOp } from '../../shared/ports.ts';
import type { Compartment } from '../../shared/records/record.ts';
import type { OpRow } from './database.ts';

type Ops = Table<OpRow, [string, number]>;

const lastOf = ({ n, m }: { readonly n: number; readonly m?: number | undefined }): number => n + (m ?? 1) - 1;

/** How many operations these boxes or rows hold. */
export const opsIn = (boxes: readonly { readonly m?: number | undefined }[]): number =>
  boxes.reduce((sum, { m }) => sum + (m ?? 1), 0);

/** A row of an earlier version has a box for each operation in it. */
export function toOps({ w: writer, n, c, box, m, more }: OpRow): readonly SealedOp[] {
  const w = fromHex(writer);
  const place = { w, c: c as Compartment };
  if (more !== undefined) return [box, ...more].map((one, at) => ({ ...place, n: n + at, box: one as Box }));
  return [{ ...place, n, box: box as Box, ...(m === undefined ? {} : { m }) }];
}

export const toOpRow = ({ w, n, m, c, box }: SealedOp): OpRow => ({
  w: toHex(w),
  n,
  c,
  box,
  ...(m === undefined ? {} : { m }),
});

/** The last row of this writer that begins at `n` or before it: if any row holds `n`, it is this one. */
const rowAt = (ops: Ops, w: string, n: number): Promise<OpRow | undefined> =>
  ops.where('[w+n]').between([w, Dexie.minKey], [w, n], true, true).last();

/** Whether a number of these is there already, in a row of its own or inside another, or in one of `others`. */
export async function areTaken(ops: Ops, added: readonly OpRow[], others: readonly OpRow[] = []): Promise<boolean> {
  for (const { w, first, last } of rangesOf(added)) {
    // Rows do not overlap, so the last one that begins in the range or before it ends last.
    const present = await rowAt(ops, w, last);
    if (present !== undefined && lastOf(present) >= first) return true;
    if (others.some((row) => row.w === w && row.n <= last && lastOf(row) >= first)) return true;
  }
  return false;
}

/** Adds them; a number that is there already rolls the transaction back. */
export async function addOps(ops: Ops, added: readonly SealedOp[]): Promise<void> {
  const rows = added.map(toOpRow);
  if (await areTaken(ops, rows)) throw new DOMException('an operation of this number is there', 'ConstraintError');
  await ops.bulkAdd(rows);
}

/** Adds them; one that is there already, in a store that was damaged, gives way. */
export async function settleOps(ops: Ops, added: readonly OpRow[]): Promise<void> {
  if (await areTaken(ops, added)) await replaceOps(ops, added.flatMap(toOps));
  else await ops.bulkAdd(added);
}

function rangesOf(rows: readonly OpRow[]): readonly { readonly w: string; readonly first: number; last: number }[] {
  const ranges: { readonly w: string; readonly first: number; last: number }[] = [];
  for (const row of rows) {
    const range = ranges.at(-1);
    if (range?.w === row.w && row.n === range.last + 1) range.last = lastOf(row);
    else ranges.push({ w: row.w, first: row.n, last: lastOf(row) });
  }
  return ranges;
}

/** Boxes in the place of those that begin at the same number; one that is nowhere gets a row. */
export async function replaceOps(ops: Ops, sound: readonly SealedOp[]): Promise<void> {
  const changed = new Map<string, OpRow>();
  for (const one of sound) {
    const key = toHex(one.w);
    const stored = await rowAt(ops, key, one.n);
    const isInside = stored?.more !== undefined && lastOf(stored) >= one.n;
    const row = isInside ? withBox(changed.get(`${key}.${stored.n}`) ?? stored, one) : toOpRow(one);
    changed.set(`${key}.${row.n}`, row);
  }
  await ops.bulkPut([...changed.values()]);
}

function withBox(row: OpRow, { n, box }: SealedOp): OpRow {
  if (n === row.n) return { ...row, box };
  return { ...row, more: (row.more ?? []).map((other, at) => (at === n - row.n - 1 ? box : other)) };
}

/** The boxes of a writer with operations above `after`, in order of number, until they hold `limit` of these. */
export async function readOps(ops: Ops, w: string, after: number, limit: number): Promise<readonly SealedOp[]> {
  const found: OpRow[] = [];
  let last = after;
  const take = (row: OpRow) => {
    found.push(row);
    last = Math.max(last, lastOf(row));
  };
  const inside = after === 0 ? undefined : await rowAt(ops, w, after);
  if (inside !== undefined) take(inside);
  let from = after;
  // As many rows as the ones before let expect: a row may hold one operation or many.
  for (let asked = 4; last - after < limit;) {
    const rows = await ops.where('[w+n]').between([w, from], [w, Dexie.maxKey], false, true).limit(asked).toArray();
    rows.forEach(take);
    const end = rows.at(-1);
    if (end === undefined || rows.length < asked) break;
    from = end.n;
    const perRow = rows.reduce((sum, row) => sum + (row.m ?? 1), 0) / rows.length;
    asked = Math.max(1, Math.ceil((limit - (last - after)) / perRow));
  }
  return boxesAbove(found.flatMap(toOps), after, limit);
}

/** Of boxes in order of number: those with operations above `after`, until they hold `limit` of these. */
export function boxesAbove(boxes: readonly SealedOp[], after: number, limit: number): readonly SealedOp[] {
  const found: SealedOp[] = [];
  let last = after;
  for (const box of boxes) {
    if (lastOf(box) <= after || last - after >= limit) continue;
    found.push(box);
    last = lastOf(box);
  }
  return found;
}

/** How many operations there are: every row counts once, those with several again for the others. */
export async function countOps(ops: Ops): Promise<number> {
  const [rows, numbers] = await Promise.all([ops.count(), ops.orderBy('m').keys()]);
  return numbers.reduce<number>((sum, m) => sum + Number(m) - 1, rows);
}
