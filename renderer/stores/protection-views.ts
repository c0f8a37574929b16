import { useMemo } from 'react';
import {
  protectionDecisionsOf,
  withDecisions,
  type ProtectionDecision,
} from '../../shared/register/protection-decision.ts';
import type { IsoDate } from '../../shared/kernel/dates.ts';
import {
  keepingDecisionsOf,
  mayKeepLastResidence,
  withKeepingDecisions,
  type KeepingDecision,
} from '../../shared/register/territories.ts';
import type { ProtectionPeriod } from '../../shared/register/registration.ts';
import { definitionOf } from '../../shared/sync/field-classes.ts';
import { isHidden, valuesOf, type ReplicaRecord } from '../../shared/sync/replica-record.ts';
import { recordsOfKind, useWorkspace } from './workspace-store.ts';

const read = (record: ReplicaRecord): readonly ProtectionDecision[] =>
  isHidden(record) ? [] : protectionDecisionsOf(valuesOf(record, definitionOf('municipalPolicy')).values);

/** The periods of protection with the ends that were decided after this version of the app came out. */
export function useProtectionPeriods(): readonly ProtectionPeriod[] {
  const records = useWorkspace((state) => state.records);
  return useMemo(() => withDecisions(recordsOfKind(records, 'municipalPolicy').flatMap(read)), [records]);
}

const readKeeping = (record: ReplicaRecord): readonly KeepingDecision[] =>
  isHidden(record) ? [] : keepingDecisionsOf(valuesOf(record, definitionOf('municipalPolicy')).values);

/** What was decided about keeping the last residence in Ukraine, the oldest first. */
export function useKeepingDecisions(): readonly KeepingDecision[] {
  const records = useWorkspace((state) => state.records);
  return useMemo(
    () =>
      recordsOfKind(records, 'municipalPolicy')
        .flatMap(readKeeping)
        .sort((a, b) => (a.from < b.from ? -1 : 1)),
    [records],
  );
}

/** Whether the last residence may be written down on `day`. */
export const useKeepsLastResidence = (day: IsoDate): boolean =>
  mayKeepLastResidence(day, withKeepingDecisions(useKeepingDecisions()));

/** The record that holds decisions of this municipality: the first by id, where two laptops began one each. */
export function findPolicyRecord(records: ReadonlyMap<string, ReplicaRecord>): ReplicaRecord | undefined {
  return recordsOfKind(records, 'municipalPolicy')
    .filter((record) => !isHidden(record))
    .sort((a, b) => (a.id < b.id ? -1 : 1))[0];
}
