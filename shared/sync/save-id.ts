import { encodeCanonical } from './canonical.ts';
import { valueHash, type Sha256 } from './chain.ts';
import type { Change } from './change.ts';

type First = Omit<Change, 'x'>;

/**
 * The id of the save that begins with this operation, 8 bytes: whoever has the operation can work it out, so that it
 * need not be sent. It hangs on the hash of salt and value, which stays when both are erased, and on neither of them
 * otherwise: two lives of one number have two saves, and an erased value cannot be guessed from it.
 */
export function deriveSaveId(first: First, sha256: Sha256): Uint8Array {
  const { w, n } = first;
  return sha256(encodeCanonical(['CaseSync1 save', w, n, valueHash(first, sha256)])).slice(0, 8);
}
