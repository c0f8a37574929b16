import { describe, expect, it } from 'vitest';
import { addDays } from '../../../shared/kernel/dates.ts';
import { toSite, type Site } from '../../../shared/reception/site.ts';
import { safetyRegionName, safetyRegionsOn } from '../../../shared/reception/safety-regions.ts';
import { residentsBehind, type Figure } from '../../../shared/reports/figure.ts';
import { regionReport } from '../../../shared/reports/region-report.ts';
import { siteOccupancy } from '../../../shared/reports/site-occupancy.ts';
import { makeWeeklyReport } from '../../../shared/reports/weekly-report.ts';
import { day, harbour, north, siteWith, someone, south, stay } from './site.ts';

const classed = (site: Site, safetyRegion: string | null, shelter: Site['shelter']): Site => ({
  ...site,
  safetyRegion,
  shelter,
});
const sites = [
  classed(siteWith(north, 4, '0599', 1), 'VR17', 'municipal'),
  classed(siteWith(south, 2, '0599'), 'VR17', 'private'),
  classed(siteWith(harbour, 1, '0363'), null, 'municipal'),
];
const facts = [
  someone('n1'),
  someone('n2', { arrivedOn: addDays(day, -6) }),
  someone('s1', { site: south }),
  someone('s2', { site: south, arrivedOn: addDays(day, -7), departedOn: addDays(day, -1) }),
  someone('h1', { site: harbour, arrivedOn: day }),
  someone('nowhere', { site: null, arrivedOn: day }),
];
const stays = [stay(north, 0, 'n1'), stay(north, 1, 'n2'), stay(south, 0, 's1')];
const { regions, total } = regionReport(sites, facts, stays, day);

describe('the week by safety region', () => {
  it('has the counts worked out by hand: private shelter apart, not in places and rate', () => {
    expect(regions).toEqual([
      {
        code: 'VR17',
        ...{ realised: 4, available: 1, outOfService: 1, occupied: 2, percent: '50.0' },
        ...{ municipalPeople: 2, privatePeople: 1, arrivals: 1, departures: 1 },
      },
      {
        code: null,
        ...{ realised: 1, available: 1, outOfService: 0, occupied: 0, percent: '0.0' },
        ...{ municipalPeople: 1, privatePeople: 0, arrivals: 1, departures: 0 },
      },
    ]);
    expect(total).toEqual({
      ...{ realised: 5, available: 2, outOfService: 1, occupied: 2, percent: '40.0' },
      ...{ municipalPeople: 3, privatePeople: 1, arrivals: 2, departures: 1 },
    });
  });

  it.each<[Figure, readonly string[]]>([
    [{ list: 'here', region: 'VR17', shelter: 'municipal' }, ['n1', 'n2']],
    [{ list: 'here', region: 'VR17', shelter: 'private' }, ['s1']],
    [{ list: 'here', shelter: 'municipal' }, ['n1', 'n2', 'h1']],
    [{ list: 'arrivals', region: 'none' }, ['h1']],
    [{ list: 'arrivals', region: 'any' }, ['n2', 'h1']],
    [{ list: 'departures', region: 'VR17' }, ['s2']],
  ])('%j opens as many people as it says', (figure, ids) => {
    const period = { from: addDays(day, -6), to: day };
    expect(residentsBehind(figure, { facts, sites, stays, day, period })).toEqual(ids);
  });

  it('leaves private shelter out of the sums of the occupancy, and its own line has no rate', () => {
    const report = siteOccupancy(sites, stays, day);
    expect(report.total).toMatchObject({ realised: 5, percent: '40.0' });
    expect(report.sites.map(({ percent }) => percent)).toEqual(['50.0', '', '0.0']);
    expect(report.municipalities.map(({ code, realised }) => [code, realised])).toEqual([
      ['0363', 1],
      ['0599', 4],
    ]);
  });

  it('stands in the weekly report of the site', () => {
    const of = (at: number) => makeWeeklyReport(sites[at] ?? siteWith(north, 0, null), facts, stays, day, null);
    expect(of(0)).toMatchObject({ safetyRegion: 'VR17', shelter: 'municipal', privatePeople: 0, percent: '50.0' });
    expect(of(1)).toMatchObject({ safetyRegion: 'VR17', shelter: 'private', privatePeople: 1, percent: '' });
  });
});

describe('the region of a site', () => {
  it('is not known and the shelter municipal, until somebody says so', () => {
    expect(toSite(north, {})).toMatchObject({ safetyRegion: null, shelter: 'municipal' });
    const values = { safetyRegion: 'VR13', shelter: 'private' };
    expect(toSite(north, values)).toMatchObject(values);
    expect(toSite(north, { safetyRegion: 'Amsterdam', shelter: 'tent' })).toMatchObject({
      safetyRegion: null,
      shelter: 'municipal',
    });
  });

  it('is one of twenty-five', () => {
    const codes = safetyRegionsOn(day).map(({ code }) => code);
    expect(new Set(codes).size).toBe(25);
    expect(safetyRegionName('VR13')).toBe('Amsterdam-Amstelland');
    expect(safetyRegionName('VR99')).toBe('VR99');
  });
});
