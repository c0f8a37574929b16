import type { Bytes } from '../../shared/kernel/bytes.ts';
import { err, ok, type Result } from '../../shared/kernel/result.ts';
import type { Box, BoxPlace, Cipher, SealedRow, UnreadableError } from '../../shared/ports.ts';
import { compartments, type Compartment, type RecordRef } from '../../shared/records/record.ts';
import { tableOf } from '../../shared/records/tables.ts';
import { decodeEncodable, encodeCanonical, isValue } from '../../shared/sync/canonical.ts';
import type { Change, Value } from '../../shared/sync/change.ts';
import { definitionOf, ruleOfRecord } from '../../shared/sync/field-classes.ts';
import { emptyRecord, isHidden, withOps, type ReplicaRecord } from '../../shared/sync/replica-record.ts';
import { packOps, unpackOps } from '../../shared/sync/row-codec.ts';
import { compartmentOf } from '../../shared/sync/rule-of-field.ts';
import { agingAfter, goneIn, packAging, unpackAging, type Aging } from './aging.ts';

/**
 * A record as its row says. `revs` tells at which number each box was sealed: a user without the key of a compartment
 * cannot seal its box anew, so it keeps its number, and the core box, which everybody can open, vouches for it. A number
 * of 0 was lost with the core box: whoever has the key finds it by trying. `localNos` counts the editions of the values
 * that never leave this device.
 */
export type OpenedRow = {
  readonly record: ReplicaRecord;
  readonly boxes: Readonly<Partial<Record<Compartment, Box>>>;
  readonly revs: Readonly<Partial<Record<Compartment, number>>>;
  readonly localNos: Readonly<Partial<Record<Compartment, number>>>;
  /** What was dropped of each box and what is to follow. Absent: nothing. */
  readonly aging?: Readonly<Partial<Record<Compartment, Aging>>>;
};

export const newRow = (ref: RecordRef): OpenedRow => ({
  record: emptyRecord(ref),
  boxes: {},
  revs: {},
  localNos: {},
});

/** The box an operation came in. It decides where an operation goes whose field this version does not know. */
const origins = new WeakMap<Change, Compartment>();
export const noteOrigin = (change: Change, c: Compartment): void => void origins.set(change, c);
export const originOf = (change: Change): Compartment | undefined => origins.get(change);

/** `health` is the strictest compartment: what nobody can place goes there, as the intake does with its answers. */
function compartmentsByField(record: ReplicaRecord): (field: string) => Compartment {
  const definition = definitionOf(record.kind);
  const ruleOf = ruleOfRecord(record);
  return (field) => compartmentOf(definition, field, ruleOf) ?? 'health';
}

/** The values of one compartment that never leave this device. */
export function localsIn(record: ReplicaRecord, c: Compartment): ReplicaRecord['local'] {
  const compartmentOfField = compartmentsByField(record);
  return Object.fromEntries(Object.entries(record.local).filter(([field]) => compartmentOfField(field) === c));
}

/** The operations that stand in the box of `c`. */
export function opsIn(record: ReplicaRecord, c: Compartment): readonly Change[] {
  const compartmentOfField = compartmentsByField(record);
  return record.ops.filter((op) => (origins.get(op) ?? compartmentOfField(op.f)) === c);
}

const placeOf = (ref: RecordRef, compartment: Compartment, rev: number): BoxPlace => ({
  table: tableOf[ref.kind],
  id: ref.id,
  compartment,
  rev,
});

/**
 * The row of the next version. Boxes without a change are kept as they are; the core box is always new, and those in
 * which `before` has another note of what is to be dropped are named in `noted`.
 */
export async function sealRow(
  cipher: Cipher,
  before: OpenedRow,
  record: ReplicaRecord,
  noted: readonly Compartment[] = [],
): Promise<{
  readonly sealed: SealedRow;
  readonly opened: OpenedRow;
  /** Compartments with another edition of their local values. */
  readonly locals: readonly Compartment[];
}> {
  const fieldCompartment = compartmentsByField(record);
  const ref = { kind: record.kind, id: record.id };
  const rev = before.record.rev + 1;
  const compartmentOfOp = (op: Change) => origins.get(op) ?? fieldCompartment(op.f);
  const known = new Set(before.record.ops);
  const touched = new Set([...noted, ...record.ops.filter((op) => !known.has(op)).map(compartmentOfOp)]);
  const left = new Set(record.ops);
  for (const op of known) if (!left.has(op)) touched.add(compartmentOfOp(op));
  const locals = new Set<Compartment>();
  for (const field of new Set([...Object.keys(record.local), ...Object.keys(before.record.local)])) {
    if (record.local[field] !== before.record.local[field]) locals.add(fieldCompartment(field));
  }
  const localNos: Partial<Record<Compartment, number>> = { ...before.localNos };
  for (const c of locals) {
    touched.add(c);
    localNos[c] = (before.localNos[c] ?? 0) + 1;
  }
  const boxes: Partial<Record<Compartment, Box>> = { ...before.boxes };
  const revs: Partial<Record<Compartment, number>> = { ...before.revs };
  for (const c of touched) if (c !== 'core') revs[c] = rev;
  delete revs.core;
  const aging = agingAfter(before, record, compartmentOfOp);
  const seal = async (c: Compartment) => {
    const ops = record.ops.filter((op) => compartmentOfOp(op) === c);
    const local = Object.fromEntries(Object.entries(record.local).filter(([field]) => fieldCompartment(field) === c));
    const vouched = c === 'core' ? (revs as Record<string, number>) : {};
    const content = [packOps(ops), local, vouched, localNos[c] ?? 0];
    const aged = aging[c] === undefined ? undefined : packAging(aging[c]);
    // An app that knows nothing of what was dropped must not take the box for all there is.
    const versioned = aged === undefined ? [1, ...content] : [2, ...content, aged];
    boxes[c] = await cipher.seal(placeOf(ref, c, rev), encodeCanonical(versioned));
    for (const op of ops) origins.set(op, c);
  };
  await Promise.all([...new Set<Compartment>(['core', ...touched])].map(seal));
  const next = { ...record, rev };
  return {
    sealed: { ref, rev, deleted: isHidden(next), boxes },
    opened: { record: next, boxes, revs, localNos, aging },
    locals: [...locals],
  };
}

/** Opens what the user has keys for. One damaged box makes the row unreadable: half a record would look like a whole one. */
export async function openRow(cipher: Cipher, row: SealedRow): Promise<Result<OpenedRow, UnreadableError>> {
  const { opened, damaged } = await salvageRow(cipher, row);
  return damaged.length === 0 ? ok(opened) : err({ type: 'unreadable', ref: row.ref });
}

/** A box is seldom so many versions older than its row; a damaged number must not keep anybody waiting. */
const maxTries = 2_000;

/** What opens of a row; `damaged` are the boxes this user has the key for and that do not open. */
export async function salvageRow(
  cipher: Cipher,
  row: SealedRow,
): Promise<{ readonly opened: OpenedRow; readonly damaged: readonly Compartment[] }> {
  const openBox = async (c: Compartment, rev: number): Promise<Content | undefined> => {
    const box = row.boxes[c];
    const opened = box && (await cipher.open(placeOf(row.ref, c, rev), box));
    return opened?.ok === true ? readContent(opened.value) : undefined;
  };
  const find = async (c: Compartment): Promise<readonly [Content | undefined, number]> => {
    for (let rev = row.rev; rev > Math.max(0, row.rev - maxTries); rev--) {
      const content = await openBox(c, rev);
      if (content !== undefined) return [content, rev];
    }
    return [undefined, 0];
  };
  const damaged: Compartment[] = [];
  const ops: Change[] = [];
  const local: Record<string, Value> = {};
  const boxes: Partial<Record<Compartment, Box>> = {};
  const revs: Partial<Record<Compartment, number>> = {};
  const localNos: Partial<Record<Compartment, number>> = {};
  const aging: Partial<Record<Compartment, Aging>> = {};
  const core = await openBox('core', row.rev);
  for (const c of compartments) {
    const box = row.boxes[c];
    const known = core === undefined ? 0 : core.revs[c];
    const mine = cipher.compartments.includes(c);
    // A box that was taken away, or one that the core box does not know.
    const isOdd = c !== 'core' && core !== undefined && (known === undefined) !== (box === undefined);
    if (box === undefined || isOdd || !mine) {
      if (isOdd || (c === 'core' && box === undefined)) damaged.push(c);
      else if (box !== undefined) [boxes[c], revs[c]] = [box, known ?? 0];
      continue;
    }
    const [content, rev] =
      c === 'core'
        ? [core, row.rev]
        : known === undefined || known === 0
          ? await find(c)
          : [await openBox(c, known), known];
    if (content === undefined) {
      damaged.push(c);
      continue;
    }
    boxes[c] = box;
    if (c !== 'core') revs[c] = rev;
    if (content.localNo > 0) localNos[c] = content.localNo;
    if (content.aging !== undefined) aging[c] = content.aging;
    for (const op of content.ops) origins.set(op, c);
    ops.push(...content.ops);
    Object.assign(local, content.local);
  }
  const gone = goneIn(aging);
  const record = {
    ...withOps(emptyRecord(row.ref), ops, local),
    rev: row.rev,
    ...(gone.length === 0 ? {} : { gone }),
  };
  return { opened: { record, boxes, revs, localNos, aging }, damaged };
}

type Content = {
  readonly ops: readonly Change[];
  readonly local: Readonly<Record<string, Value>>;
  readonly revs: Readonly<Partial<Record<Compartment, number>>>;
  readonly localNo: number;
  readonly aging: Aging | undefined;
};

function readContent(bytes: Bytes): Content | undefined {
  const decoded = decodeEncodable(bytes);
  if (!decoded.ok || !Array.isArray(decoded.value)) return undefined;
  const [version, packed, local, revs, localNo, aged] = decoded.value as readonly unknown[];
  if ((version !== 1 && version !== 2) || !(packed instanceof Uint8Array) || !isValueMap(local)) return undefined;
  const ops = unpackOps(packed);
  const aging = version === 2 ? unpackAging(aged) : undefined;
  if (!ops.ok || (version === 2 && aging === undefined)) return undefined;
  return {
    ops: ops.value,
    local,
    revs: isValueMap(revs) ? revs : {},
    localNo: typeof localNo === 'number' ? localNo : 0,
    aging,
  };
}

const isValueMap = (value: unknown): value is Readonly<Record<string, Value>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && isValue(value);
