import { equalBytes, toHex } from '../../shared/kernel/bytes.ts';
import type { Change, Dot } from '../../shared/sync/change.ts';
import type { Edit } from '../../shared/sync/make-changes.ts';
import { dotKey, sourceOf } from '../../shared/sync/dots.ts';
import type { ReplicaRecord } from '../../shared/sync/replica-record.ts';
import { readChanges } from './own-ops.ts';
import type { Known, Vault, WriterPlace } from './vault.ts';

type Writers = Known['writers'];
/** What this writer said above number `after`, `count` operations, stands under `as`, counted from 1. */
type Reissue = { readonly after: number; readonly as: Uint8Array; readonly count: number };

const found = new WeakMap<Writers, ReadonlyMap<string, readonly Reissue[]>>();

function reissuesIn(writers: Writers): ReadonlyMap<string, readonly Reissue[]> {
  const known = found.get(writers);
  if (known !== undefined) return known;
  const reissues = new Map<string, readonly Reissue[]>();
  for (const { w, next, standsFor } of writers.values()) {
    if (standsFor === undefined) continue;
    const key = toHex(standsFor.w);
    const all = [...(reissues.get(key) ?? []), { after: standsFor.after, as: w, count: next - 1 }];
    reissues.set(
      key,
      all.sort((a, b) => b.after - a.after),
    );
  }
  found.set(writers, reissues);
  return reissues;
}

/** The last number of a writer that still counts: what is above it was issued again, and is never sent as it was. */
export const lastOf = (writers: Writers, { w, next }: Pick<WriterPlace, 'w' | 'next'>): number =>
  Math.min(next - 1, ...(reissuesIn(writers).get(toHex(w)) ?? []).map(({ after }) => after));

/** Whether operations of this writer were issued again: it is over. */
export const isReissued = (writers: Writers, w: Uint8Array): boolean => reissuesIn(writers).has(toHex(w));

/** Where what this device once wrote under a dot stands now; under it may stand somebody else's work by now. */
export function presentDot(writers: Writers, dot: Dot): Dot {
  const reissues = reissuesIn(writers);
  let present = dot;
  // Again and again: what was issued again may have met another one there.
  for (let steps = 0; steps <= writers.size; steps++) {
    const over = reissues.get(toHex(present.w))?.find(({ after }) => present.n > after);
    // Beyond what this device had under that writer is the work of another copy of it.
    if (over === undefined || present.n > over.after + over.count) return present;
    present = { w: over.as, n: present.n - over.after };
  }
  return present;
}

/** The same work, whatever its number, and also when its value was erased: the same stamp of the same save. */
export const isSameOp = (a: Change, b: Change): boolean => equalBytes(a.x[0], b.x[0]) && equalBytes(a.h, b.h);

/**
 * The edits of a form with their bases as they are called now: operations that it showed may have been issued again
 * while it was open. A dot means the operation it was taken from, also when somebody else's stands under it since.
 */
export async function withPresentBases(
  vault: Vault,
  record: ReplicaRecord,
  edits: readonly Edit[],
): Promise<readonly Edit[]> {
  const { writers } = vault.memory.known;
  if (reissuesIn(writers).size === 0) return edits;
  return Promise.all(
    edits.map(async (edit) => ({
      ...edit,
      base: await Promise.all(edit.base.map((dot) => moved(vault, record, dot))),
    })),
  );
}

async function moved(vault: Vault, { ops }: ReplicaRecord, dot: Dot): Promise<Dot> {
  const present = presentDot(vault.memory.known.writers, dot);
  if (present === dot) return dot;
  const source = sourceOf(dot);
  if (source === undefined) return ops.some(({ w, n }) => n === dot.n && toHex(w) === toHex(dot.w)) ? dot : present;
  const [own] = await readChanges(vault, dot.w, dot.n - 1, 1);
  return own !== undefined && isSameOp(own, source) ? present : dot;
}

/** A number that the next operation would get and that a record holds already was used by another copy of this laptop. */
export function endTakenWriters({ memory }: Vault, records: readonly ReplicaRecord[]): void {
  for (const [c, writer] of memory.ownWriters) {
    const key = toHex(writer.w);
    const isTaken = records.some(({ ops }) => ops.some(({ w, n }) => n >= writer.next && toHex(w) === key));
    if (isTaken) memory.ownWriters.delete(c);
  }
}

/**
 * Whether operations that came in stand under numbers that this device used for others and has not yet issued again:
 * the rows could not tell them apart. `record` is the row they belong to.
 */
export async function isAnyInDispute(
  vault: Vault,
  arriving: readonly Change[],
  record: ReplicaRecord,
): Promise<boolean> {
  const { writers } = vault.memory.known;
  const isOwn = ({ w, n }: Change) => {
    const writer = writers.get(toHex(w));
    return writer !== undefined && n <= lastOf(writers, writer);
  };
  const own = arriving.filter(isOwn);
  if (own.length === 0) return false;
  const present = new Map(record.ops.map((op) => [dotKey(op), op]));
  for (const op of own) {
    const here = present.get(dotKey(op)) ?? (await readChanges(vault, op.w, op.n - 1, 1))[0];
    if (here !== undefined && !isSameOp(here, op)) return true;
  }
  return false;
}
