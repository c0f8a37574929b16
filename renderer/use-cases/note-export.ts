import { err, ok, type Result } from '../../shared/kernel/result.ts';
import type { StorageError } from '../../shared/ports.ts';
import { noteView } from './open-record.ts';
import type { Vault } from './vault.ts';

/** Longer ones the audit log does not take. */
const maxPurpose = 200;

/** What is about to leave the app, and what for; without the entry nothing leaves. */
export async function noteExport(vault: Vault, what: string, purpose: string): Promise<Result<void, StorageError>> {
  const noted = await vault.queue.run(() => noteView(vault, 'export', 'list', what, purpose.slice(0, maxPurpose)));
  if (noted.ok) return ok(undefined);
  return noted.error.type === 'moved' ? err({ type: 'storage-failed' }) : err(noted.error);
}
