import * as z from 'zod';
import { parseIsoDate, type IsoDate } from '../kernel/dates.ts';
import { isRecordId } from '../kernel/ids.ts';
import { cents, type Cents } from '../kernel/money.ts';
import type { FieldClass, FieldRule } from '../records/field-rule.ts';
import type { Compartment, Value } from '../records/record.ts';
import { parsePartialDate, type PartialDate } from './partial-date.ts';

export const isoDateSchema = z.custom<IsoDate>(
  (value) => typeof value === 'string' && parseIsoDate(value) !== undefined,
  'impossible-date',
);

export const partialDateSchema = z.custom<PartialDate>(
  (value) => typeof value === 'string' && parsePartialDate(value) !== undefined,
  'impossible-date',
);

export const recordIdSchema = z.string().refine(isRecordId, 'not-a-record-id');

/** Key of a part of a record, as in `document.<key>`: short, without a dot. */
export const partKeySchema = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/);

/** ISO 3166-1 alpha-2; `XX` stands for stateless or unknown. */
export const countryCodeSchema = z.string().regex(/^[A-Z]{2}$/);

/** Four digits as text. The pattern itself is not verified (register.md §6), so other text is only warned about. */
export const municipalityCodeSchema = z.string().min(1).max(10);

/** Names and other short text are kept as typed, in NFC. */
export const textSchema = (maxLength: number) => z.string().normalize('NFC').max(maxLength);

export const centsSchema = z
  .number()
  .int()
  .transform((value): Cents => cents(value));

/** `{ site }`: the site record it belongs to, null for the whole municipality. The endpoint routes by it. */
export const placementSchema = z.object({ site: recordIdSchema.nullable() });

/** One line of a record kind. Everything in these kinds may go to the endpoint, sealed per compartment. */
export const field = <Schema extends z.ZodType>(
  fieldClass: FieldClass,
  compartment: Compartment,
  schema: Schema,
  cautious?: readonly Value[],
): FieldRule<Schema> => ({
  schema,
  class: fieldClass,
  compartment,
  sharing: 'central',
  ...(cautious === undefined ? {} : { cautious }),
});
