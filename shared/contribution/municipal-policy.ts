import * as z from 'zod';
import { parseIsoDate, type IsoDate } from '../kernel/dates.ts';
import { defineKind, readFields, type FieldRule } from '../records/field-rule.ts';
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

/** What a municipality has settled for itself (contribution.md §8), each in force from the day in its field id. */
export const municipalPolicyKind = defineKind('municipalPolicy', {
  placement: { schema: placementSchema, class: 'review', compartment: 'core', sharing: 'central' },
  /** `settled.<from>`, in force until the next one. */
  settled: reviewed(settledSchema),
  /** `override.<parameter>.<from>`; parameters have dots in their own name. */
  override: reviewed(overrideSchema),
});

export const settledFieldId = (from: IsoDate): string => `settled.${from}`;
export const overrideFieldId = (param: ParameterName, from: IsoDate): string => `override.${param}.${from}`;

export type Settled = z.infer<typeof settledSchema> & { readonly from: IsoDate };
export type MunicipalSettings = {
  readonly id: string;
  /** Oldest first. */
  readonly settled: readonly Settled[];
  readonly overrides: readonly DatedOverride[];
};

/** Typed view of a policy record; never fails, what is absent or unreadable is left out. */
export function toMunicipalSettings(id: string, values: FieldValues): MunicipalSettings {
  const { fields } = municipalPolicyKind;
  const settled = readFields(values, 'settled', fields.settled).flatMap(([key, value]): Settled[] => {
    const from = parseIsoDate(key);
    return from === undefined ? [] : [{ ...value, from }];
  });
  const overrides = readFields(values, 'override', fields.override).flatMap(([key, value]): DatedOverride[] => {
    const at = key.lastIndexOf('.');
    const param = parameterNames.find((name) => name === key.slice(0, at));
    const from = parseIsoDate(key.slice(at + 1));
    return param === undefined || from === undefined ? [] : [{ param, from, ...value }];
  });
  return { id, settled, overrides };
}

/**
 * The policy of a municipality on `day`; without a code that of the only one. Nothing settled gives no basis of income,
 * and then no amount is worked out. Of two records for one municipality the smaller id counts, the same on every device.
 */
export function toDatedPolicy(
  settings: readonly MunicipalSettings[],
  municipality: string | null,
  day: IsoDate,
): DatedPolicy {
  const found = [...settings]
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .flatMap((one) => {
      const settled = one.settled.findLast(({ from }) => from <= day);
      const fits = municipality === null || settled?.municipality === municipality;
      return settled !== undefined && fits ? [{ settled, overrides: one.overrides }] : [];
    })[0];
  if (found === undefined)
    return { municipality: municipality ?? '', incomeBasis: null, extraGrounds: [], collectsFrom: null, overrides: [] };
  const { municipality: code, incomeBasis, extraGrounds, collectsFrom } = found.settled;
  return { municipality: code, incomeBasis, extraGrounds, collectsFrom, overrides: found.overrides };
}
