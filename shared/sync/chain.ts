import { joinBytes, toUtf8 } from '../kernel/bytes.ts';
import { encodeCanonical, withCanonical } from './canonical.ts';
import type { Encodable } from './canonical-form.ts';
import type { Change } from './change.ts';

export type Sha256 = (bytes: Uint8Array) => Uint8Array;
export type LeafOf = (change: Change, sha256: Sha256) => Uint8Array;

/** Hash of salt and value; of the salt alone where an operation has no value. */
export function valueHash(change: Pick<Change, 'v' | 'salt' | 'vh'>, sha256: Sha256): Uint8Array {
  if (change.vh !== undefined) return change.vh;
  return change.v === undefined ? sha256(change.salt) : withCanonical(change.salt, change.v, sha256);
}

/** An operation with value and salt replaced by their hash; fields in this order for ever. */
function leafContent(change: Change, vh: Uint8Array): Encodable {
  const base = change.b.map((dot) => [dot.w, dot.n]);
  const { w, n, h, cq, t, id, f, k, u, s, x } = change;
  return [w, n, h, cq, t, id, f, k, vh, base, u, s, [x[0], x[1]]];
}
export const leafBytes = (change: Change, vh: Uint8Array): Uint8Array => encodeCanonical(leafContent(change, vh));

/** What an operation is proved by: it stays the same when the value is erased. */
export function leafOf(change: Change, sha256: Sha256): Uint8Array {
  return withCanonical(nothing, leafContent(change, valueHash(change, sha256)), sha256);
}
const nothing = new Uint8Array(0);

/** The chain hash of a writer before its first operation. */
export function chainStart(w: Uint8Array, sha256: Sha256): Uint8Array {
  return sha256(joinBytes([toUtf8('CaseSync1'), w]));
}

/** Two hashes after each other, for each link of each chain. */
const pair = new Uint8Array(64);

/** `chain(w, n)` of `chain(w, n - 1)` and the leaf of operation n. */
export function chainNext(previous: Uint8Array, leaf: Uint8Array, sha256: Sha256): Uint8Array {
  if (previous.length !== 32 || leaf.length !== 32) return sha256(joinBytes([previous, leaf]));
  pair.set(previous);
  pair.set(leaf, 32);
  return sha256(pair);
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
