import { sha256 as noble } from '@noble/hashes/sha2.js';
import type { Sha256 } from '../../shared/ports.ts';

const fresh = noble.create();
const state = noble.create();

/** One state for all: a save hashes three times for each of its operations, and a new state costs more than most of them. */
export const sha256: Sha256 = (bytes) => {
  fresh._cloneInto(state);
  return Uint8Array.from(state.update(bytes).digest());
};
