import { equalBytes, toHex } from '../../shared/kernel/bytes.ts';
import { err, ok, type Result } from '../../shared/kernel/result.ts';
import type { CaseboxAnswer, CaseboxError, CaseboxExport, FeedState, StickFile } from '../../shared/transport-ports.ts';
import { maxFrameOps, takeForFrame } from '../../shared/sync/frame.ts';
import { feedStart } from '../../shared/sync/page.ts';
import { chainAt, readChanges } from './own-ops.ts';
import { pullRemote, type PullError } from './pull-remote.ts';
import { noteAcked, unsentWriters } from './push-pending.ts';
import { lastOf } from './reissues.ts';
import { feedsOf, writerStates } from './sync-now.ts';
import { feedKey, type Vault } from './vault.ts';

/** Everything that is not confirmed, in frames; the file also asks for what is new. Nothing here changes by it. */
export async function exportCasebox(
  vault: Vault,
  stick: Pick<StickFile, 'write'>,
  sites: readonly string[],
): Promise<Result<{ readonly saved: number; readonly left: number }, CaseboxError>> {
  const batches: CaseboxExport['batches'][number][] = [];
  for (const writer of unsentWriters(vault)) {
    const last = lastOf(vault.memory.known.writers, writer);
    for (let after = writer.acked; after < last;) {
      const prev = await chainAt(vault, writer, after);
      const waiting = await readChanges(vault, writer.w, after, Math.min(maxFrameOps, last - after));
      if (prev === undefined || waiting.length === 0) break;
      const ops = takeForFrame(waiting);
      batches.push({ user: writer.user, c: writer.c, prev, ops });
      after += ops.length;
    }
  }
  return stick.write({
    writers: await writerStates(vault, false),
    feeds: feedsOf(vault, sites),
    vaultCounter: vault.memory.known.counter,
    batches,
  });
}

export type CaseboxReport = Omit<CaseboxAnswer, 'writers' | 'feeds'> & {
  /** Operations of this device that the answer confirmed and that were not confirmed before. */
  readonly confirmed: number;
  readonly received: number;
  /** Answers that follow on one that is not here yet. */
  readonly waiting: number;
};

/**
 * Takes an answer in, with those that waited for it. A confirmation only counts when its hash is that of the own chain,
 * and never takes back a later one: an answer of a month ago says less than what is known here. Pages go the way of those
 * from the network, so that one which is known already changes nothing.
 */
export async function importCasebox(
  vault: Vault,
  stick: StickFile,
): Promise<Result<CaseboxReport, CaseboxError | PullError>> {
  const read = await stick.read();
  if (!read.ok) return read;
  const { writers, feeds, ...told } = read.value;
  const confirmed = await confirm(vault, writers);
  if (!confirmed.ok) return confirmed;
  let received = 0;
  for (const { site, c } of feeds) {
    if (!vault.cipher.compartments.includes(c)) continue;
    const start = { site, c, pos: 0, h: feedStart() };
    const pulled = await pullRemote(vault, { pull: (feed) => stick.pull(feed) }, start);
    if (!pulled.ok) return pulled;
    received += pulled.value.received;
  }
  const positions = feeds.flatMap(({ site, c }): FeedState[] => {
    const place = vault.memory.known.feeds.get(feedKey(site, c));
    return place === undefined ? [] : [{ site, c, pos: place.pos, h: place.h }];
  });
  const { waiting } = await stick.settle(positions);
  return ok({ ...told, confirmed: confirmed.value, received, waiting });
}

async function confirm(vault: Vault, told: CaseboxAnswer['writers']): Promise<Result<number, PullError>> {
  let confirmed = 0;
  for (const { w, at, h, archived } of told) {
    const writer = vault.memory.known.writers.get(toHex(w));
    if (writer === undefined || at > lastOf(vault.memory.known.writers, writer)) continue;
    const own = await chainAt(vault, writer, at);
    if (own === undefined || !equalBytes(own, h)) return err({ type: 'rewound', retryAfterMs: 0 });
    const acked = Math.max(at, writer.acked);
    const safe = Math.max(Math.min(archived, at), writer.archived);
    if (acked === writer.acked && safe === writer.archived) continue;
    const noted = await noteAcked(vault, writer, acked, safe);
    if (!noted.ok) return noted;
    confirmed += acked - writer.acked;
  }
  return ok(confirmed);
}
