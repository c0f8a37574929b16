import { addDays, type IsoDate } from '../kernel/dates.ts';
import type { BedStay } from '../reception/bed-stay.ts';
import { groupBy } from '../kernel/group.ts';
import { occupancyPercent } from '../reception/occupancy.ts';
import type { Site } from '../reception/site.ts';
import { isInPeriod } from './flow.ts';
import { isHereOn, type ReportFacts } from './report-facts.ts';
import { placesBySite, sumPlaces, type PlaceState } from './site-occupancy.ts';

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
  const countsOf = placesBySite(sites, stays, day);
  const peopleOf = groupBy(facts, ({ site }) => site);
  const week = { from: addDays(day, -6), to: day };
  const lineOf = (own: readonly Site[]): RegionLine => {
    const places = sumPlaces(own.map(({ id, shelter }) => (shelter === 'municipal' ? countsOf.get(id) : undefined)));
    const people = { municipal: 0, private: 0 };
    let [arrivals, departures] = [0, 0];
    for (const { id, shelter } of own) {
      for (const person of peopleOf.get(id) ?? []) {
        if (isHereOn(person, day)) people[shelter] += 1;
        if (isInPeriod(person.arrivedOn, week)) arrivals += 1;
        if (isInPeriod(person.departedOn, week)) departures += 1;
      }
    }
    return {
      ...places,
      percent: occupancyPercent(places.occupied, places.realised),
      municipalPeople: people.municipal,
      privatePeople: people.private,
      arrivals,
      departures,
    };
  };
  const byCode = [...groupBy(sites, ({ safetyRegion }) => safetyRegion)];
  byCode.sort(([a], [b]) => (a === null ? 1 : b === null ? -1 : a < b ? -1 : 1));
  return { regions: byCode.map(([code, own]) => ({ code, ...lineOf(own) })), total: lineOf(sites) };
}
