import { expect, it } from 'vitest';
import { findDuplicates, findDuplicatesOf, type IdentityFacts } from '../../../shared/search/duplicates.ts';

const facts = (id: string, overrides: Partial<IdentityFacts> = {}): IdentityFacts => ({
  id,
  family: '',
  given: '',
  familyCyrillic: '',
  givenCyrillic: '',
  birthDate: null,
  bsn: null,
  vNumber: null,
  documentNumbers: [],
  ...overrides,
});
const serhii = { family: 'Shevchenko', given: 'Serhii', birthDate: '1985-03-12' };

it.each([
  ['bsn', { bsn: '999993653' }, { bsn: '999993653' }],
  ['v-number', { vNumber: '28 1234 5678' }, { vNumber: '2812345678' }],
  ['document', { documentNumbers: ['FA 123456'] }, { documentNumbers: ['x', 'fa123456'] }],
  ['name-and-birth-date', serhii, { ...serhii, given: 'Sergei' }],
  ['name-and-birth-date', serhii, { family: 'Serhii', given: 'Shevchenko', birthDate: '1985-03-12' }],
  ['name-and-birth-date', serhii, { familyCyrillic: 'Шевченко', givenCyrillic: 'Сергій', birthDate: '1985-00-00' }],
  ['similar-name-and-birth-date', serhii, { ...serhii, family: 'Shevchemko' }],
] as const)('%s', (reason, a, b) => {
  const [double] = findDuplicates([facts('b', a), facts('a', b)]);
  expect(double?.ids).toEqual(['a', 'b']);
  expect(double?.reasons).toContain(reason);
  expect(findDuplicatesOf(facts('b', a), [facts('b', a), facts('a', b)])).toEqual([double]);
});

it.each([
  ['another birth date', serhii, { ...serhii, birthDate: '1985-03-13' }],
  ['another name', serhii, { ...serhii, family: 'Bondarenko' }],
  ['unknown birth dates', { ...serhii, birthDate: '0000-00-00' }, { ...serhii, birthDate: '0000-00-00' }],
  ['empty numbers', { documentNumbers: [''] }, { documentNumbers: [''] }],
  ['nothing known', {}, {}],
] as const)('%s is no double', (_, a, b) => {
  expect(findDuplicates([facts('a', a), facts('b', b)])).toEqual([]);
});

it('gives the strongest first and every reason', () => {
  const doubles = findDuplicates([
    facts('a', { ...serhii, bsn: '999993653' }),
    facts('b', serhii),
    facts('c', { ...serhii, bsn: '999993653' }),
  ]);
  expect(doubles.map(({ ids }) => ids.join(''))).toEqual(['ac', 'ab', 'bc']);
  expect(doubles[0]?.reasons).toEqual(['bsn', 'name-and-birth-date']);
});
