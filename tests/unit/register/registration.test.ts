import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aResident } from '../../../shared/demo/builders.ts';
import { addDays, isoDate } from '../../../shared/kernel/dates.ts';
import {
  countRegistrationFlow,
  countRegistrations,
  findProtectionEnd,
  perWeek,
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

  it('take Dutch rows in force and nothing else, however they follow on', () => {
    const next = { ...protectionPeriods.find(({ scope }) => scope === 'NL')!, group: 'all' } as const;
    const row = { ...next, from: isoDate('2027-03-05'), to: isoDate('2028-03-04') };
    const endWith = (over: Partial<typeof row>) =>
      findProtectionEnd('ua', isoDate('2026-11-24'), [...protectionPeriods, { ...row, ...over }]);
    expect(endWith({})).toBe('2028-03-04');
    for (const over of [{ scope: 'EU' }, { status: 'agreed' }, { status: 'reported' }, { kind: 'leave-term' }] as const)
      expect(endWith(over)).toBe('2027-03-04');
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

describe('the flow of registrations', () => {
  const flowOf = (brp: Record<string, ReturnType<typeof period>>, from: string, to: string) =>
    countRegistrationFlow([resident(brp)], isoDate(from), isoDate(to));

  it.each([
    ['2024-01-10', '2024-01-10', 1, 0],
    ['2024-01-11', '2025-01-09', 0, 0],
    ['2025-01-10', '2025-01-10', 0, 1],
    ['2024-01-01', '2026-12-31', 2, 1],
  ])('from %s to %s: %i in, %i out', (from, to, inflow, outflow) => {
    const brp = { 'brp.a': period('2024-01-10', '2025-01-09'), 'brp.b': period('2026-01-01', null) };
    expect(flowOf(brp, from, to)).toEqual({ inflowUa: inflow, inflowOther: 0, outflowUa: outflow, outflowOther: 0 });
  });

  it('counts no move for periods that meet', () => {
    const brp = { 'brp.a': period('2024-01-10', '2025-01-09'), 'brp.b': period('2025-01-10', null) };
    expect(flowOf(brp, '2025-01-01', '2025-12-31')).toMatchObject({ inflowUa: 0, outflowUa: 0 });
  });

  it('explains the difference between two reference dates', () => {
    const day = fc.integer({ min: 0, max: 60 }).map((days) => addDays(isoDate('2026-01-01'), days));
    const spell = fc.record({ from: day, to: fc.option(day) });
    const people = fc.array(fc.record({ ua: fc.boolean(), spells: fc.array(spell, { maxLength: 4 }) }), {
      maxLength: 6,
    });
    fc.assert(
      fc.property(people, day, day, (drawn, one, other) => {
        const [from, to] = one < other ? [one, other] : [other, one];
        const residents = drawn.map(({ ua, spells }) => ({
          deleted: false,
          nationality: [ua ? 'UA' : 'GE'],
          brp: spells
            .filter((entry) => entry.to === null || entry.to >= entry.from)
            .map((entry, at) => ({ ...period(entry.from, null), from: entry.from, to: entry.to, key: String(at) })),
        }));
        const before = countRegistrations(residents, addDays(from, -1));
        const after = countRegistrations(residents, to);
        const flow = countRegistrationFlow(residents, from, to);
        expect(after.registeredUa).toBe(before.registeredUa + flow.inflowUa - flow.outflowUa);
        expect(after.registeredOther).toBe(before.registeredOther + flow.inflowOther - flow.outflowOther);
      }),
      { seed: 31 },
    );
  });

  it.each([
    [879, '2024-01-01', '2024-01-21', 293],
    [-10, '2024-01-01', '2024-01-04', -18],
    [3, '2024-01-01', '2024-01-01', 21],
    [0, '2024-01-01', '2024-01-07', 0],
    [5, '2024-01-08', '2024-01-01', 0],
  ])('%i net from %s to %s is %i a week', (net, from, to, weekly) => {
    expect(perWeek(net, isoDate(from), isoDate(to)) + 0).toBe(weekly);
  });
});
