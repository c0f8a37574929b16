import type { Change } from './change.ts';
import { eraseValue, type Sha256 } from './chain.ts';
import type { ReplicaRecord } from './replica-record.ts';
import { deletedField, erasedField } from './rule-of-field.ts';

/**
 * What an erasure of a whole record leaves: where the empty record belongs, so that the erasure itself reaches every
 * laptop that had it, and that it was deleted. Neither says anything about a person.
 */
const kept: ReadonlySet<string> = new Set(['placement', deletedField]);

/** Fields of one record that are erased: `whole`, or the named ones. */
export type ErasedFields = { readonly whole: boolean; readonly fields: ReadonlySet<string> };

/** What the operations of one record say is erased; undefined when nothing is. */
export function erasedFieldsOf(ops: readonly Change[]): ErasedFields | undefined {
  const erasures = ops.filter(({ k }) => k === 'erase');
  if (erasures.length === 0) return undefined;
  return { whole: erasures.some(({ f }) => f === erasedField), fields: new Set(erasures.map(({ f }) => f)) };
}

/** Whether an operation may keep no value; an erasure itself never had one, and late operations are meant as well. */
export const mustBeErased = (op: Change, { whole, fields }: ErasedFields): boolean =>
  op.k !== 'erase' && (fields.has(op.f) || (whole && !kept.has(op.f)));

/** The operation as it may be kept: as it is, or with its hash in the place of value and salt. */
export const withoutErased = (op: Change, erased: ErasedFields, sha256: Sha256): Change =>
  op.vh === undefined && mustBeErased(op, erased) ? eraseValue(op, sha256) : op;

/**
 * The record after its own erasures: values and salts of what they cover are gone, and with a whole record also what
 * never left this device. The same object when there is nothing to drop; doing it twice or in another order changes
 * nothing, and every leaf stays as it was.
 */
export function applyErasures(record: ReplicaRecord, sha256: Sha256): ReplicaRecord {
  const erased = erasedFieldsOf(record.ops);
  if (erased === undefined) return record;
  let changed = false;
  const ops = record.ops.map((op) => {
    const left = withoutErased(op, erased, sha256);
    if (left !== op) changed = true;
    return left;
  });
  const localFields = Object.keys(record.local);
  const local = erased.whole
    ? {}
    : Object.fromEntries(Object.entries(record.local).filter(([field]) => !erased.fields.has(field)));
  if (!changed && Object.keys(local).length === localFields.length) return record;
  return { ...record, ops, local };
}
