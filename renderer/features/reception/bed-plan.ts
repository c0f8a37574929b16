import type { IsoDate } from '../../../shared/kernel/dates.ts';
import { staysOn, type BedStay } from '../../../shared/reception/bed-stay.ts';
import {
  bedsOfRoom,
  findClosureOn,
  isInUse,
  ownTraits,
  reservationOn,
  roomTraits,
  type Bed,
  type Building,
  type Room,
  type Site,
} from '../../../shared/reception/site.ts';
import type { Closure, Reservation, Trait } from '../../../shared/reception/site-parts.ts';

export type PlannedBed = {
  readonly bed: Bed;
  /** More than one is a double booking, or a shared bed. */
  readonly stays: readonly BedStay[];
  /** The first stay that is planned after this night, when nobody is in the bed. */
  readonly next: BedStay | null;
  readonly closure: Closure | null;
  readonly reservation: Reservation | null;
  readonly traits: readonly Trait[];
};
export type PlannedRoom = {
  readonly room: Room;
  readonly traits: readonly Trait[];
  readonly beds: readonly PlannedBed[];
};
type PlannedFloor = { readonly floor: number; readonly rooms: readonly PlannedRoom[] };
export type PlannedBuilding = { readonly building: Building; readonly floors: readonly PlannedFloor[] };

export type BedState = 'double' | 'taken' | 'out' | 'reserved' | 'free';

const byName = (a: { readonly name: string }, b: { readonly name: string }) =>
  a.name.localeCompare(b.name, 'nl', { numeric: true });

/**
 * The beds of a site in the night that begins on `day`, by building, floor and room: what is planned, or what was. Beds
 * that are not in use that night are left out, unless somebody sleeps in them.
 */
export function planOf(site: Site, stays: readonly BedStay[], day: IsoDate): readonly PlannedBuilding[] {
  const here = stays.filter((stay) => stay.site === site.id && !stay.void);
  const tonight = Map.groupBy(staysOn(here, day), ({ bed }) => bed);
  const later = Map.groupBy(
    here.filter(({ from }) => from > day).sort((a, b) => (a.from < b.from ? -1 : 1)),
    ({ bed }) => bed,
  );
  const planBed = (bed: Bed): PlannedBed => ({
    bed,
    stays: tonight.get(bed.key) ?? [],
    next: later.get(bed.key)?.[0] ?? null,
    closure: findClosureOn(bed, day) ?? null,
    reservation: reservationOn(site, bed.key, day) ?? null,
    traits: ownTraits(site, 'bed', bed.key, day),
  });
  const planRoom = (room: Room): PlannedRoom => ({
    room,
    traits: [...roomTraits(site, room.key, day)],
    beds: bedsOfRoom(site, room.key)
      .filter((bed) => isInUse(bed, day) || tonight.has(bed.key))
      .map(planBed),
  });
  const floorsOf = (building: Building): readonly PlannedFloor[] => {
    const rooms = [...site.rooms.values()]
      .filter((room) => room.building === building.key)
      .sort(byName)
      .map(planRoom)
      .filter(({ room, beds }) => beds.length > 0 || isInUse(room, day));
    return [...Map.groupBy(rooms, ({ room }) => room.floor)]
      .sort(([a], [b]) => a - b)
      .map(([floor, onFloor]) => ({ floor, rooms: onFloor }));
  };
  return [...site.buildings.values()]
    .sort(byName)
    .map((building) => ({ building, floors: floorsOf(building) }))
    .filter(({ building, floors }) => floors.length > 0 || isInUse(building, day));
}

const isDoubleBooked = ({ stays }: PlannedBed): boolean => stays.length > 1 && !stays.every((stay) => stay.shared);

export function stateOf(planned: PlannedBed): BedState {
  if (isDoubleBooked(planned)) return 'double';
  if (planned.stays.length > 0) return 'taken';
  if (planned.closure !== null) return 'out';
  return planned.reservation === null ? 'free' : 'reserved';
}
