import type { Bytes } from '../../shared/kernel/bytes.ts';
import { makeRecordId } from '../../shared/kernel/ids.ts';
import type { Random } from '../../shared/ports.ts';

/** The system hands out at most 65,536 bytes at once. */
const portion = 65_536;

const bytes = (count: number): Bytes => {
  const all = new Uint8Array(count);
  for (let at = 0; at < count; at += portion) crypto.getRandomValues(all.subarray(at, at + portion));
  return all;
};

export const webRandom: Random = { bytes, newId: () => makeRecordId(bytes(16)) };
