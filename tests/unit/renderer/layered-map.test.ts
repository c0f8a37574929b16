import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LayeredMap } from '../../../renderer/stores/layered-map.ts';

const key = fc.integer({ min: 0, max: 900 }).map(String);
const change = fc.tuple(key, fc.option(fc.integer(), { nil: undefined }));

describe('a map that shares what stays', () => {
  it('holds what a plain map holds after the same changes, whatever was laid down in between', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(key, fc.integer()), { maxLength: 300 }),
        fc.array(fc.array(change, { maxLength: 200 }), { maxLength: 8 }),
        (start, rounds) => {
          const plain = new Map<string, number>(start);
          let map = new LayeredMap(new Map(start));
          for (const round of rounds) {
            const before = [...map];
            const earlier = map;
            map = map.with(round);
            for (const [name, value] of round) {
              if (value === undefined) plain.delete(name);
              else plain.set(name, value);
            }
            expect([...earlier]).toEqual(before);
            const changed = map.changedSince(earlier);
            const names = new Set([...earlier.keys(), ...map.keys()]);
            const different = [...names].filter((name) => map.get(name) !== earlier.get(name));
            if (changed !== undefined) expect([...changed].sort()).toEqual(different.sort());
          }
          expect(new Map(map)).toEqual(plain);
          expect(map.size).toBe(plain.size);
          expect([...map.keys()].every((name) => map.has(name))).toBe(true);
        },
      ),
      { seed: 4, numRuns: 100 },
    );
  });

  it('copies only what changed', () => {
    const large = new Map(Array.from({ length: 100_000 }, (_unused, at) => [String(at), at]));
    const map = new LayeredMap(large);
    let read = 0;
    large[Symbol.iterator] = () => {
      read += 1;
      return new Map<string, number>().entries();
    };
    expect(map.with([['7', 1]]).get('7')).toBe(1);
    expect(read).toBe(0);
  });
});
