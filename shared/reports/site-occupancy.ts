import { daysBetween, type IsoDate } from '../kernel/dates.ts';
import { countPlaces, staysOn, type BedStay, type PlaceCounts } from '../reception/bed-stay.ts';
import { occupancyPercent } from '../reception/occupancy.ts';
import { isInUse, isOutOfService, type Bed, type Site } from '../reception/site.ts';

export type OccupancyLine = PlaceCounts & {
  /** One decimal with a point; '' without places. Above 100 is shown. */
  readonly percent: string;
  readonly sites: readonly string[];
};
export type MunicipalOccupancy = OccupancyLine & { readonly code: string | null; readonly name: string | null };

const placeNames = ['realised', 'available', 'outOfService', 'occupied'] as const;

function lineOf(sites: readonly Site[], stays: readonly BedStay[], day: IsoDate): OccupancyLine {
  const counts = sites.map((site) => countPlaces(site, stays, day));
  const [realised = 0, available = 0, outOfService = 0, occupied = 0] = placeNames.map((name) =>
    counts.reduce((sum, count) => sum + count[name], 0),
  );
  return {
    ...{ realised, available, outOfService, occupied },
    percent: sites.some(({ shelter }) => shelter === 'private') ? '' : occupancyPercent(occupied, realised),
    sites: sites.map(({ id }) => id),
  };
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
  const municipal = sites.filter(({ shelter }) => shelter === 'municipal');
  const codes = [...new Set(municipal.map(({ municipality }) => municipality?.code ?? null))].sort((a, b) =>
    a === null ? 1 : b === null ? -1 : a < b ? -1 : 1,
  );
  return {
    sites: sites.map((site) => ({ site: site.id, ...lineOf([site], stays, day) })),
    municipalities: codes.map((code) => {
      const own = municipal.filter(({ municipality }) => (municipality?.code ?? null) === code);
      return { code, name: own[0]?.municipality?.name ?? null, ...lineOf(own, stays, day) };
    }),
    total: lineOf(municipal, stays, day),
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
  return [
    ...new Set(
      staysOn(stays, day)
        .filter(({ site, bed }) => beds.get(site)?.has(bed) === true)
        .filter(
          ({ from }) => length === undefined || length === (daysBetween(from, day) < shortNights ? 'short' : 'long'),
        )
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
  return sites.flatMap((site) => {
    const taken = new Set(
      staysOn(stays, day)
        .filter((stay) => stay.site === site.id)
        .map(({ bed }) => bed),
    );
    const isWanted = (bed: Bed): boolean => {
      if (taken.has(bed.key)) return state === 'realised' || state === 'occupied';
      if (!isInUse(bed, day)) return false;
      return state === 'realised' || state === (isOutOfService(bed, day) ? 'outOfService' : 'available');
    };
    return [...site.beds.values()].filter(isWanted).map(({ key }) => ({ site: site.id, bed: key }));
  });
}
