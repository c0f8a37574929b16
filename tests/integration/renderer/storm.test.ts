import { describe, expect, it } from 'vitest';
import { SyncTimes } from '../../../renderer/use-cases/sync-times.ts';
import { Prng } from '../../simulation/prng.ts';

const clients = 300;
const minute = 60_000;

/**
 * A morning: all come in the first second. The endpoint answers nobody until `backMs`, then everybody; gives the moments
 * at which it was asked, one list a client.
 */
function storm(backMs: number, retryAfterMs: (nowMs: number) => number): readonly (readonly number[])[] {
  const prng = new Prng(20261125, 3);
  let nowMs = 0;
  const all = Array.from({ length: clients }, (_, at) => {
    nowMs = Math.floor((at * 1_000) / clients);
    return { times: new SyncTimes(() => nowMs), asked: [] as number[], isDone: false };
  });
  for (;;) {
    const next = all.filter(({ isDone }) => !isDone).toSorted((a, b) => a.times.dueMs - b.times.dueMs)[0];
    if (next === undefined) return all.map(({ asked }) => asked);
    nowMs = next.times.dueMs;
    next.asked.push(nowMs);
    next.times.begin();
    if (nowMs >= backMs) next.isDone = true;
    else next.times.failed(prng.int(1_000_000) / 1_000_000, retryAfterMs(nowMs));
  }
}

/** The most requests that come within so many ms of each other, after `fromMs`. */
function busiest(asked: readonly (readonly number[])[], widthMs: number, fromMs: number): number {
  const moments = asked
    .flat()
    .filter((at) => at >= fromMs)
    .sort((a, b) => a - b);
  let most = 0;
  for (let first = 0, last = 0; last < moments.length; last++) {
    while ((moments[last] ?? 0) - (moments[first] ?? 0) >= widthMs) first += 1;
    most = Math.max(most, last - first + 1);
  }
  return most;
}

describe('three hundred laptops and an endpoint that answers none of them', () => {
  it('spread out while it is away, and are all through a quarter of an hour after it is back', () => {
    const asked = storm(20 * minute, () => 0);
    expect(busiest(asked, 1_000, 0)).toBeGreaterThanOrEqual(clients);
    expect(busiest(asked, 1_000, 5 * minute)).toBeLessThanOrEqual(clients / 20);
    for (const moments of asked) expect(moments.at(-1)).toBeLessThanOrEqual(35 * minute);
  });

  it('come no sooner than they were told, and not at once when they may', () => {
    const told = 2 * minute;
    const asked = storm(20 * minute, () => told);
    for (const moments of asked)
      for (const [at, moment] of moments.entries())
        expect(moment - (moments[at - 1] ?? -told)).toBeGreaterThanOrEqual(told);
    // From the second time they come.
    expect(busiest(asked, 1_000, 2_000)).toBeLessThanOrEqual(clients / 20);
    for (const moments of asked) expect(moments.at(-1)).toBeLessThanOrEqual(35 * minute);
  });
});
