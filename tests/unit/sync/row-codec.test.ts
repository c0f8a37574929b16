import * as fc from 'fast-check';
import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { stampBytes } from '../../../shared/kernel/hybrid-clock.ts';
import type { Encodable } from '../../../shared/sync/canonical-form.ts';
import { decodeEncodable, encodeCanonical } from '../../../shared/sync/canonical.ts';
import { eraseValue, leafOf } from '../../../shared/sync/chain.ts';
import type { Change } from '../../../shared/sync/change.ts';
import { packOne } from '../../../shared/sync/pack-one.ts';
import { packOps, unpackOps } from '../../../shared/sync/row-codec.ts';
import { aChange, anyHistory, sha256, withoutValue, writerBytes } from './sync-fixtures.ts';

describe('packOne', () => {
  it('gives the bytes of packOps', () => {
    fc.assert(
      fc.property(anyHistory(12), fc.boolean(), (history, isErased) => {
        for (const op of history.map((one) => (isErased ? eraseValue(one, sha256) : one))) {
          expect(packOne(op)).toEqual(packOps([op]));
        }
      }),
      { seed: 23, numRuns: 200 },
    );
    const odd = [
      aChange({ n: 2 ** 48, h: stampBytes({ ms: 0, counter: 65_535 }), s: 2 ** 50, x: [new Uint8Array(8), 2 ** 52] }),
      aChange({ n: 9, h: stampBytes({ ms: 0, counter: 0 }), k: 'splice' as Change['k'], u: 'Олена' }),
      aChange({
        n: 9,
        h: stampBytes({ ms: 5, counter: 300 }),
        b: [
          { w: writerBytes(8), n: 20 },
          { w: writerBytes(1), n: 3 },
        ],
      }),
      withoutValue(aChange({ n: 3, k: 'rem', cq: 2 })),
      aChange({ n: 4, v: null }),
    ];
    for (const op of odd) expect(packOne(op)).toEqual(packOps([op]));
  });
});

describe('packOps and unpackOps', () => {
  it('keep content, order and leaves', () => {
    fc.assert(
      fc.property(anyHistory(40), fc.array(fc.boolean(), { maxLength: 40 }), (history, erased) => {
        const ops = history.map((op, at) => (erased[at] === true ? eraseValue(op, sha256) : op));
        const unpacked = unpackOps(packOps(ops));
        const value = unpacked.ok ? unpacked.value : [];
        expect(value).toEqual(ops);
        expect(value.map((op) => leafOf(op, sha256))).toEqual(ops.map((op) => leafOf(op, sha256)));
      }),
      { seed: 21, numRuns: 120 },
    );
  });

  it('keep an unknown kind of operation, extreme numbers and a clock that went back', () => {
    const ops = [
      aChange({ k: 'splice' as Change['k'], h: stampBytes({ ms: 2 ** 48 - 1, counter: 65_535 }) }),
      aChange({ n: 2 ** 48, h: stampBytes({ ms: 0, counter: 65_535 }), s: 2 ** 50, x: [new Uint8Array(8), 2 ** 52] }),
      aChange({
        n: 1,
        w: writerBytes(9),
        b: [{ w: writerBytes(8), n: 2 ** 48 }],
        h: stampBytes({ ms: 0, counter: 3 }),
      }),
      withoutValue(aChange({ n: 3, k: 'rem' })),
      aChange({ n: 4, v: null }),
    ];
    expect(unpackOps(packOps(ops))).toEqual({ ok: true, value: ops });
    expect(unpackOps(packOps([]))).toEqual({ ok: true, value: [] });
  });

  it('never throw on foreign bytes, and what they accept packs again', () => {
    const packed = packOps(
      Array.from({ length: 12 }, (_unused, at) => aChange({ n: at + 1, f: `f${String(at % 3)}` })),
    );
    const damaged = fc
      .array(fc.tuple(fc.nat({ max: packed.length - 1 }), fc.nat({ max: 255 })), { minLength: 1, maxLength: 4 })
      .map((edits) => {
        const bytes = Uint8Array.from(packed);
        for (const [at, byte] of edits) bytes[at] = byte;
        return bytes;
      });
    fc.assert(
      fc.property(fc.oneof(damaged, fc.uint8Array({ maxLength: 200 })), (bytes) => {
        const unpacked = unpackOps(bytes);
        if (unpacked.ok) expect(unpackOps(packOps(unpacked.value))).toEqual(unpacked);
      }),
      { seed: 22, numRuns: 3000 },
    );
  });

  it('refuse a small body that claims a great number', () => {
    const decoded = decodeEncodable(packOps([aChange()]));
    if (!decoded.ok || !Array.isArray(decoded.value)) throw new Error('not packed');
    for (const count of [2 ** 40, 0, -1, 2]) {
      expect(unpackOps(encodeCanonical([1, count, ...(decoded.value as readonly Encodable[]).slice(2)])).ok).toBe(
        false,
      );
    }
  });

  it('throw for an operation that could not have been signed', () => {
    expect(() => packOps([aChange({ w: new Uint8Array(3) })])).toThrow('Bug');
  });
});

it('takes at most 30 bytes an operation for a day of work, deflated', () => {
  let seed = 42;
  const random = () => (seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31) / 2 ** 31;
  const bytes = (count: number) => Uint8Array.from({ length: count }, () => Math.floor(random() * 256));
  const ids = Array.from({ length: 20 }, () => bytes(16));
  const words = Array.from({ length: 60 }, () => `word${String(Math.floor(random() * 1000))}`);
  let ms = 1_764_000_000_000;
  let save = bytes(8);
  const ops = Array.from({ length: 300 }, (_unused, at) => {
    if (at % 3 === 0) save = bytes(8);
    if (at % 3 === 0) ms += Math.floor(random() * 120_000);
    return aChange({
      n: at + 1,
      h: stampBytes({ ms, counter: at % 3 }),
      id: ids[Math.floor(at / 15)] ?? bytes(16),
      f: ['name', 'callName', 'sex', 'phones', 'income.employment.2026-11'][Math.floor(random() * 5)] ?? 'name',
      v: words[Math.floor(random() * words.length)] ?? null,
      b: at < 40 ? [] : [{ w: writerBytes(1), n: at - Math.floor(random() * 30) }],
      x: [save, 3],
      salt: bytes(8),
    });
  });
  expect(deflateRawSync(packOps(ops), { level: 9 }).length / ops.length).toBeLessThan(30);
});
