import { toHex } from '../../shared/kernel/bytes.ts';
import { err, ok, type Result } from '../../shared/kernel/result.ts';
import type { StorageError } from '../../shared/ports.ts';
import type { SyncError, SyncTransport } from '../../shared/transport-ports.ts';
import { takeForFrame } from '../../shared/sync/frame.ts';
import { chainAt, readChanges } from './own-ops.ts';
import { noteAcked, unsentWriters } from './push-pending.ts';
import { lastOf } from './reissues.ts';
import type { Vault } from './vault.ts';

const maxOps = 500;
const frameBytes = 64 * 1024;

/** Up to which number the work of a writer was put aside at the endpoint, by writer in hexadecimal; of this session. */
const depositedOf = new WeakMap<Vault, Map<string, number>>();

/**
 * Delivers what this laptop still has, although it may not write any more: every frame is answered with a signed "kept
 * until a person has looked", which confirms nothing. Nothing here counts as sent or is deleted; after a new start it
 * is delivered once more, and the endpoint keeps the same frames once.
 */
export async function depositPending(
  vault: Vault,
  transport: Pick<SyncTransport, 'push'>,
): Promise<Result<void, SyncError | StorageError>> {
  const deposited = depositedOf.get(vault) ?? new Map<string, number>();
  depositedOf.set(vault, deposited);
  for (const writer of unsentWriters(vault)) {
    const key = toHex(writer.w);
    const last = lastOf(vault.memory.known.writers, writer);
    for (let after = Math.max(writer.acked, deposited.get(key) ?? 0); after < last;) {
      const prev = await chainAt(vault, writer, after);
      const waiting = await readChanges(vault, writer.w, after, Math.min(maxOps, last - after));
      // Damaged: it stays where it is, and counts as not delivered.
      if (prev === undefined || waiting.length === 0) break;
      const ops = takeForFrame(waiting, frameBytes);
      const answer = await transport.push({ user: writer.user, c: writer.c, prev, ops });
      if (!answer.ok && answer.error.type !== 'revoked') return answer;
      after += ops.length;
      if (!answer.ok) {
        deposited.set(key, after);
        continue;
      }
      // A person let this laptop back in a moment ago: the next round goes on as usual.
      const noted = await noteAcked(vault, writer, answer.value.acked.n, writer.archived);
      return noted.ok ? err({ type: 'rewound', retryAfterMs: 0 }) : noted;
    }
  }
  return ok(undefined);
}

/** Operations of all users and compartments that the endpoint neither confirmed nor put aside. */
export function undeliveredCount(vault: Vault): number {
  const deposited = depositedOf.get(vault);
  return [...vault.memory.known.writers.values()].reduce((sum, writer) => {
    const there = Math.max(writer.acked, deposited?.get(toHex(writer.w)) ?? 0);
    return sum + Math.max(0, lastOf(vault.memory.known.writers, writer) - there);
  }, 0);
}
