import { expect, it } from 'vitest';
import {
  parseCellAmount,
  parseCellBirthDate,
  parseCellDate,
  parseCellMonth,
} from '../../../shared/exchange/convert.ts';
import { findCountry, findSex } from '../../../shared/exchange/words.ts';

it.each([
  ['12-03-1985', '1985-03-12'],
  ['1.3.1985', '1985-03-01'],
  ['01/03/1985', '1985-03-01'],
  ['1985-03-12', '1985-03-12'],
  ['1985-03-12T00:00:00.000Z', '1985-03-12'],
  ['31118', '1985-03-12'],
  ['31118.5', '1985-03-12'],
  ['46350', '2026-11-24'],
  ['61', '1900-03-01'],
  ['60', undefined],
  ['30-02-1985', undefined],
  ['31-13-1985', undefined],
  ['12-03-85', undefined],
  ['yesterday', undefined],
  ['', undefined],
])('the cell %j is the day %s', (cell, day) => {
  expect(parseCellDate(cell)).toBe(day);
});

it.each([
  ['1985', '1985-00-00'],
  ['00-03-1985', '1985-03-00'],
  ['00-00-0000', '0000-00-00'],
  ['31118', '1985-03-12'],
  ['31-02-1985', undefined],
])('the cell %j is the birth date %s', (cell, date) => {
  expect(parseCellBirthDate(cell)).toBe(date);
});

it.each([
  ['1.234,56', 123_456],
  ['1234,56', 123_456],
  ['1234.56', 123_456],
  ['1,234.56', 123_456],
  ['€ 1.234,56', 123_456],
  ['1 234,5', 123_450],
  ['1\u00a0234', 123_400],
  ['1.234', 123_400],
  ['1.000.000,00', 100_000_000],
  ['250,-', 25_000],
  ['0', 0],
  ['-0', 0],
  ['-12,50', -1_250],
  ['1,234', undefined],
  ['12,345', undefined],
  ['1.23.4', undefined],
  ['12a', undefined],
  ['99999999999999999', undefined],
  ['', undefined],
])('the cell %j is %s cents', (cell, amount) => {
  expect(parseCellAmount(cell)).toBe(amount);
});

it.each([
  ['11-2026', '2026-11'],
  ['2026-11', '2026-11'],
  ['1.2026', '2026-01'],
  ['24-11-2026', '2026-11'],
  ['13-2026', undefined],
  ['november', undefined],
])('the cell %j is the month %s', (cell, month) => {
  expect(parseCellMonth(cell)).toBe(month);
});

it('knows words of three languages', () => {
  expect(['V', 'vrouw', 'Жінка', 'ж', 'Female'].map(findSex)).toEqual(['F', 'F', 'F', 'F', 'F']);
  expect(['M', 'man', 'Чоловік', 'onbekend', 'robot'].map(findSex)).toEqual(['M', 'M', 'M', 'unknown', undefined]);
  expect(['UA', 'Oekraïense', 'Україна', 'UKR', 'DE', 'Atlantis'].map(findCountry)).toEqual([
    'UA',
    'UA',
    'UA',
    'UA',
    'DE',
    undefined,
  ]);
});
