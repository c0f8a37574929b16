import { invariant } from '../kernel/assert.ts';
import { compareBytes, equalBytes, toHex } from '../kernel/bytes.ts';
import { recordIdBytes } from '../kernel/ids.ts';
import { givenField, type FieldRule, type KindDefinition } from '../records/field-rule.ts';
import type { FieldValues, RecordKind, RecordRef } from '../records/record.ts';
import { compareUtf8 } from './canonical-form.ts';
import { encodeCanonical, isList, sameValue } from './canonical.ts';
import type { Change, Dot, Value } from './change.ts';
import { compareClaims, compareDots, dotKey, dotOf, textOfDot } from './dots.ts';
import { applyOps, preferredOf, type Register } from './merge.ts';
import { deletedField, erasedField, ruleOfField, type RuleOf } from './rule-of-field.ts';

/**
 * One record in memory: the set of its operations, in the order of their dots, and the values that never leave this
 * device. `rev` counts its versions in the store. Everything else is a function of it.
 */
export type ReplicaRecord = {
  readonly kind: RecordKind;
  readonly id: string;
  readonly rev: number;
  readonly ops: readonly Change[];
  readonly local: Readonly<Record<string, Value>>;
  /** Superseded operations that this device dropped (`compact`), in the order of their dots. Absent: none. */
  readonly gone?: readonly Dot[] | undefined;
};

export const goneOf = ({ gone }: ReplicaRecord): readonly Dot[] => gone ?? [];

const goneMemo = new WeakMap<readonly Dot[], ReadonlySet<string>>();
const nothingGone: ReadonlySet<string> = new Set();
/** Keys of the dots of what was dropped. */
function goneKeysOf({ gone }: ReplicaRecord): ReadonlySet<string> {
  if (gone === undefined || gone.length === 0) return nothingGone;
  const keys = goneMemo.get(gone) ?? new Set(gone.map(dotKey));
  goneMemo.set(gone, keys);
  return keys;
}

/** A record nobody has written yet. */
export const emptyRecord = (ref: RecordRef): ReplicaRecord => ({
  kind: ref.kind,
  id: ref.id,
  rev: 0,
  ops: [],
  local: {},
});

/**
 * The record with these operations and local values as well (a local null removes one), `rev` one higher; the same
 * object when nothing is new: an operation that was dropped and comes again is not. Operations of another record throw
 * as a bug.
 */
export function withOps(
  record: ReplicaRecord,
  ops: readonly Change[],
  localValues: Readonly<Record<string, Value>> = {},
): ReplicaRecord {
  const local = withLocal(record.local, localValues);
  const id = recordIdBytes(record.id);
  const byDot = new Map(record.ops.map((op) => [dotKey(op), op]));
  const gone = goneKeysOf(record);
  let changed = local !== record.local;
  for (const op of ops) {
    invariant(op.t === record.kind && equalBytes(op.id, id), 'an operation of another record');
    const present = byDot.get(dotKey(op));
    if (present === undefined && gone.has(dotKey(op))) continue;
    const kept = present === undefined ? op : preferredOf(present, op);
    if (kept !== present) {
      byDot.set(dotKey(op), kept);
      changed = true;
    }
  }
  if (!changed) return record;
  return { ...record, rev: record.rev + 1, ops: [...byDot.values()].sort(compareDots), local };
}

/** The record without the operations that `isGone`, `rev` one higher; the same object when there are none. */
export function withoutOps(record: ReplicaRecord, isGone: (op: Change) => boolean): ReplicaRecord {
  const ops = record.ops.filter((op) => !isGone(op));
  return ops.length === record.ops.length ? record : { ...record, rev: record.rev + 1, ops };
}

function withLocal(present: ReplicaRecord['local'], edits: Readonly<Record<string, Value>>): ReplicaRecord['local'] {
  const changes = Object.entries(edits).filter(([field, value]) => !sameValue(present[field] ?? null, value));
  if (changes.length === 0) return present;
  const merged = new Map([...Object.entries(present), ...changes]);
  return Object.fromEntries([...merged].filter(([, value]) => value !== null));
}

const registersMemo = new WeakMap<ReplicaRecord, ReadonlyMap<string, Register>>();

/** Registers by field id, of known and unknown fields alike. */
export function registersOf(record: ReplicaRecord): ReadonlyMap<string, Register> {
  const present = registersMemo.get(record);
  if (present !== undefined) return present;
  const registers = new Map<string, Register>();
  const gone = goneKeysOf(record);
  for (const [key, whole] of applyOps(record.ops).registers) {
    const register = gone.size === 0 ? whole : without(whole, gone);
    const first = register.live[0];
    // Only operations that supersede each other in a circle leave a register without a live one.
    if (first !== undefined) registers.set(first.f, register);
    else registers.set(key.slice(key.indexOf('/', record.kind.length + 1) + 1), register);
  }
  registersMemo.set(record, registers);
  return registers;
}

/** What was dropped was superseded: it does not stand, and is not awaited. */
const without = ({ live, early }: Register, gone: ReadonlySet<string>): Register => ({
  live: live.filter((op) => !gone.has(dotKey(op))),
  early: early.filter((dot) => !gone.has(dotKey(dot))),
});

export type HistoryEntry = { readonly change: Change; readonly live: boolean };

/** Every operation of the record, newest first; `live` is false for what a later one replaced. */
export function historyOf(record: ReplicaRecord): readonly HistoryEntry[] {
  const live = new Set([...registersOf(record).values()].flatMap((register) => register.live.map(dotKey)));
  return record.ops
    .toSorted((a, b) => compareClaims({ ...b, cq: 0 }, { ...a, cq: 0 }))
    .map((change) => ({ change, live: live.has(dotKey(change)) }));
}

/** What `set _deleted` holds: everything of the record that the deleter had seen (sync.md §2.2). */
export function deletionValue(record: ReplicaRecord): Value {
  return liveDots(record).sort();
}

/**
 * Hidden only while every live operation is among those a deleter had seen: an edit he did not see keeps the record
 * visible. Deleted against not deleted shows it too. What was erased as a whole is hidden for good, and so is a record
 * of which nothing is left: all of it was taken back.
 */
export function isHidden(record: ReplicaRecord): boolean {
  if (record.ops.some(({ k, f }) => k === 'erase' && f === erasedField)) return true;
  if (record.rev > 0 && record.ops.length === 0 && Object.keys(record.local).length === 0) return true;
  if (!record.ops.some(({ f }) => f === deletedField)) return false;
  const deletions = registersOf(record).get(deletedField)?.live ?? [];
  const values = deletions.flatMap((change) => (change.v === undefined ? [] : [change.v]));
  if (values.length === 0 || !values.every((value) => isList(value))) return false;
  const seen = new Set(values.flat());
  return liveDots(record).every((dot) => seen.has(dot));
}

function liveDots(record: ReplicaRecord): string[] {
  return [...registersOf(record)].flatMap(([field, { live }]) => (field === deletedField ? [] : live.map(textOfDot)));
}

/** `unsettled` = fields where several different values stand and a person has to choose. */
export type RecordValues = { readonly values: FieldValues; readonly unsettled: readonly string[] };

/**
 * What the record says now, local values included. Several live values are shown by the class of their field
 * (sync.md §3.1): a list for `set` and for `append` on a kind that can be edited, else one of them. Emptied fields are
 * absent; fields this version does not know are left out. `_deleted` is true while the record is hidden.
 */
export function valuesOf(record: ReplicaRecord, definition: KindDefinition, ruleOf?: RuleOf): RecordValues {
  const plain = plainValuesOf(record, definition, ruleOf);
  if (plain !== undefined) return { values: plain, unsettled: [] };
  const values: [string, Value][] = [];
  const unsettled: string[] = [];
  for (const [field, { live }] of registersOf(record)) {
    const rule = ruleOfField(definition, field, ruleOf);
    if (rule === undefined) continue;
    const shown = field === deletedField ? shownDeletion(record, live) : shownIn(live, rule, definition.immutable);
    if (shown.value !== null) values.push([field, shown.value]);
    if (shown.unsettled) unsettled.push(field);
  }
  values.push(...Object.entries(record.local));
  values.sort(([a], [b]) => compareUtf8(a, b));
  return { values: Object.fromEntries(values), unsettled: unsettled.sort(compareUtf8) };
}

/**
 * The values of a record of which every field was set once and nothing was taken back, as nearly all of a register are:
 * no register is made for them, which is most of the time that reading a country takes. Undefined for any other record.
 */
function plainValuesOf(record: ReplicaRecord, definition: KindDefinition, ruleOf?: RuleOf): FieldValues | undefined {
  if (registersMemo.has(record) || goneOf(record).length > 0) return undefined;
  const values: [string, Value][] = [];
  const { ops } = record;
  const seen = ops.length > fewOps ? new Set<string>() : undefined;
  for (const [at, { k, f, v, b }] of ops.entries()) {
    if (k !== 'set' || v === undefined || b.length > 0 || f === deletedField || f === erasedField) return undefined;
    if (seen === undefined ? ops.findIndex((op) => op.f === f) !== at : seen.has(f)) return undefined;
    seen?.add(f);
    const rule = ruleOfField(definition, f, ruleOf);
    if (rule === undefined) continue;
    if (rule.class === 'set' || rule.class === 'append') return undefined;
    if (v !== null) values.push([f, v]);
  }
  if (Object.keys(record.local).length > 0) return undefined;
  return Object.fromEntries(values.sort(([a], [b]) => compareUtf8(a, b)));
}
/** So many are compared with each other faster than they are put into a set. */
const fewOps = 12;

/**
 * The operations a form must name as its base, taken when it opens: those whose value it shows, equal values
 * together. For `lww` every live one; none for `append`, where nothing is replaced.
 */
export function baseOf(
  record: ReplicaRecord,
  field: string,
  definition: KindDefinition,
  ruleOf?: RuleOf,
): readonly Dot[] {
  const rule = ruleOfField(definition, field, ruleOf);
  if (rule === undefined || rule.sharing === 'local') return [];
  const live = liveOf(record, rule.sharing === 'flag' ? givenField(field) : field);
  if (field === deletedField) return live.map(dotOf);
  return shownIn(live, rule, definition.immutable).from.map(dotOf);
}

/** Every live operation of a field: what the dialog for unsettled fields shows and names as its base. */
export const liveOf = (record: ReplicaRecord, field: string): readonly Change[] =>
  registersOf(record).get(field)?.live ?? [];

/** `from` = the operations whose value is on screen. */
type Shown = { readonly value: Value; readonly from: readonly Change[]; readonly unsettled: boolean };

/** What a form shows for live operations of one field. */
export function shownIn(live: readonly Change[], rule: FieldRule, immutable: boolean): Shown {
  switch (rule.class) {
    case 'set': {
      const from = live.filter((change) => change.k === 'add' && change.v !== undefined);
      return { value: from.length === 0 ? null : unionOf(from), from, unsettled: false };
    }
    case 'append':
      if (!immutable) {
        const entries = live.filter((change) => change.v !== undefined).toSorted(compareClaims);
        return { value: entries.length === 0 ? null : entries.map(valueOf), from: [], unsettled: false };
      }
      return { ...shownOne(live, rule), from: [] };
    case 'lww':
    case 'server':
      return { ...shownOne(live, rule), from: live, unsettled: false };
    case 'review':
    case 'exclusive':
      return shownOne(live, rule);
  }
}

const valueOf = (change: Change): Value => change.v ?? null;

function shownOne(live: readonly Change[], { cautious }: FieldRule): Shown {
  const claims = live.filter((change) => change.v !== undefined && (change.k === 'set' || change.k === 'app'));
  const care = (change: Change) => {
    const at = cautious?.findIndex((value) => sameValue(value, valueOf(change))) ?? -1;
    return at < 0 ? (cautious?.length ?? 0) : at;
  };
  const best = claims.toSorted((a, b) => care(a) - care(b) || compareClaims(b, a))[0];
  if (best === undefined) return { value: null, from: [], unsettled: false };
  const from = claims.filter((change) => sameValue(valueOf(change), valueOf(best)));
  return { value: valueOf(best), from, unsettled: from.length < claims.length };
}

function unionOf(adds: readonly Change[]): Value {
  const byBytes = new Map(adds.map((change) => [toHex(encodeCanonical(valueOf(change))), valueOf(change)]));
  return [...byBytes.values()].sort((a, b) => compareBytes(encodeCanonical(a), encodeCanonical(b)));
}

function shownDeletion(record: ReplicaRecord, live: readonly Change[]): Shown {
  const hidden = isHidden(record);
  const deleted = live.some((change) => isList(change.v));
  return { value: hidden ? true : null, from: live, unsettled: deleted && !hidden };
}
