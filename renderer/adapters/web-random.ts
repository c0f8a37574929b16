import type { Bytes } from '../../shared/kernel/bytes.ts';
import { makeRecordId } from '../../shared/kernel/ids.ts';
import type { Random } from '../../shared/ports.ts';

/** The system hands out at most 65,536 bytes at once. */
const portion = 65_536;
/** Asking the system costs more than some hundred bytes do: a little is taken from what was asked for before. */
const little = 64;
const stock = new Uint8Array(4_096);
let used = stock.length;

/** From the system only; no byte is given twice, and none that was given stays here. */
export function randomBytes(count: number): Bytes {
  const all = new Uint8Array(count);
  if (count > little) {
    for (let at = 0; at < count; at += portion) crypto.getRandomValues(all.subarray(at, at + portion));
    return all;
  }
  if (used + count > stock.length) {
    crypto.getRandomValues(stock);
    used = 0;
  }
  all.set(stock.subarray(used, used + count));
  stock.fill(0, used, used + count);
  used += count;
  return all;
}

export const webRandom: Random = { bytes: randomBytes, newId: () => makeRecordId(randomBytes(16)) };
