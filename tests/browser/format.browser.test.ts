import { beforeAll, describe, expect, it } from 'vitest';
import i18next from 'i18next';
import { isoDate, isoMonth } from '../../shared/kernel/dates.ts';
import {
  formatDate,
  formatLongDate,
  formatMoney,
  formatMonth,
  formatNumber,
  formatPartialDate,
  formatPercent,
  nameOrder,
} from '../../renderer/i18n/format.ts';
import { languages, startI18n } from '../../renderer/i18n/i18n.ts';

beforeAll(() => startI18n('nl'));
/** The spaces of a number are not those of the keyboard. */
const plain = (text: string) => text.replace(/\s/g, ' ');
const inAll = (format: (language: (typeof languages)[number]) => string) =>
  languages.map((language) => plain(format(language)));

it('days are written as each language writes them', () => {
  const day = isoDate('2025-12-31');
  expect(inAll((language) => formatDate(day, language))).toEqual(['31-12-2025', '31.12.2025', '31/12/2025']);
  expect(inAll((language) => formatLongDate(day, language))).toEqual([
    '31 december 2025',
    '31 грудня 2025 р.',
    '31 December 2025',
  ]);
  expect(inAll((language) => formatMonth(isoMonth('2025-10'), language))).toEqual([
    'oktober 2025',
    'жовтень 2025 р.',
    'October 2025',
  ]);
});

it('a birth date that is known in part shows that part only', () => {
  const parts = ['1985-03-12', '1985-03-00', '1985-00-00', '0000-00-00'];
  expect(parts.map((date) => formatPartialDate(date, 'nl'))).toEqual(['12-03-1985', '03-1985', '1985', '–']);
});

it('amounts and numbers have the separators of the language', () => {
  expect(inAll((language) => formatMoney(142_350, language))).toEqual(['€ 1.423,50', '1 423,50 €', '€1,423.50']);
  expect(inAll((language) => formatMoney(-5, language))).toEqual(['€ -0,05', '-0,05 €', '-€0.05']);
  expect(inAll((language) => formatNumber(88_910, language))).toEqual(['88.910', '88 910', '88,910']);
  expect(inAll((language) => formatPercent('99.3', language))).toEqual(['99,3%', '99,3%', '99.3%']);
});

it('names sort by the Ukrainian alphabet', () => {
  const names = ['Їжак', 'Ґава', 'Йосип', 'Іван', 'Гава'];
  expect(names.sort(nameOrder('uk').compare)).toEqual(['Гава', 'Ґава', 'Іван', 'Їжак', 'Йосип']);
});

describe('how many', () => {
  const waiting = (count: number, lng: (typeof languages)[number]) =>
    plain(i18next.t('state.waiting', { ns: 'sync', count, lng }));

  it.each([
    [0, 'змін'],
    [1, 'зміна'],
    [2, 'зміни'],
    [5, 'змін'],
    [11, 'змін'],
    [12, 'змін'],
    [21, 'зміна'],
    [22, 'зміни'],
    [1.5, 'зміни'],
  ])('%d in Ukrainian takes its own form', (count, noun) => {
    const words = waiting(count, 'uk').split(' ');
    expect(words[0]).toBe(plain(formatNumber(count, 'uk')));
    expect(words[1]).toBe(noun);
  });

  it('is one or other in Dutch and English', () => {
    expect([0, 1, 2].map((count) => waiting(count, 'nl').split(' ')[1])).toEqual([
      'wijzigingen',
      'wijziging',
      'wijzigingen',
    ]);
    expect([0, 1, 2].map((count) => waiting(count, 'en').split(' ')[1])).toEqual(['changes', 'change', 'changes']);
  });
});
