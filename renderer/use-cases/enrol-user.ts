import { err, ok, type Result } from '../../shared/kernel/result.ts';
import type { Random } from '../../shared/ports.ts';
import type { KeyPorts, Opened, UnlockError } from './unlock-workspace.ts';

/** Argon2id of a new slot; the slot keeps its own settings, so these can rise later. */
export type KdfStrength = { readonly m: number; readonly t: number };
/** About a third of a second on an old dual-core laptop (security.md §2.13). */
export const usualStrength: KdfStrength = { m: 65_536, t: 3 };

/** A slot for a new user: the first of a device makes its keys, a later one needs somebody who is unlocked. */
export async function enrolUser(
  { host, derivation, random }: KeyPorts & { readonly random: Random },
  label: string,
  passphrase: string,
  strength: KdfStrength = usualStrength,
): Promise<Result<Opened, UnlockError>> {
  const kdf = { ...strength, salt: random.bytes(16) };
  const passphraseKey = await derivation.derive(passphrase, kdf);
  const answer = await host['keyring:enrol']({ label, kdf, passphraseKey });
  passphraseKey.fill(0);
  return 'refused' in answer ? err({ type: answer.refused, retryAfterMs: 0 }) : ok(answer);
}
