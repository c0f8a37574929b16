import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toHex } from '../../../shared/kernel/bytes.ts';
import { stampBytes } from '../../../shared/kernel/hybrid-clock.ts';
import { recordIdBytes } from '../../../shared/kernel/ids.ts';
import type { Encodable } from '../../../shared/sync/canonical-form.ts';
import { decodeEncodable, encodeCanonical } from '../../../shared/sync/canonical.ts';
import { eraseValue, leafOf } from '../../../shared/sync/chain.ts';
import type { Change } from '../../../shared/sync/change.ts';
import { dotKey, dotOf } from '../../../shared/sync/dots.ts';
import { packOps } from '../../../shared/sync/row-codec.ts';
import { deriveSaveId } from '../../../shared/sync/save-id.ts';
import { packWire, standingAlone } from '../../../shared/sync/wire-codec.ts';
import { readWire, unpackAlone, type Find } from '../../../shared/sync/wire-reader.ts';
import { aChange, aRecordId, anyHistory, sha256, withoutValue, writerBytes } from './sync-fixtures.ts';

/** As the app saves now: the id of a save follows from its first operation. */
const withDerivedSaves = (ops: readonly Change[], size = 1): Change[] => {
  let x: Change['x'] = [new Uint8Array(8), size];
  return ops.map((op, at) => {
    if (at % size === 0) x = [deriveSaveId(op, sha256), size];
    return { ...op, x };
  });
};
const among =
  (ops: readonly Change[]): Find =>
  (dot) =>
    ops.find((op) => dotKey(op) === dotKey(dot));

describe('operations on the wire', () => {
  it('come back with content, order and leaves, with any part erased and whoever made the ids of the saves', () => {
    const saves = fc.constantFrom(0, 1, 3);
    fc.assert(
      fc.property(anyHistory(40), fc.array(fc.boolean(), { maxLength: 40 }), saves, (history, erased, size) => {
        const saved = size === 0 ? history : withDerivedSaves(history, size);
        const ops = saved.map((op, at) => (erased[at] === true ? eraseValue(op, sha256) : op));
        const unpacked = unpackAlone(packWire(ops, standingAlone, sha256), sha256);
        expect(unpacked).toEqual({ ok: true, value: ops });
        const value = unpacked.ok ? unpacked.value : [];
        expect(value.map((op) => leafOf(op, sha256))).toEqual(ops.map((op) => leafOf(op, sha256)));
      }),
      { seed: 51, numRuns: 200 },
    );
  });

  it('come back from any cut of a history where the receiver has what is before the cut', () => {
    fc.assert(
      fc.property(anyHistory(40), fc.nat(40), (history, cut) => {
        const before = history.slice(0, cut);
        const ops = history.slice(cut);
        const anchorOf = (op: Change) => before.find(({ t, id }) => t === op.t && toHex(id) === toHex(op.id));
        const wire = readWire(packWire(ops, { basesKnown: true, anchorOf }, sha256));
        expect(wire.ok && wire.value.ops(among(before), sha256)).toEqual({ ok: true, value: ops });
        if (wire.ok) expect(wire.value.wanted.every((dot) => among(before)(dot) !== undefined)).toBe(true);
      }),
      { seed: 52, numRuns: 200 },
    );
  });

  it('keep an unknown kind of operation, extreme numbers and a clock that went back', () => {
    const ops = [
      aChange({ k: 'splice' as Change['k'], h: stampBytes({ ms: 2 ** 48 - 1, counter: 65_535 }) }),
      aChange({ n: 2 ** 48, h: stampBytes({ ms: 0, counter: 65_535 }), s: 2 ** 50, x: [new Uint8Array(8), 2 ** 52] }),
      aChange({
        ...{ n: 1, w: writerBytes(9), h: stampBytes({ ms: 0, counter: 3 }) },
        b: [
          { w: writerBytes(8), n: 2 ** 48 },
          { w: writerBytes(9), n: 7 },
        ],
      }),
      withoutValue(aChange({ n: 3, k: 'rem' })),
      aChange({ n: 4, v: null }),
    ];
    expect(unpackAlone(packWire(ops, standingAlone, sha256), sha256)).toEqual({ ok: true, value: ops });
    expect(unpackAlone(packWire([], standingAlone, sha256), sha256)).toEqual({ ok: true, value: [] });
  });

  it('of before are read as ever', () => {
    const ops = [aChange(), aChange({ n: 2 })];
    expect(unpackAlone(packOps(ops), sha256)).toEqual({ ok: true, value: ops });
  });

  it('never throw on foreign bytes, and what is accepted packs again', () => {
    const ops = withDerivedSaves(
      Array.from({ length: 12 }, (_unused, at) =>
        aChange({ n: at + 1, f: `f${String(at % 3)}`, b: at < 3 ? [] : [{ w: writerBytes(1), n: at - 2 }] }),
      ),
      2,
    );
    const packed = packWire(ops, standingAlone, sha256);
    const damaged = fc
      .array(fc.tuple(fc.nat({ max: packed.length - 1 }), fc.nat({ max: 255 })), { minLength: 1, maxLength: 4 })
      .map((edits) => {
        const bytes = Uint8Array.from(packed);
        for (const [at, byte] of edits) bytes[at] = byte;
        return bytes;
      });
    fc.assert(
      fc.property(fc.oneof(damaged, fc.uint8Array({ maxLength: 200 })), (bytes) => {
        const read = unpackAlone(bytes, sha256);
        if (read.ok) expect(unpackAlone(packWire(read.value, standingAlone, sha256), sha256)).toEqual(read);
      }),
      { seed: 53, numRuns: 3000 },
    );
  });

  it('that are few and claim to be many are refused', () => {
    const decoded = decodeEncodable(packWire([aChange()], standingAlone, sha256));
    if (!decoded.ok || !Array.isArray(decoded.value)) throw new Error('not packed');
    for (const count of [2 ** 40, 0, -1, 2]) {
      const bytes = encodeCanonical([2, count, ...(decoded.value as readonly Encodable[]).slice(2)]);
      expect(unpackAlone(bytes, sha256).ok).toBe(false);
    }
  });
});

describe('a record that the receiver knows', () => {
  const known = aChange({ w: writerBytes(7), n: 40, f: 'callName' });
  const edit = aChange({ f: 'callName', b: [dotOf(known)], salt: Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8) });
  const first = aChange({ n: 2, f: 'sex', salt: Uint8Array.of(8, 7, 6, 5, 4, 3, 2, 1) });
  const idOf = (bytes: Uint8Array) => toHex(bytes).includes(toHex(recordIdBytes(aRecordId)));

  it('is named by the base of an edit, or by an operation that is known there, and its id is not sent', () => {
    const byBase = packWire([edit], { basesKnown: true }, sha256);
    const byAnchor = packWire([first], { basesKnown: true, anchorOf: () => known }, sha256);
    for (const [bytes, op] of [
      [byBase, edit],
      [byAnchor, first],
    ] as const) {
      expect(idOf(bytes)).toBe(false);
      const wire = readWire(bytes);
      expect(wire.ok && wire.value.wanted).toEqual([{ w: known.w, n: known.n }]);
      expect(wire.ok && wire.value.ops(among([known]), sha256)).toEqual({ ok: true, value: [op] });
      expect(wire.ok && wire.value.ops(() => undefined, sha256).ok).toBe(false);
    }
  });

  it('brings its id where the bytes have to stand alone', () => {
    expect(idOf(packWire([edit], { ...standingAlone }, sha256))).toBe(true);
  });

  it('is named by its id where the base is of another field, and never by an operation of another record', () => {
    const other = aChange({ n: 1, id: new Uint8Array(16), f: 'sex' });
    const odd = aChange({ n: 2, f: 'callName', b: [{ w: other.w, n: 1 }] });
    const read = unpackAlone(packWire([other, odd], { basesKnown: true }, sha256), sha256);
    expect(read).toEqual({ ok: true, value: [other, odd] });
  });

  it('makes other operations where another one stands under its number', () => {
    const wire = readWire(packWire([edit], { basesKnown: true }, sha256));
    const wrong = { ...known, id: new Uint8Array(16) };
    const read = wire.ok ? wire.value.ops(among([wrong]), sha256) : wire;
    expect(read.ok && toHex(leafOf(read.value[0] as Change, sha256))).not.toBe(toHex(leafOf(edit, sha256)));
  });
});

describe('the id of a save', () => {
  const op = aChange();

  it('is not sent where it follows from the first operation, also after an erasure', () => {
    for (const one of withDerivedSaves([op])) {
      const bytes = packWire([one], standingAlone, sha256);
      expect(toHex(bytes)).not.toContain(toHex(one.x[0]));
      expect(bytes.length).toBe(packWire([op], standingAlone, sha256).length - 8);
      const erased = eraseValue(one, sha256);
      expect(unpackAlone(packWire([erased], standingAlone, sha256), sha256)).toEqual({ ok: true, value: [erased] });
    }
  });

  it('is another one for another number, writer or salt', () => {
    const ids = [op, aChange({ n: 2 }), aChange({ w: writerBytes(3) }), aChange({ salt: new Uint8Array(8) })];
    expect(new Set(ids.map((one) => toHex(deriveSaveId(one, sha256)))).size).toBe(4);
  });
});

it('has these bytes for ever', () => {
  const [one, two] = withDerivedSaves([aChange(), aChange({ n: 2, f: 'sex', b: [{ w: writerBytes(1), n: 1 }] })], 2);
  if (one === undefined || two === undefined) throw new Error('two operations');
  const ops = [one, two, aChange({ n: 3, f: 'callName', b: [{ w: writerBytes(5), n: 9 }] })];
  expect(toHex(deriveSaveId(one, sha256))).toBe('2cf8e90644add658');
  expect(toHex(packWire(ops, { basesKnown: true }, sha256))).toBe(
    [
      'dc001c0203c41001010203040506070501020304050607c4100b9d1f3e5a7c4d2e8f60718293a4b5c691a87265736964656e',
      '7492a46e616d65a373657891a373657491b2755f30313233343536373839616263646566c4020003c403000000c40ad0afbf',
      'e9d666d00fd00fc4020003c4020003c403010300c400c400c40100c4020001c403000000c4020003c4020103c40a08050909',
      '090909090903c403000101c4020001c4020209c403010101c412a54f6c656e61a54f6c656e61a54f6c656e61c41801070707',
      '0707070702070707070707070307070707070707',
    ].join(''),
  );
});
