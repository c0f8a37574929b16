import { isList } from './canonical.ts';
import type { Change } from './change.ts';
import { compareDots, dotKey } from './dots.ts';
import { goneOf, isHidden, liveOf, registersOf, type ReplicaRecord } from './replica-record.ts';
import { deletedField } from './rule-of-field.ts';

/** Where a record is, and was, says which feeds it came by; that it was deleted holds for all of its fields together. */
const kept: ReadonlySet<string> = new Set(['placement', deletedField]);

/**
 * Operations that nothing of this record needs any more: superseded, of a field in which one value stands, and not what
 * that value replaced, because who looks back or undoes needs that. None of additions to a list and of their removal,
 * of a record of which something was erased, and of one that was deleted while somebody edited it. What one of them
 * names is among them, or went before.
 */
export function spareOps(record: ReplicaRecord): readonly Change[] {
  if (record.ops.some(({ k }) => k === 'erase') || isDeletionOpen(record)) return [];
  const needed = new Set<string>();
  const settled = new Set<string>();
  for (const [field, { live }] of registersOf(record)) {
    const [one] = live;
    if (live.length !== 1 || one === undefined || kept.has(field)) continue;
    settled.add(field);
    for (const dot of [one, ...one.b]) needed.add(dotKey(dot));
  }
  return onGone(
    record,
    record.ops.filter((op) => op.k === 'set' && settled.has(op.f) && !needed.has(dotKey(op))),
  );
}

/** Somebody has to look at the record as a whole. */
const isDeletionOpen = (record: ReplicaRecord): boolean =>
  liveOf(record, deletedField).some(({ v }) => isList(v)) && !isHidden(record);

/** Those of these operations that name only what is gone, or goes with them: else that would stand again. */
function onGone(record: ReplicaRecord, ops: readonly Change[]): readonly Change[] {
  const gone = new Set(goneOf(record).map(dotKey));
  const taken: Change[] = [];
  for (let waiting = ops; ;) {
    const left = waiting.filter((op) => !op.b.every((dot) => gone.has(dotKey(dot))));
    if (left.length === waiting.length) return taken.sort(compareDots);
    const stays = new Set(left);
    for (const op of waiting) {
      if (stays.has(op)) continue;
      gone.add(dotKey(op));
      taken.push(op);
    }
    waiting = left;
  }
}

/**
 * The record without those of its spare operations that are `isSafe`, `rev` one higher; the same object when none goes.
 * Their dots are remembered, so that one of them that comes again is known and brings nothing back. What the record
 * shows, and what any later operation makes of it, is the same with and without this (sync.md §2.12).
 */
export function compact(
  record: ReplicaRecord,
  isSafe: (op: Change) => boolean,
  spareIn: typeof spareOps = spareOps,
): ReplicaRecord {
  const dropped = onGone(record, spareIn(record).filter(isSafe));
  if (dropped.length === 0) return record;
  const isDropped = new Set(dropped.map(dotKey));
  return {
    ...record,
    rev: record.rev + 1,
    ops: record.ops.filter((op) => !isDropped.has(dotKey(op))),
    gone: [...goneOf(record), ...dropped.map(({ w, n }) => ({ w, n }))].sort(compareDots),
  };
}

/** The record with these of its gone operations in it again, for who needs to see them: they stand nowhere. */
export function withGoneOps(record: ReplicaRecord, ops: readonly Change[]): ReplicaRecord {
  const gone = new Set(goneOf(record).map(dotKey));
  const present = new Set(record.ops.map(dotKey));
  const back = ops.filter((op) => gone.has(dotKey(op)) && !present.has(dotKey(op)));
  return back.length === 0 ? record : { ...record, ops: [...record.ops, ...back].sort(compareDots) };
}
