import { invariant } from '../kernel/assert.ts';
import { equalBytes, joinBytes, type Bytes } from '../kernel/bytes.ts';
import { encodeCanonical, encodeSequence } from './canonical.ts';
import type { Sha256 } from './chain.ts';
import type { Change, Dot, Value } from './change.ts';
import { bytesDictionary, columnOf, ColumnWriter, runsOf, textDictionary } from './columns.ts';
import { dotKey } from './dots.ts';
import { isWellFormed } from './merge.ts';
import { byField, Expectations, isSameSave, packStamps, valueAbsent, valueErased, valuePresent } from './row-codec.ts';
import { deriveSaveId } from './save-id.ts';

/**
 * Operations on the wire: the columns of `row-codec.ts` without what the receiver can put back. A save whose id follows
 * from its first operation brings none. A record that the receiver knows is named by an operation of it: most edits
 * name one as their base. Only compression: it is in no hash, and what is put back wrongly breaks the chain.
 */
export const wireFormat = 2;

export const wireColumns = [
  ...['w', 'n', 'ms', 'ctr', 'cq', 'rec', 'aw', 'an', 't', 'f', 'k', 'u', 's'],
  ...['x', 'bl', 'bw', 'bn', 'has', 'v', 'salt'],
] as const;

/** How the record of an operation is named; from `before` on, by the operation so many places earlier. */
export const named = { byBase: 0, byId: 1, byAnchor: 2, before: 3 } as const;

/** A record, and the field of the operation it was found by. */
export type Found = Pick<Change, 't' | 'id' | 'f'>;

export type WireNames = {
  /** Whether the receiver has the operations that edits name as their base. */
  readonly basesKnown: boolean;
  /** An operation of the record that the receiver has; undefined when none is known. */
  readonly anchorOf?: (op: Change) => Dot | undefined;
};
/** For bytes that stand alone: only what is among the operations is named by one of them. */
export const standingAlone: WireNames = { basesKnown: false };

/** An operation without a canonical form throws as a bug: it could not have been signed. */
export function packWire(ops: readonly Change[], names: WireNames, sha256: Sha256): Bytes {
  for (const op of ops) invariant(isWellFormed(op), 'only well-formed operations are packed');
  const writers = bytesDictionary();
  const texts = { t: textDictionary(), f: textDictionary(), k: textDictionary(), u: textDictionary() };
  const run = (numberOf: (op: Change) => number) => runsOf(ops, numberOf);
  const plain = (write: (column: ColumnWriter, op: Change) => void) => columnOf(ops, write);
  const expected = new Expectations();
  const w = run((op) => writers.place(op.w));
  const records = packRecords(ops, names, (writer) => writers.place(writer), texts.t.place.bind(texts.t));
  const { isByBase } = records;
  const fields = plainFields(ops, isByBase, texts.f.place.bind(texts.f));
  const order = textDictionary();
  const places = ops.map((op) => order.place(op.f));
  const columns: Readonly<Record<string, Bytes>> = {
    w,
    n: plain((column, op) => column.difference(op.n - expected.number(writers.place(op.w), op.n))),
    ...packStamps(ops),
    cq: run((op) => op.cq),
    ...records.columns,
    f: fields,
    k: plain((column, op) => column.count(texts.k.place(op.k))),
    u: run((op) => texts.u.place(op.u)),
    s: run((op) => op.s),
    x: packSaves(ops, sha256),
    bl: plain((column, op) => column.count(op.b.length)),
    bw: plain((column, op) => op.b.forEach((dot) => column.count(writers.place(dot.w)))),
    bn: plain((column, op) => op.b.forEach((dot) => writeNumber(column, op, dot))),
    has: plain((column, op) =>
      column.count(op.vh !== undefined ? valueErased : op.v === undefined ? valueAbsent : valuePresent),
    ),
    v: encodeSequence(byField(places, (at) => ops[at]?.v !== undefined).map((at) => ops[at]?.v as Value)),
    salt: joinBytes(ops.map((op) => op.vh ?? op.salt)),
  };
  const { t, f, k, u } = texts;
  const dictionaries = [joinBytes(writers.entries), joinBytes(records.ids), t.entries, f.entries, k.entries, u.entries];
  const packed = wireColumns.map((name) => columns[name] ?? new Uint8Array(0));
  return encodeCanonical([wireFormat, ops.length, ...dictionaries, ...packed]);
}

/** Numbers of an own operation before it are small differences; those of somebody else have nothing to do with it. */
export const isOwn = (w: Uint8Array, dot: Uint8Array): boolean => w === dot || equalBytes(w, dot);

function writeNumber(column: ColumnWriter, op: Change, dot: Dot): void {
  if (isOwn(op.w, dot.w)) column.difference(op.n - dot.n);
  else column.count(dot.n);
}

function packRecords(
  ops: readonly Change[],
  { basesKnown, anchorOf }: WireNames,
  placeOfWriter: (w: Uint8Array) => number,
  placeOfKind: (t: string) => number,
) {
  const [rec, aw, an, t] = [new ColumnWriter(), new ColumnWriter(), new ColumnWriter(), new ColumnWriter()];
  const ids: Uint8Array[] = [];
  const isByBase: boolean[] = [];
  const lastOf = new Map<string, number>();
  const within = new Map<string, Change>();
  ops.forEach((op, at) => {
    const key = `${op.t}/${String.fromCharCode(...op.id)}`;
    const before = lastOf.get(key);
    const base = op.b[0];
    const found = base === undefined ? undefined : within.get(dotKey(base));
    const fits = found === undefined ? basesKnown : isSameRecord(found, op) && found.f === op.f;
    isByBase.push(base !== undefined && fits);
    const anchor = before === undefined && base === undefined ? anchorOf?.(op) : undefined;
    if (base !== undefined && fits) rec.count(named.byBase);
    else if (before !== undefined) rec.count(named.before + at - before - 1);
    else if (anchor !== undefined && !within.has(dotKey(anchor))) {
      rec.count(named.byAnchor);
      aw.count(placeOfWriter(anchor.w));
      an.count(anchor.n);
    } else {
      rec.count(named.byId);
      ids.push(op.id);
      t.count(placeOfKind(op.t));
    }
    lastOf.set(key, at);
    within.set(dotKey(op), op);
  });
  return { ids, isByBase, columns: { rec: rec.take(), aw: aw.take(), an: an.take(), t: t.take() } };
}

const isSameRecord = (a: Found, b: Found): boolean => a.t === b.t && equalBytes(a.id, b.id);

function plainFields(ops: readonly Change[], isByBase: readonly boolean[], placeOf: (f: string) => number): Bytes {
  const column = new ColumnWriter();
  ops.forEach((op, at) => {
    if (isByBase[at] !== true) column.count(placeOf(op.f));
  });
  return column.take();
}

/** Of each save: how many of its operations follow, whether that is all of them, and whether its id has to be said. */
function packSaves(ops: readonly Change[], sha256: Sha256): Bytes {
  const column = new ColumnWriter();
  for (let at = 0; at < ops.length;) {
    const first = ops[at] as Change;
    const [id, size] = first.x;
    let end = at + 1;
    while (end < ops.length && isSameSave((ops[end] as Change).x, first.x)) end += 1;
    const length = end - at;
    const isDerived = equalBytes(id, deriveSaveId(first, sha256));
    column.count(length * 4 + (size === length ? 0 : 2) + (isDerived ? 0 : 1));
    if (size !== length) column.count(size);
    if (!isDerived) column.raw(id);
    at = end;
  }
  return column.take();
}
