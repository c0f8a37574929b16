import { compareBytes, toHex } from '../kernel/bytes.ts';
import { encodeCanonical, isValue } from './canonical.ts';
import { leafBytes } from './chain.ts';
import type { Change, Dot } from './change.ts';
import { compareDots, dotKey } from './dots.ts';

/** `live` = operations that nobody's base names; several on a review field are a conflict. `early` = superseded before they arrived. */
export type Register = { readonly live: readonly Change[]; readonly early: readonly Dot[] };

/** Registers by `type/id in hex/field`; `deferred` = operations this version cannot apply yet. */
export type ReplicaState = {
  readonly registers: ReadonlyMap<string, Register>;
  readonly deferred: readonly Change[];
};

export const registerKey = (change: Change): string => `${change.t}/${toHex(change.id)}/${change.f}`;

/**
 * Pure and order-free: any order, repetition or partition of the same operations gives an equal state. `onto`
 * continues an earlier one and is not changed; registers that get nothing new are shared with it.
 */
export function applyOps(
  ops: readonly Change[],
  onto: ReplicaState = { registers: new Map(), deferred: [] },
): ReplicaState {
  const deferred: Change[] = [];
  const arrivals = new Map<string, Change[]>();
  for (const op of ops) {
    if (!isApplicable(op)) deferred.push(op);
    else {
      const key = registerKey(op);
      const group = arrivals.get(key);
      if (group === undefined) arrivals.set(key, [op]);
      else group.push(op);
    }
  }
  return { registers: continueRegisters(arrivals, onto.registers), deferred: joinDeferred(deferred, onto.deferred) };
}

/**
 * Every operation a register was made of, superseded ones too: a repeated old operation must not come back to life.
 * It follows from the operations alone, so it is no second truth; a register from elsewhere starts from what it shows.
 */
const knownOf = new WeakMap<Register, ReadonlyMap<string, Change>>();

function continueRegisters(arrivals: ReadonlyMap<string, readonly Change[]>, onto: ReadonlyMap<string, Register>) {
  if (arrivals.size === 0) return onto;
  const registers = new Map(onto);
  for (const [key, group] of arrivals) {
    const before = onto.get(key);
    const known = before === undefined ? new Map<string, Change>() : new Map(knownOf.get(before) ?? shownBy(before));
    let changed = before === undefined;
    for (const op of group) {
      const dot = dotKey(op);
      const present = known.get(dot);
      const kept = present === undefined ? op : preferredOf(present, op);
      if (kept !== present) {
        known.set(dot, kept);
        changed = true;
      }
    }
    if (changed) registers.set(key, settle(known, before === undefined || knownOf.has(before) ? [] : before.early));
  }
  return registers;
}

const shownBy = (register: Register) => new Map(register.live.map((op) => [dotKey(op), op]));

function settle(known: ReadonlyMap<string, Change>, inherited: readonly Dot[]): Register {
  const named = new Map<string, Dot>(inherited.map((dot) => [dotKey(dot), dot]));
  const erasures: Change[] = [];
  for (const op of known.values()) {
    if (op.k === 'erase') erasures.push(op);
    for (const dot of op.b) named.set(dotKey(dot), { w: dot.w, n: dot.n });
  }
  const live: Change[] = [];
  // An erasure wins over everything and nothing supersedes it (sync.md §2.18).
  if (erasures.length > 0) live.push(...erasures);
  else for (const [dot, op] of known) if (!named.has(dot)) live.push(op);
  const early: Dot[] = [];
  for (const [key, dot] of named) if (!known.has(key)) early.push(dot);
  const register = { live: live.sort(compareDots), early: early.sort(compareDots) };
  knownOf.set(register, known);
  return register;
}

/**
 * Which of two operations under one dot stays: the erased form, else the one with the smaller bytes. Two different
 * ones are a fork, which the chain refuses before it comes here; the choice only keeps the result free of order.
 */
export function preferredOf(present: Change, arriving: Change): Change {
  if (present === arriving) return present;
  if (present.vh !== undefined || arriving.vh !== undefined) {
    if (present.vh === undefined) return arriving;
    if (arriving.vh === undefined) return present;
  }
  return compareBytes(wholeBytes(arriving), wholeBytes(present)) < 0 ? arriving : present;
}

function wholeBytes(op: Change): Uint8Array {
  return leafBytes(op, encodeCanonical(op.v === undefined ? [op.salt, op.vh ?? null] : [op.salt, op.vh ?? null, op.v]));
}

const kinds: ReadonlySet<string> = new Set<Change['k']>(['set', 'add', 'rem', 'app', 'merge', 'erase']);
const withValue: ReadonlySet<string> = new Set<Change['k']>(['set', 'add', 'app', 'merge']);

/** Whether this version can apply an operation: its form is known, whatever its record kind, field or value mean. */
export function isApplicable(op: Change): boolean {
  return kinds.has(op.k) && isWellFormed(op) && (!withValue.has(op.k) || op.v !== undefined || op.vh !== undefined);
}

/** Whether an operation has a canonical form; everything that came through a codec has. */
export function isWellFormed(op: Change): boolean {
  return (
    isDot(op) &&
    isBytes(op.h, 8) &&
    isBytes(op.id, 16) &&
    [op.t, op.f, op.k, op.u].every((text) => typeof text === 'string' && text.isWellFormed()) &&
    [0, 1, 2].includes(op.cq) &&
    Array.isArray(op.b) &&
    op.b.every((dot: Dot) => isDot(dot) && compareDots(dot, op) !== 0) &&
    isCount(op.s) &&
    Array.isArray(op.x) &&
    isBytes(op.x[0], 8) &&
    isCount(op.x[1]) &&
    (op.vh === undefined
      ? isBytes(op.salt, 8) && (op.v === undefined || isValue(op.v))
      : isBytes(op.vh, 32) && isBytes(op.salt, 0) && op.v === undefined)
  );
}

const isBytes = (bytes: unknown, length: number) => bytes instanceof Uint8Array && bytes.length === length;
const isCount = (count: unknown) => Number.isSafeInteger(count) && (count as number) >= 0;
const isDot = (dot: Dot | undefined) =>
  typeof dot === 'object' && dot !== null && isBytes(dot.w, 8) && isCount(dot.n) && dot.n >= 1 && dot.n <= maxNumber;
/** More than any writer reaches; differences of such numbers are still exact. */
const maxNumber = 2 ** 48;

function joinDeferred(arriving: readonly Change[], present: readonly Change[]): readonly Change[] {
  if (arriving.length === 0) return present;
  const byText = new Map<string, Change>(present.map((op) => [textOf(op), op]));
  for (const op of arriving) if (!byText.has(textOf(op))) byText.set(textOf(op), op);
  return [...byText].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, op]) => op);
}

/** A text that only equal operations share, for what may have any shape. */
function textOf(op: Change): string {
  try {
    return JSON.stringify(op, (_key, value: unknown) => (value instanceof Uint8Array ? toHex(value) : value));
  } catch {
    return 'unreadable';
  }
}
