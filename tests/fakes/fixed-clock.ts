import { isoDate, type IsoDate } from '../../shared/kernel/dates.ts';
import { makeRecordId } from '../../shared/kernel/ids.ts';
import type { Random, WritingClock } from '../../shared/ports.ts';

export type FixedClock = WritingClock & { readonly set: (to: { ms?: number; day?: IsoDate }) => void };

/** Time stands still until a test moves it. */
export function fixedClock(ms = 1_795_000_000_000, day = isoDate('2026-11-18')): FixedClock {
  let now = { ms, day };
  return {
    nowMs: () => now.ms,
    today: () => now.day,
    quality: () => 0,
    noteOffset: () => undefined,
    set: (to) => {
      now = { ...now, ...to };
    },
  };
}

/** The same bytes in every run, others for every seed and call. */
export function countedRandom(seed: number): Random {
  let state = (seed * 0x9e3779b1) >>> 0;
  const bytes = (count: number) =>
    Uint8Array.from({ length: count }, () => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return state >>> 24;
    });
  return { bytes, newId: () => makeRecordId(bytes(16)) };
}
