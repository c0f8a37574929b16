import type { IsoDate } from '../../shared/kernel/dates.ts';
import { refKey, type RecordRef } from '../../shared/records/record.ts';
import type { BedStay } from '../../shared/reception/bed-stay.ts';
import type { StayPlan } from '../../shared/reception/placing.ts';
import { definitionOf } from '../../shared/sync/field-classes.ts';
import type { Edit } from '../../shared/sync/make-changes.ts';
import { baseOf, type ReplicaRecord } from '../../shared/sync/replica-record.ts';

type RecordEdits = { readonly ref: RecordRef; readonly edits: readonly Edit[] };

/** Ends a stay on `until`, the first night not in the bed; one that would have no night left is voided instead. */
export function endStay(
  records: ReadonlyMap<string, ReplicaRecord>,
  stay: BedStay,
  until: IsoDate,
  reason = 'moved',
): readonly RecordEdits[] {
  const ref: RecordRef = { kind: 'bedStay', id: stay.id };
  const record = records.get(refKey(ref));
  if (record === undefined) return [];
  const edit = until <= stay.from ? { field: 'void', value: { reason } } : { field: 'until', value: until };
  return [{ ref, edits: [{ ...edit, base: baseOf(record, edit.field, definitionOf('bedStay')) }] }];
}

/** A new stay of one resident in one bed, nights `[from, until)`; without `until` for as long as it lasts. */
export function newStay(
  id: string,
  { until = null, shared = false, ...stay }: NewStay & { readonly until?: IsoDate | null; readonly shared?: boolean },
): RecordEdits {
  return {
    ref: { kind: 'bedStay', id },
    edits: [
      { field: 'placement', value: { site: stay.site }, base: [] },
      { field: 'stay', value: stay, base: [] },
      ...(until === null ? [] : [{ field: 'until', value: until, base: [] }]),
      ...(shared ? [{ field: 'shared', value: sharedReason, base: [] }] : []),
    ],
  };
}
type NewStay = { readonly site: string; readonly bed: string; readonly resident: string; readonly from: IsoDate };

/** A plan of stays as the edits of one save: all of it, or nothing. */
export const planEdits = (
  records: ReadonlyMap<string, ReplicaRecord>,
  plan: StayPlan,
  newId: () => string,
): readonly RecordEdits[] => [
  ...plan.ends.flatMap(({ stay, until }) => endStay(records, stay, until)),
  ...plan.begins.map((begun) => newStay(newId(), begun)),
  ...(plan.shares ?? []).flatMap((stay) => shareStay(records, stay)),
];

const sharedReason = { reason: 'family' };

function shareStay(records: ReadonlyMap<string, ReplicaRecord>, stay: BedStay): readonly RecordEdits[] {
  const ref: RecordRef = { kind: 'bedStay', id: stay.id };
  const record = records.get(refKey(ref));
  if (record === undefined || stay.shared) return [];
  const base = baseOf(record, 'shared', definitionOf('bedStay'));
  return [{ ref, edits: [{ field: 'shared', value: sharedReason, base }] }];
}
