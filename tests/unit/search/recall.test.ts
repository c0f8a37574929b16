import { expect, it } from 'vitest';
import { seededRandom } from '../../../shared/demo/random.ts';
import { romaniseUkrainian } from '../../../shared/names/romanise.ts';
import { buildNameIndex } from '../../../shared/search/name-index.ts';
import { romanisations, unusedNames } from '../../fixtures/unused-names.ts';
import { searchNames } from '../../fakes/search-names.ts';

const seed = 20_100_127;
const persons = unusedNames.map(([givenCyrillic, familyCyrillic]) => ({
  family: romaniseUkrainian(familyCyrillic),
  given: romaniseUkrainian(givenCyrillic),
  patronymic: '',
  familyCyrillic,
  givenCyrillic,
  birthDate: null,
}));
const index = buildNameIndex(persons);
const missedOf = (queries: readonly (readonly [number, string])[]) =>
  queries.filter(([row, query]) => !searchNames(index, query).rows.includes(row)).map(([, query]) => query);

it.each(Object.keys(romanisations))('finds everybody by the family name and by the whole name, %s', (table) => {
  const spell = romanisations[table];
  const queries = unusedNames.flatMap(([given, family], row) => {
    const [first, last] = [spell?.(given) ?? given, spell?.(family) ?? family];
    return [last, first, `${last} ${first}`, `${first} ${last}`].map((query) => [row, query] as const);
  });
  expect(missedOf(queries)).toEqual([]);
});

it('finds people who wrote down only their Latin name, by every romanisation', () => {
  const latin = buildNameIndex(persons.map((person) => ({ ...person, familyCyrillic: '', givenCyrillic: '' })));
  const missed = Object.values(romanisations).flatMap((spell) =>
    unusedNames.flatMap(([, family], row) =>
      searchNames(latin, spell(family)).rows.includes(row) ? [] : [spell(family)],
    ),
  );
  expect(missed).toEqual([]);
});

it(`finds at least 98 %% with one typing error in either script, seed ${seed}`, () => {
  const random = seededRandom(seed);
  const alphabets = { latin: 'abcdefghijklmnopqrstuvwxyz', cyrillic: 'абвгґдеєжзиіїйклмнопрстуфхцчшщьюя' };
  const wrongly = (word: string, letters: string): string => {
    const at = random.whole(word.length);
    const [before, here, after] = [word.slice(0, at), word.charAt(at), word.slice(at + 1)];
    const wrong = letters.charAt(random.whole(letters.length));
    return random.pick([
      before + after,
      before + wrong + after,
      before + wrong + here + after,
      before + after.charAt(0) + here + after.slice(1),
    ]);
  };
  const queries = persons.flatMap(({ family, familyCyrillic }, row) =>
    Array.from({ length: 20 }, (_, turn) => {
      const typed =
        turn % 2 === 0
          ? wrongly(family.toLowerCase(), alphabets.latin)
          : wrongly(familyCyrillic.toLowerCase(), alphabets.cyrillic);
      return [row, typed] as const;
    }),
  );
  const missed = missedOf(queries);
  expect(1 - missed.length / queries.length, `seed ${seed}: ${missed.join(', ')}`).toBeGreaterThanOrEqual(0.98);
});
