import { describe, expect, it } from 'vitest';
import { aResident } from '../../../shared/demo/builders.ts';
import { isoDate } from '../../../shared/kernel/dates.ts';
import {
  countRegistrations,
  findProtectionEnd,
  protectionExpiryOf,
  protectionPeriods,
  registrationOn,
} from '../../../shared/register/registration.ts';
import { toResident } from '../../../shared/register/resident.ts';

const resident = (overrides: Parameters<typeof aResident>[0]) =>
  toResident(aResident().id, aResident(overrides).values);
const period = (from: string, to: string | null) => ({
  from,
  to,
  municipality: '0363',
  reason: null,
  destination: null,
});

describe('protection periods', () => {
  it.each([
    ['ua', '2026-11-24', '2027-03-04'],
    ['ua', '2022-03-04', '2027-03-04'],
    ['family', '2026-11-24', '2027-03-04'],
    ['ua', '2022-03-03', undefined],
    ['ua', '2027-03-05', undefined],
    ['temporary-permit', '2023-10-01', '2024-03-04'],
    ['temporary-permit', '2024-03-05', undefined],
  ] as const)('protect %s on %s until %s', (group, day, end) => {
    expect(findProtectionEnd(group, isoDate(day))).toBe(end);
  });

  it('do not take a reported or European row for a Dutch one', () => {
    expect(protectionPeriods.some((row) => row.scope === 'EU' && row.to === '2028-03-04')).toBe(true);
    expect(
      protectionPeriods
        .filter((row) => row.scope === 'NL' && row.status === 'in-force')
        .every((row) => row.to !== null && row.to < '2027-03-05'),
    ).toBe(true);
  });

  it('stand beside the end of the own document', () => {
    const protection = {
      status: 'rtb-proven',
      since: null,
      proofType: 'o-document',
      validUntil: '2026-12-04',
      successor: null,
    };
    expect(protectionExpiryOf(resident({ protection }), isoDate('2026-11-24'))).toEqual({
      protectionEnd: '2027-03-04',
      proofEnd: '2026-12-04',
      daysLeft: 10,
    });
  });
});

describe('BRP', () => {
  const twice = resident({ 'brp.a': period('2024-01-10', '2025-01-09'), 'brp.b': period('2026-01-01', null) });
  it.each([
    ['2024-01-09', 'never'],
    ['2024-01-10', 'registered'],
    ['2025-01-09', 'registered'],
    ['2025-01-10', 'deregistered'],
    ['2026-01-01', 'registered'],
  ] as const)('on %s somebody is %s', (day, state) => {
    expect(registrationOn(twice, isoDate(day))).toBe(state);
  });

  it('counts nationalities apart and leaves deleted records out', () => {
    const current = { 'brp.a': period('2024-01-10', null) };
    const ended = { 'brp.a': period('2024-01-10', '2024-02-01') };
    const people = [
      resident(current),
      resident({ ...ended }),
      resident({ ...current, nationality: ['GE'] }),
      resident({ ...ended, nationality: ['MD'] }),
      resident({ ...current, _deleted: true }),
      resident({}),
    ];
    expect(countRegistrations(people, isoDate('2026-11-24'))).toEqual({
      registeredUa: 1,
      registeredOther: 1,
      deregisteredUa: 1,
      deregisteredOther: 1,
    });
  });
});
