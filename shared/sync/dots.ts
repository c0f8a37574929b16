import { compareBytes } from '../kernel/bytes.ts';
import type { Change, Dot } from './change.ts';

/** A dot as the key of a map. Not for storage: its first part is binary. */
export function dotKey(dot: Dot): string {
  return String.fromCharCode(...dot.w) + String(dot.n);
}

export const dotOf = (change: Change): Dot => ({ w: change.w, n: change.n });

/** A fixed order that says nothing about time. */
export function compareDots(a: Dot, b: Dot): number {
  return compareBytes(a.w, b.w) || a.n - b.n;
}

/** Order in which values win where one must be shown: a suspect clock lowest, then the stamp, then the writer. */
export function compareClaims(a: Change, b: Change): number {
  return Number(a.cq !== 2) - Number(b.cq !== 2) || compareBytes(a.h, b.h) || compareDots(a, b);
}
