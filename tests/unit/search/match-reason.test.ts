import { expect, it } from 'vitest';
import { explainMatch } from '../../../shared/search/match-reason.ts';

const yuliia = {
  family: 'Tsymbaliuk-Hnatyshyn',
  given: 'Yuliia',
  patronymic: 'Zinoviivna',
  familyCyrillic: 'Цимбалюк-Гнатишин',
  givenCyrillic: 'Юлія',
};

it.each([
  ['tsymb', []],
  ['TSYMBALIUKHNAT yuliia', []],
  ['hnatyshyn 1985', []],
  ['12-03-1985', []],
  ['юлія', ['cyrillic']],
  ['Joelia', ['spelling']],
  ['юлия', ['spelling']],
  ['Tsimbaljoek', ['spelling']],
  ['yulixa', ['typo']],
  ['zinov', ['patronymic']],
  ['yuliia Гнатишин tsymbaluxk', ['cyrillic', 'typo']],
  ['', []],
] as const)('%s', (query, reasons) => {
  expect(explainMatch(yuliia, query)).toEqual(reasons);
});

it('says that a term fits a number or a place, unless the name shows it', () => {
  const elsewhere = (term: string) => (term === '28123' ? 'vNumber' : term === 'linde' ? 'place' : null);
  expect(explainMatch(yuliia, 'yuliia linde 28123', elsewhere)).toEqual(['place', 'vNumber']);
  expect(explainMatch({ ...yuliia, family: 'Linde' }, 'linde', elsewhere)).toEqual([]);
});
