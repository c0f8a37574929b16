import type { MunicipalSettings } from '../../../shared/contribution/municipal-policy.ts';
import type { IsoDate } from '../../../shared/kernel/dates.ts';
import type { RecordRef, Value } from '../../../shared/records/record.ts';
import { refKey } from '../../../shared/records/record.ts';
import type { Site } from '../../../shared/reception/site.ts';
import { definitionOf } from '../../../shared/sync/field-classes.ts';
import { baseOf, type ReplicaRecord } from '../../../shared/sync/replica-record.ts';
import type { SaveRequest } from '../../services.tsx';

/** The role that looks after a municipality in the app; contribution.md §1 rule 5 leaves checks to an administrator. */
export const administrator = 'lead';

export type Municipality = { readonly code: string; readonly name: string };

/** Municipalities of the sites, and those that have settled something already; by name. */
export function municipalitiesOf(
  sites: readonly Site[],
  policies: readonly MunicipalSettings[],
): readonly Municipality[] {
  const byCode = new Map<string, Municipality>();
  for (const { municipality } of [...policies, ...sites]) {
    if (municipality !== null && !byCode.has(municipality.code)) byCode.set(municipality.code, municipality);
  }
  return [...byCode.values()].sort((a, b) => a.name.localeCompare(b.name, 'nl'));
}

/** The record of a municipality; where two laptops began one each, the first by id. */
export const findPolicy = (policies: readonly MunicipalSettings[], code: string): MunicipalSettings | undefined =>
  policies.filter((policy) => policy.municipality?.code === code).sort((a, b) => (a.id < b.id ? -1 : 1))[0];

export type Period = { readonly from: IsoDate; readonly to: IsoDate | null };

/** A period that meets from … to; one with the same first day is the one that is being changed. */
export const findOverlap = (periods: readonly Period[], from: IsoDate, to: IsoDate | null): Period | undefined =>
  periods.find(
    (period) => period.from !== from && (to === null || period.from <= to) && (period.to === null || period.to >= from),
  );

/** What is on screen when a form begins: the record then, or the id of a new one. */
type PolicyStart = { readonly id: string; readonly record: ReplicaRecord | undefined };

export function policyStart(
  records: ReadonlyMap<string, ReplicaRecord>,
  policy: MunicipalSettings | undefined,
  newId: () => string,
): PolicyStart {
  if (policy === undefined) return { id: newId(), record: undefined };
  return { id: policy.id, record: records.get(refKey({ kind: 'municipalPolicy', id: policy.id })) };
}

/** One save of settled facts, all or none; a first one begins the record of the municipality. */
export function policySave(
  start: PolicyStart,
  municipality: Municipality,
  settled: readonly { readonly field: string; readonly value: Value }[],
): SaveRequest {
  const { id, record } = start;
  const ref: RecordRef = { kind: 'municipalPolicy', id };
  const edit = (name: string, to: Value) => ({
    field: name,
    value: to,
    base: record === undefined ? [] : baseOf(record, name, definitionOf('municipalPolicy')),
  });
  const first = record === undefined ? [edit('placement', { site: null }), edit('municipality', municipality)] : [];
  return {
    records: [{ ref, edits: [...first, ...settled.map(({ field, value }) => edit(field, value))] }],
    action: 'edit',
    purpose: null,
  };
}
