import { ok, err, type Result } from '../../shared/kernel/result.ts';
import type { MovedError, StorageError } from '../../shared/ports.ts';
import type { CommitRow, Database, ManifestRow } from './database.ts';
import { toStorageError } from './in-transaction.ts';

const moved = err({ type: 'moved', ref: null } as const);

/**
 * Adds the row if the store still stands at the counter before it. Not through Dexie, whose requests wait for each other:
 * here all of them travel together, and it takes little more than a bare append. The database is open.
 */
export async function appendCommit(
  database: Database,
  row: CommitRow,
): Promise<Result<void, MovedError | StorageError>> {
  try {
    return await append(database.backendDB(), row);
  } catch (error) {
    return err(toStorageError(error));
  }
}

function append(database: IDBDatabase, row: CommitRow): Promise<Result<void, MovedError | StorageError>> {
  return new Promise((resolve) => {
    const transaction = database.transaction(['commits', 'manifest'], 'readwrite', { durability: 'strict' });
    const commits = transaction.objectStore('commits');
    let hasMoved = false;
    const last = commits.openKeyCursor(null, 'prev');
    const manifest = transaction.objectStore('manifest').get('manifest');
    manifest.onsuccess = () => {
      // Requests are answered in order: the last pending one is known by now.
      const settled = manifest.result as ManifestRow | undefined;
      const counter = last.result?.key ?? settled?.vaultCounter ?? 0;
      if (counter === row.no - 1) return;
      hasMoved = true;
      transaction.abort();
    };
    commits.add(row);
    transaction.oncomplete = () => resolve(ok(undefined));
    transaction.onabort = () => resolve(hasMoved ? moved : err(toStorageError(transaction.error)));
  });
}
