import * as z from 'zod';
import type { IsoDate } from '../kernel/dates.ts';
import { defineKind, readField, readFields } from '../records/field-rule.ts';
import type { FieldValues } from '../records/record.ts';
import { field, isoDateSchema, partKeySchema, placementSchema, textSchema } from '../register/schemas.ts';
import { belongingFields, readBelongings, type Belonging, type DatedBelonging } from './site-belonging.ts';
import {
  inSpan,
  meet,
  partFields,
  readClosures,
  readReservations,
  readRules,
  readTraits,
  readUse,
  type Closure,
  type PartTraits,
  type PartType,
  type Reservation,
  type SiteRules,
  type Span,
  type Trait,
} from './site-parts.ts';

export const siteKinds = [
  'building',
  'hotel',
  'ship',
  'office',
  'holiday-park',
  'houses',
  'emergency',
  'other',
] as const;
export type SiteKind = (typeof siteKinds)[number];

const buildingSchema = z.object({ name: textSchema(60).min(1) });
const roomSchema = z.object({ building: partKeySchema, name: textSchema(40).min(1), floor: z.int().min(-5).max(60) });
/** Nights `[from, until)`; `until` null while nobody knows the end. */
const outOfServiceSchema = z.object({
  reason: textSchema(200),
  from: isoDateSchema,
  until: isoDateSchema.nullable(),
});
const bedSchema = z.object({
  room: partKeySchema,
  name: textSchema(40).min(1),
  outOfService: outOfServiceSchema.nullable(),
});

/** Beds and rooms are edited on devices as well, therefore `review` and not `server`. A bed is one place. */
export const siteKind = defineKind('site', {
  placement: field('review', 'core', placementSchema),
  name: field('review', 'core', textSchema(100).min(1)),
  address: field('review', 'core', textSchema(200)),
  kind: field('review', 'core', z.enum(siteKinds)),
  ...belongingFields,
  cateredByDefault: field('review', 'core', z.boolean()),
  building: field('review', 'core', buildingSchema),
  room: field('review', 'core', roomSchema),
  bed: field('review', 'core', bedSchema),
  ...partFields,
  _deleted: field('review', 'core', z.boolean(), [false, true]),
});

/** `use`: the nights in which a part is there, within those of what it is a part of. */
type Part = { readonly key: string; readonly use: Span };
export type Building = z.infer<typeof buildingSchema> & Part;
export type Room = z.infer<typeof roomSchema> & Part;
export type Bed = z.infer<typeof bedSchema> & Part & { readonly closures: readonly Closure[] };

/** Where it belongs is what holds since the last change; `siteOn` says it of another day. */
export type Site = Belonging & {
  readonly id: string;
  readonly name: string;
  readonly address: string;
  readonly kind: SiteKind;
  /** Oldest first; the last one holds now. */
  readonly belongings: readonly DatedBelonging[];
  readonly cateredByDefault: boolean;
  /** Parts by key; a bed whose room is gone is still a bed. */
  readonly buildings: ReadonlyMap<string, Building>;
  readonly rooms: ReadonlyMap<string, Room>;
  readonly beds: ReadonlyMap<string, Bed>;
  readonly traits: readonly PartTraits[];
  readonly reservations: readonly Reservation[];
  readonly rules: readonly SiteRules[];
  readonly deleted: boolean;
};

/** Typed view of a site record; never fails, what is absent or unreadable is null, '' or empty. */
export function toSite(id: string, values: FieldValues): Site {
  const { fields } = siteKind;
  const keyed = <Value, Kept>(
    part: PartType,
    entries: readonly (readonly [string, Value])[],
    keep: (key: string, value: Value, use: Span) => Kept,
  ) => new Map(entries.map(([key, value]) => [key, keep(key, value, readUse(values, part, key))] as const));
  const closures = readClosures(values);
  const buildings = keyed('building', readFields(values, 'building', fields.building), (key, value, use) => ({
    ...value,
    key,
    use,
  }));
  const rooms = keyed('room', readFields(values, 'room', fields.room), (key, value, use) => {
    const building = buildings.get(value.building);
    return { ...value, key, use: building === undefined ? use : meet(use, building.use) };
  });
  const beds = keyed('bed', readFields(values, 'bed', fields.bed), (key, value, use): Bed => {
    const room = rooms.get(value.room);
    const closed = closures.get(key) ?? [];
    return { ...value, key, use: room === undefined ? use : meet(use, room.use), closures: closed };
  });
  const belongings = readBelongings(values);
  const now = belongings.at(-1) ?? belongings[0];
  return {
    id,
    name: readField(values, 'name', fields.name) ?? '',
    address: readField(values, 'address', fields.address) ?? '',
    kind: readField(values, 'kind', fields.kind) ?? 'other',
    municipality: now.municipality,
    safetyRegion: now.safetyRegion,
    shelter: now.shelter,
    belongings,
    cateredByDefault: readField(values, 'cateredByDefault', fields.cateredByDefault) ?? false,
    buildings,
    rooms,
    beds,
    traits: readTraits(values),
    reservations: readReservations(values),
    rules: readRules(values),
    deleted: readField(values, '_deleted', fields._deleted) ?? false,
  };
}

/** Whether the bed is there in the night that begins on `day`: taken into use and not yet given up. */
export const isInUse = (part: Pick<Bed, 'use'>, day: IsoDate): boolean => inSpan(part.use, day);

type Closable = Pick<Bed, 'outOfService' | 'closures'>;

/** Every closure of a bed, of whatever version it was recorded by. */
export const closuresOf = (bed: Closable): readonly Closure[] =>
  bed.outOfService === null ? bed.closures : [...bed.closures, bed.outOfService];

/** Why the bed cannot be slept in that night; undefined when it can. */
export const findClosureOn = (bed: Closable, day: IsoDate): Closure | undefined =>
  closuresOf(bed).find((closure) => inSpan(closure, day));

/** Whether the bed cannot be slept in in the night that begins on `day`. */
export const isOutOfService = (bed: Closable, day: IsoDate): boolean => findClosureOn(bed, day) !== undefined;

/** What is agreed for the site on `day`; without an entry nothing is restricted and days of leave count both ends. */
export const rulesOn = (site: Pick<Site, 'rules'>, day: IsoDate): Omit<SiteRules, 'from'> =>
  site.rules.findLast((rules) => rules.from <= day) ?? {
    oneHouseholdPerRoom: false,
    womenOnlyRooms: false,
    absenceCount: 'both-days',
  };

/** Traits of one part itself on `day`, without those of what it lies in. */
export const ownTraits = (site: Pick<Site, 'traits'>, part: PartType, key: string, day: IsoDate): readonly Trait[] =>
  site.traits.findLast((one) => one.part === part && one.key === key && one.from <= day)?.traits ?? [];

/** Traits of a room on `day` with those of its building; floor 0 is the ground floor. */
export function roomTraits(site: Pick<Site, 'rooms' | 'traits'>, key: string, day: IsoDate): ReadonlySet<Trait> {
  const room = site.rooms.get(key);
  return new Set([
    ...(room?.floor === 0 ? (['ground-floor'] as const) : []),
    ...(room === undefined ? [] : ownTraits(site, 'building', room.building, day)),
    ...ownTraits(site, 'room', key, day),
  ]);
}

/** Traits of a bed on `day` with those of its room and building. */
export function bedTraits(
  site: Pick<Site, 'rooms' | 'beds' | 'traits'>,
  key: string,
  day: IsoDate,
): ReadonlySet<Trait> {
  const bed = site.beds.get(key);
  return new Set([...(bed === undefined ? [] : roomTraits(site, bed.room, day)), ...ownTraits(site, 'bed', key, day)]);
}

/** For which household the bed is kept free in the night that begins on `day`, and why. */
export const reservationOn = (site: Pick<Site, 'reservations'>, bed: string, day: IsoDate): Reservation | undefined =>
  site.reservations.find((one) => one.bed === bed && inSpan(one, day));

/** Names of building, room and bed for the eye; undefined for a bed the site does not have. */
export function findBedPlace(
  site: Pick<Site, 'buildings' | 'rooms' | 'beds'>,
  bedKey: string,
): { readonly building: string; readonly room: string; readonly bed: string } | undefined {
  const bed = site.beds.get(bedKey);
  if (bed === undefined) return undefined;
  const room = site.rooms.get(bed.room);
  const building = room === undefined ? undefined : site.buildings.get(room.building);
  return { building: building?.name ?? '', room: room?.name ?? '', bed: bed.name };
}

/** Beds of a room in the order of their names, numbers as numbers. */
export function bedsOfRoom(site: Pick<Site, 'beds'>, roomKey: string): readonly Bed[] {
  const beds = [...site.beds.values()].filter((bed) => bed.room === roomKey);
  return beds.sort((a, b) => a.name.localeCompare(b.name, 'nl', { numeric: true }));
}
