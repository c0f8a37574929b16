import { Temporal } from 'temporal-polyfill';
import { invariant } from './assert.ts';

/** A calendar day `YYYY-MM-DD`. Sorts and compares as text. Never a `Date`. */
export type IsoDate = string & { readonly __brand: 'IsoDate' };
/** A calendar month `YYYY-MM`. */
export type IsoMonth = string & { readonly __brand: 'IsoMonth' };

const datePattern = /^(\d{4})-(\d{2})-(\d{2})$/;
const monthPattern = /^\d{4}-(0[1-9]|1[0-2])$/;

/** Typed or foreign text to a day that exists; undefined otherwise (`2025-02-30`, `2025-2-3`, ``). */
export function parseIsoDate(text: string): IsoDate | undefined {
  const [, year, month, day] = datePattern.exec(text)?.map(Number) ?? [];
  if (year === undefined || month === undefined || day === undefined) return undefined;
  return day >= 1 && day <= daysIn(year, month) ? (text as IsoDate) : undefined;
}

/** Every amount and every line of a list asks for days; 0 for a month that does not exist. */
function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month < 1 || month > 12 ? 0 : [4, 6, 9, 11].includes(month) ? 30 : 31;
}

export function parseIsoMonth(text: string): IsoMonth | undefined {
  return monthPattern.test(text) ? (text as IsoMonth) : undefined;
}

/** For values known to be right; anything else throws as a bug. Typed text goes through `parseIsoDate`. */
export function isoDate(text: string): IsoDate {
  const day = parseIsoDate(text);
  invariant(day !== undefined, 'not a calendar day');
  return day;
}

export function isoMonth(text: string): IsoMonth {
  const month = parseIsoMonth(text);
  invariant(month !== undefined, 'not a calendar month');
  return month;
}

export const monthOf = (day: IsoDate): IsoMonth => isoMonth(day.slice(0, 7));
export const firstDayOf = (month: IsoMonth): IsoDate => `${month}-01` as IsoDate;

export function lastDayOf(month: IsoMonth): IsoDate {
  const days = daysIn(Number(month.slice(0, 4)), Number(month.slice(5)));
  return isoDate(`${month}-${String(days)}`);
}

/** The day `days` after `day`; negative counts back. */
export function addDays(day: IsoDate, days: number): IsoDate {
  invariant(Number.isSafeInteger(days), 'days are whole');
  return isoDate(dayFrom(dayNumber(day) + days));
}

/** The month `months` after `month`; negative counts back. */
export function addMonths(month: IsoMonth, months: number): IsoMonth {
  return isoMonth(Temporal.PlainYearMonth.from(month).add({ months }).toString());
}

/** The same day so many months on, or the last day of that month where it is shorter. */
export function monthsAfter(day: IsoDate, months: number): IsoDate {
  const month = addMonths(monthOf(day), months);
  const last = lastDayOf(month);
  return last.slice(8) < day.slice(8) ? last : isoDate(`${month}-${day.slice(8)}`);
}

/** Days from `from` to `to`: 0 for the same day, negative when `to` is earlier. */
export function daysBetween(from: IsoDate, to: IsoDate): number {
  return dayNumber(to) - dayNumber(from);
}

// Lists of a country count days by the hundred thousand; Temporal makes several objects for each.
const [daysPer400Years, daysPer100Years, daysPer4Years] = [146_097, 36_524, 1_461];
const whole = (a: number, b: number): number => Math.floor(a / b);
/** Days before a month in a year that begins on 1 March: leap days then come last. */
const daysBeforeMonth = (monthFromMarch: number): number => whole(153 * monthFromMarch + 2, 5);

/** Days since 1 March of the year 0. */
function dayNumber(day: IsoDate): number {
  const month = Number(day.slice(5, 7));
  const year = Number(day.slice(0, 4)) - (month < 3 ? 1 : 0);
  const leapDays = whole(year, 4) - whole(year, 100) + whole(year, 400);
  return year * 365 + leapDays + daysBeforeMonth((month + 9) % 12) + Number(day.slice(8)) - 1;
}

function dayFrom(days: number): string {
  const era = whole(days, daysPer400Years);
  const ofEra = days - era * daysPer400Years;
  const century = Math.min(3, whole(ofEra, daysPer100Years));
  const ofCentury = ofEra - century * daysPer100Years;
  const four = whole(ofCentury, daysPer4Years);
  const ofFour = ofCentury - four * daysPer4Years;
  const one = Math.min(3, whole(ofFour, 365));
  const ofYear = ofFour - one * 365;
  const monthFromMarch = whole(5 * ofYear + 2, 153);
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  const year = era * 400 + century * 100 + four * 4 + one + (month < 3 ? 1 : 0);
  const two = (part: number) => String(part).padStart(2, '0');
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(ofYear - daysBeforeMonth(monthFromMarch) + 1)}`;
}

/** Completed years on `day`; a person born on 29 February is a year older from 1 March. -1 and less before birth. */
export function ageOn(birthDate: IsoDate, day: IsoDate): number {
  const years = Number(day.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return day.slice(5) < birthDate.slice(5) ? years - 1 : years;
}
