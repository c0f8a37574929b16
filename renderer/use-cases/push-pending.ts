import { toHex } from '../../shared/kernel/bytes.ts';
import { stampOf } from '../../shared/kernel/hybrid-clock.ts';
import { err, ok, type Result } from '../../shared/kernel/result.ts';
import type { StorageError } from '../../shared/ports.ts';
import type { SyncError, SyncTransport } from '../../shared/transport-ports.ts';
import { takeForFrame } from '../../shared/sync/frame.ts';
import { chainAt, readChanges } from './own-ops.ts';
import type { Vault, WriterPlace } from './vault.ts';

const maxOps = 500;
const firstTarget = 32 * 1024;
const lastTarget = 256 * 1024;

/** Writers with operations the endpoint has not confirmed, in the compartments this user can open. */
export const unsentWriters = (vault: Vault): readonly WriterPlace[] =>
  [...vault.memory.known.writers.values()].filter(
    ({ c, acked, next }) => acked < next - 1 && vault.cipher.compartments.includes(c),
  );

/** Of all compartments and users: what a colleague cannot send waits as well. */
export const unsentCount = (vault: Vault): number =>
  [...vault.memory.known.writers.values()].reduce((sum, { acked, next }) => sum + next - 1 - acked, 0);

/** What is not in a verified backup of the endpoint; null while the endpoint has told of none. */
export function unarchivedCount(vault: Vault): number | null {
  const writers = [...vault.memory.known.writers.values()];
  if (writers.every(({ archived }) => archived === 0)) return null;
  return writers.reduce((sum, { archived, next }) => sum + Math.max(0, next - 1 - archived), 0);
}

/**
 * Sends what is not confirmed, writer by writer; also that of colleagues who are away. Only what an acknowledgement
 * covers counts; nothing is deleted. `sent` operations were confirmed in this call.
 */
export async function pushPending(
  vault: Vault,
  transport: Pick<SyncTransport, 'push'>,
): Promise<Result<{ readonly sent: number; readonly held: number }, SyncError | StorageError>> {
  let sent = 0;
  let held = 0;
  let target = firstTarget;
  for (const { w } of unsentWriters(vault)) {
    for (;;) {
      const writer = vault.memory.known.writers.get(toHex(w));
      if (writer === undefined || writer.acked >= writer.next - 1) break;
      const prev = await chainAt(vault, writer, writer.acked);
      // Not what was saved meanwhile, here or in another window: the next turn counts from what is known then.
      const waiting = await readChanges(vault, w, writer.acked, Math.min(maxOps, writer.next - 1 - writer.acked));
      // An operation that cannot be opened stays where it is; those of other writers go on.
      if (prev === undefined || waiting.length === 0) break;
      const ops = takeForFrame(waiting, target);
      const answer = await transport.push({ user: writer.user, c: writer.c, prev, ops });
      if (!answer.ok) {
        if (answer.error.type !== 'too-big' || ops.length === 1) return answer;
        target = Math.max(256, Math.floor(target / 2));
        continue;
      }
      const { acked } = answer.value;
      if (toHex(acked.w) !== toHex(w) || acked.n > writer.next - 1 || acked.n <= writer.acked)
        return err({ type: 'endpoint-failed', retryAfterMs: 0 });
      const noted = await noteAcked(vault, writer, acked.n, writer.archived);
      if (!noted.ok) return noted;
      sent += acked.n - writer.acked;
      held += answer.value.held.length;
      target = Math.min(lastTarget, target * 2);
    }
  }
  return ok({ sent, held });
}

/** `acked` may also go down: an endpoint that was put back to an earlier state gets everything again. */
export function noteAcked(
  vault: Vault,
  { w }: WriterPlace,
  acked: number,
  archived: number,
): Promise<Result<void, StorageError>> {
  return vault.queue.run(async () => {
    const noted = await vault.store.acknowledge(w, acked, archived);
    const present = vault.memory.known.writers.get(toHex(w));
    if (noted.ok && present !== undefined) {
      const writers = new Map(vault.memory.known.writers).set(toHex(w), { ...present, acked, archived });
      vault.memory.known = { ...vault.memory.known, writers };
    }
    return noted;
  });
}

/** When the oldest operation that still has to be sent was made; null when there is none. */
export async function oldestUnsentMs(vault: Vault): Promise<number | null> {
  let oldest: number | null = null;
  for (const { w, acked } of unsentWriters(vault)) {
    const [first] = await readChanges(vault, w, acked, 1);
    const ms = first === undefined ? null : stampOf(first.h).ms;
    if (ms !== null && (oldest === null || ms < oldest)) oldest = ms;
  }
  return oldest;
}
