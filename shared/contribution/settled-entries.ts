import { addDays, isoDate, type IsoDate } from '../kernel/dates.ts';
import type { Value } from '../records/record.ts';
import {
  amountsCheckedFieldId,
  basisFieldId,
  cateringFieldId,
  groundsFieldId,
  overrideFieldId,
  type MunicipalSettings,
} from './municipal-policy.ts';
import type { ParameterName } from './parameter-row.ts';

/** One fact that a municipality settled, as its record keeps it. `to` null: while nothing else is settled. */
export type SettledEntry = {
  readonly field: string;
  readonly from: IsoDate;
  readonly to: IsoDate | null;
  readonly value: { readonly [key: string]: Value };
  /** What may not meet another of the same subject; null where each holds until the next one. */
  readonly subject: string | null;
};

/** The entries, by what the screen has a section for. */
export const settled = {
  basis: (from: IsoDate, value: { incomeBasis: 'net' | 'gross'; reason: string }): SettledEntry => ({
    ...{ field: basisFieldId(from), from, to: null, subject: null, value },
  }),
  grounds: (
    from: IsoDate,
    value: { kinds: readonly string[]; excluded: readonly string[]; reason: string },
  ): SettledEntry => ({ field: groundsFieldId(from), from, to: null, subject: null, value }),
  collectsFrom: (value: { day: IsoDate; reason: string }): SettledEntry => ({
    ...{ field: 'collectsFrom', from: value.day, to: null, subject: null, value },
  }),
  catering: (
    site: string,
    from: IsoDate,
    value: { to: IsoDate | null; catered: boolean; reason: string; source: string },
  ): SettledEntry => ({ field: cateringFieldId(site, from), from, to: value.to, subject: `catering ${site}`, value }),
  override: (
    param: ParameterName,
    from: IsoDate,
    value: { to: IsoDate | null; value: number | string; reason: string; source: string },
  ): SettledEntry => ({ field: overrideFieldId(param, from), from, to: value.to, subject: param, value }),
  amountsChecked: (on: IsoDate, value: { reason: string; source: string }): SettledEntry => ({
    ...{ field: amountsCheckedFieldId(on), from: on, to: null, subject: null, value },
  }),
};

/** Everything one record holds that the screen of the municipality edits. */
export function settledEntries(settings: MunicipalSettings): readonly SettledEntry[] {
  return [
    ...settings.bases.map(({ from, incomeBasis, reason }) => settled.basis(from, { incomeBasis, reason })),
    ...settings.grounds.map(({ from, kinds, excluded = [], reason }) =>
      settled.grounds(from, { kinds, excluded, reason }),
    ),
    ...(settings.collectsFrom === null ? [] : [settled.collectsFrom(settings.collectsFrom)]),
    ...settings.caterings.map(({ site, from, to, catered, reason, source }) =>
      settled.catering(site, from, { to, catered, reason, source }),
    ),
    ...settings.overrides.map(({ param, from, to, value, reason, source }) =>
      settled.override(param, from, { to, value, reason, source }),
    ),
    ...settings.checks.map(({ on, reason, source }) => settled.amountsChecked(on, { reason, source })),
  ];
}

type Period = { readonly from: IsoDate; readonly to: IsoDate | null };
type Reaching = Pick<SettledEntry, 'field' | 'from' | 'to'>;
const beginning = isoDate('2022-04-01');

/**
 * The days for which a change of one entry can change an amount. What began on the same day before and had another end
 * is counted too; another day of collection changes what lies between the two.
 */
export function reachOf(before: Reaching | undefined, after: Reaching): Period {
  if (after.field === 'collectsFrom') {
    const [first, second] = [before?.from ?? beginning, after.from].sort();
    if (first === undefined || second === undefined || first === second) return { from: after.from, to: after.to };
    return { from: first, to: addDays(second, -1) };
  }
  if (before === undefined) return { from: after.from, to: after.to };
  return { from: after.from, to: laterEnd(before.to, after.to) };
}

/** From the first of their first days to the last of their last. */
export const spanOf = (periods: readonly Period[]): Period | undefined =>
  periods.reduce<Period | undefined>(
    (span, { from, to }) =>
      span === undefined ? { from, to } : { from: span.from < from ? span.from : from, to: laterEnd(span.to, to) },
    undefined,
  );

const laterEnd = (a: IsoDate | null, b: IsoDate | null): IsoDate | null =>
  a === null || b === null ? null : a > b ? a : b;
