import type * as z from 'zod';
import type { Compartment, FieldValues, RecordKind, Value } from './record.ts';

/** What several values of one field mean when they meet (sync.md §3.1). */
export type FieldClass = 'review' | 'lww' | 'set' | 'append' | 'exclusive' | 'server';

/** What of an edit may leave the device: its value, only that it was given, or nothing. */
export type Sharing = 'central' | 'flag' | 'local';

export type FieldRule<Schema extends z.ZodType = z.ZodType> = {
  readonly schema: Schema;
  readonly class: FieldClass;
  readonly compartment: Compartment;
  readonly sharing: Sharing;
  /** While several values stand, the earliest of this list is shown: the most careful one. */
  readonly cautious?: readonly Value[];
};

export type KindDefinition<Fields extends Record<string, FieldRule> = Record<string, FieldRule>> = {
  readonly kind: RecordKind;
  /** By field id, or by the part before the first dot where the id has a variable part. */
  readonly fields: Fields;
  /** Written once, never edited. */
  readonly immutable: boolean;
};

/** A field without class, compartment and sharing does not compile. */
export const defineKind = <Fields extends Record<string, FieldRule>>(
  kind: RecordKind,
  fields: Fields,
  immutable = false,
): KindDefinition<Fields> => ({ kind, fields, immutable });

/** The part of a field id before its first dot: `income` of `income.employment.2026-11`. */
export const fieldStem = (fieldId: string): string => fieldId.split('.', 1)[0] ?? fieldId;

export function findFieldRule(definition: KindDefinition, fieldId: string): FieldRule | undefined {
  return Object.hasOwn(definition.fields, fieldStem(fieldId)) ? definition.fields[fieldStem(fieldId)] : undefined;
}

/** The value of a field as its schema gives it; undefined when it is absent or this version cannot read it. */
export function readField<Schema extends z.ZodType>(
  values: FieldValues,
  fieldId: string,
  rule: FieldRule<Schema>,
): z.infer<Schema> | undefined {
  const value = values[fieldId];
  if (value === undefined || value === null) return undefined;
  const parsed = rule.schema.safeParse(value);
  return parsed.success ? parsed.data : undefined;
}

/** All fields under one stem, with the variable part of the id: `income.…` gives `['employment.2026-11', value]`. */
export function readFields<Schema extends z.ZodType>(
  values: FieldValues,
  stem: string,
  rule: FieldRule<Schema>,
): readonly (readonly [string, z.infer<Schema>])[] {
  return Object.keys(values)
    .filter((fieldId) => fieldId.startsWith(`${stem}.`))
    .sort()
    .flatMap((fieldId) => {
      const value = readField(values, fieldId, rule);
      return value === undefined ? [] : [[fieldId.slice(stem.length + 1), value] as const];
    });
}

const givenSuffix = '.given';
/** The field that says a `flag` field was given, without its value. */
export const givenField = (fieldId: string): string => `${fieldId}${givenSuffix}`;
/** The field that a `givenField` speaks of; undefined for every other field. */
export const fieldOfGiven = (fieldId: string): string | undefined =>
  fieldId.endsWith(givenSuffix) ? fieldId.slice(0, -givenSuffix.length) : undefined;
