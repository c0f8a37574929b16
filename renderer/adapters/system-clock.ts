import { isoDate } from '../../shared/kernel/dates.ts';
import type { WritingClock } from '../../shared/ports.ts';

/** A released version is not used before it was made, and hardly ten years later (sync.md §2.4). */
const builtAtMs = 1_793_491_200_000;
const plausibleForMs = 10 * 365.25 * 86_400_000;
const toleranceMs = 10 * 60_000;
/** An offset this old says little: a laptop loses seconds in a week. */
const freshForMs = 7 * 86_400_000;

export type TimeSource = { readonly wallMs: () => number; readonly monotonicMs: () => number };
const system: TimeSource = { wallMs: () => Date.now(), monotonicMs: () => performance.now() };

/** The only place that asks what time it is. Days are those of the laptop's own time zone. */
export function makeSystemClock(source: TimeSource = system): WritingClock {
  let offset: { readonly ms: number; readonly atMonotonic: number } | undefined;
  let last = { wall: source.wallMs(), monotonic: source.monotonicMs() };
  let jumped = false;

  const look = (): number => {
    const now = { wall: source.wallMs(), monotonic: source.monotonicMs() };
    // The wall clock was set while the app ran; the monotonic one cannot be.
    if (Math.abs(now.wall - last.wall - (now.monotonic - last.monotonic)) > toleranceMs) jumped = true;
    last = now;
    return now.wall;
  };

  return {
    nowMs: () => look() + (offset?.ms ?? 0),
    today: () => {
      const day = new Date(look());
      const two = (part: number) => String(part).padStart(2, '0');
      return isoDate(`${String(day.getFullYear()).padStart(4, '0')}-${two(day.getMonth() + 1)}-${two(day.getDate())}`);
    },
    quality: () => {
      const wall = look();
      const plausible = wall >= builtAtMs && wall <= builtAtMs + plausibleForMs;
      if (jumped || !plausible || Math.abs(offset?.ms ?? 0) > toleranceMs) return 2;
      return offset !== undefined && last.monotonic - offset.atMonotonic < freshForMs ? 0 : 1;
    },
    noteOffset: (ms) => {
      look();
      jumped = false;
      offset = { ms, atMonotonic: last.monotonic };
    },
  };
}
