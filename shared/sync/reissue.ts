import { joinBytes, toUtf8 } from '../kernel/bytes.ts';
import { isList } from './canonical.ts';
import type { Sha256 } from './chain.ts';
import type { Change, Dot, Value } from './change.ts';
import { dotKey, dotOfText, textOfDot } from './dots.ts';
import { deletedField } from './rule-of-field.ts';

/** Where a dot stands now; the same dot where nothing became of it. */
export type Moved = (dot: Dot) => Dot;

/**
 * The writer under which operations are issued again whose numbers mean something else at the endpoint (sync.md §2.10).
 * `chain` is the own chain hash after the first of them: whoever holds the same operations, a copied laptop or the same
 * one after a kill, comes to the same writer, so that nothing is issued again twice.
 */
export function writerOfReissue(chain: Uint8Array, sha256: Sha256): Uint8Array {
  return sha256(joinBytes([toUtf8('CaseSync1 again'), chain])).slice(0, 8);
}

/**
 * The operation under its new dot. Author, stamp, save, salt and value stay: it is the same work. What it names as its
 * base, or had seen when it deleted a record, is named by the dots of now.
 */
export function reissued(change: Change, as: Dot, moved: Moved): Change {
  const base = new Map(change.b.map((dot) => moved(dot)).map((dot) => [dotKey(dot), { w: dot.w, n: dot.n }]));
  const next = { ...change, w: as.w, n: as.n, b: [...base.values()] };
  return change.f === deletedField && isList(change.v) ? { ...next, v: movedList(change.v, moved) } : next;
}

/** Every dot that an operation counts on: its base, and what a deletion had seen. */
export function dotsNamedBy({ b, f, v }: Change): readonly Dot[] {
  return f === deletedField && isList(v) ? [...b, ...v.flatMap((item) => dotOfText(item) ?? [])] : b;
}

function movedList(list: readonly Value[], moved: Moved): Value {
  const texts = list.map((item) => {
    const dot = dotOfText(item);
    return dot === undefined ? item : textOfDot(moved(dot));
  });
  return [...new Set(texts)].sort();
}
