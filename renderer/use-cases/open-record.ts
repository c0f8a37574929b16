import { err, ok, type Result } from '../../shared/kernel/result.ts';
import type { NotFoundError, NotOpenedError } from '../../shared/errors.ts';
import type { AuditAction, MovedError, StorageError, UnreadableError } from '../../shared/ports.ts';
import type { FieldValues, RecordKind, RecordRef } from '../../shared/records/record.ts';
import { definitionOf, ruleOfRecord } from '../../shared/sync/field-classes.ts';
import type { Edit } from '../../shared/sync/make-changes.ts';
import { baseOf, isHidden, valuesOf, type ReplicaRecord } from '../../shared/sync/replica-record.ts';
import { commitChanges, copyPending } from './commit-changes.ts';
import { reloadKnown } from './known-store.ts';
import { noteOpened } from './last-opened.ts';
import { openOrRepair } from './repair-rows.ts';
import type { Vault } from './vault.ts';

/** A record as it was when the page opened; `baseOf` names what was on screen then, for the edits of this page. */
export type OpenedRecord = {
  readonly record: ReplicaRecord;
  readonly values: FieldValues;
  /** Fields with several values that a person has to choose from. */
  readonly unsettled: readonly string[];
  readonly baseOf: (field: string) => Edit['base'];
};
export type OpenError = UnreadableError | NotFoundError | NotOpenedError;

/**
 * Writes the view to the audit log before it gives the record. A row older than the list knows was put back by somebody:
 * it counts as unreadable.
 */
export function openRecord(
  vault: Vault,
  ref: RecordRef,
  purpose: string | null,
): Promise<Result<OpenedRecord, OpenError>> {
  return vault.queue.run(async () => {
    const row = await vault.store.read(ref);
    if (row === undefined) return err({ type: 'not-found' });
    const opened = await openOrRepair(vault, row);
    if (!opened.ok) return err(opened.error.type === 'unreadable' ? opened.error : { type: 'not-opened' });
    noteOpened(vault, opened.value);
    const { record } = opened.value;
    const listed = vault.memory.residents.get(ref.id)?.rev ?? 0;
    if (ref.kind === 'resident' && !isHidden(record) && record.rev < listed) return err({ type: 'unreadable', ref });
    const seen = await noteView(vault, 'view', ref.kind, ref.id, purpose);
    return seen.ok ? ok(toOpened(record)) : err({ type: 'not-opened' });
  });
}

export function toOpened(record: ReplicaRecord): OpenedRecord {
  const definition = definitionOf(record.kind);
  const ruleOf = ruleOfRecord(record);
  const { values, unsettled } = valuesOf(record, definition, ruleOf);
  return { record, values, unsettled, baseOf: (field) => baseOf(record, field, definition, ruleOf) };
}

/** An audit entry without a change, in a commit of its own. Runs inside the queue. */
export async function noteView(
  vault: Vault,
  action: AuditAction,
  kind: RecordKind | 'list',
  id: string,
  purpose: string | null,
): Promise<Result<void, MovedError | StorageError>> {
  for (let attempt = 1; ; attempt++) {
    await copyPending(vault);
    const audit = await vault.audit.prepare({ action, kind, id, purpose });
    const { lastStamp } = vault.memory.known;
    const committed = await commitChanges(vault, { records: [], own: [], lastStamp, audit, page: null });
    if (committed.ok) {
      await copyPending(vault);
      return committed;
    }
    if (committed.error.type !== 'moved' || attempt === 5) return committed;
    const reloaded = await reloadKnown(vault);
    if (!reloaded.ok) return reloaded;
  }
}
