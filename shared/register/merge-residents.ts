import { numberKey } from '../kernel/number-key.ts';
import { fieldOfGiven, findFieldRule } from '../records/field-rule.ts';
import { isGroup, type FieldValues, type RecordRef, type Value } from '../records/record.ts';
import { memberFieldId, toFamily } from './family.ts';
import { daysLeft, type PlannedEdit, type PlannedRecord } from './household.ts';
import { residentKind } from './resident.ts';

/** A record as its values; the edits of a plan name values, their base is named where they are saved. */
export type RecordView = { readonly ref: RecordRef; readonly values: FieldValues };
export type { PlannedEdit, PlannedRecord } from './household.ts';

/** One question of a merge. `keptField` is where the record that stays has it: the same paper can have another key. */
export type MergeQuestion = {
  readonly field: string;
  readonly keptField: string;
  readonly gone: Value;
  readonly kept: Value;
};
export type MergeSide = 'gone' | 'kept';

/** Entries of these have a key that says nothing: which of two are the same shows in their contents. */
const freelyKeyed: ReadonlySet<string> = new Set(['document', 'brp']);
const own: ReadonlySet<string> = new Set(['_deleted', 'mergedInto', 'notSame']);
/** Which spellings were proposed goes with the name that they are about, and is no question of its own. */
const markOfName = 'proposedSpelling';
const stemOf = (field: string) => field.split('.', 1)[0] ?? field;
const isOwn = (field: string) => own.has(stemOf(field)) || fieldOfGiven(field) !== undefined;

/** Fields in which both records say something and not the same, by field. Sets are joined and ask nothing. */
export function mergeQuestions(gone: FieldValues, kept: FieldValues): readonly MergeQuestion[] {
  return Object.keys(gone)
    .sort()
    .flatMap((field): MergeQuestion[] => {
      const value = gone[field] ?? null;
      if (isOwn(field) || value === null || isSet(field) || field === markOfName) return [];
      const keptField = counterpartOf(field, value, kept);
      const other = keptField === undefined ? null : (kept[keptField] ?? null);
      if (keptField === undefined || other === null || sameValue(value, other)) return [];
      return [{ field, keptField, gone: value, kept: other }];
    });
}

/**
 * What makes one person of two records, as the edits of one save: `kept` gets what only `gone` has and what was chosen
 * of it (a question without a choice keeps what stands), everything of `others` that points to `gone` points to `kept`,
 * and `gone` says where it went. Where that is done already there is nothing to do: planned again it is empty.
 */
export function planMerge(
  gone: RecordView,
  kept: RecordView,
  choices: ReadonlyMap<string, MergeSide>,
  others: readonly RecordView[],
): readonly PlannedRecord[] {
  const from = gone.ref.id;
  const to = kept.ref.id;
  const plan: PlannedRecord[] = [
    { ref: kept.ref, edits: takenOver(gone, kept, choices) },
    { ref: gone.ref, edits: gone.values.mergedInto === to ? [] : [{ field: 'mergedInto', value: to }] },
    ...others.map(({ ref, values }) => ({ ref, edits: repointed({ ref, values }, from, to) })),
  ];
  return plan.filter(({ edits }) => edits.length > 0);
}

function takenOver(gone: RecordView, kept: RecordView, choices: ReadonlyMap<string, MergeSide>): PlannedEdit[] {
  const questions = new Map(mergeQuestions(gone.values, kept.values).map((question) => [question.field, question]));
  return Object.keys(gone.values)
    .sort()
    .flatMap((field): PlannedEdit[] => {
      const value = gone.values[field] ?? null;
      if (isOwn(field) || value === null) return [];
      if (isSet(field)) return joined(field, value, kept.values[field] ?? null);
      if (field === markOfName) {
        const isTaken = choices.get('name') === 'gone' || (kept.values[field] ?? null) === null;
        return isTaken && !sameValue(value, kept.values[field] ?? null) ? [{ field, value }] : [];
      }
      const question = questions.get(field);
      if (question !== undefined) {
        return choices.get(field) === 'gone' ? [{ field: question.keptField, value }] : [];
      }
      if (counterpartOf(field, value, kept.values) !== undefined) return [];
      return [{ field: freeField(field, gone.ref.id, kept.values), value }];
    });
}

const isSet = (field: string): boolean => findFieldRule(residentKind, field)?.class === 'set';

function joined(field: string, gone: Value, kept: Value): PlannedEdit[] {
  const present: readonly Value[] = Array.isArray(kept) ? (kept as readonly Value[]) : [];
  const added = (Array.isArray(gone) ? (gone as readonly Value[]) : []).filter(
    (item) => !present.some((other) => sameValue(item, other)),
  );
  return added.length === 0 ? [] : [{ field, value: [...present, ...added] }];
}

/** Where `kept` has the same thing; undefined when it has nothing of the kind. */
function counterpartOf(field: string, value: Value, kept: FieldValues): string | undefined {
  const stem = stemOf(field);
  if (!freelyKeyed.has(stem)) return (kept[field] ?? null) === null ? undefined : field;
  return Object.keys(kept)
    .sort()
    .find((other) => stemOf(other) === stem && isSameEntry(stem, value, kept[other] ?? null));
}

/** One paper by its kind and number, one registration by its first day and municipality. */
function isSameEntry(stem: string, a: Value, b: Value): boolean {
  const parts = stem === 'document' ? ['type', 'number'] : ['from', 'municipality'];
  if (sameValue(a, b)) return true;
  return parts.every((part) => {
    const [of, at] = [partOf(a, part), partOf(b, part)];
    return of !== '' && at !== '' && of === at;
  });
}

function partOf(value: Value, part: string): string {
  const found = isGroup(value) ? value[part] : null;
  return typeof found === 'string' ? numberKey(found) : '';
}

/** Another paper can have the same key: then the first signs of the record it comes from go behind it. */
const freeField = (field: string, from: string, kept: FieldValues): string =>
  (kept[field] ?? null) === null ? field : `${field}-${from.slice(0, 8)}`;

/** Edits that let one record point to `to` instead of `from`; empty when it does not point there. */
export function repointed({ ref, values }: RecordView, from: string, to: string): readonly PlannedEdit[] {
  switch (ref.kind) {
    case 'bedStay':
      return inGroup('stay', values, from, to);
    case 'absence':
      return inGroup('notice', values, from, to);
    case 'family':
      return movedMembership(ref.id, values, from, to);
    case 'rollCall': {
      const mark = values[`mark.${from}`] ?? null;
      if (mark === null) return [];
      const isFree = (values[`mark.${to}`] ?? null) === null;
      return [{ field: `mark.${from}`, value: null }, ...(isFree ? [{ field: `mark.${to}`, value: mark }] : [])];
    }
    case 'returnIntake':
      return movedInterview(values, from, to);
    default:
      // A decision and a recorded interview never change: they are read along the chain of merges.
      return [];
  }
}

function inGroup(field: string, values: FieldValues, from: string, to: string): readonly PlannedEdit[] {
  const group = values[field] ?? null;
  return isGroup(group) && group.resident === from ? [{ field, value: { ...group, resident: to } }] : [];
}

/** Days on which the record that stays belongs to the family already are not written twice: amounts count members. */
function movedMembership(id: string, values: FieldValues, from: string, to: string): readonly PlannedEdit[] {
  const { memberships } = toFamily(id, values);
  const taken = memberships.filter(({ resident }) => resident === to);
  const used = new Set(taken.map((membership) => memberFieldId(to, membership.from)));
  return memberships
    .filter(({ resident }) => resident === from)
    .flatMap((moved): PlannedEdit[] => [
      { field: memberFieldId(from, moved.from), value: null },
      ...daysLeft(moved, taken).flatMap((days): PlannedEdit[] => {
        const field = memberFieldId(to, days.from);
        if (used.has(field)) return [];
        used.add(field);
        return [{ field, value: { to: days.to, relation: moved.relation } }];
      }),
    ]);
}

/** Answers are copied and not emptied: what is local to a laptop could not be given back by another one. */
function movedInterview(values: FieldValues, from: string, to: string): readonly PlannedEdit[] {
  const about = values.about ?? null;
  const listed = isGroup(about) && Array.isArray(about.residents) ? (about.residents as readonly Value[]) : [];
  if (!isGroup(about) || !listed.includes(from)) return [];
  const residents = [...new Set(listed.map((id) => (id === from ? to : id)))];
  const answers = Object.keys(values)
    .filter((field) => field.endsWith(`.${from}`))
    .sort()
    .flatMap((field): PlannedEdit[] => {
      const target = `${field.slice(0, -from.length)}${to}`;
      return (values[target] ?? null) === null ? [{ field: target, value: values[field] ?? null }] : [];
    });
  return [{ field: 'about', value: { ...about, residents } }, ...answers];
}

/** As the canonical form, but what is left out of a group is the same as nothing in it. */
function sameValue(a: Value, b: Value): boolean {
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item: Value, at) => sameValue(item, (b as readonly Value[])[at] ?? null));
  }
  if (isGroup(a) && isGroup(b)) {
    const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
    return [...keys].every((key) => sameValue(a[key] ?? null, b[key] ?? null));
  }
  return a === b;
}
