import { isoDate } from '../../../shared/kernel/dates.ts';
import type { BedStay } from '../../../shared/reception/bed-stay.ts';
import { toSite, type Site } from '../../../shared/reception/site.ts';
import type { ReportFacts } from '../../../shared/reports/report-facts.ts';

export const day = isoDate('2026-11-24');
export const north = '11111111-1111-4111-8111-111111111111';
export const south = '22222222-2222-4222-8222-222222222222';
export const harbour = '33333333-3333-4333-8333-333333333333';

/** A site with beds b0, b1, …; the last `closed` ones are out of service. */
export function siteWith(id: string, beds: number, municipality: string | null, closed = 0): Site {
  return toSite(id, {
    placement: { site: id },
    name: id,
    ...(municipality === null ? {} : { municipality: { code: municipality, name: `M${municipality}` } }),
    'building.g': { name: 'A' },
    'room.r': { building: 'g', name: '1', floor: 0 },
    ...Object.fromEntries(
      Array.from({ length: beds }, (_, at) => [
        `bed.b${String(at)}`,
        {
          room: 'r',
          name: String(at),
          outOfService: at >= beds - closed ? { reason: 'lek', from: '2026-01-01', until: null } : null,
        },
      ]),
    ),
  });
}

export const stay = (site: string, bed: number, resident: string, from = '2026-01-01'): BedStay => ({
  id: `${site}-${String(bed)}-${resident}`,
  site,
  bed: `b${String(bed)}`,
  resident,
  from: isoDate(from),
  until: null,
  void: false,
  shared: false,
});

export const someone = (id: string, over: Partial<ReportFacts> = {}): ReportFacts => ({
  id,
  site: north,
  group: 'ua',
  birthDate: isoDate('1990-05-01'),
  arrivedOn: isoDate('2023-04-01'),
  departedOn: null,
  departureReason: null,
  nationality: ['UA'],
  brp: [],
  documents: [],
  ...over,
});
