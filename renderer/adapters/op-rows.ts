import { Dexie, type Table } from 'dexie';
import { fromHex, toHex } from '../../shared/kernel/bytes.ts';
import type { Box, SealedOp } from '../../shared/ports.ts';
import type { Compartment } from '../../shared/records/record.ts';
import type { OpRow } from './database.ts';

type Ops = Table<OpRow, [string, number]>;

/** Rows cost more than bytes; a row of a few ten thousand bytes is read as a whole and costs little. */
const opsPerRow = 128;

const lastOf = ({ n, m }: OpRow): number => n + (m ?? 1) - 1;
const boxesOf = ({ box, more }: OpRow): readonly Uint8Array[] => (more === undefined ? [box] : [box, ...more]);

function toOps(row: OpRow): readonly SealedOp[] {
  const w = fromHex(row.w);
  return boxesOf(row).map((box, at) => ({ w, n: row.n + at, c: row.c as Compartment, box: box as Box }));
}

/** Operations that follow each other under one writer stand in one row, each in a box of its own. */
export function toOpRows(ops: readonly SealedOp[]): readonly OpRow[] {
  const rows: { w: string; n: number; c: string; boxes: Uint8Array[] }[] = [];
  let writer: Uint8Array | undefined;
  for (const { w, n, c, box } of ops) {
    const last = rows.at(-1);
    const follows =
      last !== undefined &&
      (w === writer || toHex(w) === last.w) &&
      c === last.c &&
      n === last.n + last.boxes.length &&
      last.boxes.length < opsPerRow;
    if (follows) last.boxes.push(box);
    else rows.push({ w: toHex(w), n, c, boxes: [box] });
    writer = w;
  }
  return rows.map(({ w, n, c, boxes: [box = new Uint8Array(), ...more] }) =>
    more.length === 0 ? { w, n, c, box } : { w, n, c, box, m: more.length + 1, more },
  );
}

/** The last row of this writer that begins at `n` or before it: if any row holds `n`, it is this one. */
const rowAt = (ops: Ops, w: string, n: number): Promise<OpRow | undefined> =>
  ops.where('[w+n]').between([w, Dexie.minKey], [w, n], true, true).last();

/** Adds them; a number that is there already, in a row of its own or inside another, rolls the transaction back. */
export async function addOps(ops: Ops, added: readonly SealedOp[]): Promise<void> {
  const rows = toOpRows(added);
  for (const { w, first, last } of rangesOf(rows)) {
    // Rows do not overlap, so the last one that begins in the range or before it ends last.
    const present = await rowAt(ops, w, last);
    if (present !== undefined && lastOf(present) >= first) {
      throw new DOMException('an operation of this number is there', 'ConstraintError');
    }
  }
  await ops.bulkAdd(rows);
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

/** Boxes in the place of what stands under the same numbers; one that is nowhere gets a row. */
export async function replaceOps(ops: Ops, sound: readonly SealedOp[]): Promise<void> {
  const changed = new Map<string, OpRow>();
  for (const { w, n, c, box } of sound) {
    const key = toHex(w);
    const stored = await rowAt(ops, key, n);
    const isInside = stored !== undefined && lastOf(stored) >= n;
    const row = isInside ? (changed.get(`${key}.${stored.n}`) ?? stored) : { w: key, n, c, box };
    changed.set(`${key}.${row.n}`, isInside ? withBox(row, n - row.n, box) : row);
  }
  await ops.bulkPut([...changed.values()]);
}

function withBox(row: OpRow, at: number, box: Uint8Array): OpRow {
  if (at === 0) return { ...row, box };
  return { ...row, more: (row.more ?? []).map((other, place) => (place === at - 1 ? box : other)) };
}

/** Operations of a writer above `after` in order of number, at most `limit`. */
export async function readOps(ops: Ops, w: string, after: number, limit: number): Promise<readonly SealedOp[]> {
  const found: SealedOp[] = [];
  const inside = after === 0 ? undefined : await rowAt(ops, w, after);
  if (inside !== undefined) found.push(...toOps(inside).filter(({ n }) => n > after));
  let from = after;
  // As many rows as the ones before let expect: a row may hold one operation or many.
  for (let asked = 4; found.length < limit;) {
    const rows = await ops.where('[w+n]').between([w, from], [w, Dexie.maxKey], false, true).limit(asked).toArray();
    for (const row of rows) found.push(...toOps(row));
    const last = rows.at(-1);
    if (last === undefined || rows.length < asked) break;
    from = last.n;
    const perRow = rows.reduce((sum, row) => sum + (row.m ?? 1), 0) / rows.length;
    asked = Math.max(1, Math.ceil((limit - found.length) / perRow));
  }
  return found.slice(0, limit);
}

/** How many operations there are: every row counts once, those with several again for the others. */
export async function countOps(ops: Ops): Promise<number> {
  const [rows, numbers] = await Promise.all([ops.count(), ops.orderBy('m').keys()]);
  return numbers.reduce<number>((sum, m) => sum + Number(m) - 1, rows);
}
