import fc from 'fast-check';
import { expect, it } from 'vitest';
import { anAbsence } from '../../../shared/demo/builders.ts';
import { addDays, isoDate } from '../../../shared/kernel/dates.ts';
import {
  absenceDaysInYear,
  absenceSignal,
  absenceSpell,
  absenceStanding,
  findAbsence,
  type Absence,
} from '../../../shared/reception/presence.ts';

const absence = (from: string, until: string | null, overrides: Partial<Absence> = {}): Absence => ({
  id: from,
  resident: 'r',
  from: isoDate(from),
  until: until === null ? null : isoDate(until),
  reason: 'announced',
  void: false,
  ...overrides,
});
const days = (year: number, absences: readonly Absence[], count?: 'both-days' | 'nights', upTo = '2027-12-31') =>
  absenceDaysInYear(absences, year, isoDate(upTo), count);

it('adds up to a signal above 28 days (A-1) and not at 28 (A-3)', () => {
  const total = days(2025, [absence('2025-02-01', '2025-02-15'), absence('2025-05-01', '2025-05-14')]);
  expect(total).toBe(29);
  expect([total, 28, 22, 21].map((one) => absenceSignal(one))).toEqual([
    'over-limit',
    'near-limit',
    'near-limit',
    'none',
  ]);
});

it('splits at the turn of the year (A-2)', () => {
  const winter = [absence('2025-12-20', '2026-01-10')];
  expect([days(2025, winter), days(2026, winter)]).toEqual([12, 10]);
  expect([days(2025, winter, 'nights'), days(2026, winter, 'nights')]).toEqual([12, 9]);
});

it('counts overlapping and touching absences once and void ones not', () => {
  expect(
    days(2026, [
      absence('2026-02-01', '2026-02-10'),
      absence('2026-02-05', '2026-02-12'),
      absence('2026-02-12', '2026-02-13'),
    ]),
  ).toBe(13);
  expect(days(2026, [absence('2026-02-01', '2026-02-10'), absence('2026-02-03', '2026-02-04')])).toBe(10);
  expect(days(2026, [absence('2026-02-01', '2026-02-10', { void: true })])).toBe(0);
});

it('counts an open absence up to the day asked for, and nothing before the rule began', () => {
  expect(days(2026, [absence('2026-11-01', null)], 'both-days', '2026-11-24')).toBe(24);
  expect(days(2026, [absence('2026-11-25', null)], 'both-days', '2026-11-24')).toBe(0);
  expect(days(2024, [absence('2024-06-20', '2024-07-03')])).toBe(3);
});

it('is read from its record', () => {
  const { id, values } = anAbsence();
  expect(findAbsence(id, values)).toMatchObject({ from: '2026-06-01', until: '2026-06-15', void: false });
  expect(findAbsence(id, {})).toBeUndefined();
});

it('joins absences without a day between into one spell', () => {
  const touching = [absence('2026-03-01', '2026-03-10'), absence('2026-03-10', null)];
  const on = isoDate('2026-03-15');
  expect(absenceSpell(touching, on)).toEqual({ from: '2026-03-01', days: 15 });
  expect(absenceSpell(touching, on, 'nights')).toEqual({ from: '2026-03-01', days: 15 });
  expect(absenceSpell([absence('2026-03-01', '2026-03-10')], on)).toBeNull();
  expect(absenceSpell([absence('2026-03-01', '2026-03-12'), absence('2026-03-14', null)], on)?.from).toBe('2026-03-14');
});

it('counts by spell before July 2024 and by calendar year after it', () => {
  const spring = [absence('2024-01-01', '2024-01-20'), absence('2024-06-01', null)];
  expect(absenceStanding(spring, isoDate('2024-06-21'))).toMatchObject({
    per: 'spell',
    days: 21,
    signal: 'near-limit',
  });
  expect(absenceStanding(spring, isoDate('2024-06-28'))).toMatchObject({ days: 28, signal: 'near-limit' });
  expect(absenceStanding(spring, isoDate('2024-06-29'))).toMatchObject({ days: 29, signal: 'over-limit' });
  const ended = [absence('2024-06-01', '2024-06-21')];
  expect(absenceStanding(ended, isoDate('2024-06-21')).days).toBe(21);
  expect(absenceStanding(ended, isoDate('2024-06-20'), 'nights').days).toBe(20);
  expect(absenceStanding(ended, isoDate('2024-06-21'), 'nights').days).toBe(0);
  const later = [absence('2025-02-01', '2025-02-15'), absence('2025-05-01', '2025-05-14')];
  const standing = absenceStanding(later, isoDate('2025-05-02'));
  expect(standing).toMatchObject({ per: 'calendar-year', yearDays: 17, plannedDays: 29, maxDays: 28, signal: 'none' });
});

it('agrees with a count day by day', () => {
  const anyAbsence = fc.record({ from: fc.nat(40), days: fc.option(fc.nat(12)), void: fc.boolean() });
  fc.assert(
    fc.property(fc.array(anyAbsence, { maxLength: 5 }), fc.nat(60), fc.boolean(), (drawn, at, byNights) => {
      const first = isoDate('2025-12-10');
      const known = drawn.map((facts) => {
        const from = addDays(first, facts.from);
        return absence(from, facts.days === null ? null : addDays(from, facts.days), { void: facts.void });
      });
      const upTo = addDays(first, at);
      const isAway = (day: string) =>
        known.some(
          ({ from, until, ...one }) =>
            !one.void && from <= day && (until === null || (byNights ? day < until : day <= until)),
        );
      const away = (year: string) =>
        Array.from({ length: at + 1 }, (_unused, on) => addDays(first, on)).filter(
          (day) => day.startsWith(year) && isAway(day),
        ).length;
      const count = byNights ? 'nights' : 'both-days';
      for (const year of [2025, 2026]) {
        expect(absenceDaysInYear(known, year, upTo, count)).toBe(away(String(year)));
      }
      let spell = 0;
      while (isAway(addDays(upTo, -spell))) spell++;
      expect(absenceSpell(known, upTo, count)?.days ?? 0).toBe(spell);
    }),
    { seed: 20261124 },
  );
});
