import { invariant } from '../kernel/assert.ts';

/** Numbers that look random and are the same for the same seed. For invented data only, never for keys or ids in use. */
export type Random = {
  /** Whole number from 0 to below `below`. */
  readonly whole: (below: number) => number;
  readonly pick: <T>(list: readonly T[]) => T;
  /** True in `percent` of 100 cases. */
  readonly chance: (percent: number) => boolean;
  readonly bytes: (count: number) => Uint8Array;
};

/** Generator "splitmix32": a counter, scrambled. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = state ^ (state >>> 16);
    mixed = Math.imul(mixed, 0x21f0aaad);
    mixed ^= mixed >>> 15;
    mixed = Math.imul(mixed, 0x735a2d97);
    return (mixed ^ (mixed >>> 15)) >>> 0;
  };
  const whole = (below: number) => Math.floor((next() / 0x1_0000_0000) * below);
  return {
    whole,
    pick: (list) => {
      const value = list[whole(list.length)];
      invariant(value !== undefined, 'picked from an empty list');
      return value;
    },
    chance: (percent) => whole(10_000) < percent * 100,
    bytes: (count) => Uint8Array.from({ length: count }, () => whole(256)),
  };
}
