import { err, ok, type Result } from '../kernel/result.ts';
import { CanonicalReader, type Span } from './canonical-reader.ts';
import type { Sha256 } from './chain.ts';
import type { Change, Dot, Value } from './change.ts';
import { ColumnReader, RunReader } from './columns.ts';
import { dotKey } from './dots.ts';
import { isWellFormed } from './merge.ts';
import {
  byField,
  Expectations,
  readPacked,
  unpackOps,
  unpackStamps,
  valueErased,
  valuePresent,
  type PackError,
  type Tables,
} from './row-codec.ts';
import { deriveSaveId } from './save-id.ts';
import { isOwn, named, wireColumns, wireFormat, type Found } from './wire-codec.ts';

/** The operation with this dot, where the reader has it. */
export type Find = (dot: Dot) => Found | undefined;
/** `wanted`: operations that are not among these, by which records are named; `ops` never throws. */
export type Wire = {
  readonly wanted: readonly Dot[];
  readonly ops: (find: Find, sha256: Sha256) => Result<readonly Change[], PackError>;
};

const fail = err({ type: 'not-packed-operations' } as const);

/** Operations of either format that stand alone. */
export function unpackAlone(bytes: Uint8Array, sha256: Sha256): Result<readonly Change[], PackError> {
  const wire = readWire(bytes);
  return wire.ok ? wire.value.ops(() => undefined, sha256) : wire;
}

/** The columns of `packWire` or `packOps`; never throws on foreign bytes, and costs no more than they are long. */
export function readWire(bytes: Uint8Array): Result<Wire, PackError> {
  const packed = readPacked(bytes, wireFormat, wireColumns);
  if (packed === undefined) {
    const unpacked = unpackOps(bytes);
    return unpacked.ok ? ok({ wanted: [], ops: () => unpacked }) : unpacked;
  }
  const { count, tables, spanOf } = packed;
  const shells = readShells(count, tables, bytes, spanOf);
  if (shells === undefined) return fail;
  return ok({
    wanted: shells.wanted,
    ops: (find, sha256) => {
      const ops = complete(shells.list, bytes, spanOf, find, sha256);
      return ops?.every(isWellFormed) === true ? ok(ops) : fail;
    },
  });
}

type SpanOf = (name: (typeof wireColumns)[number]) => Span;
type Naming = { readonly by: number; readonly anchor?: Dot; readonly id?: Uint8Array; readonly t?: string };
type Shell = Omit<Change, 't' | 'id' | 'f' | 'x' | 'v'> & {
  readonly naming: Naming;
  readonly f: string | undefined;
  readonly hasValue: boolean;
};

function readShells(count: number, tables: Tables, bytes: Uint8Array, spanOf: SpanOf) {
  const run = (name: (typeof wireColumns)[number]) => new RunReader(bytes, spanOf(name).from, spanOf(name).to);
  const column = (name: (typeof wireColumns)[number]) => new ColumnReader(bytes, spanOf(name).from, spanOf(name).to);
  const runs = { w: run('w'), cq: run('cq'), u: run('u'), s: run('s') };
  const plain = { n: column('n'), f: column('f'), k: column('k'), has: column('has'), salt: column('salt') };
  const base = { bl: column('bl'), bw: column('bw'), bn: column('bn') };
  const naming = { rec: column('rec'), aw: column('aw'), an: column('an'), t: column('t') };
  const expected = new Expectations();
  const stamps = unpackStamps(count, column('ms'), run('ctr'));
  if (stamps === undefined) return undefined;
  const list: Shell[] = [];
  const wanted: Dot[] = [];
  const within = new Set<string>();
  let nextId = 0;
  const nameOf = (b: readonly Dot[]): Naming | undefined => {
    const by = naming.rec.count();
    if (by === named.byId) {
      const [id, t] = [tables.id[nextId++], tables.t[naming.t.count()]];
      return id === undefined || t === undefined ? undefined : { by, id, t };
    }
    if (by >= named.before) return by - named.before < list.length ? { by } : undefined;
    const w = by === named.byAnchor ? tables.w[naming.aw.count()] : undefined;
    const dot = by === named.byBase ? b[0] : w && { w, n: naming.an.count() };
    if (dot === undefined) return undefined;
    if (!within.has(dotKey(dot))) wanted.push(dot);
    return { by, anchor: dot };
  };
  for (let at = 0; at < count; at++) {
    const writer = runs.w.next();
    const n = plain.n.difference() + expected.expectedOf(writer);
    expected.number(writer, n);
    const [w, h] = [tables.w[writer], stamps[at]];
    const b = w && readBase(base, tables.w, w, n);
    const name = b && nameOf(b);
    if (w === undefined || h === undefined || b === undefined || name === undefined) return undefined;
    const f = name.by === named.byBase ? undefined : tables.f[plain.f.count()];
    const [k, u] = [tables.k[plain.k.count()], tables.u[runs.u.next()]];
    if (k === undefined || u === undefined || (f === undefined && name.by !== named.byBase)) return undefined;
    const has = plain.has.count();
    if (has > valueErased) return undefined;
    const proof = plain.salt.raw(has === valueErased ? 32 : 8);
    const kept = has === valueErased ? { salt: new Uint8Array(0), vh: proof } : { salt: proof };
    const [cq, s] = [runs.cq.next() as Change['cq'], runs.s.next()];
    const hasValue = has === valuePresent;
    list.push({ w, n, h, cq, f, k: k as Change['k'], b, u, s, naming: name, hasValue, ...kept });
    within.add(dotKey({ w, n }));
  }
  const readers = [runs, plain, base, naming].flatMap((some) => Object.values<ColumnReader | RunReader>(some));
  return readers.every((reader) => reader.isComplete()) && nextId === tables.id.length ? { list, wanted } : undefined;
}

function readBase(
  { bl, bw, bn }: { readonly bl: ColumnReader; readonly bw: ColumnReader; readonly bn: ColumnReader },
  writers: readonly Uint8Array[],
  own: Uint8Array,
  n: number,
): readonly Dot[] | undefined {
  const length = bl.count();
  const dots: Dot[] = [];
  for (let at = 0; at < length; at++) {
    const w = writers[bw.count()];
    if (w === undefined) return undefined;
    const dot = { w, n: isOwn(own, w) ? n - bn.difference() : bn.count() };
    if (!bw.isGood() || !bn.isGood()) return undefined;
    dots.push(dot);
  }
  return dots;
}

function complete(
  shells: readonly Shell[],
  bytes: Uint8Array,
  spanOf: SpanOf,
  find: Find,
  sha256: Sha256,
): readonly Change[] | undefined {
  const named = nameRecords(shells, find);
  if (named === undefined) return undefined;
  const places = new Map<string, number>();
  const order = named.map(({ f }) => {
    const place = places.get(f) ?? places.size;
    places.set(f, place);
    return place;
  });
  const whole: Omit<Change, 'x'>[] = shells.map(({ naming: _naming, hasValue: _hasValue, f: _f, ...rest }, at) => ({
    ...rest,
    ...(named[at] as Found),
  }));
  const values = new CanonicalReader(bytes, false, spanOf('v'));
  for (const place of byField(order, (at) => shells[at]?.hasValue === true)) {
    if (!values.isGood()) return undefined;
    whole[place] = { ...(whole[place] as Change), v: values.value() as Value };
  }
  return values.isComplete() ? withSaves(whole, bytes, spanOf('x'), sha256) : undefined;
}

function nameRecords(shells: readonly Shell[], find: Find): readonly Found[] | undefined {
  const list: Found[] = [];
  const within = new Map<string, Found>();
  for (const { w, n, f, naming } of shells) {
    const { by, anchor, id, t } = naming;
    const found =
      anchor !== undefined
        ? (within.get(dotKey(anchor)) ?? find(anchor))
        : by >= named.before
          ? list[list.length - 1 - (by - named.before)]
          : id !== undefined && t !== undefined
            ? { t, id, f: f ?? '' }
            : undefined;
    if (found === undefined) return undefined;
    const one = { t: found.t, id: found.id, f: f ?? found.f };
    list.push(one);
    within.set(dotKey({ w, n }), one);
  }
  return list;
}

function withSaves(
  whole: readonly Omit<Change, 'x'>[],
  bytes: Uint8Array,
  { from, to }: Span,
  sha256: Sha256,
): readonly Change[] | undefined {
  const column = new ColumnReader(bytes, from, to);
  const ops: Change[] = [];
  while (ops.length < whole.length && column.isGood()) {
    const head = column.count();
    const length = Math.floor(head / 4);
    const size = (head & 2) === 0 ? length : column.count();
    if (length < 1 || length > whole.length - ops.length) return undefined;
    const first = whole[ops.length] as Omit<Change, 'x'>;
    const x = [(head & 1) === 0 ? deriveSaveId(first, sha256) : column.raw(8), size] as const;
    for (const op of whole.slice(ops.length, ops.length + length)) ops.push({ ...op, x });
  }
  return column.isComplete() ? ops : undefined;
}
