import { describe, expect, it } from 'vitest';
import { isoDate } from '../../../shared/kernel/dates.ts';
import {
  ageOfPartial,
  comparePartialDates,
  earliestDay,
  findCompleteDate,
  latestDay,
  parsePartialDate,
  partialDate,
} from '../../../shared/register/partial-date.ts';

describe('parsePartialDate', () => {
  it.each(['1985-03-12', '1985-03-00', '1985-00-00', '0000-00-00', '2024-02-29'])('takes %s', (text) => {
    expect(parsePartialDate(text)).toBe(text);
  });
  it.each(['1985-00-12', '1985-13-00', '0000-03-12', '0000-03-00', '2025-02-29', '12-03-1985', '1985', '', '1985-3-1'])(
    'refuses %s',
    (text) => {
      expect(parsePartialDate(text)).toBeUndefined();
    },
  );
});

it.each([
  ['1985-03-12', '1985-03-12', '1985-03-12', '1985-03-12'],
  ['2024-02-00', undefined, '2024-02-01', '2024-02-29'],
  ['1985-00-00', undefined, '1985-01-01', '1985-12-31'],
  ['0000-00-00', undefined, undefined, undefined],
] as const)('%s is complete as %s and lies from %s to %s', (text, complete, first, last) => {
  const date = partialDate(text);
  expect([findCompleteDate(date), earliestDay(date), latestDay(date)]).toEqual([complete, first, last]);
});

it('sorts by what is known, the unknown last', () => {
  const sorted = ['1985-00-00', '1985-03-00', '1985-03-12', '1986-00-00', '0000-00-00'].map(partialDate);
  expect(sorted.toReversed().sort(comparePartialDates)).toEqual(sorted);
});

it.each([
  ['2008-11-24', 18],
  ['2008-11-25', 17],
  ['2008-11-00', 17],
  ['2008-10-00', 18],
  ['2008-00-00', 17],
  ['2007-00-00', 18],
  ['0000-00-00', undefined],
] as const)('somebody born on %s is %s on 2026-11-24', (birthDate, age) => {
  expect(ageOfPartial(partialDate(birthDate), isoDate('2026-11-24'))).toBe(age);
});
