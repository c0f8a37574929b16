import { equalBytes, toHex } from '../../shared/kernel/bytes.ts';
import { ok, type Result } from '../../shared/kernel/result.ts';
import type { SealedLocal, SealedOp, StorageError } from '../../shared/ports.ts';
import { compartments, type Compartment, type RecordRef } from '../../shared/records/record.ts';
import type { Change } from '../../shared/sync/change.ts';
import { dotKey } from '../../shared/sync/dots.ts';
import { applyErasures } from '../../shared/sync/erasure.ts';
import { feedStart } from '../../shared/sync/page.ts';
import type { ReplicaRecord } from '../../shared/sync/replica-record.ts';
import { copyPending, type ErasedPlan } from './commit-changes.ts';
import { sealLocal } from './local-copy.ts';
import { localsIn, noteOrigin, originOf, type OpenedRow } from './record-rows.ts';
import { sharedSite } from './moves.ts';
import { lastIn, nameOfBox, openOps, sealBox } from './op-boxes.ts';
import { copiedOps, survivorsOf } from './own-ops.ts';
import { lastOf } from './reissues.ts';
import { feedKey, type Vault } from './vault.ts';

type Row = { readonly before: OpenedRow; readonly next: ReplicaRecord };

/** The record without what its erasures cover; an operation stays in the compartment it came in. */
export function erasedRecord(vault: Pick<Vault, 'sha256'>, record: ReplicaRecord): ReplicaRecord {
  const left = applyErasures(record, vault.sha256);
  if (left === record) return record;
  for (const [at, op] of left.ops.entries()) {
    const whole = record.ops[at];
    const c = whole === undefined ? undefined : originOf(whole);
    if (c !== undefined && op !== whole) noteOrigin(op, c);
  }
  return left;
}

/**
 * Takes erased values out of everything beside the rows, the second copy first: when it fails the page is not taken in,
 * and the next exchange begins here again. Undefined where nothing of these rows was erased.
 */
export async function eraseCopies(
  vault: Vault,
  site: string,
  rows: readonly Row[],
): Promise<Result<ErasedPlan | undefined, StorageError>> {
  const touched = rows.filter(
    ({ before, next }) => newlyErased(before.record, next).length > 0 || dropsLocal({ before, next }),
  );
  if (touched.length === 0) return ok(undefined);
  const locals: SealedLocal[] = [];
  for (const row of touched) locals.push(...(await sealEmptied(vault, row)));
  // A box that waits to be copied holds the value still.
  await copyPending(vault);
  if (vault.memory.secondCopyFailed) return { ok: false, error: { type: 'storage-failed' } };
  const ops = await sealOwnBoxes(vault, touched, []);
  if (locals.length > 0) {
    const copied = await vault.secondCopy.append([], null, locals);
    if (!copied.ok) return copied;
  }
  if (ops.length + locals.length > 0) {
    const replaced = await vault.secondCopy.replace(ops);
    if (!replaced.ok) return replaced;
  }
  return ok({ ops, feeds: feedsOf(vault, [site], touched), records: touched.map(({ next }) => next.id) });
}

/**
 * The same for rows that lose their value while they are put together from the second copy; its operations went before
 * (`eraseReturning`). Somebody without the key of a compartment may have read the erasure, and left its pages.
 */
export function erasedWithRows(vault: Vault, rows: readonly Row[]): ErasedPlan | undefined {
  const touched = rows.filter(({ before, next }) => newlyErased(before.record, next).length > 0);
  if (touched.length === 0) return undefined;
  return { ops: [], feeds: feedsOf(vault, [], touched), records: touched.map(({ next }) => next.id) };
}

/** Whoever works here hears which records are gone, and how much of the own work went with them. */
export function tellErased(vault: Vault, rows: readonly Row[]): void {
  const touched = rows.filter(({ before, next }) => newlyErased(before.record, next).length > 0);
  if (touched.length === 0) return;
  const records = touched.map(({ next }): RecordRef => ({ kind: next.kind, id: next.id }));
  const late = touched.flatMap(({ before, next }) => {
    const named = new Set(next.ops.filter(({ k }) => k === 'erase').flatMap(({ b }) => b.map(dotKey)));
    return newlyErased(before.record, next).filter((op) => isOwn(vault, op) && !named.has(dotKey(op)));
  });
  vault.tell?.({ type: 'erased', records, late: late.length });
}

/** Operations that this device held with a value until now. */
function newlyErased(before: ReplicaRecord, next: ReplicaRecord): readonly Change[] {
  const whole = new Set(before.ops.filter(({ vh }) => vh === undefined).map(dotKey));
  return next.ops.filter((op) => op.vh !== undefined && whole.has(dotKey(op)));
}

const dropsLocal = ({ before, next }: Row) => Object.keys(next.local).length < Object.keys(before.record.local).length;

function isOwn({ memory }: Vault, { w, n }: Pick<Change, 'w' | 'n'>): boolean {
  const { writers } = memory.known;
  const writer = writers.get(toHex(w));
  return writer !== undefined && n <= lastOf(writers, writer);
}

/**
 * The boxes of the store that hold what these rows lose, without it, and `also` in the same manner. What else is in a
 * box stays; it may be of other records.
 */
async function sealOwnBoxes(
  vault: Vault,
  rows: readonly Row[],
  also: readonly Returning[],
): Promise<readonly SealedOp[]> {
  const bare = bareOps(rows);
  const lost = rows.flatMap(({ before, next }) => newlyErased(before.record, next).filter((op) => isOwn(vault, op)));
  const boxes = new Map(also.map(({ sealed, changes }) => [nameOfBox(sealed), { sealed, changes }]));
  const found = new Set([...boxes.values()].flatMap(({ changes }) => changes.map(dotKey)));
  for (const op of lost) {
    if (found.has(dotKey(op))) continue;
    const sealed = (await boxOf(vault, op)) ?? { w: op.w, n: op.n, c: cOfWriter(vault, op), box: new Uint8Array() };
    const opened = await openOps(vault.cipher, sealed);
    const changes = opened.ok ? opened.value : await survivorsOf(vault, sealed);
    // An operation that is nowhere any more but in its row is there at least without its value.
    const all = changes.some(({ n }) => n === op.n) ? changes : [...changes, op].sort((a, b) => a.n - b.n);
    boxes.set(nameOfBox(sealed), { sealed, changes: all });
    for (const change of all) found.add(dotKey(change));
  }
  return Promise.all([...boxes.values()].map((one) => sealBare(vault, one, bare)));
}

const sealBare = (
  { cipher }: Vault,
  { sealed, changes }: Omit<Returning, 'isHere'>,
  bare: ReadonlyMap<string, Change>,
) =>
  sealBox(
    cipher,
    sealed,
    changes.map((change) => bare.get(dotKey(change)) ?? change),
  );

/** The box of an own operation, from the store or else from the second copy. */
async function boxOf(vault: Vault, { w, n }: Change): Promise<SealedOp | undefined> {
  const [box] = await vault.store.readOps(w, n - 1, 1);
  if (box !== undefined && box.n <= n) return box;
  for await (const copy of copiedOps(vault)) if (equalBytes(copy.w, w) && copy.n <= n && n <= lastIn(copy)) return copy;
  return undefined;
}

const cOfWriter = ({ memory }: Vault, { w }: Change): Compartment => memory.known.writers.get(toHex(w))?.c ?? 'core';

/** What these rows have without its value, by dot. */
const bareOps = (rows: readonly Row[]): ReadonlyMap<string, Change> =>
  new Map(rows.flatMap(({ next }) => next.ops.flatMap((op) => (op.vh === undefined ? [] : [[dotKey(op), op]]))));

/** A box of the second copy that comes back; `isHere`: the store has it, and only its writer is missing. */
export type Returning = {
  readonly sealed: SealedOp;
  readonly changes: readonly Change[];
  readonly isHere: boolean;
};

/**
 * Of boxes that are about to come back out of the second copy: those with something that an erasure in their rows
 * covers, without its value, by `nameOfBox`. It is taken out of both copies before, so that it never stands anywhere
 * again.
 */
export async function eraseReturning(
  vault: Vault,
  returning: readonly Returning[],
  rows: readonly Row[],
): Promise<Result<ReadonlyMap<string, SealedOp>, StorageError>> {
  const bare = bareOps(rows);
  const touched = returning.filter(({ changes }) => changes.some((op) => op.vh === undefined && bare.has(dotKey(op))));
  const emptied = new Map<string, SealedOp>();
  for (const one of touched) if (!one.isHere) emptied.set(nameOfBox(one.sealed), await sealBare(vault, one, bare));
  // With those that were here all the time, and lose their value with the row.
  const inStore = await sealOwnBoxes(
    vault,
    rows,
    touched.filter(({ isHere }) => isHere),
  );
  if (emptied.size + inStore.length === 0) return ok(emptied);
  const copied = await vault.secondCopy.replace([...emptied.values(), ...inStore]);
  if (!copied.ok) return copied;
  const stored = await vault.store.replaceOps(inStore);
  return stored.ok ? ok(emptied) : stored;
}

/** The next edition of what never left this device, as the row will have it. */
async function sealEmptied(vault: Vault, { before, next }: Row): Promise<readonly SealedLocal[]> {
  const changed = compartments.filter(
    (c) => Object.keys(localsIn(next, c)).length < Object.keys(localsIn(before.record, c)).length,
  );
  return Promise.all(
    changed.map((c) => {
      const localNos = { ...before.localNos, [c]: (before.localNos[c] ?? 0) + 1 };
      return sealLocal(vault.cipher, vault.sha256, { ...before, record: next, localNos }, c);
    }),
  );
}

/** The feeds whose pages can hold what was erased: those of every place where the record is or was. */
function feedsOf(vault: Vault, along: readonly string[], rows: readonly Row[]): ErasedPlan['feeds'] {
  const sites = new Set(along);
  const inCompartments = new Set<Compartment>();
  for (const { before, next } of rows) {
    for (const op of next.ops) if (op.f === 'placement') sites.add(siteOf(op));
    for (const op of newlyErased(before.record, next)) {
      const c = originOf(op);
      if (c !== undefined) inCompartments.add(c);
    }
  }
  return [...sites].flatMap((one) =>
    [...inCompartments].flatMap((c) => {
      const known = vault.memory.known.feeds.get(feedKey(one, c));
      return known === undefined ? [] : [{ ...known, pos: 0, h: feedStart() }];
    }),
  );
}

function siteOf({ v }: Change): string {
  const site = typeof v === 'object' && v !== null && 'site' in v ? v.site : null;
  return typeof site === 'string' ? site : sharedSite;
}
