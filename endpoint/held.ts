import { recordIdOf } from '../shared/kernel/ids.ts';
import { recordKinds, type RecordKind } from '../shared/records/record.ts';
import type { Change, Value } from '../shared/sync/change.ts';
import { definitionOf, ruleOfRecord } from '../shared/sync/field-classes.ts';
import { emptyRecord } from '../shared/sync/replica-record.ts';
import { deletedField, ruleOfField } from '../shared/sync/rule-of-field.ts';
import type { Grant } from './devices.ts';

export type HeldReason = 'schema' | 'rights' | 'rule';
/** Values of this schema version are checked; what a newer app wrote is passed on as it is. */
const schemaVersion = 1;

/**
 * Why an operation waits for a person, or null. Such an operation is kept and confirmed, and stands in no feed until
 * then. Kinds and fields that this version does not know are no reason.
 */
export function heldReason(op: Change, user: string, c: string, grant: Grant | undefined): HeldReason | null {
  const mayWrite = grant?.compartments.some((compartment) => compartment === c) === true;
  // An erasure is issued here, never on a device.
  if (op.u !== user || !mayWrite || op.k === 'erase') return 'rights';
  const kind = recordKinds.find((known): known is RecordKind => known === op.t);
  if (kind === undefined) return null;
  const definition = definitionOf(kind);
  const rule = ruleOfField(definition, op.f, ruleOfRecord(emptyRecord({ kind, id: recordIdOf(op.id) })));
  if (rule === undefined) return null;
  // A value must not slip into a wider feed, or leave the device when its field says it stays.
  if (rule.compartment !== c || rule.sharing !== 'central') return 'rule';
  if (op.f === deletedField || op.v === undefined || op.v === null || op.s > schemaVersion) return null;
  const value = asField(op.k, op.v, definition.immutable);
  return value === undefined || rule.schema.safeParse(value).success ? null : 'schema';
}

/** What the schema of the field speaks about: the whole value, or a list with this one member. */
function asField(k: Change['k'], v: Value, immutable: boolean): Value | undefined {
  if (k === 'set' || (k === 'app' && immutable)) return v;
  return k === 'app' || k === 'add' ? [v] : undefined;
}
