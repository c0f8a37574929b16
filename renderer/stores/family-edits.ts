import { refKey, type RecordRef } from '../../shared/records/record.ts';
import type { PlannedRecord } from '../../shared/register/household.ts';
import { definitionOf } from '../../shared/sync/field-classes.ts';
import { baseOf, emptyRecord, type ReplicaRecord } from '../../shared/sync/replica-record.ts';
import type { Edit } from '../../shared/sync/make-changes.ts';

/** A plan over families as the edits of one save; each names what stands there now. */
export const familyEdits = (
  records: ReadonlyMap<string, ReplicaRecord>,
  plan: readonly PlannedRecord[],
): readonly { readonly ref: RecordRef; readonly edits: readonly Edit[] }[] =>
  plan
    .filter(({ edits }) => edits.length > 0)
    .map(({ ref, edits }) => {
      const record = records.get(refKey(ref)) ?? emptyRecord(ref);
      return {
        ref,
        edits: edits.map((edit) => ({ ...edit, base: baseOf(record, edit.field, definitionOf('family')) })),
      };
    });
