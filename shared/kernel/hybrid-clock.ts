import { invariant } from './assert.ts';
import type { Bytes } from './bytes.ts';

/**
 * Hybrid logical time: milliseconds and a counter (sync.md §2.4). It only breaks ties of fields that no person has to
 * judge; what an author had seen is said by the bases of an operation.
 */
export type Stamp = { readonly ms: number; readonly counter: number };

const maxCounter = 0xffff;
const maxMs = 2 ** 48 - 1;

/** The next stamp of a device: never before `last`, whatever the clock says. A full counter moves on to the next ms. */
export function nextStamp(last: Stamp, wallMs: number): Stamp {
  const wall = Math.min(Math.max(Math.trunc(wallMs), 0), maxMs);
  if (wall > last.ms) return { ms: wall, counter: 0 };
  return last.counter < maxCounter ? { ms: last.ms, counter: last.counter + 1 } : { ms: last.ms + 1, counter: 0 };
}

const maxAheadMs = 10 * 60 * 1000;

/** After a received stamp. One from the far future drags the own clock at most ten minutes ahead (sync.md §2.4). */
export function receiveStamp(last: Stamp, remote: Stamp, wallMs: number): Stamp {
  const bounded = remote.ms > wallMs + maxAheadMs ? { ms: wallMs + maxAheadMs, counter: 0 } : remote;
  return compareStamps(bounded, last) > 0 ? bounded : last;
}

export function compareStamps(a: Stamp, b: Stamp): number {
  return a.ms - b.ms || a.counter - b.counter;
}

/** 8 bytes big-endian, 48 bits of milliseconds and 16 bits of counter; they sort like the stamps. */
export function stampBytes(stamp: Stamp): Bytes {
  invariant(stamp.ms >= 0 && stamp.ms <= maxMs && stamp.counter <= maxCounter, 'stamp out of range');
  const bytes = new Uint8Array(8);
  const high = Math.floor(stamp.ms / 0x10000);
  const low = stamp.ms % 0x10000;
  bytes[0] = high >>> 24;
  bytes[1] = high >>> 16;
  bytes[2] = high >>> 8;
  bytes[3] = high;
  bytes[4] = low >>> 8;
  bytes[5] = low;
  bytes[6] = stamp.counter >>> 8;
  bytes[7] = stamp.counter;
  return bytes;
}

export function stampOf(bytes: Uint8Array): Stamp {
  invariant(bytes.length === 8, 'a stamp has 8 bytes');
  const at = (place: number) => bytes[place] ?? 0;
  const high = at(0) * 0x1000000 + at(1) * 0x10000 + at(2) * 0x100 + at(3);
  return { ms: high * 0x10000 + at(4) * 0x100 + at(5), counter: at(6) * 0x100 + at(7) };
}
