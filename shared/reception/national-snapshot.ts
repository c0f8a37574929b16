import * as z from 'zod';
import { defineKind, readField } from '../records/field-rule.ts';
import type { FieldValues } from '../records/record.ts';
import { field, isoDateSchema, placementSchema, textSchema } from '../register/schemas.ts';

const countSchema = z.int().min(0).max(100_000_000);

const figuresSchema = z.object({
  date: isoDateSchema,
  realised: countSchema.nullable(),
  occupied: countSchema.nullable(),
  registeredUa: countSchema.nullable(),
  registeredOther: countSchema.nullable(),
  deregisteredUa: countSchema.nullable(),
  deregisteredOther: countSchema.nullable(),
  source: textSchema(200).min(1),
});
export type NationalFigures = z.infer<typeof figuresSchema>;

/** Published national counts of one day, entered as they were published: one group, because they belong together. */
export const nationalSnapshotKind = defineKind('nationalSnapshot', {
  placement: field('review', 'core', placementSchema),
  figures: field('review', 'core', figuresSchema),
  _deleted: field('review', 'core', z.boolean(), [false, true]),
});

export type NationalSnapshot = NationalFigures & { readonly id: string };

/** Typed view; undefined when deleted or unreadable. Counts that were not published are null. */
export function findNationalSnapshot(id: string, values: FieldValues): NationalSnapshot | undefined {
  const figures = readField(values, 'figures', nationalSnapshotKind.fields.figures);
  return figures === undefined || values._deleted === true ? undefined : { id, ...figures };
}
