import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import * as z from 'zod';
import { stampBytes } from '../../../shared/kernel/hybrid-clock.ts';
import { recordIdBytes } from '../../../shared/kernel/ids.ts';
import { ok, type Result } from '../../../shared/kernel/result.ts';
import { defineKind } from '../../../shared/records/field-rule.ts';
import type { Change, Dot, Value } from '../../../shared/sync/change.ts';
import { emptyRecord } from '../../../shared/sync/replica-record.ts';
import {
  makeSave,
  type ChangedRecord,
  type ChangeError,
  type RecordEdits,
  type Save,
  type SaveContext,
} from '../../../shared/sync/make-changes.ts';

export const sha256 = (bytes: Uint8Array): Uint8Array => Uint8Array.from(createHash('sha256').update(bytes).digest());

export const aRecordId = '0b9d1f3e-5a7c-4d2e-8f60-718293a4b5c6';
export const writerBytes = (no: number): Uint8Array => Uint8Array.of(no, 1, 2, 3, 4, 5, 6, 7);

/** A well-formed operation; what a test is about goes into `over`. */
export function aChange(over: Partial<Change> & { readonly n?: number } = {}): Change {
  const n = over.n ?? 1;
  return {
    w: writerBytes(1),
    n,
    h: stampBytes({ ms: 1_764_000_000_000 + (n % 1_000_000) * 1000, counter: 0 }),
    cq: 0,
    t: 'resident',
    id: recordIdBytes(aRecordId),
    f: 'name',
    k: 'set',
    v: 'Olena',
    b: [],
    u: 'u_0123456789abcdef',
    s: 1,
    x: [Uint8Array.of(9, 9, 9, 9, 9, 9, 9, n % 256), 1],
    salt: Uint8Array.of(n % 256, 7, 7, 7, 7, 7, 7, 7),
    ...over,
  };
}

export function withoutValue(change: Change): Change {
  const copy: { -readonly [Key in keyof Change]: Change[Key] } = { ...change };
  delete copy.v;
  return copy;
}

export const dotOf = (change: Change): Dot => ({ w: change.w, n: change.n });

export const testKind = defineKind('resident', {
  name: { schema: z.string(), class: 'review', compartment: 'core', sharing: 'central' },
  callName: { schema: z.string(), class: 'lww', compartment: 'core', sharing: 'central' },
  phones: { schema: z.array(z.string()), class: 'set', compartment: 'core', sharing: 'central' },
  notes: { schema: z.array(z.string()), class: 'append', compartment: 'core', sharing: 'central' },
  risk: {
    schema: z.boolean(),
    class: 'review',
    compartment: 'health',
    sharing: 'central',
    cautious: [true, false],
  },
  income: { schema: z.object({ amountCents: z.int() }), class: 'review', compartment: 'finance', sharing: 'central' },
  illness: { schema: z.string(), class: 'review', compartment: 'health', sharing: 'flag' },
  remark: { schema: z.string(), class: 'review', compartment: 'core', sharing: 'local' },
});

export const aRecord = () => emptyRecord({ kind: 'resident', id: aRecordId });

/** Deterministic stand-in for random bytes: never the same twice. */
export function countingRandom(seed = 1): (count: number) => Uint8Array {
  let next = seed * 1_000_000;
  return (count) => {
    const bytes = new Uint8Array(count);
    new DataView(bytes.buffer).setUint32(0, next++);
    return bytes;
  };
}

/** The context of one device: each compartment its own writer. */
export function aContext(device = 1, over: Partial<SaveContext> = {}): SaveContext {
  return {
    author: { user: `u_000000000000000${String(device)}`, schema: 1, clockQuality: 0 },
    writers: {
      core: { w: writerBytes(device * 10), next: 1 },
      bsn: { w: writerBytes(device * 10 + 1), next: 1 },
      health: { w: writerBytes(device * 10 + 2), next: 1 },
      finance: { w: writerBytes(device * 10 + 3), next: 1 },
    },
    lastStamp: { ms: 0, counter: 0 },
    wallMs: 1_764_000_000_000 + device,
    random: countingRandom(device),
    sha256,
    ...over,
  };
}

const text = fc.string({ unit: 'grapheme', maxLength: 12 }).filter((candidate) => candidate.isWellFormed());

/** Any value with a canonical form. */
export const anyValue: fc.Arbitrary<Value> = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.constant(null),
    fc.boolean(),
    fc.oneof(fc.integer(), fc.maxSafeInteger()),
    text,
    fc.array(tie('value'), { maxLength: 5 }),
    fc.dictionary(fc.oneof(text, fc.constant('__proto__')), tie('value'), { maxKeys: 5, noNullPrototype: true }),
  ),
})).value;

/**
 * A history as several devices write it: every operation names what its author had then, which is any part of what
 * existed. One writer per device, numbers without a gap.
 */
export const anyHistory = (maxOps = 24): fc.Arbitrary<readonly Change[]> =>
  fc
    .array(
      fc.record({
        device: fc.integer({ min: 1, max: 4 }),
        field: fc.constantFrom('name', 'callName', 'phones', 'notes', 'illness.given', 'from.a.newer.version'),
        kind: fc.constantFrom('set', 'set', 'set', 'add', 'rem', 'app', 'merge', 'set', 'set', 'add', 'app'),
        value: anyValue,
        seen: fc.array(fc.nat({ max: 40 }), { maxLength: 3 }),
        ms: fc.integer({ min: 0, max: 2 ** 48 - 1 }),
        cq: fc.constantFrom(0, 1, 2),
        record: fc.integer({ min: 0, max: 2 }),
      }),
      { maxLength: maxOps },
    )
    .map((drafts) => {
      const numbers = new Map<number, number>();
      const history: Change[] = [];
      for (const draft of drafts) {
        const n = (numbers.get(draft.device) ?? 0) + 1;
        numbers.set(draft.device, n);
        const id = Uint8Array.from(recordIdBytes(aRecordId));
        id[0] = draft.record;
        const same = history.filter(
          (change) => change.f === draft.field && change.id[0] === draft.record && change.t === 'resident',
        );
        const seen = new Set(draft.seen.flatMap((at) => (same.length === 0 ? [] : [same[at % same.length] as Change])));
        const rest = withoutValue(aChange({ n, w: writerBytes(draft.device), id, f: draft.field }));
        history.push({
          ...rest,
          h: stampBytes({ ms: draft.ms, counter: draft.ms % 7 }),
          cq: draft.cq,
          k: draft.kind,
          ...(draft.kind === 'rem' ? {} : { v: draft.value }),
          b: [...seen].map(dotOf),
          x: [Uint8Array.of(draft.device, 0, 0, 0, 0, 0, 0, n), 1],
          salt: Uint8Array.of(draft.device, n, 5, 5, 5, 5, 5, 5),
        });
      }
      return history;
    });

/** A save of one record. */
export function makeChanges(
  part: RecordEdits,
  context: SaveContext,
): Result<ChangedRecord & Omit<Save, 'records'>, ChangeError> {
  const save = makeSave([part], context);
  if (!save.ok) return save;
  const { records, ...rest } = save.value;
  if (records[0] === undefined) throw new Error('one record in, one record out');
  return ok({ ...records[0], ...rest });
}
