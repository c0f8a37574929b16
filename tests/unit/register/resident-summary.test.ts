import { expect, it } from 'vitest';
import { aBedStay, aFamily, anAbsence, aResident, aSite, aSiteId } from '../../../shared/demo/builders.ts';
import { isoDate } from '../../../shared/kernel/dates.ts';
import { findBedStay } from '../../../shared/reception/bed-stay.ts';
import { findAbsence } from '../../../shared/reception/presence.ts';
import { toSite } from '../../../shared/reception/site.ts';
import type { FieldValues } from '../../../shared/records/record.ts';
import { toFamily } from '../../../shared/register/family.ts';
import { summaryOf } from '../../../shared/register/resident-summary.ts';
import { toResident } from '../../../shared/register/resident.ts';

const site = toSite(aSite().id, aSite().values);
const context = {
  stays: [findBedStay(aBedStay().id, aBedStay().values)].filter((stay) => stay !== undefined),
  absences: [findAbsence(anAbsence().id, anAbsence().values)].filter((absence) => absence !== undefined),
  families: [toFamily(aFamily().id, aFamily().values)],
  roomOf: (_site: string, bed: string) => site.beds.get(bed)?.room ?? null,
};
const departure = { date: '2026-09-01', reason: 'unknown', destination: null };
const on = (day: string) => {
  const { id, values } = aResident({ departure });
  return summaryOf(toResident(id, values), { rev: 4, unsettled: true }, context, isoDate(day));
};

it('holds what the list shows and nothing that must stay sealed', () => {
  const summary = on('2026-03-01');
  expect(summary).toMatchObject({
    rev: 4,
    unsettled: true,
    family: 'Kovalenko',
    site: aSiteId,
    room: 'a1',
    bed: 'a1-1',
    familyId: aFamily().id,
  });
  const text = JSON.stringify(summary);
  for (const secret of ['999993653', '2812345678', 'FA123456']) expect(text).not.toContain(secret);
});

it.each([
  ['2026-01-31', 'expected'],
  ['2026-02-01', 'present'],
  ['2026-05-31', 'present'],
  ['2026-06-01', 'absent'],
  ['2026-06-14', 'absent'],
  ['2026-06-15', 'present'],
  ['2026-08-31', 'present'],
  ['2026-09-01', 'departed'],
])('on %s the resident is %s', (day, status) => {
  expect(on(day).status).toBe(status);
});

it('shows no bed after departure, even while the stay was not ended', () => {
  expect(on('2026-09-01')).toMatchObject({ room: null, bed: null, site: aSiteId });
});

it('says of a child without parents, and of nobody else, that nobody with authority is recorded on the day', () => {
  const lacksOn = (day: string, values: FieldValues) =>
    summaryOf(
      toResident(aResident().id, aResident({ birthDate: '2012-05-01', unaccompanied: true, ...values }).values),
      { rev: 1, unsettled: false },
      context,
      isoDate(day),
    ).lacksGuardian;
  const court = { guardianKind: 'court', to: '2026-06-30' };
  expect(lacksOn('2026-03-01', {})).toBe(true);
  expect(lacksOn('2026-03-01', { unaccompanied: false })).toBeUndefined();
  expect(lacksOn('2026-06-30', { 'guardian.2026-03-01': court })).toBeUndefined();
  expect(lacksOn('2026-07-01', { 'guardian.2026-03-01': court })).toBe(true);
  expect(lacksOn('2026-07-01', { 'guardian.2026-03-01': { guardianKind: 'companion', to: null } })).toBe(true);
  expect(lacksOn('2030-05-01', {})).toBeUndefined();
});
