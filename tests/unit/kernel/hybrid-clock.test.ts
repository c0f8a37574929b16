import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareBytes } from '../../../shared/kernel/bytes.ts';
import { compareStamps, nextStamp, receiveStamp, stampBytes, stampOf } from '../../../shared/kernel/hybrid-clock.ts';

const minute = 60_000;
const anyStamp = fc.record({ ms: fc.integer({ min: 0, max: 2 ** 47 }), counter: fc.integer({ min: 0, max: 65_535 }) });
const anyWall = fc.oneof(fc.integer({ min: -1000, max: 2 ** 47 }), fc.double({ min: 0, max: 2 ** 47, noNaN: true }));

describe('nextStamp', () => {
  it('always goes on, whatever the clock of the machine does', () => {
    fc.assert(
      fc.property(anyStamp, fc.array(anyWall, { minLength: 1, maxLength: 20 }), (first, walls) => {
        let last = first;
        for (const wall of walls) {
          const next = nextStamp(last, wall);
          expect(compareStamps(next, last)).toBeGreaterThan(0);
          expect(compareBytes(stampBytes(next), stampBytes(last))).toBeGreaterThan(0);
          last = next;
        }
      }),
      { seed: 61, numRuns: 200 },
    );
  });

  it('moves a full counter on to the next millisecond', () => {
    expect(nextStamp({ ms: 5, counter: 65_535 }, 5)).toEqual({ ms: 6, counter: 0 });
  });

  it('takes 70,000 edits in one millisecond', () => {
    let last = { ms: 100, counter: 0 };
    for (let at = 0; at < 70_000; at++) last = nextStamp(last, 100);
    expect(last).toEqual({ ms: 101, counter: 70_000 - 65_536 });
  });

  it('takes the time of the machine when that is later', () => {
    expect(nextStamp({ ms: 5, counter: 9 }, 7.9)).toEqual({ ms: 7, counter: 0 });
  });
});

describe('receiveStamp', () => {
  it('goes along with a later stamp, and stays for an earlier one', () => {
    expect(receiveStamp({ ms: 5, counter: 1 }, { ms: 9, counter: 3 }, 5)).toEqual({ ms: 9, counter: 3 });
    expect(receiveStamp({ ms: 5, counter: 1 }, { ms: 5, counter: 0 }, 5)).toEqual({ ms: 5, counter: 1 });
  });

  it('is dragged at most ten minutes ahead by a stamp from the far future', () => {
    fc.assert(
      fc.property(anyStamp, fc.integer({ min: 0, max: 2 ** 40 }), (remote, wall) => {
        const next = receiveStamp({ ms: wall, counter: 0 }, remote, wall);
        expect(next.ms).toBeLessThanOrEqual(wall + 10 * minute);
        expect(next.ms).toBeGreaterThanOrEqual(wall);
      }),
      { seed: 62, numRuns: 200 },
    );
  });
});

it('has bytes that sort like stamps and come back', () => {
  fc.assert(
    fc.property(anyStamp, anyStamp, (a, b) => {
      expect(stampOf(stampBytes(a))).toEqual(a);
      expect(Math.sign(compareBytes(stampBytes(a), stampBytes(b)))).toBe(Math.sign(compareStamps(a, b)));
    }),
    { seed: 63, numRuns: 200 },
  );
  expect([...stampBytes({ ms: 2 ** 40, counter: 258 })]).toEqual([1, 0, 0, 0, 0, 0, 1, 2]);
});
