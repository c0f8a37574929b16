import { invariant } from '../kernel/assert.ts';
import { equalBytes, joinBytes, type Bytes } from '../kernel/bytes.ts';
import { stampBytes, stampOf, type Stamp } from '../kernel/hybrid-clock.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import { decodeEncodable, decodeSequence, encodeCanonical, encodeSequence } from './canonical.ts';
import type { Change, Dot, Value } from './change.ts';
import { bytesDictionary, ColumnReader, ColumnWriter, RunReader, RunWriter, textDictionary } from './columns.ts';
import { isWellFormed } from './merge.ts';

/**
 * Operations as columns (performance.md §3.6): dictionaries, differences of stamps and numbers, values grouped by
 * field, and what does not compress last. Content and order survive; leaves are the same after a round trip. The whole
 * is one msgpack list, so nothing of it depends on how a library packs.
 */
const version = 1;
const valueAbsent = 0;
const valuePresent = 1;
const valueErased = 2;

const columnNames = ['w', 'n', 'ms', 'ctr', 'cq', 't', 'id', 'f', 'k', 'u', 's', 'x', 'b', 'has', 'v', 'salt'] as const;
type ColumnName = (typeof columnNames)[number];

/** An operation without a canonical form throws as a bug: it could not have been signed. */
export function packOps(ops: readonly Change[]): Bytes {
  for (const op of ops) invariant(isWellFormed(op), 'only well-formed operations are packed');
  const writers = bytesDictionary();
  const ids = bytesDictionary();
  const texts = { t: textDictionary(), f: textDictionary(), k: textDictionary(), u: textDictionary() };
  const run = (numberOf: (op: Change) => number): Bytes => {
    const column = new RunWriter();
    for (const op of ops) column.push(numberOf(op));
    return column.take();
  };
  const plain = (write: (column: ColumnWriter, op: Change) => void): Bytes => {
    const column = new ColumnWriter();
    for (const op of ops) write(column, op);
    return column.take();
  };
  const expected = new Expectations();
  const fields = ops.map((op) => texts.f.place(op.f));
  const columns: Readonly<Record<ColumnName, Bytes>> = {
    w: run((op) => writers.place(op.w)),
    n: plain((column, op) => column.difference(op.n - expected.number(writers.place(op.w), op.n))),
    ...packStamps(ops),
    cq: run((op) => op.cq),
    t: run((op) => texts.t.place(op.t)),
    id: plain((column, op) => column.count(ids.place(op.id))),
    f: plain((column, op) => column.count(texts.f.place(op.f))),
    k: run((op) => texts.k.place(op.k)),
    u: run((op) => texts.u.place(op.u)),
    s: run((op) => op.s),
    x: packSaves(ops),
    b: plain((column, op) => {
      column.count(op.b.length);
      for (const dot of op.b) {
        column.count(writers.place(dot.w));
        column.difference(op.n - dot.n);
      }
    }),
    has: run((op) => (op.vh !== undefined ? valueErased : op.v === undefined ? valueAbsent : valuePresent)),
    v: encodeSequence(byField(fields, (at) => ops[at]?.v !== undefined).map((at) => ops[at]?.v as Value)),
    salt: joinBytes(ops.map((op) => op.vh ?? op.salt)),
  };
  const { t, f, k, u } = texts;
  const dictionaries = [joinBytes(writers.entries), joinBytes(ids.entries), t.entries, f.entries, k.entries, u.entries];
  return encodeCanonical([version, ops.length, ...dictionaries, ...columnNames.map((name) => columns[name])]);
}

export type PackError = { readonly type: 'not-packed-operations' };

/** The operations of `packOps`; never throws on foreign bytes, and costs no more than they are long. */
export function unpackOps(bytes: Uint8Array): Result<readonly Change[], PackError> {
  const fail = err({ type: 'not-packed-operations' } as const);
  const decoded = decodeEncodable(bytes);
  if (!decoded.ok || !Array.isArray(decoded.value)) return fail;
  const [found, count, writerBytes, idBytes, t, f, k, u, ...rest] = decoded.value as readonly unknown[];
  const tables = {
    w: slices(writerBytes, 8),
    id: slices(idBytes, 16),
    t: texts(t),
    f: texts(f),
    k: texts(k),
    u: texts(u),
  };
  // Every operation brings a salt, so a small body cannot claim a great number.
  if (found !== version || typeof count !== 'number' || count < 0 || count * 8 > bytes.length) return fail;
  if (rest.length !== columnNames.length || !rest.every((column) => column instanceof Uint8Array)) return fail;
  const columns = Object.fromEntries(columnNames.map((name, at) => [name, rest[at]])) as Record<ColumnName, Uint8Array>;
  const ops = readColumns(count, tables, columns);
  return ops?.every(isWellFormed) === true ? ok(ops) : fail;
}

type Tables = Readonly<Record<'w' | 'id', readonly Uint8Array[]> & Record<'t' | 'f' | 'k' | 'u', readonly string[]>>;

function readColumns(
  count: number,
  tables: Tables,
  columns: Record<ColumnName, Uint8Array>,
): readonly Change[] | undefined {
  const runs = Object.fromEntries(
    (['w', 'cq', 't', 'k', 'u', 's', 'has'] as const).map((name) => [name, new RunReader(columns[name])]),
  ) as Record<'w' | 'cq' | 't' | 'k' | 'u' | 's' | 'has', RunReader>;
  const plain = Object.fromEntries(
    (['n', 'id', 'f', 'b', 'salt'] as const).map((name) => [name, new ColumnReader(columns[name])]),
  ) as Record<'n' | 'id' | 'f' | 'b' | 'salt', ColumnReader>;
  const expected = new Expectations();
  const stamps = unpackStamps(count, columns);
  const saves = unpackSaves(count, columns.x);
  if (stamps === undefined || saves === undefined) return undefined;
  const shells: { readonly shell: Change; readonly has: number; readonly field: number }[] = [];
  for (let at = 0; at < count; at++) {
    const writer = runs.w.next();
    const n = plain.n.difference() + expected.expectedOf(writer);
    expected.number(writer, n);
    const field = plain.f.count();
    const has = runs.has.next();
    const b = readBase(plain.b, tables.w, n);
    const w = tables.w[writer];
    const id = tables.id[plain.id.count()];
    const [t, f, k, u] = [tables.t[runs.t.next()], tables.f[field], tables.k[runs.k.next()], tables.u[runs.u.next()]];
    const [h, x] = [stamps[at], saves[at]];
    if (w === undefined || id === undefined || t === undefined || f === undefined || k === undefined) return undefined;
    if (u === undefined || h === undefined || x === undefined || b === undefined || has > valueErased) return undefined;
    const proof = plain.salt.raw(has === valueErased ? 32 : 8);
    const kept = has === valueErased ? { salt: new Uint8Array(0), vh: proof } : { salt: proof };
    const [cq, s] = [runs.cq.next() as Change['cq'], runs.s.next()];
    shells.push({ shell: { w, n, h, cq, t, id, f, k: k as Change['k'], b, u, s, x, ...kept }, has, field });
  }
  const complete = [...Object.values(runs), ...Object.values(plain)].every((column) => column.isComplete());
  const places = byField(
    shells.map(({ field }) => field),
    (at) => shells[at]?.has === valuePresent,
  );
  const values = decodeSequence(columns.v, places.length);
  if (!complete || !values.ok) return undefined;
  const valueAt = new Map(places.map((place, at) => [place, values.value[at] as Value]));
  return shells.map(({ shell }, at) => (valueAt.has(at) ? { ...shell, v: valueAt.get(at) as Value } : shell));
}

function readBase(column: ColumnReader, writers: readonly Uint8Array[], n: number): readonly Dot[] | undefined {
  const length = column.count();
  const base: Dot[] = [];
  for (let at = 0; at < length; at++) {
    const w = writers[column.count()];
    const dot = n - column.difference();
    if (w === undefined || !column.isGood()) return undefined;
    base.push({ w, n: dot });
  }
  return base;
}

/** Places in order of their field, so that like values stand together and compress. */
function byField(fields: readonly number[], isWanted: (at: number) => boolean): readonly number[] {
  const places = fields.map((_field, at) => at).filter(isWanted);
  return places.sort((a, b) => (fields[a] ?? 0) - (fields[b] ?? 0) || a - b);
}

/** The next number of each writer is the usual one. */
class Expectations {
  private readonly last = new Map<number, number>();
  expectedOf(writer: number): number {
    return (this.last.get(writer) ?? 0) + 1;
  }
  /** Notes `n` and says what was expected in its place. */
  number(writer: number, n: number): number {
    const expected = this.expectedOf(writer);
    this.last.set(writer, n);
    return expected;
  }
}

/** Within one millisecond the counter goes up by one; with a new millisecond it starts at 0. */
const expectedCounter = (last: Stamp, ms: number) => (ms === last.ms ? last.counter + 1 : 0);

function packStamps(ops: readonly Change[]): { readonly ms: Bytes; readonly ctr: Bytes } {
  const ms = new ColumnWriter();
  const counters = new RunWriter();
  let last: Stamp = { ms: 0, counter: 0 };
  for (const op of ops) {
    const stamp = stampOf(op.h);
    ms.difference(stamp.ms - last.ms);
    counters.push((stamp.counter - expectedCounter(last, stamp.ms) + 0x20000) % 0x10000);
    last = stamp;
  }
  return { ms: ms.take(), ctr: counters.take() };
}

function unpackStamps(count: number, columns: Record<ColumnName, Uint8Array>): readonly Bytes[] | undefined {
  const differences = new ColumnReader(columns.ms);
  const counters = new RunReader(columns.ctr);
  const stamps: Bytes[] = [];
  let last: Stamp = { ms: 0, counter: 0 };
  for (let at = 0; at < count; at++) {
    const ms = last.ms + differences.difference();
    if (!(ms >= 0 && ms < 2 ** 48)) return undefined;
    last = { ms, counter: (expectedCounter(last, ms) + counters.next()) % 0x10000 };
    stamps.push(stampBytes(last));
  }
  return differences.isComplete() && counters.isComplete() ? stamps : undefined;
}

/** Operations of one save stand together: its id, its size and how many of them follow. */
function packSaves(ops: readonly Change[]): Bytes {
  const column = new ColumnWriter();
  for (let at = 0; at < ops.length;) {
    const [id, size] = (ops[at] as Change).x;
    let end = at + 1;
    while (end < ops.length && isSameSave((ops[end] as Change).x, [id, size])) end += 1;
    column.raw(id);
    column.count(size);
    column.count(end - at);
    at = end;
  }
  return column.take();
}

const isSameSave = (a: Change['x'], b: Change['x']) => a[1] === b[1] && equalBytes(a[0], b[0]);

function unpackSaves(count: number, bytes: Uint8Array): readonly Change['x'][] | undefined {
  const column = new ColumnReader(bytes);
  const saves: Change['x'][] = [];
  while (saves.length < count && column.isGood()) {
    const save: Change['x'] = [column.raw(8), column.count()];
    const length = column.count();
    if (length < 1 || length > count - saves.length) return undefined;
    for (let at = 0; at < length; at++) saves.push(save);
  }
  return column.isComplete() ? saves : undefined;
}

function slices(bytes: unknown, size: number): readonly Uint8Array[] {
  if (!(bytes instanceof Uint8Array) || bytes.length % size !== 0) return [];
  return Array.from({ length: bytes.length / size }, (_unused, at) => bytes.slice(at * size, (at + 1) * size));
}

const texts = (list: unknown): readonly string[] =>
  Array.isArray(list) && list.every((text): text is string => typeof text === 'string') ? list : [];
