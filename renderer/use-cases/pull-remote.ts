import { equalBytes, toHex } from '../../shared/kernel/bytes.ts';
import { receiveStamp, stampOf } from '../../shared/kernel/hybrid-clock.ts';
import { recordIdOf } from '../../shared/kernel/ids.ts';
import { err, ok, type Result } from '../../shared/kernel/result.ts';
import type { MovedError, StorageError, UnreadableError } from '../../shared/ports.ts';
import type { FeedPage, SyncError, SyncTransport } from '../../shared/transport-ports.ts';
import { isRecordKind, refKey, type RecordRef } from '../../shared/records/record.ts';
import type { Change } from '../../shared/sync/change.ts';
import { withOps, type ReplicaRecord } from '../../shared/sync/replica-record.ts';
import { commitChanges } from './commit-changes.ts';
import { heardMs, movesIn } from './moves.ts';
import {
  findsNothing,
  isPassing,
  joinErased,
  noteBare,
  noteErasures,
  notePage,
  rereadFor,
  rowOfErased,
} from './erase-departed.ts';
import { eraseCopies, erasedRecord, tellErased } from './erase-values.ts';
import { withOwnOfErased } from './erase-dropped.ts';
import { reloadKnown } from './known-store.ts';
import { newRow, noteOrigin, openRow, type OpenedRow } from './record-rows.ts';
import { endTakenWriters, isAnyInDispute } from './reissues.ts';
import { makeWay } from './repair-rows.ts';
import { foldSummaries } from './summaries-upkeep.ts';
import { feedKey, type FeedPlace, type Vault } from './vault.ts';

export type PullError = SyncError | StorageError | MovedError | UnreadableError;

/**
 * Takes one feed in, page by page. Of each page the rows, the page itself and the cursor move in one commit, so that
 * after a crash it is either all there or asked for again. `received`: operations that were new here.
 */
export async function pullRemote(
  vault: Vault,
  transport: Pick<SyncTransport, 'pull'>,
  start: FeedPlace,
): Promise<Result<{ readonly received: number }, PullError>> {
  let received = 0;
  for (;;) {
    const place = vault.memory.known.feeds.get(feedKey(start.site, start.c)) ?? start;
    const page = await transport.pull(place);
    if (!page.ok) return page;
    // Nothing new.
    if (page.value.to <= place.pos) return ok({ received });
    // A page that does not begin where this device stands would leave a hole.
    if (page.value.from !== place.pos + 1) return err({ type: 'rewound', retryAfterMs: 0 });
    const taken = await vault.queue.run(() => takeInTurn(vault, place, page.value));
    if (!taken.ok) return taken;
    received += taken.value.received;
    if (taken.value.erased) await foldSummaries(vault, vault.memory.known.day, true);
    // An erasure sends the cursor back: what it left of the feed is on its way.
    const after = vault.memory.known.feeds.get(feedKey(start.site, start.c));
    if (!page.value.more && (after === undefined || after.pos >= page.value.to)) return ok({ received });
  }
}

type Taken = { readonly received: number; readonly erased: boolean };

async function takeInTurn(vault: Vault, place: FeedPlace, page: FeedPage): Promise<Result<Taken, PullError>> {
  for (let attempt = 1; ; attempt++) {
    const present = vault.memory.known.feeds.get(feedKey(place.site, place.c)) ?? place;
    // Another window has taken this page in meanwhile.
    if (present.pos !== place.pos || !equalBytes(present.h, place.h)) return ok({ received: 0, erased: false });
    const taken = await takePage(vault, place, page);
    if (taken.ok || taken.error.type !== 'moved' || attempt === 5) return taken;
    const reloaded = await reloadKnown(vault);
    if (!reloaded.ok) return reloaded;
  }
}

async function takePage(vault: Vault, place: FeedPlace, page: FeedPage): Promise<Result<Taken, PullError>> {
  const { site, c } = place;
  const groups = new Map<string, { readonly ref: RecordRef; readonly ops: Change[] }>();
  let lastStamp = vault.memory.known.lastStamp;
  for (const entry of page.entries) {
    if (entry.kind !== 'op') continue;
    const { op } = entry;
    noteOrigin(op, entry.c);
    noteBare(vault, place, op);
    lastStamp = receiveStamp(lastStamp, stampOf(op.h), vault.clock.nowMs());
    // A kind of a newer version: the page keeps it, and the cursor may go on.
    if (!isRecordKind(op.t)) continue;
    const ref = { kind: op.t, id: recordIdOf(op.id) };
    const group = groups.get(refKey(ref));
    if (group === undefined) groups.set(refKey(ref), { ref, ops: [op] });
    else group.ops.push(op);
  }
  const records: { readonly before: OpenedRow; readonly next: ReplicaRecord }[] = [];
  const passing: typeof records = [];
  const fresh: { readonly ref: RecordRef; readonly ops: readonly Change[] }[] = [];
  const isAnyGone = (await vault.store.readDepartures()).length > 0;
  const moves = movesIn(page, site, heardMs(vault, lastStamp), isAnyGone);
  let received = 0;
  for (const { ref, ops } of groups.values()) {
    const row = await vault.store.read(ref);
    const opened =
      row === undefined ? ok(await rowOfErased(vault, newRow(ref), ops)) : await openRow(vault.cipher, row);
    // What is damaged is made again first; then this feed is read from its beginning, where the rest of it is.
    if (!opened.ok) return err(await makeWay(vault, ref));
    const before = await withOwnOfErased(vault, opened.value, ops);
    if (await isAnyInDispute(vault, ops, before.record)) return err({ type: 'rewound', retryAfterMs: 0 });
    endTakenWriters(vault, [{ ...before.record, ops }]);
    const next = erasedRecord(vault, withOps(before.record, ops));
    if (next === before.record) continue;
    if (findsNothing(before.record, ops)) fresh.push({ ref, ops });
    if (row === undefined && isPassing(ref, moves)) {
      passing.push({ before, next });
      continue;
    }
    received += next.ops.length - before.record.ops.length;
    records.push({ before, next });
  }
  const box = await vault.cipher.seal(
    { table: 'pages', id: `${site}/${page.from}`, compartment: c, rev: page.to },
    page.raw,
  );
  const erased = await eraseCopies(vault, site, [...records, ...passing]);
  if (!erased.ok) return erased;
  const plan = joinErased(erased.value, await rereadFor(vault, place, fresh));
  const sealed = { site: `${site}#${toHex(page.h).slice(0, 16)}`, c, from: page.from, to: page.to, box };
  const committed = await commitChanges(vault, {
    ...{ records, own: [], lastStamp, audit: null, erased: plan },
    moves,
    page: {
      feed: { site, c, pos: page.to, h: page.h },
      sealed,
    },
  });
  if (!committed.ok) return committed;
  notePage(vault, sealed);
  noteErasures(vault, place, fresh);
  tellErased(vault, records);
  return ok({ received, erased: plan !== undefined });
}
