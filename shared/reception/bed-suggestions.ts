import type { IsoDate } from '../kernel/dates.ts';
import { staysOn } from './bed-stay.ts';
import { objectionsTo, roomMates, type PlacingContext, type Sleeper } from './placing.ts';
import { bedTraits, type Bed } from './site.ts';
import { inSpan } from './site-parts.ts';

/** Why a bed fits. Every suggestion has at least one. */
export type FitReason =
  | { readonly type: 'family-in-room'; readonly count: number }
  | { readonly type: 'room-for-family'; readonly count: number }
  | { readonly type: 'reserved-for-family' | 'family-near' | 'same-sex' | 'women-only' | 'empty-room' | 'free' }
  | { readonly type: 'accessible' | 'ground-floor' };

export type BedSuggestion = { readonly bed: Bed; readonly score: number; readonly reasons: readonly FitReason[] };

export type Wish = {
  readonly resident: string;
  readonly from: IsoDate;
  readonly until: IsoDate | null;
  /** No stairs: only beds that are accessible or on the ground floor. Asked at the moment, kept nowhere. */
  readonly stepFree: boolean;
  /** The people of the household who are to sleep on this site, the resident among them. */
  readonly household: readonly string[];
};

/**
 * Free beds against which nothing speaks, the best first, one to a room, at most `limit`. Family comes before everything, then a room
 * for the whole household, then a room of people of the same sex; beds for who needs them are left free as long as
 * possible. The order is the same on every laptop.
 */
export function suggestBeds(known: PlacingContext, wish: Wish, limit = 5): readonly BedSuggestion[] {
  const { site, sleeperOf } = known;
  const here = known.stays.filter((stay) => stay.site === site.id && (stay.until === null || stay.until > wish.from));
  const context = { ...known, stays: here };
  const own = sleeperOf(wish.resident);
  const free = [...site.beds.values()].filter(
    (bed) => objectionsTo(context, { ...wish, bed: bed.key }).length === 0 && !sleepsIn(context, wish, bed),
  );
  const freeInRoom = new Map<string, number>();
  for (const { room } of free) freeInRoom.set(room, (freeInRoom.get(room) ?? 0) + 1);
  const near = familyFloors(context, wish);
  return free
    .flatMap((bed): BedSuggestion[] => {
      const traits = bedTraits(site, bed.key, wish.from);
      const isStepFree = traits.has('accessible') || traits.has('ground-floor');
      if (wish.stepFree && !isStepFree) return [];
      const mates = roomMates(context, bed.key, wish.resident, wish.from);
      const scored: [number, FitReason][] = [];
      const add = (score: number, reason: FitReason) => scored.push([score, reason]);
      const family = mates.filter((mate) => isFamily(own, sleeperOf(mate)));
      const toPlace = wish.household.filter((one) => !family.includes(one)).length;
      const room = freeInRoom.get(bed.room) ?? 0;
      if (isReservedFor(context, wish, own, bed)) add(100, { type: 'reserved-for-family' });
      if (family.length > 0) add(50, { type: 'family-in-room', count: family.length });
      if (mates.length === family.length && toPlace > 1 && room >= toPlace)
        add(30, { type: 'room-for-family', count: toPlace });
      if (near.has(floorOf(context, bed)) && family.length === 0) add(12, { type: 'family-near' });
      if (wish.stepFree) add(8, { type: traits.has('accessible') ? 'accessible' : 'ground-floor' });
      if (mates.length > 0 && mates.every((mate) => isSameSex(own, sleeperOf(mate)))) add(6, { type: 'same-sex' });
      if (traits.has('women-only') && own?.sex === 'F') add(4, { type: 'women-only' });
      if (mates.length === 0 && toPlace <= 1) add(2, { type: 'empty-room' });
      if (scored.length === 0) add(0, { type: 'free' });
      const spared = (!wish.stepFree && traits.has('accessible') ? 7 : 0) + (toPlace <= 1 ? spareFamily(traits) : 0);
      const score = scored.reduce((total, [points]) => total + points, 0) - spared;
      return [{ bed, score, reasons: scored.sort((a, b) => b[0] - a[0]).map(([, reason]) => reason) }];
    })
    .sort((a, b) => b.score - a.score || compareBeds(context, a.bed, b.bed))
    .filter(({ bed }, at, all) => all.findIndex((other) => other.bed.room === bed.room) === at)
    .slice(0, limit);
}

const spareFamily = (traits: ReadonlySet<string>): number => (traits.has('family-room') ? 9 : 0);
const isFamily = (own: Sleeper | undefined, other: Sleeper | undefined): boolean =>
  own?.family != null && own.family === other?.family;
const isSameSex = (own: Sleeper | undefined, other: Sleeper | undefined): boolean =>
  own !== undefined && own.sex !== 'unknown' && own.sex === other?.sex;

const sleepsIn = ({ site, stays }: PlacingContext, wish: Wish, bed: Bed): boolean =>
  staysOn(stays, wish.from).some(
    (stay) => stay.resident === wish.resident && stay.site === site.id && stay.bed === bed.key,
  );

const isReservedFor = ({ site }: PlacingContext, wish: Wish, own: Sleeper | undefined, bed: Bed): boolean =>
  own?.family != null &&
  site.reservations.some((one) => one.bed === bed.key && one.family === own.family && inSpan(one, wish.from));

function floorOf({ site }: PlacingContext, bed: Bed): string {
  const room = site.rooms.get(bed.room);
  return room === undefined ? '' : `${room.building}/${String(room.floor)}`;
}

/** Floors on which somebody of the household sleeps. */
function familyFloors(context: PlacingContext, wish: Wish): ReadonlySet<string> {
  const others = new Set(wish.household.filter((one) => one !== wish.resident));
  return new Set(
    staysOn(context.stays, wish.from).flatMap((stay) => {
      const bed = context.site.beds.get(stay.bed);
      const isHere = stay.site === context.site.id;
      return bed !== undefined && isHere && others.has(stay.resident) ? [floorOf(context, bed)] : [];
    }),
  );
}

function compareBeds({ site }: PlacingContext, a: Bed, b: Bed): number {
  const name = (bed: Bed) => {
    const room = site.rooms.get(bed.room);
    return `${site.buildings.get(room?.building ?? '')?.name ?? ''} ${room?.name ?? ''} ${bed.name}`;
  };
  return name(a).localeCompare(name(b), 'nl', { numeric: true }) || (a.key < b.key ? -1 : 1);
}
