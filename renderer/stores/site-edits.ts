import type { RecordRef, Value } from '../../shared/records/record.ts';
import { definitionOf } from '../../shared/sync/field-classes.ts';
import type { Edit } from '../../shared/sync/make-changes.ts';
import { baseOf, type ReplicaRecord } from '../../shared/sync/replica-record.ts';
import { findRecord } from './workspace-store.ts';

/** Edits of fields of a site as it is now: parts of a site are separate registers, so nobody else's are touched. */
export function siteEdits(
  records: ReadonlyMap<string, ReplicaRecord>,
  site: string,
  values: Readonly<Record<string, Value>>,
): { readonly ref: RecordRef; readonly edits: readonly Edit[] } {
  const ref: RecordRef = { kind: 'site', id: site };
  const record = findRecord(records, ref);
  const edits = Object.entries(values).map(([field, value]) => ({
    field,
    value,
    base: record === undefined ? [] : baseOf(record, field, definitionOf('site')),
  }));
  return { ref, edits };
}
