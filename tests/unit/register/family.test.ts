import { expect, it } from 'vitest';
import { aFamily, aResidentId } from '../../../shared/demo/builders.ts';
import { isoDate } from '../../../shared/kernel/dates.ts';
import { findDoubleMemberships, findReceptionOn, membersOn, toFamily } from '../../../shared/register/family.ts';

const other = '5a5a5a5a-0000-4000-8000-0000000000ff';
const family = (values: Parameters<typeof aFamily>[0], id?: string) => {
  const record = aFamily(values, id);
  return toFamily(record.id, record.values);
};

it('knows its members on a day, first and last day included, the main person first', () => {
  const known = family({ [`member.${other}.2026-01-05`]: { to: '2026-03-31', relation: 'child' } });
  const on = (day: string) => membersOn(known, isoDate(day)).map(({ resident }) => resident);
  expect(on('2026-01-04')).toEqual([]);
  expect(on('2026-01-05')).toEqual([other]);
  expect(on('2026-02-01')).toEqual([aResidentId, other]);
  expect(on('2026-03-31')).toEqual([aResidentId, other]);
  expect(on('2026-04-01')).toEqual([aResidentId]);
});

it('counts somebody added twice offline once, by the later entry', () => {
  const known = family({ [`member.${aResidentId}.2026-02-15`]: { to: null, relation: 'partner' } });
  expect(membersOn(known, isoDate('2026-03-01'))).toEqual([
    { resident: aResidentId, from: '2026-02-15', to: null, relation: 'partner' },
  ]);
});

it('has the reception of the last entry begun', () => {
  const known = family({ 'reception.2026-06-01': { reception: 'private', catered: false } });
  expect(findReceptionOn(known, isoDate('2026-01-31'))).toBeUndefined();
  expect(findReceptionOn(known, isoDate('2026-05-31'))?.reception).toBe('municipal');
  expect(findReceptionOn(known, isoDate('2026-06-01'))?.reception).toBe('private');
});

it('finds one person in two families on the days they share (C3)', () => {
  const first = family({ [`member.${aResidentId}.2026-02-01`]: { to: '2026-06-30', relation: 'child' } });
  const second = (from: string, values = {}) =>
    family(
      {
        [`member.${aResidentId}.2026-02-01`]: null,
        [`member.${aResidentId}.${from}`]: { to: null, relation: 'main-person' },
        ...values,
      },
      other,
    );
  expect(findDoubleMemberships([first, second('2026-06-30')])).toEqual([
    { resident: aResidentId, families: [first.id, other], from: '2026-06-30', to: '2026-06-30' },
  ]);
  expect(findDoubleMemberships([first, second('2026-07-01')])).toEqual([]);
  expect(findDoubleMemberships([first, second('2026-03-01', { _deleted: true })])).toEqual([]);
});
