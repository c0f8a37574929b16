import * as z from 'zod';
import type { IsoDate } from '../kernel/dates.ts';
import { defineKind, readField, readFields } from '../records/field-rule.ts';
import type { FieldValues } from '../records/record.ts';
import {
  field,
  isoDateSchema,
  municipalityCodeSchema,
  partKeySchema,
  placementSchema,
  textSchema,
} from '../register/schemas.ts';

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

const municipalitySchema = z.object({ code: municipalityCodeSchema, name: textSchema(80) });
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
  municipality: field('review', 'core', municipalitySchema),
  address: field('review', 'core', textSchema(200)),
  kind: field('review', 'core', z.enum(siteKinds)),
  cateredByDefault: field('review', 'core', z.boolean()),
  building: field('review', 'core', buildingSchema),
  room: field('review', 'core', roomSchema),
  bed: field('review', 'core', bedSchema),
  _deleted: field('review', 'core', z.boolean(), [false, true]),
});

export type Building = z.infer<typeof buildingSchema> & { readonly key: string };
export type Room = z.infer<typeof roomSchema> & { readonly key: string };
export type Bed = z.infer<typeof bedSchema> & { readonly key: string };

export type Site = {
  readonly id: string;
  readonly name: string;
  readonly municipality: { readonly code: string; readonly name: string } | null;
  readonly address: string;
  readonly kind: SiteKind;
  readonly cateredByDefault: boolean;
  /** Parts by key; a bed whose room is gone is still a bed. */
  readonly buildings: ReadonlyMap<string, Building>;
  readonly rooms: ReadonlyMap<string, Room>;
  readonly beds: ReadonlyMap<string, Bed>;
  readonly deleted: boolean;
};

/** Typed view of a site record; never fails, what is absent or unreadable is null, '' or empty. */
export function toSite(id: string, values: FieldValues): Site {
  const { fields } = siteKind;
  const keyed = <T>(entries: readonly (readonly [string, T])[]) =>
    new Map(entries.map(([key, value]) => [key, { ...value, key }] as const));
  return {
    id,
    name: readField(values, 'name', fields.name) ?? '',
    municipality: readField(values, 'municipality', fields.municipality) ?? null,
    address: readField(values, 'address', fields.address) ?? '',
    kind: readField(values, 'kind', fields.kind) ?? 'other',
    cateredByDefault: readField(values, 'cateredByDefault', fields.cateredByDefault) ?? false,
    buildings: keyed(readFields(values, 'building', fields.building)),
    rooms: keyed(readFields(values, 'room', fields.room)),
    beds: keyed(readFields(values, 'bed', fields.bed)),
    deleted: readField(values, '_deleted', fields._deleted) ?? false,
  };
}

export const isOutOfService = (bed: Pick<Bed, 'outOfService'>, day: IsoDate): boolean =>
  bed.outOfService !== null &&
  bed.outOfService.from <= day &&
  (bed.outOfService.until === null || day < bed.outOfService.until);

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
