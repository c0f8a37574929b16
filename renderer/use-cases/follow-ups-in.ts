import { findFollowUp, type FollowUp } from '../../shared/follow-up/follow-up.ts';
import { definitionOf } from '../../shared/sync/field-classes.ts';
import { recordsOf } from '../../shared/sync/record-image.ts';
import { isHidden, valuesOf, type ReplicaRecord } from '../../shared/sync/replica-record.ts';

const read = new WeakMap<ReplicaRecord, FollowUp | null>();

/** Every follow-up that can be read here. A record is read once: it is another object when it changes. */
export function followUpsIn(records: ReadonlyMap<string, ReplicaRecord>): readonly FollowUp[] {
  const found: FollowUp[] = [];
  for (const record of recordsOf(records, 'followUp')) {
    if (isHidden(record)) continue;
    let item = read.get(record);
    if (item === undefined) {
      item = findFollowUp(record.id, valuesOf(record, definitionOf(record.kind)).values) ?? null;
      read.set(record, item);
    }
    if (item !== null) found.push(item);
  }
  return found;
}
