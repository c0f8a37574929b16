import type { IsoDate } from '../kernel/dates.ts';
import type { Sex } from '../register/codes.ts';
import { staysOn, type BedStay, type DoubleBooking } from './bed-stay.ts';
import { bedTraits, closuresOf, isInUse, rulesOn, type Bed, type Site } from './site.ts';
import { meet, type Span } from './site-parts.ts';

/** What placing somebody has to know of a person; `family` is the household of the day, null without one. */
export type Sleeper = { readonly id: string; readonly sex: Sex; readonly family: string | null };

export type PlacingContext = {
  readonly site: Site;
  readonly stays: readonly BedStay[];
  readonly sleeperOf: (resident: string) => Sleeper | undefined;
};

/** A bed for one resident in nights `[from, until)`. */
export type Place = {
  readonly bed: string;
  readonly resident: string;
  readonly from: IsoDate;
  readonly until: IsoDate | null;
};

export type Objection =
  | { readonly type: 'not-in-use' | 'other-household' | 'women-only' | 'mixed-room' }
  | { readonly type: 'out-of-service'; readonly reason: string; readonly from: IsoDate }
  | { readonly type: 'taken'; readonly resident: string; readonly from: IsoDate }
  | { readonly type: 'reserved'; readonly reason: string; readonly until: IsoDate };

/** Hard objections cannot be passed over: two people would have one bed, or nobody could sleep in it. */
export const isHard = (objection: Objection): boolean =>
  ['not-in-use', 'out-of-service', 'taken'].includes(objection.type);

const hasNight = ({ from, until }: Span): boolean => from === null || until === null || from < until;
const overlaps = (a: Span, b: Span): boolean => hasNight(meet(a, b));

/** Who sleeps in the room of the bed in the night `day` begins, other than `resident`. */
export function roomMates(
  { site, stays }: PlacingContext,
  bedKey: string,
  resident: string,
  day: IsoDate,
): readonly string[] {
  const room = site.beds.get(bedKey)?.room;
  return staysOn(stays, day)
    .filter((stay) => stay.site === site.id && stay.resident !== resident && site.beds.get(stay.bed)?.room === room)
    .map((stay) => stay.resident);
}

/** What speaks against the place, hard objections first; former stays of the resident are no objection. */
export function objectionsTo(context: PlacingContext, place: Place): readonly Objection[] {
  const { site, stays, sleeperOf } = context;
  const bed = site.beds.get(place.bed);
  if (bed === undefined) return [{ type: 'not-in-use' }];
  const nights = { from: place.from, until: place.until };
  const found: Objection[] = [];
  if (!covers(bed.use, nights)) found.push({ type: 'not-in-use' });
  for (const closure of closuresOf(bed)) {
    if (overlaps(closure, nights)) found.push({ type: 'out-of-service', reason: closure.reason, from: closure.from });
  }
  for (const stay of stays) {
    if (stay.void || stay.site !== site.id || stay.bed !== bed.key || stay.resident === place.resident) continue;
    if (hasNight(stay) && overlaps(stay, nights)) {
      found.push({ type: 'taken', resident: stay.resident, from: stay.from });
    }
  }
  const own = sleeperOf(place.resident);
  const isOwn = (family: string | null) => family !== null && family === own?.family;
  for (const reservation of site.reservations) {
    if (reservation.bed !== bed.key || isOwn(reservation.family) || !overlaps(reservation, nights)) continue;
    found.push({ type: 'reserved', reason: reservation.reason, until: reservation.until });
  }
  const rules = rulesOn(site, place.from);
  const strangers = roomMates(context, bed.key, place.resident, place.from)
    .map(sleeperOf)
    .filter((mate) => mate !== undefined && !isOwn(mate.family));
  if (rules.oneHouseholdPerRoom && strangers.length > 0) found.push({ type: 'other-household' });
  const isWomenOnly = rules.womenOnlyRooms && bedTraits(site, bed.key, place.from).has('women-only');
  if (isWomenOnly && own?.sex !== 'F') found.push({ type: 'women-only' });
  if (own !== undefined && strangers.some((mate) => areApart(mate?.sex, own.sex))) found.push({ type: 'mixed-room' });
  return found;
}

/** Only women and men whose sex is known are kept apart: nobody is refused for what is not known. */
const areApart = (a: Sex | undefined, b: Sex): boolean => (a === 'F' && b === 'M') || (a === 'M' && b === 'F');

const covers = (use: Span, nights: { from: IsoDate; until: IsoDate | null }): boolean =>
  (use.from === null || use.from <= nights.from) &&
  (use.until === null || (nights.until !== null && nights.until <= use.until));

/** What a change of places does to stays: some end (or never were), others begin. Nothing is rewritten. */
export type StayPlan = {
  /** `until` on or before the first night: the stay is voided. */
  readonly ends: readonly { readonly stay: BedStay; readonly until: IsoDate }[];
  readonly begins: readonly (Place & { readonly site: string; readonly shared?: boolean })[];
  /** Stays that share their bed from now on, on purpose. */
  readonly shares?: readonly BedStay[];
};

/** The former stays of the resident end where the new one begins; one after the new one stays as planned. */
export function planPlacing(stays: readonly BedStay[], site: string, place: Place): StayPlan {
  const former = stays.filter(
    (stay) => stay.resident === place.resident && !stay.void && hasNight(stay) && overlaps(stay, place),
  );
  return { ends: former.map((stay) => ({ stay, until: place.from })), begins: [{ ...place, site }] };
}

/** The same bed for people of one household, a couple or a cot: both stays say so, or it would be a double booking. */
export const planSharing = (plan: StayPlan, others: readonly BedStay[]): StayPlan => ({
  ...plan,
  begins: plan.begins.map((begun) => ({ ...begun, shared: true })),
  shares: others,
});

/** The stays of one household that the place would share a bed with; undefined when somebody else is in the way. */
export function findSharers(context: PlacingContext, place: Place): readonly BedStay[] | undefined {
  const { stays, site, sleeperOf } = context;
  if (objectionsTo(context, place).some((objection) => isHard(objection) && objection.type !== 'taken'))
    return undefined;
  const others = stays.filter(
    (stay) =>
      !stay.void &&
      stay.site === site.id &&
      stay.bed === place.bed &&
      stay.resident !== place.resident &&
      hasNight(stay) &&
      overlaps(stay, place),
  );
  const family = sleeperOf(place.resident)?.family ?? null;
  const isShared = family !== null && others.every((stay) => sleeperOf(stay.resident)?.family === family);
  return isShared && others.length > 0 ? others : undefined;
}

/** Two residents change beds from `day` on, each for as long as the other would have stayed. */
export function planSwap(stays: readonly BedStay[], a: BedStay, b: BedStay, day: IsoDate): StayPlan {
  const others = stays.filter(({ id }) => id !== a.id && id !== b.id);
  const into = (who: BedStay, place: BedStay): Place => ({
    bed: place.bed,
    resident: who.resident,
    from: day,
    until: place.until,
  });
  const rest = [planPlacing(others, b.site, into(a, b)), planPlacing(others, a.site, into(b, a))];
  return {
    ends: [{ stay: a, until: day }, { stay: b, until: day }, ...rest.flatMap(({ ends }) => ends)],
    begins: rest.flatMap(({ begins }) => begins),
  };
}

/**
 * A double booking decided for one stay: the other loses only the nights that both have. Nights of the other before them
 * stay, those after them begin again as a stay of their own.
 */
export function planResolution(booking: DoubleBooking, kept: BedStay, other: BedStay): StayPlan {
  const after = kept.until;
  const returns = after !== null && (other.until === null || after < other.until);
  return {
    ends: [{ stay: other, until: other.from < booking.from ? booking.from : other.from }],
    begins: returns
      ? [{ site: other.site, bed: other.bed, resident: other.resident, from: after, until: other.until }]
      : [],
  };
}

/** Stays on a bed that is out of service or gone in a night from `day` on (rule C1, sync.md §3.3); nothing is ended. */
export function findClosedStays(
  site: Pick<Site, 'id' | 'beds'>,
  stays: readonly BedStay[],
  day: IsoDate,
): readonly BedStay[] {
  return stays.filter((stay) => {
    const bed: Bed | undefined = site.beds.get(stay.bed);
    const nights = meet(stay, { from: day, until: null });
    if (stay.void || stay.site !== site.id || bed === undefined || !hasNight(nights)) return false;
    const last = nights.until;
    const leavesUse = bed.use.until !== null && (last === null || bed.use.until < last);
    return (
      closuresOf(bed).some((closure) => overlaps(closure, nights)) || leavesUse || !isInUse(bed, nights.from ?? day)
    );
  });
}
