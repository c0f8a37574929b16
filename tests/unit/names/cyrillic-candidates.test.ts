import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import names from '../../../shared/demo/names.json' with { type: 'json' };
import { cyrillicCandidates } from '../../../shared/names/cyrillic-candidates.ts';
import { romaniseUkrainian } from '../../../shared/names/romanise.ts';
import { publishedVectors } from '../../fixtures/kmu-55-vectors.ts';
import { unusedNames } from '../../fixtures/unused-names.ts';

/** As many as the form offers. */
const offered = 6;
const plain = (name: string) => name.replaceAll(/['’]/g, 'ʼ');
const corpora = [
  ...names.families.flat(),
  ...names.men.flat(),
  ...names.women,
  ...unusedNames.flat(),
  ...publishedVectors.map(([cyrillic]) => cyrillic),
].map(plain);

describe('cyrillicCandidates', () => {
  it.each(corpora)('has %s among what is offered for its Latin form', (name) => {
    expect(cyrillicCandidates(romaniseUkrainian(name), offered)).toContain(name);
  });

  it('has the right one first for nine names of ten', () => {
    const first = corpora.filter((name) => cyrillicCandidates(romaniseUkrainian(name), 1)[0] === name);
    expect(first.length / corpora.length).toBeGreaterThan(0.9);
  });

  const letters = fc.constantFrom(...'абвгґдеєжзиіїйклмнопрстуфхцчшщьюяʼ');
  it('offers only what is written exactly as the Latin name, without doubles and never more than asked for', () => {
    const word = fc.array(letters, { minLength: 1, maxLength: 9 }).map((all) => all.join(''));
    const cased = fc.tuple(word, fc.constantFrom('lower', 'first', 'all')).map(([text, how]) => {
      if (how === 'all') return text.toUpperCase();
      return how === 'first' ? text.charAt(0).toUpperCase() + text.slice(1) : text;
    });
    const name = fc.array(cased, { minLength: 1, maxLength: 3 }).map((words) => words.join('-'));
    fc.assert(
      fc.property(name, fc.integer({ min: 1, max: 12 }), (cyrillic, limit) => {
        const latin = romaniseUkrainian(cyrillic);
        const candidates = cyrillicCandidates(latin, limit);
        expect(candidates.length).toBeLessThanOrEqual(limit);
        expect(new Set(candidates).size).toBe(candidates.length);
        for (const candidate of candidates) expect(romaniseUkrainian(candidate)).toBe(latin.trim());
      }),
      { seed: 55, numRuns: 500 },
    );
  });

  it('gives a longer list that begins with the shorter one', () => {
    fc.assert(
      fc.property(fc.constantFrom(...corpora), fc.integer({ min: 1, max: 8 }), (name, limit) => {
        const latin = romaniseUkrainian(name);
        expect(cyrillicCandidates(latin, limit)).toEqual(cyrillicCandidates(latin, limit + 4).slice(0, limit));
      }),
      { seed: 55, numRuns: 300 },
    );
  });

  it.each([
    ['Olha', ['Ольга', 'Олга']],
    ['Mariana', ['Маряна', 'Марʼяна', 'Маріана']],
    ['SHEVCHENKO', ['ШЕВЧЕНКО']],
    ['Nechui-Levytskyi', ['Нечуй-Левицький']],
    ['Anna Mariia', ['Анна Марія']],
  ])('shows that %s can be several names', (latin, expected) => {
    expect(cyrillicCandidates(latin, offered)).toEqual(expect.arrayContaining(expected));
  });

  it.each(['', ' ', 'Joelia', 'Alexander', 'Müller', "O'Brien", 'Sergej', 'Шевченко', 'Anna 2', 'Jan--Piet'])(
    'has nothing for %j, which the resolution does not write',
    (latin) => {
      expect(cyrillicCandidates(latin, offered)).toEqual([]);
    },
  );
});
