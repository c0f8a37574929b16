import { leafOf } from '../shared/sync/chain.ts';
import type { Change } from '../shared/sync/change.ts';
import { packOne } from '../shared/sync/pack-one.ts';
import { sha256 } from './server-key.ts';

const leaves = new WeakMap<Change, Uint8Array>();
const packed = new WeakMap<Change, Uint8Array>();

/** The leaf of an operation, which never changes: chain, table and every feed need it. */
export function leafOnce(op: Change): Uint8Array {
  const known = leaves.get(op);
  if (known !== undefined) return known;
  const leaf = leafOf(op, sha256);
  leaves.set(op, leaf);
  return leaf;
}

/** The bytes of its row. */
export function packOnce(op: Change): Uint8Array {
  const known = packed.get(op);
  if (known !== undefined) return known;
  const bytes = packOne(op);
  packed.set(op, bytes);
  return bytes;
}
