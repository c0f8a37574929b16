import { toHex } from '../../shared/kernel/bytes.ts';
import type { Host, Response } from '../../shared/ipc-contract.ts';
import { compareStamps, stampOf } from '../../shared/kernel/hybrid-clock.ts';
import { recordIdOf } from '../../shared/kernel/ids.ts';
import { err, ok, type Result } from '../../shared/kernel/result.ts';
import type { MovedError, SealedOp, SealedRow, SealedWriter, StorageError } from '../../shared/ports.ts';
import { isRecordKind, refKey, type RecordRef } from '../../shared/records/record.ts';
import { chainAfter, chainStart } from '../../shared/sync/chain.ts';
import type { Change } from '../../shared/sync/change.ts';
import { withOps, type ReplicaRecord } from '../../shared/sync/replica-record.ts';
import { commitChanges, copyPending, feedsAfter, sealErased } from './commit-changes.ts';
import { erasedRecord, erasedWithRows, eraseReturning, type Returning } from './erase-values.ts';
import { reloadKnown } from './known-store.ts';
import { copiedLocals, openLocal, sealLocal, type OpenedLocal } from './local-copy.ts';
import { sealManifest } from './manifest.ts';
import { heardMs, movesMade } from './moves.ts';
import { countIn, lastIn, nameOfBox, openOps } from './op-boxes.ts';
import { chainAt, copiedOps } from './own-ops.ts';
import { newRow, openRow, sealRow, type OpenedRow } from './record-rows.ts';
import { sitesOf } from './records-at-site.ts';
import { isFormer, reissuesAmong, type FoundReissues } from './found-reissues.ts';
import { isRejected } from './rejected.ts';
import { openOrRepair, planRow, readFeedsAgain } from './repair-rows.ts';
import { deltaOf, sealDelta } from './summary-boxes.ts';
import type { Known, Vault } from './vault.ts';

export type JournalPort = Pick<Host, 'journal:status' | 'journal:read' | 'journal:append' | 'journal:locals'>;
type Status = Response<'journal:status'>;
export type RecoverReport = {
  /** Operations that were only in the second copy. */
  readonly restored: number;
  /** Of compartments this user has no key for, or damaged: they stay in the second copy. */
  readonly left: number;
  /** Records whose values that never leave this device came back. */
  readonly locals: number;
};
type Failed = StorageError | MovedError;

/**
 * What the second copy has and the store has not comes back, and the other way round. A store that is empty, smaller or
 * an older one is never a first start. Nothing to do is the usual case.
 */
export function reconcile(vault: Vault, journal: JournalPort): Promise<Result<RecoverReport, Failed>> {
  return vault.queue.run(async () => {
    for (let attempt = 1; ; attempt++) {
      const done = await reconcileOnce(vault, journal);
      if (done.ok || done.error.type !== 'moved' || attempt === 5) return done;
      const reloaded = await reloadKnown(vault);
      if (!reloaded.ok) return reloaded;
    }
  });
}

async function reconcileOnce(vault: Vault, journal: JournalPort): Promise<Result<RecoverReport, Failed>> {
  const status = await journal['journal:status'](undefined);
  const ops = (await isSame(vault, status)) ? ok({ restored: 0, left: 0, copied: 0 }) : await reconcileOps(vault);
  if (!ops.ok) return ops;
  const locals = await reconcileLocals(vault, status);
  if (!locals.ok) return locals;
  await copyPending(vault);
  const { restored, left } = ops.value;
  if (restored + locals.value.restored > 0)
    vault.tell?.({ type: 'restored', ops: restored, locals: locals.value.restored });
  if (ops.value.copied + locals.value.copied > 0)
    vault.tell?.({ type: 'copied-again', ops: ops.value.copied, locals: locals.value.copied });
  const missing = status.expected - left - (await vault.store.counts()).ops;
  if (missing > 0) vault.tell?.({ type: 'missing', ops: missing });
  return ok({ restored, left, locals: locals.value.restored });
}

/** Both hold every number of every writer: then neither has an operation that the other has not. */
async function isSame(vault: Vault, status: Status): Promise<boolean> {
  const [writers, counts] = await Promise.all([vault.store.readWriters(), vault.store.counts()]);
  const lasts = new Map(writers.filter(({ next }) => next > 1).map(({ w, next }) => [toHex(w), next - 1]));
  const written = [...lasts.values()].reduce((sum, last) => sum + last, 0);
  return (
    counts.ops === written &&
    status.ops === written &&
    status.writers.length === lasts.size &&
    status.writers.every(({ w, last, ops }) => lasts.get(toHex(w)) === last && ops === last)
  );
}

async function reconcileOps(
  vault: Vault,
): Promise<Result<{ readonly restored: number; readonly left: number; readonly copied: number }, Failed>> {
  const copied: SealedOp[] = [];
  for await (const op of copiedOps(vault)) copied.push(op);
  const names = new Set(copied.map(nameOfBox));
  const missingThere: SealedOp[] = [];
  const here = new Set<string>();
  // The line of their writer was lost: without it they would never be sent.
  const unnumbered: SealedOp[] = [];
  const nexts = new Map([...vault.memory.known.writers].map(([w, { next }]) => [w, next]));
  for (const { w } of await writersHere(vault, copied)) {
    for await (const op of opsHere(vault, w)) {
      here.add(nameOfBox(op));
      if (lastIn(op) >= (nexts.get(toHex(w)) ?? 1)) unnumbered.push(op);
      if (!names.has(nameOfBox(op))) missingThere.push(op);
    }
  }
  // A kill between commit and second copy.
  for (let at = 0; at < missingThere.length; at += opsPerCommit)
    vault.memory.uncopied.push({ ops: missingThere.slice(at, at + opsPerCommit), audit: null, locals: [] });
  const restored = await restore(
    vault,
    copied.filter((op) => !here.has(nameOfBox(op))),
    unnumbered,
  );
  return restored.ok ? ok({ ...restored.value, copied: countIn(missingThere) }) : restored;
}

/** The later edition of each goes to where it is not. */
async function reconcileLocals(
  vault: Vault,
  status: Status,
): Promise<Result<{ readonly restored: number; readonly copied: number }, Failed>> {
  const there = new Map(status.locals.map(({ w, n }) => [toHex(w), n]));
  let copied = 0;
  for (const [name, { ref, c, n }] of vault.memory.locals) {
    if (n <= (there.get(name) ?? 0)) continue;
    const row = await vault.store.read(ref);
    const opened = row && (await openRow(vault.cipher, row));
    if (opened?.ok !== true) continue;
    const local = await sealLocal(vault.cipher, vault.sha256, opened.value, c);
    vault.memory.uncopied.push({ ops: [], audit: null, locals: [local] });
    copied += 1;
  }
  const behind = (name: string) => (there.get(name) ?? 0) > (vault.memory.locals.get(name)?.n ?? 0);
  if (![...there.keys()].some(behind)) return ok({ restored: 0, copied });
  const editions: OpenedLocal[] = [];
  for await (const sealed of copiedLocals(vault)) {
    const local = behind(toHex(sealed.w)) ? await openLocal(vault.cipher, sealed) : undefined;
    if (local?.ok === true) editions.push(local.value);
  }
  let restored = 0;
  for (const locals of Map.groupBy(editions, ({ ref }) => refKey(ref)).values()) {
    const ref = locals[0]?.ref;
    if (ref === undefined) continue;
    const row = await vault.store.read(ref);
    const opened = row === undefined ? ok(newRow(ref)) : await openOrRepair(vault, row, true);
    if (!opened.ok) return opened.error.type === 'unreadable' ? err({ type: 'storage-failed' }) : err(opened.error);
    // Another window was first.
    if (locals.every(({ c, n }) => n <= (opened.value.localNos[c] ?? 0))) continue;
    const { lastStamp } = vault.memory.known;
    const plan = planRow(opened.value, [], locals);
    const committed = await commitChanges(vault, { records: [plan], own: [], lastStamp, audit: null, page: null });
    if (!committed.ok) return committed;
    restored += 1;
  }
  return ok({ restored, copied });
}

async function writersHere(vault: Vault, copied: readonly SealedOp[]): Promise<readonly { readonly w: Uint8Array }[]> {
  const byName = new Map([...(await vault.store.readWriters()), ...copied].map(({ w }) => [toHex(w), { w }]));
  return [...byName.values()];
}

const opsPerCommit = 500;

/** In portions: what a limit may be at most differs between stores, and a writer may be long. */
async function* opsHere(vault: Vault, w: Uint8Array): AsyncGenerator<SealedOp> {
  for (let after = 0; ;) {
    const ops = await vault.store.readOps(w, after, opsPerCommit);
    yield* ops;
    const last = ops.at(-1);
    if (last === undefined) return;
    after = lastIn(last);
  }
}

/** Rows again from operations. New operations get new writers: old numbers are never continued after a loss. */
async function restore(
  vault: Vault,
  missing: readonly SealedOp[],
  unnumbered: readonly SealedOp[],
): Promise<Result<{ readonly restored: number; readonly left: number }, Failed>> {
  if (missing.length + unnumbered.length === 0) return ok({ restored: 0, left: 0 });
  const isHere = new Set(unnumbered.map(nameOfBox));
  vault.memory.ownWriters.clear();
  let restored = 0;
  let left = 0;
  const opened: Returning[] = [];
  for (const box of [...missing, ...unnumbered].sort((a, b) => a.n - b.n)) {
    const ops = vault.cipher.compartments.includes(box.c) ? await openOps(vault.cipher, box) : undefined;
    const held = isHere.has(nameOfBox(box));
    if (ops?.ok === true) opened.push({ sealed: box, changes: ops.value, isHere: held });
    else if (!held) left += countIn([box]);
  }
  const again = await reissuesAmong(
    vault,
    opened.flatMap(({ changes }) => changes),
  );
  for (const part of inParts(opened)) {
    const committed = await restorePart(vault, part, again);
    if (!committed.ok) return committed;
    restored += countIn(part.flatMap(({ sealed, isHere: held }) => (held ? [] : [sealed])));
  }
  return ok({ restored, left });
}

function inParts(opened: readonly Returning[]): readonly (readonly Returning[])[] {
  const parts: Returning[][] = [];
  let count = opsPerCommit;
  for (const one of opened) {
    const own = one.changes.length;
    if (count + own > opsPerCommit) {
      parts.push([]);
      count = 0;
    }
    parts.at(-1)?.push(one);
    count += own;
  }
  return parts;
}

async function restorePart(
  vault: Vault,
  part: readonly Returning[],
  again: FoundReissues,
): Promise<Result<void, Failed>> {
  const { memory, cipher } = vault;
  const groups = new Map<string, { readonly ref: RecordRef; readonly changes: Change[] }>();
  const all = part.flatMap(({ changes }) => changes);
  for (const change of all) {
    if (!isRecordKind(change.t) || isFormer(again, change) || isRejected(vault, change)) continue;
    const ref = { kind: change.t, id: recordIdOf(change.id) };
    const group = groups.get(refKey(ref));
    if (group === undefined) groups.set(refKey(ref), { ref, changes: [change] });
    else group.changes.push(change);
  }
  const rows = [];
  const touched: { readonly before: OpenedRow; readonly next: ReplicaRecord }[] = [];
  for (const { ref, changes } of groups.values()) {
    const row = await vault.store.read(ref);
    const before = row === undefined ? ok(newRow(ref)) : await openOrRepair(vault, row, true);
    if (!before.ok) return before.error.type === 'unreadable' ? err({ type: 'storage-failed' }) : err(before.error);
    const { record } = before.value;
    const left = record.ops.filter((op) => !isFormer(again, op));
    const whole = withOps(left.length === record.ops.length ? record : { ...record, ops: left }, changes);
    const next = erasedRecord(vault, whole);
    touched.push({ before: before.value, next });
    if (next !== record) rows.push(await sealRow(cipher, before.value, next));
  }
  const emptied = await eraseReturning(vault, part, touched);
  if (!emptied.ok) return emptied;
  const unheard = await hearOfMoves(vault, rows);
  if (!unheard.ok) return unheard;
  const writers = await restoredWriters(vault, part, again);
  const last = all.map(({ h }) => stampOf(h)).reduce((a, b) => (compareStamps(a, b) > 0 ? a : b));
  const erased = erasedWithRows(vault, touched);
  const counter = memory.known.counter + 1;
  const changed = deltaOf(
    [],
    rows.map(({ sealed }) => sealed.ref),
  );
  const known: Known = {
    ...memory.known,
    counter,
    deltas: memory.known.deltas + (changed === null ? 0 : 1),
    lastStamp: compareStamps(last, memory.known.lastStamp) > 0 ? last : memory.known.lastStamp,
    writers: new Map([...memory.known.writers, ...writers.map((writer) => [toHex(writer.w), writer] as const)]),
    feeds: feedsAfter(memory.known.feeds, { page: null, erased }),
  };
  const committed = await vault.store.commit({
    rows: rows.map((row) => row.sealed),
    ops: part.flatMap(({ sealed, isHere }) => (isHere ? [] : [emptied.value.get(nameOfBox(sealed)) ?? sealed])),
    writers,
    summaryDelta: changed && (await sealDelta(vault, counter, changed)),
    audit: null,
    page: null,
    feed: null,
    moves: movesMade(all, heardMs(vault, known.lastStamp)),
    manifest: await sealManifest(known, cipher, vault.sha256),
    ...(erased === undefined ? {} : { erased: await sealErased(vault, erased) }),
  });
  if (!committed.ok) return committed;
  memory.known = known;
  for (const { opened } of rows) if (opened.record.kind !== 'resident') memory.records.put(opened);
  vault.workspace.apply(
    [],
    rows.map(({ opened }) => opened.record),
  );
  return ok(undefined);
}

/**
 * A record comes back of which this laptop may have read that it left, and has removed it then: the feed of where it
 * was says it once more. Before the row is there, so that a kill leaves nothing unsaid.
 */
function hearOfMoves(
  vault: Vault,
  rows: readonly { readonly sealed: SealedRow; readonly opened: OpenedRow }[],
): Promise<Result<void, Failed>> {
  const fresh = rows.filter(({ sealed }) => sealed.rev === 1).map(({ opened }) => opened.record);
  const sites = new Set(fresh.flatMap(sitesOf));
  // Somebody else wrote where it belongs.
  const isAnyUnplaced = fresh.some((record) => sitesOf(record).length === 0);
  return readFeedsAgain(vault, ({ site, c }) => c === 'core' && (isAnyUnplaced || sites.has(site)));
}

/** Positions of the writers as far as their operations are without a gap; `acked` starts at 0 and hello raises it. */
async function restoredWriters(
  vault: Vault,
  part: readonly Returning[],
  again: FoundReissues,
): Promise<readonly SealedWriter[]> {
  const writers: SealedWriter[] = [];
  for (const [key, boxes] of Map.groupBy(part, ({ sealed }) => toHex(sealed.w))) {
    const first = boxes[0];
    const author = first?.changes[0];
    if (first === undefined || author === undefined) continue;
    const present = vault.memory.known.writers.get(key);
    let next = present?.next ?? 1;
    const fresh: Change[] = [];
    for (const change of boxes.flatMap(({ changes }) => changes)) {
      if (change.n !== next) continue;
      fresh.push(change);
      next += 1;
    }
    if (fresh.length === 0) continue;
    const { w, c } = first.sealed;
    // From what the store kept; without it nothing can be sent of this writer, and its head is asked for by nobody.
    const before = await chainAt(vault, { w }, next - 1 - fresh.length);
    const head = chainAfter(before ?? chainStart(w, vault.sha256), fresh, vault.sha256);
    if (before !== undefined) vault.memory.chains.set(key, { n: next - 1, h: head });
    writers.push({
      w,
      c,
      user: author.u,
      next,
      acked: present?.acked ?? 0,
      archived: present?.archived ?? 0,
      standsFor: again.standsFor.get(key) ?? present?.standsFor,
      box: await vault.cipher.seal({ table: 'writers', id: key, compartment: c, rev: next }, Uint8Array.from(head)),
    });
  }
  return writers;
}
