import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { addDays, daysBetween, isoDate, type IsoDate } from '../../../shared/kernel/dates.ts';

const plain = (day: IsoDate) => Temporal.PlainDate.from(day);
/** Any day of the years 0001 to 9999. */
const anyDay = fc
  .integer({ min: 0, max: 3_652_000 })
  .map((days) => isoDate(Temporal.PlainDate.from('0001-01-01').add({ days }).toString()));

describe('counting days', () => {
  it('agrees with the calendar of Temporal, over leap years and centuries', () => {
    fc.assert(
      fc.property(anyDay, anyDay, (from, to) => {
        const days = plain(from).until(plain(to), { largestUnit: 'day' }).days;
        expect(daysBetween(from, to)).toBe(days);
        expect(addDays(from, days)).toBe(to);
        expect(addDays(to, -days)).toBe(from);
      }),
      { seed: 20261125, numRuns: 2_000 },
    );
  });
  it('goes through every day of 400 years one by one', () => {
    let day = isoDate('1899-12-31');
    let expected = plain(day);
    for (let at = 0; at < 146_097; at++) {
      day = addDays(day, 1);
      if (at % 61 === 0 || day.endsWith('-02-29') || day.endsWith('-03-01')) {
        expected = plain(isoDate('1899-12-31')).add({ days: at + 1 });
        expect(day).toBe(expected.toString());
      }
    }
    expect(day).toBe('2299-12-31');
  });
  it('refuses days after the year 9999, before the year 0 and parts of days', () => {
    expect(() => addDays(isoDate('9999-12-31'), 1)).toThrow();
    expect(() => addDays(isoDate('0000-01-01'), -1)).toThrow();
    expect(() => addDays(isoDate('2026-01-01'), 0.5)).toThrow();
  });
});
