import { refKey, type RecordRef, type Value } from '../../shared/records/record.ts';
import {
  planMerge,
  type MergeSide,
  type PlannedRecord,
  type RecordView,
} from '../../shared/register/merge-residents.ts';
import type { Dot } from '../../shared/sync/change.ts';
import { dotOf } from '../../shared/sync/dots.ts';
import { definitionOf, ruleOfRecord } from '../../shared/sync/field-classes.ts';
import type { Edit } from '../../shared/sync/make-changes.ts';
import {
  baseOf,
  emptyRecord,
  isHidden,
  liveOf,
  valuesOf,
  type ReplicaRecord,
} from '../../shared/sync/replica-record.ts';
import { ruleOfField } from '../../shared/sync/rule-of-field.ts';
import { saveIdOf, undoEditsOf } from '../../shared/sync/undo-save.ts';

type RecordEdits = { readonly ref: RecordRef; readonly edits: readonly Edit[] };
type Small = ReadonlyMap<string, ReplicaRecord>;

const pointing: ReadonlySet<string> = new Set(['family', 'bedStay', 'absence', 'rollCall', 'returnIntake']);

const viewOf = (record: ReplicaRecord): RecordView => ({
  ref: { kind: record.kind, id: record.id },
  values: valuesOf(record, definitionOf(record.kind), ruleOfRecord(record)).values,
});

/** Small records that name the resident in a value or in the name of a field, also in versions that were replaced. */
export const recordsAbout = (records: Small, resident: string): readonly ReplicaRecord[] =>
  [...records.values()].filter(
    (record) =>
      pointing.has(record.kind) &&
      record.ops.some(({ f, v }) => f.includes(resident) || (v !== undefined && mentions(v, resident))) &&
      !isHidden(record),
  );

const mentions = (value: Value, id: string): boolean =>
  typeof value === 'string'
    ? value === id
    : typeof value === 'object' && value !== null && Object.values(value).some((part: Value) => mentions(part, id));

/** The edits of one save that make one person of two records. */
export function mergeEdits(
  gone: ReplicaRecord,
  kept: ReplicaRecord,
  choices: ReadonlyMap<string, MergeSide>,
  records: Small,
): readonly RecordEdits[] {
  const others = recordsAbout(records, gone.id);
  const plan = planMerge(viewOf(gone), viewOf(kept), choices, others.map(viewOf));
  return withBases(plan, [gone, kept, ...others], (record, field) =>
    baseOf(record, field, definitionOf(record.kind), ruleOfRecord(record)),
  );
}

/** The edits that give back everything that the save of a merge changed; `residents` are the records it was about. */
export const undoMergeEdits = (
  saveId: string,
  residents: readonly ReplicaRecord[],
  records: Small,
): readonly RecordEdits[] =>
  [...residents, ...recordsOfSave(records, saveId)].flatMap((record) => {
    const edits = undoEditsOf(record, new Set([saveId]), definitionOf(record.kind), ruleOfRecord(record));
    return edits.length === 0 ? [] : [{ ref: { kind: record.kind, id: record.id }, edits }];
  });

const recordsOfSave = (records: Small, saveId: string): readonly ReplicaRecord[] =>
  [...records.values()].filter(
    (record) => pointing.has(record.kind) && record.ops.some((change) => saveIdOf(change) === saveId),
  );

/**
 * One answer to merges that contradict each other, as one save: those of `dropped` are given back, and `gone` goes into
 * `kept` with whatever still points to it; `kept` null leaves it on its own. `residents` are all records of people that
 * any of the merges was about.
 */
export function settleMergeEdits(
  gone: string,
  kept: string | null,
  dropped: readonly string[],
  residents: readonly ReplicaRecord[],
  records: Small,
): readonly RecordEdits[] {
  const others = new Map(
    [...dropped.flatMap((save) => recordsOfSave(records, save)), ...recordsAbout(records, gone)].map((record) => [
      refKey(record),
      record,
    ]),
  );
  const all = [...residents, ...others.values()];
  const back = all.map((record): PlannedRecord => {
    const rules = [definitionOf(record.kind), ruleOfRecord(record)] as const;
    return { ref: record, edits: undoEditsOf(record, new Set(dropped), ...rules) };
  });
  const after = all.map((record, at): RecordView => {
    const { ref, values } = viewOf(record);
    const given = (back[at]?.edits ?? []).map(({ field, value }) => [field, value] as const);
    return { ref, values: { ...values, ...Object.fromEntries(given) } };
  });
  const find = (id: string) =>
    after.find(({ ref }) => ref.kind === 'resident' && ref.id === id) ?? viewOf(emptyRecord({ kind: 'resident', id }));
  const rest = after.filter(({ ref }) => ref.kind !== 'resident');
  const free = { ...find(gone), values: { ...find(gone).values, mergedInto: null } };
  const plan =
    kept === null
      ? [{ ref: free.ref, edits: [{ field: 'mergedInto', value: null }] }]
      : planMerge(free, find(kept), new Map(), rest);
  return withBases([...back, ...plan], all, (record, field) => {
    const isSet = ruleOfField(definitionOf(record.kind), field, ruleOfRecord(record))?.class === 'set';
    return isSet
      ? baseOf(record, field, definitionOf(record.kind), ruleOfRecord(record))
      : liveOf(record, field).map(dotOf);
  });
}

/** The last edit of a field counts; each names what stood there. */
function withBases(
  plan: readonly PlannedRecord[],
  records: readonly ReplicaRecord[],
  base: (record: ReplicaRecord, field: string) => readonly Dot[],
): readonly RecordEdits[] {
  const byKey = new Map(records.map((record) => [refKey(record), { record, values: new Map<string, Value>() }]));
  for (const { ref, edits } of plan) {
    const entry = byKey.get(refKey(ref));
    for (const { field, value } of edits) entry?.values.set(field, value);
  }
  return [...byKey.values()].flatMap(({ record, values }) => {
    const edits = [...values].map(([field, value]): Edit => ({ field, value, base: base(record, field) }));
    return edits.length === 0 ? [] : [{ ref: { kind: record.kind, id: record.id }, edits }];
  });
}

/** Whether values of a field differ in nothing but the resident: such versions come from merges and are settled there. */
export function isMoveOnly(record: ReplicaRecord, field: string): boolean {
  if (!['stay', 'notice', 'about'].includes(field)) return false;
  const rest = liveOf(record, field).map(({ v }) =>
    JSON.stringify(
      typeof v === 'object' && v !== null ? Object.entries(v).filter(([part]) => !part.startsWith('resident')) : v,
    ),
  );
  return new Set(rest).size === 1;
}
