import { invariant } from '../kernel/assert.ts';
import { equalBytes, joinBytes, type Bytes } from '../kernel/bytes.ts';
import { stampBytes, stampOf, type Stamp } from '../kernel/hybrid-clock.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import { CanonicalReader, type Span } from './canonical-reader.ts';
import { encodeCanonical, encodeSequence } from './canonical.ts';
import type { Change, Dot, Value } from './change.ts';
import {
  bytesDictionary,
  columnOf,
  ColumnReader,
  ColumnWriter,
  RunReader,
  runsOf,
  RunWriter,
  textDictionary,
} from './columns.ts';
import { isWellFormed } from './merge.ts';

/**
 * Operations as columns (performance.md §3.6): dictionaries, differences of stamps and numbers, values grouped by
 * field, and what does not compress last. Content and order survive; leaves are the same after a round trip. The whole
 * is one msgpack list, so nothing of it depends on how a library packs.
 */
export const opsFormat = 1;
export const valueAbsent = 0;
export const valuePresent = 1;
export const valueErased = 2;

const columnNames = ['w', 'n', 'ms', 'ctr', 'cq', 't', 'id', 'f', 'k', 'u', 's', 'x', 'b', 'has', 'v', 'salt'] as const;
type ColumnName = (typeof columnNames)[number];

/** An operation without a canonical form throws as a bug: it could not have been signed. */
export function packOps(ops: readonly Change[]): Bytes {
  for (const op of ops) invariant(isWellFormed(op), 'only well-formed operations are packed');
  const writers = bytesDictionary();
  const ids = bytesDictionary();
  const texts = { t: textDictionary(), f: textDictionary(), k: textDictionary(), u: textDictionary() };
  const run = (numberOf: (op: Change) => number) => runsOf(ops, numberOf);
  const plain = (write: (column: ColumnWriter, op: Change) => void) => columnOf(ops, write);
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
  return encodeCanonical([opsFormat, ops.length, ...dictionaries, ...columnNames.map((name) => columns[name])]);
}

export type PackError = { readonly type: 'not-packed-operations' };

/** The operations of `packOps`; never throws on foreign bytes, and costs no more than they are long. */
export function unpackOps(bytes: Uint8Array): Result<readonly Change[], PackError> {
  const fail = err({ type: 'not-packed-operations' } as const);
  const packed = readPacked(bytes, opsFormat, columnNames);
  if (packed === undefined) return fail;
  const { count, tables, spanOf } = packed;
  const ops = readColumns(count, tables, bytes, spanOf);
  return ops?.every(isWellFormed) === true ? ok(ops) : fail;
}

/** What is packed as columns under these names; undefined for other bytes. */
export function readPacked<Name extends string>(bytes: Uint8Array, format: number, names: readonly Name[]) {
  const list = new CanonicalReader(bytes, false);
  if (list.listLength() !== 8 + names.length) return undefined;
  const [found, count] = [list.value(), list.value()];
  // Every operation brings a salt, so a small body cannot claim a great number.
  if (found !== format || typeof count !== 'number' || count < 0 || count * 8 > bytes.length) return undefined;
  const tables: Tables = {
    w: slices(bytes, list.binarySpan(), 8),
    id: slices(bytes, list.binarySpan(), 16),
    t: textsOf(list.value()),
    f: textsOf(list.value()),
    k: textsOf(list.value()),
    u: textsOf(list.value()),
  };
  // Where each column stands: they are read where they are.
  const spans = names.map(() => list.binarySpan());
  return list.isComplete() ? { count, tables, spanOf: (name: Name) => spans[names.indexOf(name)] as Span } : undefined;
}

export type Tables = Readonly<
  Record<'w' | 'id', readonly Uint8Array[]> & Record<'t' | 'f' | 'k' | 'u', readonly string[]>
>;

function readColumns(
  count: number,
  tables: Tables,
  bytes: Uint8Array,
  spanOf: (name: ColumnName) => Span,
): readonly Change[] | undefined {
  const run = (name: ColumnName) => new RunReader(bytes, spanOf(name).from, spanOf(name).to);
  const column = (name: ColumnName) => new ColumnReader(bytes, spanOf(name).from, spanOf(name).to);
  const runs = { w: run('w'), cq: run('cq'), t: run('t'), k: run('k'), u: run('u'), s: run('s'), has: run('has') };
  const plain = { n: column('n'), id: column('id'), f: column('f'), b: column('b'), salt: column('salt') };
  const expected = new Expectations();
  const stamps = unpackStamps(count, column('ms'), run('ctr'));
  const saves = unpackSaves(count, column('x'));
  if (stamps === undefined || saves === undefined) return undefined;
  const shells: Change[] = [];
  const fields: number[] = [];
  const withValue: boolean[] = [];
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
    shells.push({ w, n, h, cq, t, id, f, k: k as Change['k'], b, u, s, x, ...kept });
    fields.push(field);
    withValue.push(has === valuePresent);
  }
  const readers = [...Object.values(runs), ...Object.values(plain)];
  if (!readers.every((reader) => reader.isComplete())) return undefined;
  const values = new CanonicalReader(bytes, false, spanOf('v'));
  for (const place of byField(fields, (at) => withValue[at] === true)) {
    if (!values.isGood()) return undefined;
    shells[place] = { ...(shells[place] as Change), v: values.value() as Value };
  }
  return values.isComplete() ? shells : undefined;
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
export function byField(fields: readonly number[], isWanted: (at: number) => boolean): readonly number[] {
  const places = fields.map((_field, at) => at).filter(isWanted);
  return places.sort((a, b) => (fields[a] ?? 0) - (fields[b] ?? 0) || a - b);
}

/** The next number of each writer is the usual one. */
export class Expectations {
  private readonly last: number[] = [];
  expectedOf(writer: number): number {
    return (this.last[writer] ?? 0) + 1;
  }
  /** Notes `n` and says what was expected in its place. */
  number(writer: number, n: number): number {
    const expected = this.expectedOf(writer);
    this.last[writer] = n;
    return expected;
  }
}

/** Within one millisecond the counter goes up by one; with a new millisecond it starts at 0. */
const expectedCounter = (last: Stamp, ms: number) => (ms === last.ms ? last.counter + 1 : 0);

export function packStamps(ops: readonly Change[]): { readonly ms: Bytes; readonly ctr: Bytes } {
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

export function unpackStamps(
  count: number,
  differences: ColumnReader,
  counters: RunReader,
): readonly Bytes[] | undefined {
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

export const isSameSave = (a: Change['x'], b: Change['x']) => a[1] === b[1] && equalBytes(a[0], b[0]);

function unpackSaves(count: number, column: ColumnReader): readonly Change['x'][] | undefined {
  const saves: Change['x'][] = [];
  while (saves.length < count && column.isGood()) {
    const save: Change['x'] = [column.raw(8), column.count()];
    const length = column.count();
    if (length < 1 || length > count - saves.length) return undefined;
    for (let at = 0; at < length; at++) saves.push(save);
  }
  return column.isComplete() ? saves : undefined;
}

export function slices(bytes: Uint8Array, { from, to }: Span, size: number): readonly Uint8Array[] {
  const parts: Uint8Array[] = [];
  if ((to - from) % size !== 0) return parts;
  for (let at = from; at < to; at += size) parts.push(bytes.slice(at, at + size));
  return parts;
}

export const textsOf = (list: unknown): readonly string[] =>
  Array.isArray(list) && list.every((text): text is string => typeof text === 'string') ? list : [];
