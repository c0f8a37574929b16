import { useMemo } from 'react';
import {
  protectionDecisionsOf,
  withDecisions,
  type ProtectionDecision,
} from '../../shared/register/protection-decision.ts';
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

/** The record that holds decisions of this municipality: the first by id, where two laptops began one each. */
export function findPolicyRecord(records: ReadonlyMap<string, ReplicaRecord>): ReplicaRecord | undefined {
  return recordsOfKind(records, 'municipalPolicy')
    .filter((record) => !isHidden(record))
    .sort((a, b) => (a.id < b.id ? -1 : 1))[0];
}
