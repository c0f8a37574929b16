import { err, ok, type Result } from '../../shared/kernel/result.ts';
import type { MovedError, StorageError } from '../../shared/ports.ts';
import type { RecordRef } from '../../shared/records/record.ts';
import type { Database } from './database.ts';

/** Rolls the transaction back; it never leaves the adapters. */
export class Moved extends Error {
  readonly ref: RecordRef | null;
  constructor(ref: RecordRef | null) {
    super('moved');
    this.ref = ref;
  }
}

/** One strict transaction with IndexedDB calls only: all of it, or nothing. */
export async function inTransaction(
  database: Database,
  tables: readonly string[],
  write: () => Promise<void>,
): Promise<Result<void, MovedError | StorageError>> {
  try {
    await database.transaction('rw', [...tables], write);
    return ok(undefined);
  } catch (error) {
    if (error instanceof Moved) return err({ type: 'moved', ref: error.ref });
    return err(toStorageError(error));
  }
}

/** Only the kind of failure leaves the adapter: messages of a browser can quote what was being written. */
export function toStorageError(error: unknown): StorageError {
  const names = [error, (error as { inner?: unknown }).inner].map(
    (one) => (one as { name?: unknown } | undefined)?.name,
  );
  return { type: names.includes('QuotaExceededError') ? 'storage-full' : 'storage-failed' };
}
