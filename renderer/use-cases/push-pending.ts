import { equalBytes, toHex } from '../../shared/kernel/bytes.ts';
import { compareStamps, stampOf, type Stamp } from '../../shared/kernel/hybrid-clock.ts';
import { err, ok, type Result } from '../../shared/kernel/result.ts';
import type { StorageError } from '../../shared/ports.ts';
import type { SyncError, SyncTransport } from '../../shared/transport-ports.ts';
import type { Change } from '../../shared/sync/change.ts';
import { maxFrameOps, takeForFrame } from '../../shared/sync/frame.ts';
import { anchorsOf } from './anchors.ts';
import { chainAt, readChanges } from './own-ops.ts';
import { isReissued, lastOf } from './reissues.ts';
import type { Vault, WriterPlace } from './vault.ts';

const firstTarget = 32 * 1024;
const lastTarget = 256 * 1024;
/** A frame that took longer is long enough: a line that breaks loses it whole (sync.md §2.7). */
const longMs = 10_000;

/** Writers with operations the endpoint has not confirmed, in the compartments this user can open. */
export const unsentWriters = (vault: Vault): readonly WriterPlace[] =>
  [...vault.memory.known.writers.values()].filter(
    (writer) => unsentOf(vault, writer) > 0 && vault.cipher.compartments.includes(writer.c),
  );

const unsentOf = ({ memory }: Vault, writer: WriterPlace): number =>
  Math.max(0, lastOf(memory.known.writers, writer) - writer.acked);

/** Of all compartments and users: what a colleague cannot send waits as well. */
export const unsentCount = (vault: Vault): number =>
  [...vault.memory.known.writers.values()].reduce((sum, writer) => sum + unsentOf(vault, writer), 0);

/** By writer, up to which number the endpoint has it; after what was issued again come operations of somebody else. */
export const confirmedOf = (vault: Vault): ReadonlyMap<string, number> =>
  new Map(
    [...vault.memory.known.writers].map(([w, writer]) => {
      const isOver = isReissued(vault.memory.known.writers, writer.w) && unsentOf(vault, writer) === 0;
      return [w, isOver ? Infinity : writer.acked];
    }),
  );

/** What is not in a verified backup of the endpoint; null while the endpoint has told of none. */
export function unarchivedCount(vault: Vault): number | null {
  const writers = [...vault.memory.known.writers.values()];
  if (writers.every(({ archived }) => archived === 0)) return null;
  const last = (writer: WriterPlace) => lastOf(vault.memory.known.writers, writer);
  return writers.reduce((sum, writer) => sum + Math.max(0, last(writer) - writer.archived), 0);
}

/** `isTooBig`: an operation that does not go through the line by itself, and waits with what follows it. */
export type Pushed = { readonly sent: number; readonly held: number; readonly isTooBig: boolean };

/**
 * Sends what is not confirmed, also that of colleagues who are away. In each compartment in the order in which it was
 * made, so that nothing is ever there before what it names: until then it can still be issued anew (`forks.ts`). Only
 * what an acknowledgement covers counts; nothing is deleted. `sent` operations were confirmed in this call.
 */
export async function pushPending(
  vault: Vault,
  transport: Pick<SyncTransport, 'push'>,
): Promise<Result<Pushed, SyncError | StorageError>> {
  let sent = 0;
  let held = 0;
  let target = firstTarget;
  // An operation that cannot be opened stays where it is; those of other writers go on.
  const stuck = new Set<string>();
  let isTooBig = false;
  for (;;) {
    const turn = await nextTurn(vault, stuck);
    if (turn === undefined) return ok({ sent, held, isTooBig });
    const { writer, before } = turn;
    const { w } = writer;
    const prev = await chainAt(vault, writer, writer.acked);
    // Not what was saved meanwhile, here or in another window: the next turn counts from what is known then.
    const waiting = await readChanges(vault, w, writer.acked, Math.min(maxFrameOps, unsentOf(vault, writer)));
    if (prev === undefined || waiting.length === 0) {
      stuck.add(toHex(w));
      continue;
    }
    const ops = takeForFrame(inOrder(waiting, before), target);
    const anchors = await anchorsOf(vault, ops);
    const began = vault.clock.nowMs();
    const answer = await transport.push({ user: writer.user, c: writer.c, prev, ops, anchors });
    if (!answer.ok) {
      if (answer.error.type !== 'too-big') return answer;
      if (ops.length === 1) {
        // Nothing makes this one smaller. What others wrote, and what is saved from now on, does not wait behind it.
        isTooBig = true;
        stuck.add(toHex(w));
        endWriter(vault, writer);
        continue;
      }
      target = Math.max(1, Math.floor(target / 2));
      continue;
    }
    const { acked } = answer.value;
    if (toHex(acked.w) !== toHex(w) || acked.n > writer.next - 1 || acked.n <= writer.acked)
      return err({ type: 'endpoint-failed', retryAfterMs: 0 });
    const noted = await noteAcked(vault, writer, acked.n, writer.archived);
    if (!noted.ok) return noted;
    sent += acked.n - writer.acked;
    held += answer.value.held.length;
    // A clock that was set back meanwhile says nothing of the line.
    const tookMs = vault.clock.nowMs() - began;
    if (tookMs >= 0 && tookMs < longMs) target = Math.min(lastTarget, target * 2);
  }
}

/** `before`: from this stamp on another writer of the compartment comes first. */
type Turn = { readonly writer: WriterPlace; readonly first: Stamp; readonly before: Stamp | null };

/** The writer whose first operation after those `sentOf` it is the oldest of its compartment. */
export async function nextTurn(
  vault: Vault,
  stuck: Set<string>,
  sentOf: (writer: WriterPlace) => number = ({ acked }) => acked,
): Promise<Turn | undefined> {
  let turn: Turn | undefined;
  for (const writer of unsentWriters(vault)) {
    const sent = sentOf(writer);
    if (stuck.has(toHex(writer.w)) || sent >= lastOf(vault.memory.known.writers, writer)) continue;
    if (turn !== undefined && turn.writer.c !== writer.c) continue;
    const [op] = await readChanges(vault, writer.w, sent, 1);
    if (op === undefined) {
      stuck.add(toHex(writer.w));
      continue;
    }
    const first = stampOf(op.h);
    if (turn === undefined) turn = { writer, first, before: null };
    else if (compareStamps(first, turn.first) < 0) turn = { writer, first, before: turn.first };
    else if (turn.before === null || compareStamps(first, turn.before) < 0) turn = { ...turn, before: first };
  }
  return turn;
}

/** At least one: stamps of two windows may be equal. */
export function inOrder(waiting: readonly Change[], before: Stamp | null): readonly Change[] {
  const end = waiting.findIndex((op, at) => at > 0 && before !== null && compareStamps(stampOf(op.h), before) >= 0);
  return end < 0 ? waiting : waiting.slice(0, end);
}

/** Its numbers are not continued; the next save begins another one. */
export function endWriter({ memory }: Vault, { w, c }: WriterPlace): void {
  const present = memory.ownWriters.get(c);
  if (present !== undefined && equalBytes(present.w, w)) memory.ownWriters.delete(c);
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
