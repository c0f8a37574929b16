import { joinBytes, toUtf8 } from '../kernel/bytes.ts';
import { encodeCanonical } from './canonical.ts';
import type { Change } from './change.ts';

export type Sha256 = (bytes: Uint8Array) => Uint8Array;
export type LeafOf = (change: Change, sha256: Sha256) => Uint8Array;

/** Hash of salt and value; of the salt alone where an operation has no value. */
export function valueHash(change: Pick<Change, 'v' | 'salt' | 'vh'>, sha256: Sha256): Uint8Array {
  if (change.vh !== undefined) return change.vh;
  return sha256(change.v === undefined ? change.salt : joinBytes([change.salt, encodeCanonical(change.v)]));
}

/** The canonical bytes of an operation with value and salt replaced by their hash; fields in this order for ever. */
export function leafBytes(change: Change, vh: Uint8Array): Uint8Array {
  const base = change.b.map((dot) => [dot.w, dot.n]);
  const { w, n, h, cq, t, id, f, k, u, s, x } = change;
  return encodeCanonical([w, n, h, cq, t, id, f, k, vh, base, u, s, [x[0], x[1]]]);
}

/** What an operation is proved by: it stays the same when the value is erased. */
export function leafOf(change: Change, sha256: Sha256): Uint8Array {
  return sha256(leafBytes(change, valueHash(change, sha256)));
}

/** The chain hash of a writer before its first operation. */
export function chainStart(w: Uint8Array, sha256: Sha256): Uint8Array {
  return sha256(joinBytes([toUtf8('CaseSync1'), w]));
}

/** `chain(w, n)` of `chain(w, n - 1)` and the leaf of operation n. */
export function chainNext(previous: Uint8Array, leaf: Uint8Array, sha256: Sha256): Uint8Array {
  return sha256(joinBytes([previous, leaf]));
}

/**
 * The chain hash after `changes`, which follow each other in number; `previous` is the one before them. `leaf` may
 * remember what it worked out.
 */
export function chainAfter(
  previous: Uint8Array,
  changes: readonly Change[],
  sha256: Sha256,
  leaf: LeafOf = leafOf,
): Uint8Array {
  return changes.reduce((head, change) => chainNext(head, leaf(change, sha256), sha256), previous);
}

/** The value goes and its hash stays: the erased form of an operation. */
export function eraseValue(change: Change, sha256: Sha256): Change {
  const { w, n, h, cq, t, id, f, k, b, u, s, x } = change;
  return { w, n, h, cq, t, id, f, k, b, u, s, x, salt: new Uint8Array(0), vh: valueHash(change, sha256) };
}
