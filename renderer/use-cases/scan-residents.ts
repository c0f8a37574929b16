import { err, ok, type Result } from '../../shared/kernel/result.ts';
import { isGone } from '../../shared/register/merged.ts';
import { toResident, type Resident } from '../../shared/register/resident.ts';
import { isHidden, type ReplicaRecord } from '../../shared/sync/replica-record.ts';
import { noteView, type OpenError } from './open-record.ts';
import { openRow } from './record-rows.ts';
import { valuesOfRecord } from './resident-summaries.ts';
import type { Vault } from './vault.ts';

/** Rows opened side by side; between two batches the screen gets its turn. */
const batchSize = 100;

/** `unreadable` rows are left out: their number belongs beside every figure made of a scan. */
export type Scan = { readonly read: number; readonly unreadable: number };

/**
 * Shows `visit` every resident of this device once, for figures that the list does not hold; nothing is kept. One entry
 * in the audit log says what for. Stops between two batches when `signal` does.
 */
export async function scanResidents(
  vault: Vault,
  purpose: string,
  visit: (resident: Resident, record: ReplicaRecord) => void,
  onProgress: (read: number, total: number) => void,
  signal: AbortSignal,
): Promise<Result<Scan, OpenError>> {
  const noted = await vault.queue.run(() => noteView(vault, 'view', 'list', 'residents', purpose));
  if (!noted.ok) return err({ type: 'not-opened' });
  const { residents } = vault.memory;
  // Whoever went into another record is counted there.
  const ids = [...residents.keys()].filter((id) => !isGone(id, (at) => residents.peek(at)?.mergedInto));
  let unreadable = 0;
  let read = 0;
  while (read < ids.length && !signal.aborted) {
    const batch = ids.slice(read, read + batchSize);
    const opened = await Promise.all(
      batch.map(async (id) => {
        const row = await vault.store.read({ kind: 'resident', id });
        return row === undefined ? undefined : await openRow(vault.cipher, row);
      }),
    );
    for (const outcome of opened) {
      if (outcome?.ok === false) unreadable += 1;
      if (outcome?.ok !== true) continue;
      const { record } = outcome.value;
      if (!isHidden(record)) visit(toResident(record.id, valuesOfRecord(record)), record);
    }
    read += batch.length;
    onProgress(read, ids.length);
  }
  return ok({ read, unreadable });
}
