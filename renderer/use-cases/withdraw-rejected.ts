import { toHex } from '../../shared/kernel/bytes.ts';
import { recordIdOf } from '../../shared/kernel/ids.ts';
import { ok, type Result } from '../../shared/kernel/result.ts';
import type { MovedError, StorageError } from '../../shared/ports.ts';
import { isRecordKind, refKey, type RecordRef } from '../../shared/records/record.ts';
import { withoutOps } from '../../shared/sync/replica-record.ts';
import type { Rejected } from '../../shared/transport-ports.ts';
import { commitChanges } from './commit-changes.ts';
import { reloadKnown } from './known-store.ts';
import { readChanges } from './own-ops.ts';
import type { OpenedRow } from './record-rows.ts';
import { isRejected, isSameList, noteRejected, rejectedOf } from './rejected.ts';
import { openOrRepair } from './repair-rows.ts';
import type { Vault } from './vault.ts';

const recordsPerCommit = 100;

/**
 * Takes what was not let through out of the records of this laptop: it counts nowhere, and its author must not go on
 * working with it as if it did. The operations stay in the store and in the second copy, where the page of what was not
 * let through reads them. Doing it again changes nothing. Gives how many records are others now.
 */
export async function withdrawRejected(
  vault: Vault,
  rejected: readonly Rejected[],
): Promise<Result<number, StorageError | MovedError>> {
  const before = rejectedOf(vault);
  if (before.done && isSameList(before.list, rejected)) return ok(0);
  noteRejected(vault, { list: rejected, done: false });
  const refs = await recordsOf(vault, rejected);
  let changed = 0;
  for (let at = 0; at < refs.length; at += recordsPerCommit) {
    const part = refs.slice(at, at + recordsPerCommit);
    const done = await vault.queue.run(() => withdrawInTurn(vault, part));
    if (!done.ok) return done;
    changed += done.value;
  }
  noteRejected(vault, { list: rejected, done: true });
  return ok(changed);
}

const portion = 500;

/** The records of these operations; what this user has no key for is done when somebody unlocks who has. */
async function recordsOf(vault: Vault, rejected: readonly Rejected[]): Promise<readonly RecordRef[]> {
  const refs = new Map<string, RecordRef>();
  for (const { w, from, to } of rejected) {
    const writer = vault.memory.known.writers.get(toHex(w));
    if (writer === undefined || !vault.cipher.compartments.includes(writer.c)) continue;
    for (let at = from - 1; at < to;) {
      const ops = await readChanges(vault, w, at, Math.min(portion, to - at));
      if (ops.length === 0) break;
      for (const { t, id } of ops) {
        if (!isRecordKind(t)) continue;
        const ref = { kind: t, id: recordIdOf(id) };
        refs.set(refKey(ref), ref);
      }
      at += ops.length;
    }
  }
  return [...refs.values()];
}

async function withdrawInTurn(
  vault: Vault,
  refs: readonly RecordRef[],
): Promise<Result<number, StorageError | MovedError>> {
  for (let attempt = 1; ; attempt++) {
    const records: { before: OpenedRow; next: OpenedRow['record'] }[] = [];
    for (const ref of refs) {
      const row = await vault.store.read(ref);
      const opened = row && (await openOrRepair(vault, row));
      // Damaged for good: there is nothing to show of it either.
      if (opened?.ok !== true) continue;
      const next = withoutOps(opened.value.record, (op) => isRejected(vault, op));
      if (next !== opened.value.record) records.push({ before: opened.value, next });
    }
    if (records.length === 0) return ok(0);
    const { lastStamp } = vault.memory.known;
    const committed = await commitChanges(vault, { records, own: [], lastStamp, audit: null, page: null });
    if (committed.ok) return ok(records.length);
    if (committed.error.type !== 'moved' || attempt === 5) return committed;
    const reloaded = await reloadKnown(vault);
    if (!reloaded.ok) return reloaded;
  }
}
