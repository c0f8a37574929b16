import { expect, it } from 'vitest';
import { buildNameIndex } from '../../../shared/search/name-index.ts';
import { isAtPlace, matchPlaces, type NamedPlaces } from '../../../shared/search/place-term.ts';
import { searchNames } from '../../fakes/search-names.ts';

const places: readonly NamedPlaces[] = [
  { id: 's1', name: 'De Oude Linde', beds: [{ key: 'b1', room: '2.14', bed: 'A' }] },
  { id: 's2', name: 'Lindenhof', beds: [{ key: 'b1', room: '3', bed: '12' }] },
];
const persons = [
  { site: 's1', bed: 'b1', family: 'Abak' },
  { site: 's1', bed: null, family: 'Boiko' },
  { site: 's2', bed: 'b1', family: 'Lindenko' },
  { site: null, bed: null, family: 'Danko' },
];
const found = (term: string) => {
  const match = matchPlaces(places, term);
  return match === null ? [] : persons.filter((person) => isAtPlace(person, match)).map(({ family }) => family);
};

it.each([
  ['oude', ['Abak', 'Boiko']],
  ['lind', ['Abak', 'Boiko', 'Lindenko']],
  ['l', []],
  ['2.14', ['Abak']],
  ['2.14.A', ['Abak']],
  ['2.14a', ['Abak']],
  ['12', ['Lindenko']],
  ['3.12', ['Lindenko']],
  ['1', []],
  ['A', []],
] as const)('%s', (term, names) => {
  expect(found(term)).toEqual(names);
});

it('puts a name before a place, and narrows one by the other', () => {
  const index = buildNameIndex(
    persons.map(({ family }) => ({
      ...{ family, given: '', patronymic: '', familyCyrillic: '', givenCyrillic: '', birthDate: null },
    })),
  );
  const marker = (term: string, mark: (row: number) => void) => {
    const match = matchPlaces(places, term);
    persons.forEach((person, row) => match !== null && isAtPlace(person, match) && mark(row));
  };
  expect(searchNames(index, 'lind', { marker }).rows).toEqual([2, 0, 1]);
  expect(searchNames(index, 'linde abak', { marker }).rows).toEqual([0]);
});
