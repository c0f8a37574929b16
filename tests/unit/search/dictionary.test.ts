import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findTypos } from '../../../shared/search/dictionary.ts';
import { allSteps } from '../../../shared/kernel/steps.ts';
import { dictionarySteps } from '../../../shared/search/dictionary-build.ts';
import { editDistance, maxEdits } from '../../../shared/search/edit-distance.ts';

const dictionaryOf = (words: readonly string[]) =>
  allSteps(
    dictionarySteps(
      words.length,
      (row) => [words[row] ?? ''],
      (name) => [name],
    ),
  );

function found(words: readonly string[], query: string): Record<string, string> {
  const sorted = [...new Set(words)].sort();
  const hits: Record<string, string> = {};
  findTypos(dictionaryOf(words), query, (at, quality) => (hits[sorted[at] ?? ''] = quality));
  return hits;
}

/** The same from the distance of every word and of each of its beginnings. */
function expected(words: readonly string[], query: string): Record<string, string> {
  const limit = maxEdits(query.length);
  const hits: Record<string, string> = {};
  for (const word of limit === 0 ? [] : words) {
    const whole = editDistance(query, word, limit);
    const beginnings = Array.from({ length: word.length }, (_unused, at) => word.slice(0, at + 1));
    if (whole <= limit) hits[word] = whole === 2 ? 'two-typos' : 'typo';
    else if (beginnings.some((beginning) => editDistance(query, beginning, 1) <= 1)) hits[word] = 'two-typos';
  }
  return hits;
}

const letters = (max: number) =>
  fc.array(fc.constantFrom('a', 'b', 'c', 'ж'), { minLength: 1, maxLength: max }).map((parts) => parts.join(''));

describe('words with typing errors', () => {
  it('are those whose distance, or that of a beginning, is small enough', () => {
    fc.assert(
      fc.property(fc.array(letters(11), { minLength: 1, maxLength: 40 }), letters(10), (words, query) => {
        expect(found(words, query)).toEqual(expected(words, query));
      }),
      { seed: 20261125, numRuns: 1_500 },
    );
  });

  it('a swap of neighbours is one error, also at the front and after another word with the same beginning', () => {
    const words = ['kovalenko', 'kovalchuk', 'kovtun'];
    expect(found(words, 'okvtun')).toEqual({ kovtun: 'typo' });
    expect(found(words, 'kovlachuk')).toEqual({ kovalchuk: 'typo' });
  });

  it('finds a word longer than the bits of a number by its beginning', () => {
    const long = 'abcdefghijklmnopqrstuvwxyzabcdefghijkl';
    expect(found([long], `x${long.slice(1)}`)).toEqual({ [long]: 'two-typos' });
  });
});
