import { describe, expect, it } from 'vitest';
import { isoDate } from '../../../shared/kernel/dates.ts';
import { ageOfPartial, earliestDay, latestDay, parsePartialDate } from '../../../shared/register/partial-date.ts';

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
  ['1985-03-12', '1985-03-12', '1985-03-12'],
  ['2024-02-00', '2024-02-01', '2024-02-29'],
  ['1985-00-00', '1985-01-01', '1985-12-31'],
  ['0000-00-00', undefined, undefined],
] as const)('%s lies from %s to %s', (text, first, last) => {
  const date = parsePartialDate(text)!;
  expect([earliestDay(date), latestDay(date)]).toEqual([first, last]);
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
  expect(ageOfPartial(parsePartialDate(birthDate)!, isoDate('2026-11-24'))).toBe(age);
});
