import { expect, it } from 'vitest';
import { anAbsence } from '../../../shared/demo/builders.ts';
import { isoDate } from '../../../shared/kernel/dates.ts';
import { absenceDaysInYear, absenceSignal, findAbsence, type Absence } from '../../../shared/reception/presence.ts';

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
  expect([total, 28, 22, 21].map(absenceSignal)).toEqual(['over-limit', 'near-limit', 'near-limit', 'none']);
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
