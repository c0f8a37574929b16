import fc from 'fast-check';
import { expect, it } from 'vitest';
import { allSteps } from '../../../shared/kernel/steps.ts';
import { dictionarySteps } from '../../../shared/search/dictionary-build.ts';
import { findTypos } from '../../../shared/search/dictionary.ts';
import { editDistance, maxEdits } from '../../../shared/search/edit-distance.ts';

it.each([
  ['ivan', 'ivan', 0],
  ['ivan', 'iavn', 1],
  ['ivan', 'ivna', 1],
  ['ivan', 'van', 1],
  ['ivan', 'ivann', 1],
  ['ivan', 'ivon', 1],
  ['ivan', 'olga', 3],
] as const)('%s and %s are %i apart', (a, b, distance) => {
  expect(editDistance(a, b, 2)).toBe(distance);
});

it('agrees with the search over a whole dictionary that shares its rows', () => {
  const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 1, maxLength: 9 });
  fc.assert(
    fc.property(fc.uniqueArray(word, { minLength: 1, maxLength: 60 }), word, (words, query) => {
      const dictionary = allSteps(
        dictionarySteps(
          words.length,
          (row) => [words[row] ?? ''],
          (word) => [word],
        ),
      );
      const found = new Set<string>();
      findTypos(dictionary, query, (at) => {
        const row = dictionary.postings[dictionary.postingStarts[at] ?? 0] ?? 0;
        found.add(words[row] ?? '');
      });
      const limit = maxEdits(query.length);
      const expected = words.filter((candidate) => {
        if (limit === 0) return false;
        const beginnings = Array.from({ length: candidate.length + 1 }, (_, at) => candidate.slice(0, at));
        return (
          editDistance(query, candidate, limit) <= limit ||
          beginnings.some((start) => editDistance(query, start, 1) <= 1)
        );
      });
      expect([...found].sort()).toEqual(expected.sort());
    }),
    { seed: 20261124, numRuns: 300 },
  );
});
