import { invariant } from '../kernel/assert.ts';
import type { Value } from '../records/record.ts';
import type { DemoRecord } from './builders.ts';

export type SiteBuilder = {
  readonly id: string;
  readonly catered: boolean;
  /** Rooms of at most four beds for one family; keys of their beds. */
  readonly addRoomsFor: (people: number) => readonly string[];
  readonly roomCount: () => number;
  readonly takeOutOfService: (bed: string, outOfService: Value) => void;
  readonly toRecord: (municipality: { readonly code: string; readonly name: string }) => DemoRecord;
};

const roomsPerFloor = 12;
const floors = 4;

/** Grows a site room by room: buildings A, B …, four floors each, twelve rooms to a floor. */
export function makeSiteBuilder(id: string, site: { name: string; address: string; kind: string }): SiteBuilder {
  const parts: Record<string, Value> = {};
  const beds = new Map<string, { room: string; name: string; outOfService: Value }>();
  let rooms = 0;
  const catered = site.kind === 'hotel';
  const addRoom = (size: number): string[] => {
    const building = Math.floor(rooms / (roomsPerFloor * floors));
    const floor = Math.floor(rooms / roomsPerFloor) % floors;
    const name = String(floor * 100 + (rooms % roomsPerFloor) + 1).padStart(3, '0');
    const buildingKey = buildingName(building).toLowerCase();
    const room = `${buildingKey}${name}`;
    rooms++;
    parts[`building.${buildingKey}`] = { name: buildingName(building) };
    parts[`room.${room}`] = { building: buildingKey, name, floor };
    return Array.from({ length: size }, (_, at) => {
      const bed = `${room}-${String(at + 1)}`;
      beds.set(bed, { room, name: String(at + 1), outOfService: null });
      return bed;
    });
  };
  return {
    id,
    catered,
    addRoomsFor: (people) => {
      const keys: string[] = [];
      for (let left = people; left > 0; left -= 4) keys.push(...addRoom(Math.min(4, left)));
      return keys;
    },
    roomCount: () => rooms,
    takeOutOfService: (bed, outOfService) => {
      const known = beds.get(bed);
      invariant(known !== undefined, 'only a bed of the site goes out of service');
      beds.set(bed, { ...known, outOfService });
    },
    toRecord: (municipality) => {
      const values: Record<string, Value> = {
        placement: { site: id },
        name: site.name,
        municipality,
        address: site.address,
        kind: site.kind,
        cateredByDefault: catered,
        ...parts,
      };
      for (const [key, bed] of beds) values[`bed.${key}`] = bed;
      return { kind: 'site', id, values };
    },
  };
}

/** A … Z, then A2, B2 … */
function buildingName(at: number): string {
  const letter = String.fromCharCode(65 + (at % 26));
  return at < 26 ? letter : `${letter}${String(Math.floor(at / 26) + 1)}`;
}
