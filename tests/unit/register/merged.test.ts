import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { circleOf, circlesAmong, endOfMerges, isGone } from '../../../shared/register/merged.ts';

const intoOf = (pairs: Readonly<Record<string, string>>) => (id: string) => pairs[id];

it('follows a chain to its end', () => {
  const chain = intoOf({ a: 'b', b: 'c' });
  expect(endOfMerges('a', chain)).toBe('c');
  expect(endOfMerges('c', chain)).toBe('c');
  expect(isGone('b', chain)).toBe(true);
  expect(isGone('c', chain)).toBe(false);
});

it('hides nobody of a circle, and names it once', () => {
  const circle = intoOf({ a: 'c', c: 'b', b: 'a', d: 'a' });
  expect(['a', 'b', 'c'].map((id) => isGone(id, circle))).toEqual([false, false, false]);
  expect(isGone('d', circle)).toBe(true);
  expect(endOfMerges('d', circle)).toBe('a');
  expect(circleOf('d', circle)).toEqual([]);
  expect(circlesAmong(['d', 'c', 'a', 'b'], circle)).toEqual([['a', 'b', 'c']]);
});

it('ends, whatever went where, and leaves somebody of every group in sight', () => {
  const names = ['a', 'b', 'c', 'd', 'e'];
  fc.assert(
    fc.property(fc.array(fc.option(fc.constantFrom(...names)), { minLength: 5, maxLength: 5 }), (targets) => {
      const pairs = Object.fromEntries(
        names.flatMap((name, at) => {
          const target = targets[at];
          return target === null || target === undefined || target === name ? [] : [[name, target]];
        }),
      ) as Record<string, string>;
      for (const name of names) expect(isGone(endOfMerges(name, intoOf(pairs)), intoOf(pairs))).toBe(false);
    }),
    { seed: 20261124, numRuns: 300 },
  );
});
