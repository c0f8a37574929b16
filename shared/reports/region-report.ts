import { addDays, type IsoDate } from '../kernel/dates.ts';
import { countPlaces, type BedStay } from '../reception/bed-stay.ts';
import { occupancyPercent } from '../reception/occupancy.ts';
import type { Site } from '../reception/site.ts';
import { flowIn } from './flow.ts';
import { isHereOn, type ReportFacts } from './report-facts.ts';
import { placeStates, type PlaceState } from './site-occupancy.ts';

/** Which sites a figure is about; what is left out is not filtered by. `none` is a site without a region, `any` every site. */
export type SiteWhere = {
  readonly site?: string | undefined;
  readonly municipality?: string | undefined;
  readonly region?: string | undefined;
  readonly shelter?: string | undefined;
};

/** Whether a site is one of those that a figure is about. */
export const isSiteIn = (site: Site, { site: id, municipality, region, shelter }: SiteWhere): boolean =>
  (id === undefined || id === site.id) &&
  (municipality === undefined || municipality === (site.municipality?.code ?? 'none')) &&
  (region === undefined || region === 'any' || region === (site.safetyRegion ?? 'none')) &&
  (shelter === undefined || shelter === site.shelter);

/** Places and rate of the municipal sites; people in private shelter apart, never in the rate (register.md §9). */
export type RegionLine = Readonly<Record<PlaceState, number>> & {
  readonly percent: string;
  readonly municipalPeople: number;
  readonly privatePeople: number;
  readonly arrivals: number;
  readonly departures: number;
};

/**
 * The week that ends on `day` of every region that has a site, in the order of their codes, sites without a region
 * (`code` null) behind them, and of all together. People without a site are in none of them.
 */
export function regionReport(
  sites: readonly Site[],
  facts: readonly ReportFacts[],
  stays: readonly BedStay[],
  day: IsoDate,
): { readonly regions: readonly (RegionLine & { readonly code: string | null })[]; readonly total: RegionLine } {
  const codes = [...new Set(sites.map(({ safetyRegion }) => safetyRegion))].sort((a, b) =>
    a === null ? 1 : b === null ? -1 : a < b ? -1 : 1,
  );
  const lineOf = (own: readonly Site[]): RegionLine => {
    const municipal = own.filter(({ shelter }) => shelter === 'municipal');
    const counts = municipal.map((site) => countPlaces(site, stays, day));
    const [realised = 0, available = 0, outOfService = 0, occupied = 0] = placeStates.map((name) =>
      counts.reduce((sum, count) => sum + count[name], 0),
    );
    const peopleOf = (some: readonly Site[]) => {
      const ids = new Set(some.map(({ id }) => id));
      return facts.filter(({ site }) => site !== null && ids.has(site));
    };
    const here = (some: readonly Site[]) => peopleOf(some).filter((person) => isHereOn(person, day)).length;
    const flow = flowIn(peopleOf(own), { from: addDays(day, -6), to: day });
    return {
      ...{ realised, available, outOfService, occupied },
      percent: occupancyPercent(occupied, realised),
      municipalPeople: here(municipal),
      privatePeople: here(own.filter(({ shelter }) => shelter === 'private')),
      arrivals: flow.reduce((sum, { arrivals }) => sum + arrivals.length, 0),
      departures: flow.reduce((sum, { departures }) => sum + departures.length, 0),
    };
  };
  return {
    regions: codes.map((code) => ({ code, ...lineOf(sites.filter((site) => site.safetyRegion === code)) })),
    total: lineOf(sites),
  };
}
