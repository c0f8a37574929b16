import * as z from 'zod';
import { invariant } from '../kernel/assert.ts';
import type { IsoDate } from '../kernel/dates.ts';
import { groupBy } from '../kernel/group.ts';
import { defineKind, readField } from '../records/field-rule.ts';
import type { FieldValues } from '../records/record.ts';
import {
  field,
  isoDateSchema,
  partKeySchema,
  placementSchema,
  recordIdSchema,
  textSchema,
} from '../register/schemas.ts';
import { isInUse, isOutOfService, type Site } from './site.ts';

const staySchema = z.object({
  site: recordIdSchema,
  bed: partKeySchema,
  resident: recordIdSchema,
  from: isoDateSchema,
});
const reasonSchema = z.object({ reason: textSchema(200).min(1) });

/**
 * One resident in one bed, nights `[from, until)`. An own record, so that two people placed offline in one bed are two
 * stays and neither overwrites the other (sync.md §3.4). A stay is ended or voided, never rewritten.
 */
export const bedStayKind = defineKind('bedStay', {
  placement: field('review', 'core', placementSchema),
  stay: field('exclusive', 'core', staySchema),
  until: field('review', 'core', isoDateSchema),
  void: field('review', 'core', reasonSchema),
  /** One family sharing the bed on purpose: a cot, a couple. */
  shared: field('review', 'core', reasonSchema),
  _deleted: field('review', 'core', z.boolean(), [false, true]),
});

export type BedStay = {
  readonly id: string;
  readonly site: string;
  readonly bed: string;
  readonly resident: string;
  readonly from: IsoDate;
  readonly until: IsoDate | null;
  readonly void: boolean;
  readonly shared: boolean;
};

/** Typed view; undefined while the stay itself has not arrived or cannot be read. A deleted stay counts as void. */
export function findBedStay(id: string, values: FieldValues): BedStay | undefined {
  const { fields } = bedStayKind;
  const stay = readField(values, 'stay', fields.stay);
  if (stay === undefined) return undefined;
  return {
    id,
    ...stay,
    until: readField(values, 'until', fields.until) ?? null,
    void: values.void !== undefined || values._deleted === true,
    shared: values.shared !== undefined,
  };
}

const coversNight = (stay: BedStay, night: IsoDate): boolean =>
  !stay.void && stay.from <= night && (stay.until === null || night < stay.until);

/** Stays in force in the night that begins on `day`. */
export const staysOn = (stays: readonly BedStay[], day: IsoDate): readonly BedStay[] =>
  stays.filter((stay) => coversNight(stay, day));

export type PlaceCounts = {
  readonly realised: number;
  readonly outOfService: number;
  readonly occupied: number;
  readonly available: number;
};

/** Beds with somebody in them in one night, by site. */
export type TakenBeds = ReadonlyMap<string, ReadonlySet<string>>;

/** Where somebody sleeps in the night that begins on `day`: made once for all sites of a report. */
export function takenOn(stays: readonly BedStay[], day: IsoDate): TakenBeds {
  const taken = new Map<string, Set<string>>();
  for (const stay of stays) {
    if (!coversNight(stay, day)) continue;
    const beds = taken.get(stay.site);
    if (beds === undefined) taken.set(stay.site, new Set([stay.bed]));
    else beds.add(stay.bed);
  }
  return taken;
}

/**
 * Places of a site on `day` (register.md §9). A bed that is double booked is occupied once; one that is not in use yet or
 * any more is no place, unless somebody sleeps in it all the same.
 */
export const countPlaces = (site: Pick<Site, 'id' | 'beds'>, stays: readonly BedStay[], day: IsoDate): PlaceCounts =>
  countPlacesTaken(
    site,
    takenOn(
      stays.filter((stay) => stay.site === site.id),
      day,
    ),
    day,
  );

/** The same with what `takenOn` found for that day. */
export function countPlacesTaken(site: Pick<Site, 'id' | 'beds'>, taken: TakenBeds, day: IsoDate): PlaceCounts {
  const beds = taken.get(site.id);
  let [realised, outOfService, occupied] = [0, 0, 0];
  for (const bed of site.beds.values()) {
    if (beds?.has(bed.key) === true) occupied += 1;
    else if (!isInUse(bed, day)) continue;
    else if (isOutOfService(bed, day)) outOfService += 1;
    realised += 1;
  }
  return { realised, outOfService, occupied, available: realised - occupied - outOfService };
}

/** Nights `[from, until)` that two stays share; `stays` and `residents` in the order of the stay ids. */
export type DoubleBooking = {
  readonly rule: 'bed-night' | 'resident-night';
  readonly site: string;
  readonly bed: string;
  readonly from: IsoDate;
  readonly until: IsoDate | null;
  readonly stays: readonly [string, string];
  readonly residents: readonly [string, string];
};

/**
 * Rules C1 and C2 (sync.md §3.3): two people in one bed in one night, unless both stays are marked as shared within one
 * family; one person in two beds. The same on every device: sorted by stay ids. Nobody's stay is changed.
 */
export function findDoubleBookings(
  stays: readonly BedStay[],
  familyOf: (resident: string) => string | undefined,
): readonly DoubleBooking[] {
  const live = stays.filter((stay) => !stay.void && (stay.until === null || stay.from < stay.until));
  const sameFamily = (a: BedStay, b: BedStay) => {
    const family = familyOf(a.resident);
    return family !== undefined && family === familyOf(b.resident);
  };
  // By site first: a key per stay of a country would be a text made for each of them.
  const inOneBed = [...groupBy(live, ({ site }) => site).values()]
    .flatMap((ofSite) => overlaps(ofSite, ({ bed }) => bed))
    .filter(([a, b]) => a.resident !== b.resident && !(a.shared && b.shared && sameFamily(a, b)));
  const ofOnePerson = overlaps(live, (stay) => stay.resident);
  const bookings = [
    ...inOneBed.map(([a, b]) => toBooking('bed-night', a, b)),
    ...ofOnePerson.map(([a, b]) => toBooking('resident-night', a, b)),
  ];
  const key = (booking: DoubleBooking) => `${booking.rule} ${booking.stays.join(' ')}`;
  return bookings.sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

function overlaps(stays: readonly BedStay[], keyOf: (stay: BedStay) => string): [BedStay, BedStay][] {
  const first = new Map<string, BedStay>();
  const groups = new Map<string, BedStay[]>();
  for (const stay of stays) {
    const key = keyOf(stay);
    const before = first.get(key);
    if (before === undefined) first.set(key, stay);
    else {
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [before, stay]);
      else group.push(stay);
    }
  }
  const pairs: [BedStay, BedStay][] = [];
  for (const group of groups.values()) {
    group.sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0));
    group.forEach((a, at) => {
      for (const b of group.slice(at + 1)) {
        // Those after it begin later still.
        if (a.until !== null && a.until <= b.from) break;
        pairs.push(a.id < b.id ? [a, b] : [b, a]);
      }
    });
  }
  return pairs;
}

function toBooking(rule: DoubleBooking['rule'], a: BedStay, b: BedStay): DoubleBooking {
  const from = a.from > b.from ? a.from : b.from;
  const ends = [a.until, b.until].filter((end) => end !== null).sort();
  const until = ends[0] ?? null;
  invariant(until === null || from < until, 'an overlap has a night');
  return { rule, site: a.site, bed: a.bed, from, until, stays: [a.id, b.id], residents: [a.resident, b.resident] };
}
