import { beforeAll, describe, expect, it } from 'vitest';
import { generateMunicipality } from '../../../shared/demo/demo-site.ts';
import { seededRandom } from '../../../shared/demo/random.ts';
import { romaniseUkrainian } from '../../../shared/names/romanise.ts';
import { toResident } from '../../../shared/register/resident.ts';
import { buildNameIndex, type NamedPerson, type NameIndex } from '../../../shared/search/name-index.ts';
import { buildNumberIndex } from '../../../shared/search/number-index.ts';
import { cyrillicSpellings } from '../../../shared/search/spellings.ts';
import { publishedVectors } from '../../fixtures/kmu-55-vectors.ts';
import { searchNames } from '../../fakes/search-names.ts';

const person = (given: string, family: string, birthDate: string | null = null): NamedPerson => {
  const isCyrillic = /[а-яґєії]/i.test(family);
  return {
    family: isCyrillic ? romaniseUkrainian(family) : family,
    given: isCyrillic ? romaniseUkrainian(given) : given,
    patronymic: '',
    familyCyrillic: isCyrillic ? family : '',
    givenCyrillic: isCyrillic ? given : '',
    birthDate,
  };
};

describe('searchNames', () => {
  const persons = [
    person('Сергій', 'Шевченко', '1985-03-12'),
    person('Юлія', 'Шевченко', '1990-01-01'),
    person('Serhiy', 'Shevchuk', '1985-00-00'),
    person('Олена', 'Нечуй-Левицька', '2001-12-31'),
    person('Ганна', 'Бондаренко'),
    person('Дмитро', 'Хмельницький', '1985-03-13'),
  ];
  const index = buildNameIndex(persons);
  const rows = (query: string) => searchNames(index, query).rows;

  it.each([
    ['shevchenko', [0, 1]],
    ['Шевченко', [0, 1]],
    ['шевч', [0, 1, 2]],
    ['sergei sjevtsjenko', [0]],
    ['shevchenko 1985', [0]],
    ['1985', [0, 2, 5]],
    ['12-03-1985', [0]],
    ['12.3.1985', [0]],
    ['1985-03-12', [0]],
    ['1985-03', [0, 5]],
    ['levytska', [3]],
    ['nechui-levytska', [3]],
    ['nechuilevytska', [3]],
    ['anna', [4]],
    ['chmelnytsky', [5]],
    ['bondarneko', [4]],
    ['ohevchenko yuliia', [1]],
    ['nobody', []],
    ['', [0, 1, 2, 3, 4, 5]],
  ] as const)('%s', (query, expected) => {
    expect(rows(query)).toEqual(expected);
  });

  it('puts the name as written before the same sound, and both before errors', () => {
    const list = buildNameIndex([person('A', 'Szevczenko'), person('A', 'Shevchenko'), person('A', 'Shevchenkova')]);
    expect(searchNames(list, 'shevchenko').rows).toEqual([1, 2, 0]);
  });

  it('gives at most `limit` rows and counts all', () => {
    const list = buildNameIndex(Array.from({ length: 50 }, () => person('Іван', 'Мельник')));
    expect(searchNames(list, 'ivan', { limit: 7 })).toEqual({ rows: [0, 1, 2, 3, 4, 5, 6], total: 50 });
  });

  it('finds numbers only when it is given them', () => {
    const numbers = buildNumberIndex(['2812345678', null, '2899999999', null, null, null]);
    expect(searchNames(index, '28123').rows).toEqual([]);
    expect(searchNames(index, '28123', { numbers: [numbers] }).rows).toEqual([0]);
    expect(searchNames(index, 'shev 28999', { numbers: [numbers] }).rows).toEqual([2]);
    expect(searchNames(index, '28', { numbers: [numbers] }).rows).toEqual([]);
  });

  it('is empty without persons', () => {
    expect(searchNames(buildNameIndex([]), 'ivan')).toEqual({ rows: [], total: 0 });
  });
});

describe('recall on names that no rule was made for', () => {
  const random = seededRandom(55);
  const letters = 'abcdefghijklmnopqrstuvwxyz';
  let index: NameIndex;
  beforeAll(() => {
    index = buildNameIndex(publishedVectors.map(([cyrillic]) => person('', cyrillic)));
  });
  const share = (queries: readonly (readonly [number, string])[]) =>
    queries.filter(([row, query]) => searchNames(index, query).rows.includes(row)).length / queries.length;

  it('finds every spelling of every table', () => {
    expect(
      share(publishedVectors.flatMap(([name], row) => cyrillicSpellings(name).map((form) => [row, form] as const))),
    ).toBe(1);
  });

  it('finds place names as Dutch, German, English and Polish maps print them', () => {
    const printed: Readonly<Record<string, readonly string[]>> = {
      Чернівці: ['Tsjernivtsi', 'Tscherniwzi', 'Chernovtsy', 'Czerniowce'],
      Вінниця: ['Vinnytsja', 'Winnyzja', 'Vinnitsa', 'Winnica'],
      Ужгород: ['Oezjhorod', 'Uschhorod', 'Uzhgorod', 'Użhorod'],
      Харків: ['Charkiv', 'Charkiw', 'Charkow', 'Charków'],
      Хмельницький: ['Chmelnytsky', 'Chmelnyzkyj', 'Khmelnitsky', 'Chmielnicki'],
      Миколаїв: ['Mykolajiv', 'Mykolajiw', 'Mykolayiv'],
      Полтава: ['Poltawa', 'Połtawa'],
      Одеса: ['Odessa'],
      Шостка: ['Sjostka', 'Schostka', 'Szostka'],
      Запоріжжя: ['Zaporizja', 'Saporischschja', 'Zaporizhzhya'],
      Ніжин: ['Nizjyn', 'Nischyn', 'Nizhin', 'Niżyn'],
      Алушта: ['Aloesjta', 'Aluschta', 'Ałuszta'],
      Тернопіль: ['Ternopil', "Ternopil'"],
      Гадяч: ['Hadjatsj', 'Hadjatsch', 'Gadyach', 'Hadziacz'],
    };
    const places = Object.keys(printed);
    const map = buildNameIndex(places.map((place) => person('', place)));
    const queries = Object.entries(printed).flatMap(([place, forms]) =>
      forms.map((form) => [places.indexOf(place), form] as const),
    );
    const missed = queries.filter(([row, form]) => !searchNames(map, form).rows.includes(row)).map(([, form]) => form);
    expect(missed.length / queries.length, missed.join()).toBeLessThanOrEqual(0.05);
  });

  it('finds every beginning of three letters and more, in both scripts', () => {
    const beginnings = publishedVectors.flatMap((forms, row) =>
      forms.flatMap((form) =>
        Array.from({ length: form.length - 2 }, (_, at) => [row, form.slice(0, at + 3)] as const),
      ),
    );
    expect(share(beginnings)).toBe(1);
  });

  it('finds at least 95 % of names with one typing error', () => {
    const errors = publishedVectors
      .flatMap(([, latin], row) =>
        Array.from({ length: 8 }, () => {
          const at = random.whole(latin.length);
          const wrong = letters.charAt(random.whole(26));
          const [before, here, after] = [latin.slice(0, at), latin.charAt(at), latin.slice(at + 1)];
          const typed = random.pick([
            before + after,
            before + wrong + after,
            before + wrong + here + after,
            before + after.charAt(0) + here + after.slice(1),
          ]);
          return [row, typed] as const;
        }),
      )
      .filter(([row, typed]) => typed.length >= 5 && !(publishedVectors[row]?.[1] ?? '').includes(' '));
    expect(share(errors)).toBeGreaterThanOrEqual(0.95);
  });

  it('finds everybody of the demonstration by either name, with few others', () => {
    const people = generateMunicipality({ seed: 1 }).residents.map(({ id, values }) => {
      const { name, birthDate } = toResident(id, values);
      return { ...name, birthDate };
    });
    const all = buildNameIndex(people);
    people.forEach((known, row) => {
      for (const query of [`${known.family} ${known.given}`, `${known.givenCyrillic} ${known.familyCyrillic}`]) {
        const found = searchNames(all, query);
        expect(found.rows).toContain(row);
        expect(found.total).toBeLessThan(25);
      }
    });
  });
});
