import { ok, type Result } from '../../shared/kernel/result.ts';
import type { MovedError, StorageError } from '../../shared/ports.ts';
import { refKey, type RecordRef } from '../../shared/records/record.ts';
import type { ErasedPlan } from './commit-changes.ts';
import { eraseCopies, erasedRecord } from './erase-values.ts';
import { noteMoves } from './give-back.ts';
import { reloadKnown } from './known-store.ts';
import { sealManifest } from './manifest.ts';
import { sharedSite } from './moves.ts';
import { unsentCount } from './push-pending.ts';
import { openRow, type OpenedRow } from './record-rows.ts';
import { sitesOf } from './records-at-site.ts';
import { foldSummaries } from './summaries-upkeep.ts';
import { deltaOf, sealDelta } from './summary-boxes.ts';
import type { Known, Vault } from './vault.ts';

/** How long a record that left the sites of this device is kept (sync.md §2.14). */
export const graceMs = 30 * 86_400_000;
const dayMs = 86_400_000;
const everySite = '*';

/**
 * Removes the records that left all sites of this device longer ago than the grace: rows, list lines and what is in
 * memory. Nothing at all while an operation of anybody on this device still has to be sent. Operations written here
 * stay, as proof of what was done. Gives how many went.
 */
export async function removeDeparted(
  vault: Vault,
  sites: readonly string[],
): Promise<Result<number, StorageError | MovedError>> {
  const nowMs = vault.clock.nowMs();
  const departures = await vault.store.readDepartures();
  // Noted by a clock that was far ahead: the time begins now.
  const ahead = departures.filter(({ sinceMs }) => sinceMs > nowMs + dayMs);
  if (ahead.length > 0) {
    const departed = ahead.map((one) => ({ ...one, sinceMs: nowMs }));
    const noted = await vault.queue.run(() => noteMoves(vault, { departed, returned: [] }));
    if (!noted.ok) return noted;
  }
  const due = departures.filter(({ sinceMs }) => sinceMs + graceMs <= nowMs);
  if (due.length === 0 || unsentCount(vault) > 0) return ok(0);
  let removed = 0;
  for (const gone of Map.groupBy(due, ({ ref }) => refKey(ref)).values()) {
    const ref = gone[0]?.ref;
    if (ref === undefined) continue;
    const done = await vault.queue.run(() => removeRow(vault, ref, sites));
    if (!done.ok) return done;
    if (done.value) removed += 1;
  }
  // What went must not stand in a block or a segment until the next day.
  const folded = removed > 0 ? await foldSummaries(vault) : ok(undefined);
  return folded.ok ? ok(removed) : folded;
}

/**
 * What was written here of an erased record after it had left: it went to the endpoint, which keeps no value of it, and
 * does not come back by any feed of this device.
 */
function eraseWithRow(vault: Vault, row: OpenedRow): Promise<Result<ErasedPlan | undefined, StorageError>> {
  const next = erasedRecord(vault, row.record);
  return next === row.record ? Promise.resolve(ok(undefined)) : eraseCopies(vault, '', [{ before: row, next }]);
}

async function removeRow(
  vault: Vault,
  ref: RecordRef,
  sites: readonly string[],
): Promise<Result<boolean, StorageError | MovedError>> {
  for (let attempt = 1; ; attempt++) {
    // Somebody may have saved since the round began, here or in another window.
    if (unsentCount(vault) > 0) return ok(false);
    const { known, residents, records } = vault.memory;
    const left = new Set(
      (await vault.store.readDepartures()).flatMap((one) => (refKey(one.ref) === refKey(ref) ? one.site : [])),
    );
    const row = await vault.store.read(ref);
    const opened = row && (await openRow(vault.cipher, row));
    // Damaged: it is made again first.
    if (opened?.ok === false) return ok(false);
    const isMine = (site: string) => site === sharedSite || sites.includes(everySite) || sites.includes(site);
    const isHere = opened !== undefined && sitesOf(opened.value.record).some((site) => isMine(site) && !left.has(site));
    const lost = opened === undefined || isHere ? ok(undefined) : await eraseWithRow(vault, opened.value);
    if (!lost.ok) return lost;
    const returned = [...left].map((site) => ({ ref, site }));
    const counter = known.counter + 1;
    const isListed = !isHere && residents.has(ref.id);
    const isGone = !isHere && row !== undefined;
    const changed = deltaOf(isListed ? [{ id: ref.id, summary: null }] : [], isGone ? [ref] : []);
    const next: Known = { ...known, counter, deltas: known.deltas + (changed === null ? 0 : 1) };
    const committed = await vault.store.commit({
      rows: [],
      ops: [],
      writers: [],
      summaryDelta: changed && (await sealDelta(vault, counter, changed)),
      audit: null,
      page: null,
      feed: null,
      moves: { departed: [], returned },
      removed: isGone ? [{ ref, rev: row.rev }] : [],
      // Its pages went when the erasure came.
      ...(lost.value === undefined ? {} : { erased: { ops: lost.value.ops, feeds: [], records: [ref.id] } }),
      manifest: await sealManifest(next, vault.cipher, vault.sha256),
    });
    if (committed.ok) {
      vault.memory.known = next;
      if (isHere) return ok(false);
      residents.delete(ref.id);
      if (ref.kind !== 'resident') records.delete(refKey(ref));
      vault.workspace.remove([ref]);
      return ok(row !== undefined);
    }
    if (committed.error.type !== 'moved' || attempt === 5) return committed;
    const reloaded = await reloadKnown(vault);
    if (!reloaded.ok) return reloaded;
  }
}
