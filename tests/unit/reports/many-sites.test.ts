import { describe, expect, it } from 'vitest';
import { findDoubleBookings } from '../../../shared/reception/bed-stay.ts';
import { regionReport } from '../../../shared/reports/region-report.ts';
import { bedsBehind, placesBySite, siteOccupancy } from '../../../shared/reports/site-occupancy.ts';
import { day, siteWith, stay } from './site.ts';

const siteId = (no: number) => `11111111-1111-4111-8111-${String(no).padStart(12, '0')}`;
const [siteCount, perSite] = [60, 20];
const sites = Array.from({ length: siteCount }, (_, no) => siteWith(siteId(no), perSite, String(no % 7)));

/** Stays that count how often somebody looks at one. */
function countedStays() {
  const counter = { looks: 0 };
  const stays = sites.flatMap(({ id }, no) =>
    Array.from({ length: perSite / 2 }, (_, bed) => {
      const one = stay(id, bed, `p${String(no)}-${String(bed)}`);
      return Object.defineProperty({ ...one }, 'from', {
        get: () => {
          counter.looks += 1;
          return one.from;
        },
      });
    }),
  );
  return { stays, counter };
}

describe('reports over many sites go through the stays a few times, not once for every site', () => {
  it.each([
    ['occupancy', (stays: Stays) => siteOccupancy(sites, stays, day).total.occupied],
    ['regions', (stays: Stays) => regionReport(sites, [], stays, day).total.occupied],
    ['the beds behind a figure', (stays: Stays) => bedsBehind(sites, stays, day, 'occupied').length],
    ['free places of today', (stays: Stays) => placesBySite(sites, stays, day).size * (perSite / 2)],
  ] as const)('%s', (_name, report) => {
    const { stays, counter } = countedStays();
    expect(report(stays)).toBe(siteCount * (perSite / 2));
    expect(counter.looks / stays.length).toBeLessThanOrEqual(3);
  });

  it('double bookings', () => {
    const { stays, counter } = countedStays();
    expect(findDoubleBookings(stays, () => undefined)).toEqual([]);
    expect(counter.looks / stays.length).toBeLessThanOrEqual(3);
  });
});

type Stays = ReturnType<typeof countedStays>['stays'];
