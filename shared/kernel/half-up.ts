import { invariant } from './assert.ts';

/** The nearest whole number, halves towards plus infinity, also below zero: -3 / 2 gives -1. Never -0. */
export function divideHalfUp(total: number, parts: number): number {
  invariant(parts > 0, 'parts to divide by');
  return Math.floor((2 * total + parts) / (2 * parts)) + 0;
}
