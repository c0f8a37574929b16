import type { IsoDate } from '../../../shared/kernel/dates.ts';
import { staysOn, type BedStay } from '../../../shared/reception/bed-stay.ts';
import {
  bedsOfRoom,
  isOutOfService,
  type Bed,
  type Building,
  type Room,
  type Site,
} from '../../../shared/reception/site.ts';

export type PlannedBed = {
  readonly bed: Bed;
  /** More than one is a double booking, or a shared bed. */
  readonly stays: readonly BedStay[];
  readonly isOut: boolean;
};
export type PlannedRoom = { readonly room: Room; readonly beds: readonly PlannedBed[] };
export type PlannedBuilding = { readonly building: Building; readonly rooms: readonly PlannedRoom[] };

const byName = (a: { readonly name: string }, b: { readonly name: string }) =>
  a.name.localeCompare(b.name, 'nl', { numeric: true });

/** The beds of a site in the night that begins on `day`, by building and room. */
export function planOf(site: Site, stays: readonly BedStay[], day: IsoDate): readonly PlannedBuilding[] {
  const byBed = new Map<string, BedStay[]>();
  for (const stay of staysOn(stays, day)) {
    if (stay.site !== site.id) continue;
    byBed.set(stay.bed, [...(byBed.get(stay.bed) ?? []), stay]);
  }
  const roomsOf = (building: Building) => [...site.rooms.values()].filter((room) => room.building === building.key);
  return [...site.buildings.values()].sort(byName).map((building) => ({
    building,
    rooms: roomsOf(building)
      .sort(byName)
      .map((room) => ({
        room,
        beds: bedsOfRoom(site, room.key).map((bed) => ({
          bed,
          stays: byBed.get(bed.key) ?? [],
          isOut: isOutOfService(bed, day),
        })),
      })),
  }));
}

export const isDoubleBooked = ({ stays }: PlannedBed): boolean =>
  stays.length > 1 && !stays.every((stay) => stay.shared);
