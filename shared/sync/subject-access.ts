import type { RecordKind, Value } from '../records/record.ts';
import type { Change } from './change.ts';
import { compareUtf8 } from './canonical-form.ts';
import { stampOf } from '../kernel/hybrid-clock.ts';
import { historyOf, isHidden, type ReplicaRecord } from './replica-record.ts';

/** Stands where something is about another person: the right of one may not become the exposure of another. */
export const otherPerson = '***';

export type SubjectValue = {
  readonly value: Value;
  readonly atMs: number;
  /** Who wrote it: a user, or the endpoint. */
  readonly by: string;
  /** Whether it holds now; the others were replaced and are kept. */
  readonly holds: boolean;
  /** The value was erased: that it was there is what is left. */
  readonly erased: boolean;
  /** Never left this laptop. */
  readonly onlyHere: boolean;
};
export type SubjectField = { readonly field: string; readonly values: readonly SubjectValue[] };
export type SubjectPart = {
  readonly kind: RecordKind;
  readonly id: string;
  readonly deleted: boolean;
  readonly fields: readonly SubjectField[];
  /** Fields left out because they are about somebody else alone. */
  readonly leftOut: number;
};

/**
 * Everything that these records hold about one person, with every earlier value, by whom and when; newest values first.
 * Fields of another person are left out and counted; inside a value whatever names another person is masked. Free text
 * can still name somebody: a person reads it before it is handed over. `isPerson` knows the ids of residents.
 */
export function subjectAccess(
  subject: string,
  records: readonly ReplicaRecord[],
  isPerson: (id: string) => boolean,
): readonly SubjectPart[] {
  const isOther = (text: string) => text !== subject && isPerson(text);
  return records.map((record) => {
    const byField = new Map<string, SubjectValue[]>();
    const leftOut = new Set<string>();
    const add = (field: string, entry: SubjectValue) => {
      if (field.split('.').some(isOther)) leftOut.add(field);
      else byField.set(field, [...(byField.get(field) ?? []), { ...entry, value: mask(entry.value, isOther) }]);
    };
    for (const { change, live } of historyOf(record)) add(change.f, entryOf(change, live));
    for (const [field, value] of Object.entries(record.local)) {
      add(field, { value, atMs: 0, by: '', holds: true, erased: false, onlyHere: true });
    }
    const fields = [...byField].map(([field, values]) => ({ field, values }));
    return {
      kind: record.kind,
      id: record.id,
      deleted: isHidden(record),
      fields: fields.sort((a, b) => compareUtf8(a.field, b.field)),
      leftOut: leftOut.size,
    };
  });
}

const entryOf = (change: Change, holds: boolean): SubjectValue => ({
  value: change.v ?? null,
  atMs: stampOf(change.h).ms,
  by: change.u,
  holds,
  erased: change.vh !== undefined,
  onlyHere: false,
});

/** A group that names another person belongs to that person as a whole: amounts and dates in it are theirs. */
function mask(value: Value, isOther: (text: string) => boolean): Value {
  if (typeof value === 'string') return isOther(value) ? otherPerson : value;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return (value as readonly Value[]).map((item) => mask(item, isOther));
  const entries = Object.entries(value);
  if (entries.some(([, part]) => typeof part === 'string' && isOther(part))) return otherPerson;
  return Object.fromEntries(
    entries.map(([key, part]) => (isOther(key) ? [otherPerson, otherPerson] : [key, mask(part, isOther)])),
  );
}

/** Whether a record says something about this id, in any operation of its history or in what never left the laptop. */
export function mentions(record: ReplicaRecord, id: string): boolean {
  const isNamed = (value: Value | undefined): boolean => {
    if (typeof value === 'string') return value === id;
    if (typeof value !== 'object' || value === null) return false;
    if (Array.isArray(value)) return (value as readonly Value[]).some(isNamed);
    return Object.entries(value).some(([key, part]) => key === id || isNamed(part));
  };
  return (
    record.id === id ||
    record.ops.some(({ f, v }) => f.split('.').includes(id) || isNamed(v)) ||
    Object.entries(record.local).some(([field, value]) => field.split('.').includes(id) || isNamed(value))
  );
}
