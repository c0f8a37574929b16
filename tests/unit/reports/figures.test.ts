import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, isoDate } from '../../../shared/kernel/dates.ts';
import { netInflowAverage } from '../../../shared/reception/occupancy.ts';
import { nationalityGroups } from '../../../shared/register/codes.ts';
import {
  countRegistrationFlow,
  countRegistrations,
  registrationGroups,
} from '../../../shared/register/registration.ts';
import { parsePartialDate } from '../../../shared/register/partial-date.ts';
import { ageBandOn, ageBands, composition } from '../../../shared/reports/composition.ts';
import { expiringDocuments, horizonOf } from '../../../shared/reports/expiring-documents.ts';
import { linesBehind, residentsBehind } from '../../../shared/reports/figure.ts';
import { flowIn, netPerWeek } from '../../../shared/reports/flow.ts';
import { bedsBehind, occupantsOf, placeStates, siteOccupancy } from '../../../shared/reports/site-occupancy.ts';
import { day, harbour, north, siteWith, someone, south, stay } from './site.ts';

const threeWeeks = { from: addDays(day, -20), to: day };

describe('occupancy', () => {
  const sites = [siteWith(north, 8, '0599', 1), siteWith(south, 3, '0599'), siteWith(harbour, 2, null)];
  const stays = [
    stay(north, 0, 'p1'),
    stay(north, 1, 'p2'),
    stay(south, 0, 'p3'),
    stay(south, 1, 'p4'),
    stay(south, 2, 'p5'),
  ];
  const report = siteOccupancy(sites, stays, day);
  it('counts places of each site with one decimal', () => {
    expect(report.sites.map(({ percent }) => percent)).toEqual(['25.0', '100.0', '0.0']);
    expect(report.sites[0]).toMatchObject({ realised: 8, available: 5, outOfService: 1, occupied: 2 });
  });
  it('adds up a municipality from places, not from percentages; a site without one stands apart', () => {
    expect(report.municipalities).toMatchObject([
      { code: '0599', realised: 11, available: 5, outOfService: 1, occupied: 5, percent: '45.5' },
      { code: null, realised: 2, occupied: 0, percent: '0.0' },
    ]);
    expect(report.total).toMatchObject({ realised: 13, occupied: 5, percent: '38.5' });
  });
  it('has behind each number exactly that many beds', () => {
    for (const line of report.sites) {
      const own = sites.filter(({ id }) => id === line.site);
      for (const state of placeStates) expect(bedsBehind(own, stays, day, state)).toHaveLength(line[state]);
    }
    expect(bedsBehind(sites, stays, day, 'outOfService')).toEqual([{ site: north, bed: 'b7' }]);
  });
  it('has no percentage without places', () => {
    expect(siteOccupancy([], [], day).total.percent).toBe('');
  });
  it('names who is in a bed once, and nobody whose bed is gone', () => {
    expect(occupantsOf(sites, [...stays, stay(north, 2, 'p1'), stay(north, 99, 'p9')], day)).toEqual([
      'p1',
      'p2',
      'p3',
      'p4',
      'p5',
    ]);
  });
});

describe('flow', () => {
  it('counts the first and the last day, by nationality group', () => {
    const facts = [
      someone('a', { arrivedOn: threeWeeks.from }),
      someone('b', { arrivedOn: day }),
      someone('c', { arrivedOn: addDays(day, 1) }),
      someone('d', { arrivedOn: addDays(threeWeeks.from, -1), departedOn: day }),
      someone('e', { group: 'family', arrivedOn: day }),
    ];
    const flow = flowIn(facts, threeWeeks);
    expect(flow.map(({ group }) => group)).toEqual([...nationalityGroups]);
    expect(flow[0]).toEqual({ group: 'ua', arrivals: ['a', 'b'], departures: ['d'] });
    expect(flow.find(({ group }) => group === 'family')?.arrivals).toEqual(['e']);
  });
  it('gives the published 293 a week for 310 + 275 + 294 in three weeks', () => {
    expect(netPerWeek(310 + 275 + 294, threeWeeks)).toBe(293);
  });
  it('is the mean of the weeks over whole weeks, and scales any other period', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -500, max: 500 }), { minLength: 1, maxLength: 60 }), (weeks) => {
        const period = { from: isoDate('2024-01-01'), to: addDays(isoDate('2024-01-01'), weeks.length * 7 - 1) };
        const net = weeks.reduce((sum, week) => sum + week, 0);
        expect(netPerWeek(net, period)).toBe(netInflowAverage(weeks.map((arrivals) => ({ arrivals, departures: 0 }))));
      }),
      { seed: 20261124 },
    );
    expect(netPerWeek(10, { from: day, to: addDays(day, 9) })).toBe(7);
    expect(netPerWeek(-3, { from: day, to: addDays(day, 13) })).toBe(-1);
  });
});

describe('composition', () => {
  it('puts the day of a birthday in the older band', () => {
    expect(ageBandOn({ birthDate: isoDate('2008-11-24') }, day)).toBe('a18');
    expect(ageBandOn({ birthDate: isoDate('2008-11-25') }, day)).toBe('a12');
    expect(ageBandOn({ birthDate: isoDate('2022-11-24') }, day)).toBe('a4');
    expect(ageBandOn({ birthDate: isoDate('1926-01-01') }, day)).toBe('a65');
  });
  it('keeps people without a birth date, or with an unknown year, apart', () => {
    expect(ageBandOn({ birthDate: null }, day)).toBe('unknown');
    expect(ageBandOn({ birthDate: parsePartialDate('0000-00-00')! }, day)).toBe('unknown');
  });
  it('has everybody who is here in one cell, and nobody who left or is still to come', () => {
    const facts = [
      someone('a'),
      someone('b', { group: 'family', birthDate: null }),
      someone('gone', { departedOn: day }),
      someone('later', { arrivedOn: addDays(day, 1) }),
    ];
    const cells = composition(facts, day).flatMap(({ groups }) => Object.values(groups).flat());
    expect(cells.sort()).toEqual(['a', 'b']);
  });
});

describe('expiring documents', () => {
  it('counts the last valid day as valid', () => {
    expect(
      [day, addDays(day, -1), addDays(day, 30), addDays(day, 31), addDays(day, 181), null].map((until) =>
        horizonOf(until, day),
      ),
    ).toEqual(['d30', 'expired', 'd30', 'd90', 'later', 'open']);
  });
  it('counts of a renewed passport only the new one', () => {
    const facts = [
      someone('a', {
        documents: [
          { type: 'passport', validUntil: isoDate('2020-01-01') },
          { type: 'passport', validUntil: isoDate('2034-01-01') },
          { type: 'o-document', validUntil: isoDate('2026-12-01') },
        ],
      }),
    ];
    expect(expiringDocuments(facts, day).map(({ type, by }) => [type, by.expired, by.d30, by.later])).toEqual([
      ['passport', [], [], ['a']],
      ['o-document', [], ['a'], []],
    ]);
  });
});

it('opens from every figure exactly the people it counts', () => {
  const person = fc.record({
    site: fc.constantFrom(north, south, null),
    group: fc.constantFrom(...nationalityGroups),
    birthDate: fc.constantFrom(null, isoDate('2024-01-01'), isoDate('2010-02-02'), isoDate('1950-03-03')),
    arrivedOn: fc.constantFrom(null, addDays(day, -30), addDays(day, -5), addDays(day, 5)),
    departedOn: fc.constantFrom(null, addDays(day, -3), addDays(day, 3)),
  });
  fc.assert(
    fc.property(fc.array(person, { maxLength: 30 }), (people) => {
      const facts = people.map((one, at) => someone(`p${String(at)}`, one));
      const source = { facts, sites: [], stays: [], day, period: threeWeeks };
      for (const { group, arrivals } of flowIn(facts, threeWeeks)) {
        expect(residentsBehind({ list: 'arrivals', group }, source)).toEqual(arrivals);
      }
      const rows = composition(facts, day);
      for (const band of ageBands) {
        const row = rows.find((one) => one.band === band);
        expect(residentsBehind({ list: 'here', band, group: 'ua' }, source)).toEqual(row?.groups.ua);
      }
      const bySite = [north, south].flatMap((site) => residentsBehind({ list: 'here', site }, source));
      const all = residentsBehind({ list: 'here' }, source);
      expect(bySite.length).toBe(all.filter((id) => facts.find((one) => one.id === id)?.site !== null).length);
    }),
    { seed: 20261124 },
  );
});

describe('a net figure', () => {
  const facts = [
    someone('came', { arrivedOn: day }),
    someone('went', { departedOn: addDays(day, -2), departureReason: 'own-housing' }),
    someone('both', { arrivedOn: addDays(day, -5), departedOn: addDays(day, -1), departureReason: 'other' }),
    someone('before', { arrivedOn: addDays(day, -40), departedOn: addDays(day, -20) }),
    someone('elsewhere', { site: south, group: 'family', arrivedOn: day }),
  ];
  const source = { facts, sites: [], stays: [], day, period: { from: addDays(day, -6), to: day } };

  it('opens who came and who left in the order of the days, with their sign', () => {
    const lines = linesBehind({ list: 'net', site: north }, source);
    expect(lines.map(({ resident, sign, on }) => [resident, sign, on])).toEqual([
      ['both', 1, addDays(day, -5)],
      ['went', -1, addDays(day, -2)],
      ['both', -1, addDays(day, -1)],
      ['came', 1, day],
    ]);
  });
  it('takes a period of its own, and one reason of departure', () => {
    const ids = (days: string) =>
      linesBehind({ list: 'net', site: north, days }, source).map(({ resident }) => resident);
    expect(ids('21')).toContain('before');
    expect(ids('7')).not.toContain('before');
    expect(ids('no number')).toEqual(ids('7'));
    expect(residentsBehind({ list: 'departures', reason: 'own-housing' }, source)).toEqual(['went']);
    expect(residentsBehind({ list: 'departures', reason: 'unknown', days: '21' }, source)).toEqual(['before']);
  });
  it('is the sum of the signs, for whoever, wherever and in any period', () => {
    const person = fc.record({
      group: fc.constantFrom(...nationalityGroups),
      arrivedOn: fc.constantFrom(null, addDays(day, -30), addDays(day, -5), day),
      departedOn: fc.constantFrom(null, addDays(day, -21), addDays(day, -3), addDays(day, 3)),
    });
    fc.assert(
      fc.property(fc.array(person, { maxLength: 30 }), fc.integer({ min: 1, max: 40 }), (people, length) => {
        const all = people.map((one, at) => someone(`p${String(at)}`, one));
        const period = { from: addDays(day, 1 - length), to: day };
        for (const { group, arrivals, departures } of flowIn(all, period)) {
          const lines = linesBehind({ list: 'net', group }, { ...source, facts: all, period });
          expect(lines.reduce((sum, { sign }) => sum + (sign ?? 0), 0)).toBe(arrivals.length - departures.length);
          expect(lines).toHaveLength(arrivals.length + departures.length);
        }
      }),
      { seed: 20261125 },
    );
  });
});

it('opens behind every count of registrations exactly what it counts', () => {
  const span = fc.record({
    key: fc.constant('k'),
    from: fc.constantFrom(addDays(day, -400), addDays(day, -30), addDays(day, -4)),
    to: fc.constantFrom(null, addDays(day, -10), addDays(day, -2), addDays(day, 9)),
    municipality: fc.constant('0599'),
    reason: fc.constant(null),
    destination: fc.constant(null),
  });
  const person = fc.record({
    nationality: fc.constantFrom<readonly string[]>(['UA'], ['UA', 'NL'], ['GE'], []),
    brp: fc.array(span, { maxLength: 3 }),
  });
  fc.assert(
    fc.property(fc.array(person, { maxLength: 20 }), (people) => {
      const facts = people.map((one, at) => someone(`p${String(at)}`, one));
      const period = { from: addDays(day, -20), to: day };
      const source = { facts, sites: [], stays: [], day, period };
      const stock = countRegistrations(facts, day);
      const flow = countRegistrationFlow(facts, period.from, day);
      for (const group of registrationGroups) {
        const sizeOf = (list: 'registered' | 'deregistered' | 'registrations' | 'deregistrations') =>
          linesBehind({ list, group }, source).length;
        expect(sizeOf('registered')).toBe(stock[`registered${group}`]);
        expect(sizeOf('deregistered')).toBe(stock[`deregistered${group}`]);
        expect(sizeOf('registrations')).toBe(flow[`inflow${group}`]);
        expect(sizeOf('deregistrations')).toBe(flow[`outflow${group}`]);
        const net = linesBehind({ list: 'registrationNet', group }, source);
        expect(net.reduce((sum, { sign }) => sum + (sign ?? 0), 0)).toBe(
          flow[`inflow${group}`] - flow[`outflow${group}`],
        );
      }
    }),
    { seed: 20261125 },
  );
});
