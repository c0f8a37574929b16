import { addDays, type IsoDate } from '../kernel/dates.ts';
import { countPlacesTaken, staysOn, takenOn, type BedStay, type PlaceCounts } from '../reception/bed-stay.ts';
import { groupBy } from '../kernel/group.ts';
import { occupancyPercent } from '../reception/occupancy.ts';
import { isInUse, isOutOfService, type Bed, type Site } from '../reception/site.ts';

export type OccupancyLine = PlaceCounts & {
  /** One decimal with a point; '' without places. Above 100 is shown. */
  readonly percent: string;
  readonly sites: readonly string[];
};
export type MunicipalOccupancy = OccupancyLine & { readonly code: string | null; readonly name: string | null };

const placeNames = ['realised', 'available', 'outOfService', 'occupied'] as const;

function lineOf(sites: readonly Site[], countsOf: ReadonlyMap<string, PlaceCounts>): OccupancyLine {
  const sum = sumPlaces(sites.map(({ id }) => countsOf.get(id)));
  return {
    ...sum,
    percent: sites.some(({ shelter }) => shelter === 'private') ? '' : occupancyPercent(sum.occupied, sum.realised),
    sites: sites.map(({ id }) => id),
  };
}

/** Places of several sites together. */
export function sumPlaces(counts: readonly (PlaceCounts | undefined)[]): PlaceCounts {
  const sum = { realised: 0, available: 0, outOfService: 0, occupied: 0 };
  for (const one of counts) for (const name of placeNames) sum[name] += one?.[name] ?? 0;
  return sum;
}

/** Places of each site on `day`, by id: the stays are gone through once, however many sites there are. */
export function placesBySite(
  sites: readonly Site[],
  stays: readonly BedStay[],
  day: IsoDate,
): ReadonlyMap<string, PlaceCounts> {
  const taken = takenOn(stays, day);
  return new Map(sites.map((site) => [site.id, countPlacesTaken(site, taken, day)]));
}

/**
 * Places on `day` of each site, each municipality (sites without one together, at the end) and all of them. Private
 * shelter stands in its own line without a rate, and in no sum (register.md §9).
 */
export function siteOccupancy(
  sites: readonly Site[],
  stays: readonly BedStay[],
  day: IsoDate,
): {
  readonly sites: readonly (OccupancyLine & { readonly site: string })[];
  readonly municipalities: readonly MunicipalOccupancy[];
  readonly total: OccupancyLine;
} {
  const countsOf = placesBySite(sites, stays, day);
  const municipal = sites.filter(({ shelter }) => shelter === 'municipal');
  const byCode = [...groupBy(municipal, ({ municipality }) => municipality?.code ?? null)];
  byCode.sort(([a], [b]) => (a === null ? 1 : b === null ? -1 : a < b ? -1 : 1));
  return {
    sites: sites.map((site) => ({ site: site.id, ...lineOf([site], countsOf) })),
    municipalities: byCode.map(([code, own]) => ({
      code,
      name: own[0]?.municipality?.name ?? null,
      ...lineOf(own, countsOf),
    })),
    total: lineOf(municipal, countsOf),
  };
}

/** `short`: in this bed for less than three nights (register.md §9: 72 hours). */
export type StayLength = 'short' | 'long';
const shortNights = 3;

/** Who sleeps in a bed of these sites in the night that begins on `day`, in the order of the stays; each once. */
export function occupantsOf(
  sites: readonly Site[],
  stays: readonly BedStay[],
  day: IsoDate,
  length?: StayLength,
): readonly string[] {
  const beds = new Map(sites.map(({ id, beds: own }) => [id, own]));
  const shortSince = addDays(day, 1 - shortNights);
  const isWanted = ({ site, bed, from }: BedStay) =>
    beds.get(site)?.has(bed) === true && (length === undefined || length === (from >= shortSince ? 'short' : 'long'));
  return [
    ...new Set(
      staysOn(stays, day)
        .filter(isWanted)
        .map(({ resident }) => resident),
    ),
  ];
}

/** What places are counted by; `realised` are all of them. */
export const placeStates = placeNames;
export type PlaceState = (typeof placeStates)[number];

/** The beds behind a number of places, in the order of sites and beds; they add up as `countPlaces` counts. */
export function bedsBehind(
  sites: readonly Site[],
  stays: readonly BedStay[],
  day: IsoDate,
  state: PlaceState,
): readonly { readonly site: string; readonly bed: string }[] {
  const takenBySite = takenOn(stays, day);
  return sites.flatMap((site) => {
    const taken = takenBySite.get(site.id);
    const isWanted = (bed: Bed): boolean => {
      if (taken?.has(bed.key) === true) return state === 'realised' || state === 'occupied';
      if (!isInUse(bed, day)) return false;
      return state === 'realised' || state === (isOutOfService(bed, day) ? 'outOfService' : 'available');
    };
    return [...site.beds.values()].filter(isWanted).map(({ key }) => ({ site: site.id, bed: key }));
  });
}
