import * as z from 'zod';
import { parseIsoDate, type IsoDate } from '../kernel/dates.ts';
import { readField, readFields } from '../records/field-rule.ts';
import type { FieldValues } from '../records/record.ts';
import { field, isoDateSchema, partKeySchema, recordIdSchema, textSchema } from '../register/schemas.ts';
import { absenceCounts } from './presence.ts';

export const partTypes = ['building', 'room', 'bed'] as const;
export type PartType = (typeof partTypes)[number];
export const traits = ['ground-floor', 'accessible', 'family-room', 'women-only'] as const;
export type Trait = (typeof traits)[number];

const spanSchema = z.object({ from: isoDateSchema.nullable(), until: isoDateSchema.nullable() });
const closureSchema = z.object({ reason: textSchema(200), until: isoDateSchema.nullable() });
const reservationSchema = z.object({
  until: isoDateSchema,
  reason: textSchema(200).min(1),
  family: recordIdSchema.nullable(),
});
const rulesSchema = z.object({
  oneHouseholdPerRoom: z.boolean(),
  womenOnlyRooms: z.boolean(),
  absenceCount: z.enum(absenceCounts),
});
const traitsSchema = z.object({ traits: z.array(z.enum(traits)) });

/**
 * Dated facts about the parts of a site, registers keyed by part and first night, so that two laptops that each add one
 * keep both: `use.bed.<key>`, `traits.room.<key>.<from>`, `closed.<bed>.<from>`, `reserved.<bed>.<from>`, `rules.<from>`.
 */
export const partFields = {
  use: field('review', 'core', spanSchema),
  traits: field('review', 'core', traitsSchema),
  closed: field('review', 'core', closureSchema),
  reserved: field('review', 'core', reservationSchema),
  rules: field('review', 'core', rulesSchema),
};

/** Nights `[from, until)`; null is open. */
export type Span = z.infer<typeof spanSchema>;
export type Closure = { readonly from: IsoDate; readonly until: IsoDate | null; readonly reason: string };
/** A bed kept free, in nights `[from, until)`, for one household or for a reason alone. */
export type Reservation = z.infer<typeof reservationSchema> & { readonly bed: string; readonly from: IsoDate };
export type SiteRules = z.infer<typeof rulesSchema> & { readonly from: IsoDate };
export type PartTraits = {
  readonly part: PartType;
  readonly key: string;
  readonly from: IsoDate;
  readonly traits: readonly Trait[];
};

/** Field ids of dated facts about a part of a site: one for each start, so that nothing is written over. */
export const spanField = (part: PartType, key: string): string => `use.${part}.${key}`;
export const traitsField = (part: PartType, key: string, from: IsoDate): string => `traits.${part}.${key}.${from}`;
export const closedField = (bed: string, from: IsoDate): string => `closed.${bed}.${from}`;
export const reservedField = (bed: string, from: IsoDate): string => `reserved.${bed}.${from}`;
export const rulesField = (from: IsoDate): string => `rules.${from}`;

/** Without an entry a part has always been there. */
export const openSpan: Span = { from: null, until: null };

/** When a part was taken into use and given up, `[from, until)`. */
export const readUse = (values: FieldValues, part: PartType, key: string): Span =>
  readField(values, spanField(part, key), partFields.use) ?? openSpan;

/** Oldest first, so that the last that has begun is in force. */
export function readTraits(values: FieldValues): readonly PartTraits[] {
  const found = readFields(values, 'traits', partFields.traits).flatMap(([id, value]): PartTraits[] => {
    const [part, key, fromText] = id.split('.');
    const from = parseIsoDate(fromText ?? '');
    const known = partTypes.find((one) => one === part);
    return known === undefined || key === undefined || from === undefined ? [] : [{ part: known, key, from, ...value }];
  });
  return found.sort(byFrom);
}

/** By bed key. */
export function readClosures(values: FieldValues): ReadonlyMap<string, readonly Closure[]> {
  const byBed = new Map<string, Closure[]>();
  for (const [id, value] of readFields(values, 'closed', partFields.closed)) {
    for (const { bed, ...closure } of dated(id, value)) byBed.set(bed, [...(byBed.get(bed) ?? []), closure]);
  }
  return byBed;
}

/** Beds kept free for a household, `[from, until)`; what is unreadable is left out. */
export const readReservations = (values: FieldValues): readonly Reservation[] =>
  readFields(values, 'reserved', partFields.reserved).flatMap(([id, value]) => dated(id, value));

/** Oldest first. */
export function readRules(values: FieldValues): readonly SiteRules[] {
  const found = readFields(values, 'rules', partFields.rules).flatMap(([id, value]): SiteRules[] => {
    const from = parseIsoDate(id);
    return from === undefined ? [] : [{ from, ...value }];
  });
  return found.sort(byFrom);
}

function dated<T>(id: string, value: T): readonly (T & { readonly bed: string; readonly from: IsoDate })[] {
  const [bed, fromText] = id.split('.');
  const from = parseIsoDate(fromText ?? '');
  return !partKeySchema.safeParse(bed).success || bed === undefined || from === undefined
    ? []
    : [{ ...value, bed, from }];
}

const byFrom = (a: { readonly from: IsoDate }, b: { readonly from: IsoDate }): number => (a.from < b.from ? -1 : 1);

/** Whether the night that begins on `day` lies in the span. */
export const inSpan = (span: Span, day: IsoDate): boolean =>
  (span.from === null || span.from <= day) && (span.until === null || day < span.until);

/** The nights that are in both; empty spans come out with `until` on or before `from`. */
export const meet = (a: Span, b: Span): Span => ({
  from: a.from === null ? b.from : b.from === null || b.from < a.from ? a.from : b.from,
  until: a.until === null ? b.until : b.until === null || a.until < b.until ? a.until : b.until,
});
