import { compareBytes, fromHex, toHex } from '../kernel/bytes.ts';
import type { Change, Dot, Value } from './change.ts';

/** A dot as the key of a map. Not for storage: its first part is binary. */
export function dotKey(dot: Dot): string {
  const { w, n } = dot;
  if (w.length !== 8) return String.fromCharCode(...w) + String(n);
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = [w[0], w[1], w[2], w[3], w[4], w[5], w[6], w[7]];
  return String.fromCharCode(a, b, c, d, e, f, g, h) + String(n);
}

export function dotOf(change: Change): Dot {
  const dot = { w: change.w, n: change.n };
  sources.set(dot, change);
  return dot;
}

const sources = new WeakMap<Dot, Change>();
/**
 * The operation that `dotOf` took this dot from, and so the one its author had on screen; undefined for a dot from
 * elsewhere. Where a laptop was copied, two operations can have had one dot (sync.md §2.10).
 */
export const sourceOf = (dot: Dot): Change | undefined => sources.get(dot);

/** A dot inside a value, where bytes have no place. */
export const textOfDot = (dot: Dot): string => `${toHex(dot.w)}:${String(dot.n)}`;

/** The dot that `textOfDot` wrote; undefined for anything else. */
export function dotOfText(item: Value): Dot | undefined {
  const [, w, n] = (typeof item === 'string' ? /^([0-9a-f]{16}):([1-9]\d*)$/.exec(item) : null) ?? [];
  return w === undefined ? undefined : { w: fromHex(w), n: Number(n) };
}

/** A fixed order that says nothing about time. */
export function compareDots(a: Dot, b: Dot): number {
  return compareBytes(a.w, b.w) || a.n - b.n;
}

/** Order in which values win where one must be shown: a suspect clock lowest, then the stamp, then the writer. */
export function compareClaims(a: Change, b: Change): number {
  return Number(a.cq !== 2) - Number(b.cq !== 2) || compareBytes(a.h, b.h) || compareDots(a, b);
}
