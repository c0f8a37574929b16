import type { Host, Response } from '../../shared/ipc-contract.ts';
import { noteExport } from './note-export.ts';
import { noteView } from './open-record.ts';
import type { Vault } from './vault.ts';

type SealedHost = Pick<Host, 'sealed:read' | 'sealed:save'>;

/** What is in a sealed file, once the look at it is in the audit log. Its name may say something of a person and is not. */
export async function readSealed(
  vault: Vault,
  host: SealedHost,
  passphrase: string,
): Promise<Response<'sealed:read'> | { readonly failed: 'not-noted' }> {
  const read = await host['sealed:read']({ passphrase }).catch(() => ({ failed: 'damaged' as const }));
  if ('failed' in read) return read;
  const { content } = read;
  const size = content.kind === 'table' ? `, ${String(content.rows.length)} lines` : '';
  const noted = await vault.queue
    .run(() => noteView(vault, 'view', 'list', 'sealed file', `${content.kind}${size}`))
    .catch(() => null);
  return noted?.ok === true ? read : { failed: 'not-noted' };
}

/** Written open where the user wants it: in the audit log before it is on a disk. */
export async function saveSealed(vault: Vault, host: SealedHost): Promise<Response<'sealed:save'> | 'not-noted'> {
  const noted = await noteExport(vault, 'sealed file', 'saved without encryption').catch(() => null);
  return noted?.ok === true ? host['sealed:save'](undefined).catch(() => 'not-written' as const) : 'not-noted';
}
