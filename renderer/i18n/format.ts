import { isoDate, type IsoDate, type IsoMonth } from '../../shared/kernel/dates.ts';
import type { Cents } from '../../shared/kernel/money.ts';
import { localeOf, type Language } from './i18n.ts';

/** The only file that makes a `Date` of a day, because Intl asks for one; UTC on both sides keeps it the same day. */
const utc = (day: string) => new Date(`${day}T00:00:00Z`);

const cache = new Map<string, Intl.DateTimeFormat>();
function dateFormat(language: Language, style: keyof typeof styles): Intl.DateTimeFormat {
  const key = `${language} ${style}`;
  const known = cache.get(key) ?? new Intl.DateTimeFormat(localeOf[language], styles[style]);
  cache.set(key, known);
  return known;
}
const styles = {
  short: { day: '2-digit', month: '2-digit', year: 'numeric', timeZone: 'UTC' },
  long: { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' },
  month: { month: 'long', year: 'numeric', timeZone: 'UTC' },
  monthShort: { month: '2-digit', year: 'numeric', timeZone: 'UTC' },
  year: { year: 'numeric', timeZone: 'UTC' },
  time: { hour: '2-digit', minute: '2-digit' },
  moment: { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' },
  fullMoment: { day: 'numeric', month: 'long', year: 'numeric', hour: '2-digit', minute: '2-digit' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

/** 31-12-2025, 31.12.2025 or 31/12/2025. */
export const formatDate = (day: IsoDate, language: Language): string => dateFormat(language, 'short').format(utc(day));
/** 31 december 2025. */
export const formatLongDate = (day: IsoDate, language: Language): string =>
  dateFormat(language, 'long').format(utc(day));
/** december 2025. */
export const formatMonth = (month: IsoMonth, language: Language): string =>
  dateFormat(language, 'month').format(utc(`${month}-01`));
/** 14:32, by the clock of this laptop. */
export const formatTime = (ms: number, language: Language): string => dateFormat(language, 'time').format(new Date(ms));
/** 24 nov, 14:32. */
export const formatMoment = (ms: number, language: Language): string =>
  dateFormat(language, 'moment').format(new Date(ms));

/** The day of a moment, by the clock of this laptop. */
export function localDayOf(ms: number): IsoDate {
  const date = new Date(ms);
  const two = (part: number) => String(part).padStart(2, '0');
  return isoDate(`${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`);
}
/** 24 november 2025, 14:32. */
export const formatFullMoment = (ms: number, language: Language): string =>
  dateFormat(language, 'fullMoment').format(new Date(ms));

/** A birth date of which the BRP knows only the year (`1985-00-00`), year and month, or nothing. */
export function formatPartialDate(date: string, language: Language): string {
  if (!date.endsWith('-00')) return dateFormat(language, 'short').format(utc(date));
  if (date.startsWith('0000')) return '–';
  if (date.endsWith('-00-00')) return date.slice(0, 4);
  return dateFormat(language, 'monthShort').format(utc(`${date.slice(0, 7)}-01`));
}

/** € 1.423,50, 1 423,50 €, €1,423.50. */
export function formatMoney(amount: Cents | number, language: Language): string {
  return new Intl.NumberFormat(localeOf[language], {
    style: 'currency',
    currency: 'EUR',
    // "598,42 EUR" is what Ukrainian gives without it.
    currencyDisplay: 'narrowSymbol',
  }).format(amount / 100);
}

export const formatNumber = (value: number, language: Language): string =>
  new Intl.NumberFormat(localeOf[language]).format(value);

/** 115 %, from 11 500. */
export const formatBasisPoints = (basisPoints: number, language: Language): string =>
  new Intl.NumberFormat(localeOf[language], { style: 'percent', maximumFractionDigits: 2 }).format(
    basisPoints / 10_000,
  );

export const formatList = (parts: readonly string[], language: Language): string =>
  new Intl.ListFormat(localeOf[language], { type: 'conjunction' }).format(parts);

/** Compares names the way the language sorts them: Г < Ґ, І < Ї < Й. */
export const nameOrder = (language: Language): Intl.Collator =>
  new Intl.Collator([localeOf[language], 'uk'], { sensitivity: 'base' });

/** `99.3` as the language writes it; without places there is no rate, which is not 0, so a dash stands for it. */
export function formatPercent(percent: string, language: Language): string {
  if (percent === '') return '–';
  return new Intl.NumberFormat(localeOf[language], {
    style: 'percent',
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  }).format(Number(percent) / 100);
}
