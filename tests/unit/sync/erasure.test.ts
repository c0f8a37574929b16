import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toHex } from '../../../shared/kernel/bytes.ts';
import { recordIdBytes } from '../../../shared/kernel/ids.ts';
import { chainAfter, chainStart, leafOf } from '../../../shared/sync/chain.ts';
import type { Change } from '../../../shared/sync/change.ts';
import { applyErasures } from '../../../shared/sync/erasure.ts';
import { encodeFrame } from '../../../shared/sync/frame.ts';
import { decodeAnyFrame, redactFrame } from '../../../shared/sync/redacted-frame.ts';
import { isHidden, valuesOf, withOps } from '../../../shared/sync/replica-record.ts';
import { erasedField } from '../../../shared/sync/rule-of-field.ts';
import {
  aChange,
  anyHistory,
  aRecord,
  aRecordId,
  dotOf,
  sha256,
  testKind,
  withoutValue,
  writerBytes,
} from './sync-fixtures.ts';
import { aFrame, frameReader, frameWriter } from './wire-fixtures.ts';

const canary = 'planted-canary';
const erasureOf = (f: string, ops: readonly Change[], n = 1): Change =>
  withoutValue(
    aChange({ w: writerBytes(99), n, f, k: 'erase', b: ops.filter((op) => op.f === f).map(dotOf), u: 'endpoint' }),
  );
const text = (record: unknown) =>
  JSON.stringify(record, (_key, value: unknown) => (value instanceof Uint8Array ? toHex(value) : value));

describe('an erasure of a record', () => {
  it('takes every value, also those that never left the laptop, and leaves where it belongs', () => {
    const placed = aChange({ n: 3, f: 'placement', v: { site: null } });
    const record = withOps(
      aRecord(),
      [aChange({ v: canary }), aChange({ n: 2, f: 'phones', k: 'add', v: canary }), placed, erasureOf(erasedField, [])],
      { remark: canary },
    );
    const left = applyErasures(record, sha256);
    expect(text(left)).not.toContain(canary);
    expect(left.local).toEqual({});
    expect(left.ops).toContainEqual(placed);
    expect(isHidden(left)).toBe(true);
    expect(valuesOf(left, testKind).values).not.toHaveProperty('name');
    expect(applyErasures(left, sha256)).toBe(left);
  });

  it('covers what was written without knowing of it, on either side', () => {
    const late = aChange({ n: 9, v: canary, f: 'callName' });
    const erased = applyErasures(withOps(aRecord(), [erasureOf(erasedField, [])]), sha256);
    expect(text(applyErasures(withOps(erased, [late]), sha256))).not.toContain(canary);
  });
});

it('an erasure of one field leaves the others', () => {
  const [name, call] = [aChange({ v: canary }), aChange({ n: 2, f: 'callName', v: 'Lena' })];
  const record = withOps(aRecord(), [name, call, erasureOf('name', [name])], { remark: 'kept', name: canary });
  const left = applyErasures(record, sha256);
  expect(text(left)).not.toContain(canary);
  expect(valuesOf(left, testKind).values).toEqual({ callName: 'Lena', remark: 'kept' });
  expect(isHidden(left)).toBe(false);
});

it('no order, repetition or concurrent edit changes what is left, and every chain still verifies', () => {
  fc.assert(
    fc.property(anyHistory(20), fc.array(fc.nat(), { maxLength: 30 }), fc.boolean(), (history, order, whole) => {
      const own = history.map((op): Change => ({ ...op, id: recordIdBytes(aRecordId) }));
      const erasure = whole ? erasureOf(erasedField, []) : erasureOf('name', own);
      const all = [...own, erasure];
      const shuffled = order.flatMap((at) => all[at % all.length] ?? []).concat(all.toReversed());
      const atOnce = applyErasures(withOps(aRecord(), all), sha256);
      let stepwise = aRecord();
      for (const op of shuffled) stepwise = applyErasures(withOps(stepwise, [op]), sha256);
      expect(stepwise.ops).toEqual(atOnce.ops);
      expect(applyErasures(atOnce, sha256)).toBe(atOnce);
      for (const [w, ops] of Map.groupBy(own, (op) => toHex(op.w))) {
        const left = atOnce.ops.filter((op) => toHex(op.w) === w).toSorted((a, b) => a.n - b.n);
        const start = chainStart(ops[0]?.w ?? writerBytes(0), sha256);
        expect(toHex(chainAfter(start, left, sha256))).toBe(toHex(chainAfter(start, ops, sha256)));
      }
    }),
    { seed: 20261124, numRuns: 300 },
  );
});

describe('a frame after an erasure', () => {
  const ops = [aChange({ v: canary }), aChange({ n: 2, f: 'callName', v: 'Lena' })];
  const whole = encodeFrame(aFrame(ops), frameWriter);
  const change = (op: Change) =>
    applyErasures(withOps(aRecord(), [op, erasureOf('name', [op])]), sha256).ops.find(
      ({ n, k }) => n === op.n && k !== 'erase',
    ) ?? op;
  const redacted = () => {
    const made = redactFrame(whole, change, frameReader);
    if (!made.ok) throw new Error(made.error.type);
    return made.value;
  };

  it('keeps header, signature and leaves, and no value', () => {
    const read = decodeAnyFrame(redacted(), frameReader);
    if (!read.ok) throw new Error(read.error.type);
    expect(read.value.header).toEqual(aFrame(ops).header);
    expect(read.value.ops.map((op) => toHex(leafOf(op, sha256)))).toEqual(ops.map((op) => toHex(leafOf(op, sha256))));
    expect(text(read.value)).not.toContain(canary);
    expect(text(read.value)).toContain('Lena');
    expect(redactFrame(redacted(), change, frameReader)).toEqual({ ok: true, value: redacted() });
  });

  it('is the same bytes where nothing is erased', () => {
    const same = redactFrame(whole, (op) => op, frameReader);
    expect(same.ok && same.value).toBe(whole);
  });

  it('refuses every flipped or missing byte', () => {
    const bytes = redacted();
    for (let at = 0; at < bytes.length; at++) {
      const flipped = Uint8Array.from(bytes);
      flipped[at] = (flipped[at] ?? 0) ^ 1;
      expect(decodeAnyFrame(flipped, frameReader).ok).toBe(false);
      expect(decodeAnyFrame(bytes.subarray(0, at), frameReader).ok).toBe(false);
    }
  });
});
