import { isoDate, lastDayOf, parseIsoDate, ageOn, isoMonth, type IsoDate } from '../kernel/dates.ts';

/**
 * A date of birth as the BRP allows it: `1985-03-12`, day unknown `1985-03-00`, day and month unknown `1985-00-00`,
 * or wholly unknown `0000-00-00`. Without a year there is no month, without a month no day.
 */
export type PartialDate = string & { readonly __brand: 'PartialDate' | 'IsoDate' };

export const unknownDate = '0000-00-00' as PartialDate;

const partialPattern = /^(\d{4})-(\d{2})-(\d{2})$/;

/** Text to a date with known parts that can exist; undefined otherwise (`1985-00-12`, `1985-13-00`, `12-03-1985`). */
export function parsePartialDate(text: string): PartialDate | undefined {
  const parts = partialPattern.exec(text);
  if (!parts) return undefined;
  const [, year, month, day] = parts;
  if (year === '0000') return text === unknownDate ? unknownDate : undefined;
  if (month === '00') return day === '00' ? (text as PartialDate) : undefined;
  if (day === '00') return Number(month) <= 12 ? (text as PartialDate) : undefined;
  return parseIsoDate(text) === undefined ? undefined : (text as PartialDate);
}

/** First day the date can stand for; undefined when even the year is unknown. */
export function earliestDay(date: PartialDate): IsoDate | undefined {
  if (date === unknownDate) return undefined;
  return isoDate(date.replaceAll('-00', '-01'));
}

/** Last day the date can stand for; undefined when even the year is unknown. */
export function latestDay(date: PartialDate): IsoDate | undefined {
  if (date === unknownDate) return undefined;
  if (date.endsWith('-00-00')) return isoDate(`${date.slice(0, 4)}-12-31`);
  return date.endsWith('-00') ? lastDayOf(isoMonth(date.slice(0, 7))) : (date as string as IsoDate);
}

/**
 * Completed years on `day`, counted from the latest day the date can stand for, so that nobody comes of age (and owes a
 * contribution) too early. Undefined when the year is unknown.
 */
export function ageOfPartial(date: PartialDate, day: IsoDate): number | undefined {
  const birthDay = latestDay(date);
  return birthDay === undefined ? undefined : ageOn(birthDay, day);
}
