import { describe, expect, it } from 'vitest';
import { romaniseUkrainian } from '../../../shared/names/romanise.ts';
import { matchScore, searchKeys } from '../../../shared/search/fold.ts';
import { publishedVectors } from '../../fixtures/kmu-55-vectors.ts';

describe('searchKeys', () => {
  it('holds the typed, the romanised and other spellings, without doubles', () => {
    const keys = searchKeys('Сергій');
    expect(keys).toEqual(expect.arrayContaining(['сергій', 'serhii', 'serhiy', 'sergiy', 'serhij']));
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys.every((key) => key === key.toLowerCase())).toBe(true);
  });

  it.each(['', '  ', '---'])('is empty for %j', (text) => {
    expect(searchKeys(text)).toEqual([]);
  });

  it('takes marks and apostrophes away', () => {
    expect(searchKeys("D'Ärtagnan")).toContain('dartagnan');
    expect(searchKeys('Łucja')).toContain('lucja');
  });
});

describe('matchScore', () => {
  it.each([
    ['Сергій', ['Serhii', 'Serhiy', 'Sergiy', 'Sergei', 'Sergej', 'Sergey', 'Сергей']],
    ['Serhii', ['Сергій', 'Sergei', 'Sergiy', 'Serhij']],
    ['Юлія', ['Yuliia', 'Joelia', 'Julia', 'Yulia', 'Iuliia', 'Julija']],
    ['Олександр', ['Oleksandr', 'Aleksandr', 'Alexander', 'Olexandr', 'Александр']],
    ['Катерина', ['Kateryna', 'Katerina', 'Ekaterina']],
    ['Шевченко', ['Shevchenko', 'Sjevtsjenko', 'Schewtschenko', 'Szewczenko', 'Chevtchenko', 'Ševčenko']],
    ['Щербак', ['Shcherbak', 'Scherbak', 'Sjtsjerbak', 'Szczerbak', 'Schtscherbak']],
    ['Михайло', ['Mykhailo', 'Mychajlo', 'Mykhaylo', 'Mikhail']],
    ['Mykhailo', ['Mychajlo', 'Михайло']],
    ['Хмельницький', ['Khmelnytskyi', 'Khmelnitsky', 'Chmelnytskyj']],
    ['Євген', ['Yevhen', 'Evgen', 'Jevhen', 'Ievgen']],
    ['Жанна', ['Zhanna', 'Zjanna', 'Janna']],
    ['Ганна', ['Hanna', 'Ganna', 'Anna']],
  ] as const)('finds %s under other spellings', (name, queries) => {
    const keys = searchKeys(name);
    for (const query of queries)
      expect({ query, score: matchScore(query, keys) >= 0.9 }).toEqual({ query, score: true });
  });

  it('is 1 for the same name in either script', () => {
    for (const [cyrillic, latin] of publishedVectors) {
      expect(matchScore(cyrillic, searchKeys(cyrillic))).toBe(1);
      expect(matchScore(latin, searchKeys(cyrillic))).toBe(1);
      expect(matchScore(cyrillic, searchKeys(latin))).toBe(1);
    }
  });

  it('ranks exact, other spelling, beginning, typing error, nothing', () => {
    const keys = searchKeys('Шевченко');
    const scores = ['Shevchenko', 'Shevtchenko', 'Shevch', 'Shevchemko', 'Bondarenko'].map((query) =>
      matchScore(query, keys),
    );
    expect(scores).toEqual(scores.toSorted((a, b) => b - a));
    expect(new Set(scores).size).toBe(5);
    expect(scores.at(-1)).toBe(0);
  });

  it('forgives one wrong, missing, surplus or swapped letter', () => {
    const keys = searchKeys('Polishchuk');
    for (const typed of ['Polisjchuk', 'Polshchuk', 'Poliishchuk', 'Ploishchuk', 'Bolishchuk']) {
      expect({ typed, found: matchScore(typed, keys) > 0 }).toEqual({ typed, found: true });
    }
    expect(matchScore('Ian', searchKeys('Ivo'))).toBe(0);
  });

  it('wants every word of the query', () => {
    const keys = searchKeys('Ганна Петренко');
    expect(matchScore('petrenko anna', keys)).toBeGreaterThan(0.9);
    expect(matchScore('petrenko', keys)).toBeLessThan(1);
    expect(matchScore('petrenko olha', keys)).toBe(0);
    expect(matchScore('', keys)).toBe(0);
    expect(matchScore('petrenko', [])).toBe(0);
  });

  it('keeps different names apart', () => {
    for (const [a, b] of [
      ['Іван', 'Олег'],
      ['Марія', 'Тетяна'],
      ['Коваленко', 'Шевченко'],
      ['Юрій', 'Ігор'],
    ] as const) {
      expect(matchScore(romaniseUkrainian(a), searchKeys(b))).toBe(0);
    }
  });
});
