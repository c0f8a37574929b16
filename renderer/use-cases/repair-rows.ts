import { toHex } from '../../shared/kernel/bytes.ts';
import { recordIdOf } from '../../shared/kernel/ids.ts';
import { ok, type Result } from '../../shared/kernel/result.ts';
import type { MovedError, SealedOp, SealedRow, StorageError, UnreadableError } from '../../shared/ports.ts';
import { isRecordKind, refKey, type RecordRef } from '../../shared/records/record.ts';
import { sameValue } from '../../shared/sync/canonical.ts';
import type { Change, Value } from '../../shared/sync/change.ts';
import { dotKey } from '../../shared/sync/dots.ts';
import { feedStart } from '../../shared/sync/page.ts';
import { withOps } from '../../shared/sync/replica-record.ts';
import { commitChanges, sealFeed } from './commit-changes.ts';
import { copiedLocals, openLocal, type OpenedLocal } from './local-copy.ts';
import { sealManifest } from './manifest.ts';
import { countIn, lastIn, nameOfBox, openOps } from './op-boxes.ts';
import { copiedOps } from './own-ops.ts';
import { localsIn, openRow, salvageRow, type OpenedRow } from './record-rows.ts';
import { isReissued, lastOf } from './reissues.ts';
import { isRejected } from './rejected.ts';
import type { FeedPlace, Known, Vault } from './vault.ts';

const portion = 500;

/**
 * Makes damaged rows again: from the boxes of theirs that open, the operations of this device, and the second copy.
 * What colleagues wrote comes back with the feeds, which are read again from their beginning. Runs inside the queue.
 * `even` also where nothing is left: the rest is coming in a page.
 */
export async function repairRows(
  vault: Vault,
  refs: readonly RecordRef[],
  even = false,
): Promise<Result<void, StorageError | MovedError>> {
  const wanted = new Set(refs.map(refKey));
  if (wanted.size === 0) return ok(undefined);
  const changes = await survivingChanges(vault, wanted);
  const locals = await survivingLocals(vault, wanted);
  const rebuilt: RecordRef[] = [];
  const lost: RecordRef[] = [];
  for (const ref of refs) {
    const row = await vault.store.read(ref);
    if (row === undefined) continue;
    const { opened, damaged } = await salvageRow(vault.cipher, row);
    if (damaged.length === 0) continue;
    const plan = planRow(opened, changes.get(refKey(ref)) ?? [], locals.get(refKey(ref)) ?? []);
    const { ops, local } = plan.next;
    if (ops.length + Object.keys(local).length === 0 && !even) {
      lost.push(ref);
      continue;
    }
    const { lastStamp } = vault.memory.known;
    const committed = await commitChanges(vault, { records: [plan], own: [], lastStamp, audit: null, page: null });
    if (!committed.ok) return committed;
    rebuilt.push(ref);
  }
  const again = await readFeedsAgain(vault);
  if (!again.ok) return again;
  // Where there are feeds, what is missing is on its way.
  if (rebuilt.length > 0) vault.tell?.({ type: 'rebuilt', records: rebuilt });
  if (lost.length > 0) vault.tell?.({ type: 'lost', records: lost });
  return ok(undefined);
}

/** The row with these operations, and with the editions of local values that are later than its own. */
export function planRow(before: OpenedRow, changes: readonly Change[], locals: readonly OpenedLocal[]) {
  const localNos = { ...before.localNos };
  const values: Record<string, Value> = {};
  for (const { c, n, values: edition } of locals) {
    if (n <= (localNos[c] ?? 0)) continue;
    const present = localsIn(before.record, c);
    for (const field of Object.keys(present)) values[field] = null;
    Object.assign(values, edition);
    // Sealing counts on from here when a value changes: the edition stays the one that the second copy has.
    localNos[c] = sameValue(present, edition) ? n : n - 1;
  }
  return { before: { ...before, localNos }, next: withOps(before.record, changes, values) };
}

/** A row, made again first when it is damaged. Runs inside the queue. */
export async function openOrRepair(
  vault: Vault,
  row: SealedRow,
  even = false,
): Promise<Result<OpenedRow, UnreadableError | StorageError | MovedError>> {
  const opened = await openRow(vault.cipher, row);
  if (opened.ok) return opened;
  const repaired = await repairRows(vault, [row.ref], even);
  if (!repaired.ok) return repaired;
  const again = await vault.store.read(row.ref);
  return again === undefined ? opened : openRow(vault.cipher, again);
}

/** Operations of these records that this device wrote, from the store or else from the second copy. */
async function survivingChanges(vault: Vault, wanted: ReadonlySet<string>): Promise<ReadonlyMap<string, Change[]>> {
  const found = new Map<string, Change[]>();
  const taken = new Set<string>();
  const whole = new Set<string>();
  const { writers } = vault.memory.known;
  // What was issued again is there under its new number.
  const isOver = ({ w, n }: Change) => {
    const writer = writers.get(toHex(w));
    return writer !== undefined && isReissued(writers, w) && n > lastOf(writers, writer);
  };
  const take = async (box: SealedOp) => {
    if (whole.has(nameOfBox(box)) || !vault.cipher.compartments.includes(box.c)) return;
    const opened = await openOps(vault.cipher, box);
    const ops = opened.ok ? opened.value : [];
    if (ops.length === countIn([box])) whole.add(nameOfBox(box));
    for (const op of ops) {
      if (isOver(op) || isRejected(vault, op) || taken.has(dotKey(op))) continue;
      taken.add(dotKey(op));
      const key = isRecordKind(op.t) ? refKey({ kind: op.t, id: recordIdOf(op.id) }) : '';
      if (!wanted.has(key)) continue;
      const others = found.get(key);
      if (others === undefined) found.set(key, [op]);
      else others.push(op);
    }
  };
  for (const { w } of await vault.store.readWriters()) {
    for (let after = 0; ;) {
      const boxes = await vault.store.readOps(w, after, portion);
      for (const box of boxes) await take(box);
      const last = boxes.at(-1);
      if (last === undefined) break;
      after = lastIn(last);
    }
  }
  for await (const box of copiedOps(vault)) await take(box);
  return found;
}

/** What the second copy holds of values that never leave this device, of these records. */
async function survivingLocals(
  vault: Vault,
  wanted: ReadonlySet<string>,
): Promise<ReadonlyMap<string, readonly OpenedLocal[]>> {
  const found: OpenedLocal[] = [];
  for await (const sealed of copiedLocals(vault)) {
    const local = await openLocal(vault.cipher, sealed);
    if (local.ok && wanted.has(refKey(local.value.ref))) found.push(local.value);
  }
  return Map.groupBy(found, ({ ref }) => refKey(ref));
}

/**
 * Sets every feed of this user that is `wanted` back to its beginning: taking a page in again changes nothing that is
 * already there.
 */
export async function readFeedsAgain(
  vault: Vault,
  isWanted: (feed: FeedPlace) => boolean = () => true,
): Promise<Result<void, StorageError | MovedError>> {
  const mine = [...vault.memory.known.feeds].filter(
    ([, feed]) => feed.pos > 0 && vault.cipher.compartments.includes(feed.c) && isWanted(feed),
  );
  for (const [key, { site, c }] of mine) {
    const feed = { site, c, pos: 0, h: feedStart() };
    const { known } = vault.memory;
    const next: Known = { ...known, counter: known.counter + 1, feeds: new Map(known.feeds).set(key, feed) };
    const nothing = { rows: [], ops: [], writers: [], summaryDelta: null, audit: null, page: null };
    const manifest = await sealManifest(next, vault.cipher, vault.sha256);
    const committed = await vault.store.commit({ ...nothing, feed: await sealFeed(vault, feed), manifest });
    if (!committed.ok) return committed;
    vault.memory.known = next;
  }
  return ok(undefined);
}

/** A page is about to bring operations of a row that is damaged: first it is made again, as far as it can be. */
export async function makeWay(vault: Vault, ref: RecordRef): Promise<MovedError | StorageError> {
  const repaired = await repairRows(vault, [ref], true);
  return repaired.ok ? { type: 'moved', ref } : repaired.error;
}
