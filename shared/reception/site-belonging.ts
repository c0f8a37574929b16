import * as z from 'zod';
import { parseIsoDate, type IsoDate } from '../kernel/dates.ts';
import { readField, readFields } from '../records/field-rule.ts';
import type { FieldValues, Value } from '../records/record.ts';
import { field, municipalityCodeSchema, textSchema } from '../register/schemas.ts';
import { safetyRegionCodeSchema } from './safety-regions.ts';

/** By the municipality itself (GOO), or with private hosts (POO): counted apart and never in the rate. */
export const shelterKinds = ['municipal', 'private'] as const;
export type ShelterKind = (typeof shelterKinds)[number];

const municipalitySchema = z.object({ code: municipalityCodeSchema, name: textSchema(80) });
const belongingSchema = z.object({
  municipality: municipalitySchema.nullable(),
  safetyRegion: safetyRegionCodeSchema.nullable(),
  shelter: z.enum(shelterKinds),
});

/**
 * Where a site belongs: the plain fields from its first day, and `belongs.<from>` for every change after it, so that a
 * report about a day counts a site where it belonged on that day.
 */
export const belongingFields = {
  municipality: field('review', 'core', municipalitySchema),
  safetyRegion: field('review', 'core', safetyRegionCodeSchema),
  shelter: field('review', 'core', z.enum(shelterKinds)),
  belongs: field('review', 'core', belongingSchema),
};

export type Belonging = z.infer<typeof belongingSchema>;
/** `from` null: since the site is there. */
export type DatedBelonging = Belonging & { readonly from: IsoDate | null };

/** Oldest first; there is always one, from the beginning. */
export function readBelongings(values: FieldValues): readonly [DatedBelonging, ...DatedBelonging[]] {
  const first: DatedBelonging = {
    from: null,
    municipality: readField(values, 'municipality', belongingFields.municipality) ?? null,
    safetyRegion: readField(values, 'safetyRegion', belongingFields.safetyRegion) ?? null,
    shelter: readField(values, 'shelter', belongingFields.shelter) ?? 'municipal',
  };
  const later = readFields(values, 'belongs', belongingFields.belongs).flatMap(([id, value]) => {
    const from = parseIsoDate(id);
    return from === undefined ? [] : [{ from, ...value }];
  });
  return [first, ...later.sort((a, b) => (a.from < b.from ? -1 : 1))];
}

type Belongs = Belonging & { readonly belongings: readonly DatedBelonging[] };

/** The site with municipality, region and kind of shelter as they were on `day`. */
export function siteOn<Place extends Belongs>(site: Place, day: IsoDate): Place {
  if (site.belongings.length < 2) return site;
  const then = site.belongings.findLast(({ from }) => from === null || from <= day);
  if (then === undefined) return site;
  const { municipality, safetyRegion, shelter } = then;
  return { ...site, municipality, safetyRegion, shelter };
}

/**
 * Fields to save for where the site belongs now. With `from` it is so from that day on, and the days before stay as they
 * were; null corrects what is written down, for all days since the last change. Empty when nothing is different.
 */
export function belongingValues(site: Belongs, next: Belonging, from: IsoDate | null): Readonly<Record<string, Value>> {
  const changed = {
    ...(sameMunicipality(site.municipality, next.municipality) ? {} : { municipality: next.municipality }),
    ...(site.safetyRegion === next.safetyRegion ? {} : { safetyRegion: next.safetyRegion }),
    ...(site.shelter === next.shelter ? {} : { shelter: next.shelter }),
  };
  if (Object.keys(changed).length === 0) return {};
  const start = from ?? site.belongings.at(-1)?.from ?? null;
  return start === null ? changed : { [`belongs.${start}`]: { ...next } };
}

/** Whether something that is written down would be replaced: then one has to know from which day. Filling a gap has none. */
export const replacesBelonging = (site: Belonging, next: Belonging): boolean =>
  (site.municipality !== null && !sameMunicipality(site.municipality, next.municipality)) ||
  (site.safetyRegion !== null && site.safetyRegion !== next.safetyRegion) ||
  site.shelter !== next.shelter;

const sameMunicipality = (a: Belonging['municipality'], b: Belonging['municipality']): boolean =>
  a?.code === b?.code && a?.name === b?.name;
