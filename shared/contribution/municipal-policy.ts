import * as z from 'zod';
import { parseIsoDate, type IsoDate } from '../kernel/dates.ts';
import { defineKind, readField, readFields, type FieldRule } from '../records/field-rule.ts';
import type { FieldValues } from '../records/record.ts';
import { placementSchema } from '../register/schemas.ts';
import type { DatedOverride, DatedPolicy } from './dated-policy.ts';
import { incomeKinds } from './month-facts.ts';
import { parameterNames, type ParameterName } from './parameter-row.ts';

const day = z.custom<IsoDate>((value) => typeof value === 'string' && parseIsoDate(value) !== undefined);
const settledSchema = z.object({
  municipality: z.string().min(1).max(10),
  incomeBasis: z.enum(['net', 'gross']),
  extraGrounds: z.array(z.enum(incomeKinds)),
  collectsFrom: day.nullable(),
});
const overrideSchema = z.object({
  to: day.nullable(),
  value: z.union([z.int(), z.string()]),
  reason: z.string().min(1).max(500),
  source: z.string().min(1).max(500),
});
const reviewed = <Schema extends z.ZodType>(schema: Schema): FieldRule<Schema> => ({
  schema,
  class: 'review',
  compartment: 'finance',
  sharing: 'central',
});

/** What a municipality has settled for itself (contribution.md §8); one record per municipality. */
export const municipalPolicyKind = defineKind('municipalPolicy', {
  placement: { schema: placementSchema, class: 'review', compartment: 'core', sharing: 'central' },
  settled: reviewed(settledSchema),
  /** `override.<parameter>.<from>`; parameters have dots in their own name. */
  override: reviewed(overrideSchema),
});

export const overrideFieldId = (param: ParameterName, from: IsoDate): string => `override.${param}.${from}`;

/** Nothing settled yet: without a choice between net and gross no amount is worked out. */
export const unsettledPolicy: DatedPolicy = {
  municipality: '',
  incomeBasis: null,
  extraGrounds: [],
  collectsFrom: null,
  overrides: [],
};

/** Typed view of a policy record; never fails, what is absent or unreadable is as in `unsettledPolicy`. */
export function toDatedPolicy(values: FieldValues): DatedPolicy {
  const { fields } = municipalPolicyKind;
  const settled = readField(values, 'settled', fields.settled);
  const overrides = readFields(values, 'override', fields.override).flatMap(([key, value]): DatedOverride[] => {
    const at = key.lastIndexOf('.');
    const param = parameterNames.find((name) => name === key.slice(0, at));
    const from = parseIsoDate(key.slice(at + 1));
    return param === undefined || from === undefined ? [] : [{ param, from, ...value }];
  });
  return { ...unsettledPolicy, ...settled, overrides };
}
