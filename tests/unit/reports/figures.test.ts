import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, isoDate } from '../../../shared/kernel/dates.ts';
import { netInflowAverage } from '../../../shared/reception/occupancy.ts';
import { nationalityGroups } from '../../../shared/register/codes.ts';
import { parsePartialDate } from '../../../shared/register/partial-date.ts';
import { ageBandOn, ageBands, composition } from '../../../shared/reports/composition.ts';
import { expiringDocuments, horizonOf } from '../../../shared/reports/expiring-documents.ts';
import { residentsBehind } from '../../../shared/reports/figure.ts';
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
