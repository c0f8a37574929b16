import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toUtf8 } from '../../../shared/kernel/bytes.ts';
import { chainAfter, eraseValue } from '../../../shared/sync/chain.ts';
import type { Change } from '../../../shared/sync/change.ts';
import { sealEnvelope } from '../../../shared/sync/envelope.ts';
import { decodeFrame, encodeFrame, takeForFrame } from '../../../shared/sync/frame.ts';
import { packOps } from '../../../shared/sync/row-codec.ts';
import { openIncoming, decodeAnyFrame, redactFrame } from '../../../shared/sync/redacted-frame.ts';
import { standingAlone } from '../../../shared/sync/wire-codec.ts';
import { aChange, anyHistory, sha256, writerBytes } from './sync-fixtures.ts';
import { aFrame, frameReader, frameWriter } from './wire-fixtures.ts';

const opsOfOneWriter = anyHistory(30)
  .map((history) => history.filter(({ w }) => w[0] === 1))
  .filter((ops) => ops.length > 0);
const some = (count: number, from = 1): Change[] =>
  Array.from({ length: count }, (_unused, at) => aChange({ n: from + at, v: `value ${String(at)}` }));

describe('a frame', () => {
  it('comes back as it was', () => {
    fc.assert(
      fc.property(opsOfOneWriter, (ops) => {
        const frame = aFrame(ops);
        expect(decodeFrame(encodeFrame(frame, frameWriter), frameReader)).toEqual({ ok: true, value: frame });
      }),
      { seed: 31, numRuns: 60 },
    );
  });

  it('is refused with any single bit flipped', () => {
    const bytes = encodeFrame(aFrame(some(3)), frameWriter);
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const flipped = Uint8Array.from(bytes);
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(decodeFrame(flipped, frameReader).ok).toBe(false);
    }
  });

  it('is refused at every cut and with a surplus byte', () => {
    const bytes = encodeFrame(aFrame(some(3)), frameWriter);
    for (let length = 0; length < bytes.length; length++) {
      expect(decodeFrame(bytes.subarray(0, length), frameReader).ok).toBe(false);
    }
    expect(decodeFrame(Uint8Array.of(...bytes, 0), frameReader)).toEqual({ ok: false, error: { type: 'bad-length' } });
  });

  it('never throws on foreign bytes', () => {
    const start = fc.constantFrom(
      new Uint8Array(0),
      Uint8Array.of(...toUtf8('CSB1'), 0, 0, 0, 0, 0, 2, ...toUtf8('{}')),
    );
    fc.assert(
      fc.property(start, fc.uint8Array({ maxLength: 200 }), (head, rest) => {
        expect(decodeFrame(Uint8Array.of(...head, ...rest), frameReader).ok).toBe(false);
      }),
      { seed: 32, numRuns: 1000 },
    );
  });

  it('decodes at an offset in a larger buffer', () => {
    const bytes = encodeFrame(aFrame(some(2)), frameWriter);
    const larger = new Uint8Array(bytes.length + 7);
    larger.set(bytes, 5);
    expect(decodeFrame(larger.subarray(5, 5 + bytes.length), frameReader).ok).toBe(true);
  });

  it('of another device, or by another key, has a bad signature', () => {
    const other = encodeFrame(aFrame(some(1), { device: 'd_fedcba9876543210' }), frameWriter);
    expect(decodeFrame(other, frameReader)).toEqual({ ok: false, error: { type: 'bad-signature' } });
  });

  it('refuses operations with a gap or of two writers as a bug', () => {
    const gap = [aChange({ n: 1 }), aChange({ n: 3 })];
    const two = [aChange({ n: 1 }), aChange({ n: 2, w: writerBytes(2) })];
    for (const ops of [gap, two, [], some(5001)]) expect(() => encodeFrame(aFrame(ops), frameWriter)).toThrow('Bug');
    expect(() => encodeFrame(aFrame(some(1), { c: 'wide' }), frameWriter)).toThrow('Bug');
  });

  it('holds at most 256 KiB, and one operation up to 1 MiB', () => {
    const large = (n: number, length: number) => aChange({ n, v: 'x'.repeat(length) });
    expect(() => encodeFrame(aFrame([large(1, 200_000), large(2, 100_000)]), frameWriter)).toThrow('Bug');
    expect(decodeFrame(encodeFrame(aFrame([large(1, 400_000)]), frameWriter), frameReader).ok).toBe(true);
    expect(() => encodeFrame(aFrame([large(1, 1_100_000)]), frameWriter)).toThrow('Bug');
  });
});

describe('a frame without what the endpoint puts back', () => {
  const known = aChange({ w: writerBytes(7), n: 40 });
  const edits = some(3).map((op) => ({ ...op, b: [{ w: known.w, n: known.n }] }));
  const bytes = encodeFrame(aFrame(edits), frameWriter, { basesKnown: true });
  const expanded = (find: typeof known | undefined, whole = bytes) => {
    const incoming = openIncoming(whole, frameReader);
    return incoming.ok ? incoming.value.expand(() => find, frameWriter.deflate) : incoming;
  };

  it('comes back as it was, and is shorter than one with everything in it', () => {
    fc.assert(
      fc.property(opsOfOneWriter, (ops) => {
        const frame = aFrame(ops);
        const short = encodeFrame(frame, frameWriter, standingAlone);
        expect(decodeFrame(short, frameReader)).toEqual({ ok: true, value: frame });
      }),
      { seed: 33, numRuns: 60 },
    );
    expect(bytes.length).toBeLessThan(encodeFrame(aFrame(edits), frameWriter).length);
  });

  it('is refused with any single bit flipped', () => {
    for (const whole of [bytes, encodeFrame(aFrame(some(3)), frameWriter, standingAlone)]) {
      for (let bit = 0; bit < whole.length * 8; bit++) {
        const flipped = Uint8Array.from(whole);
        flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        const alone = expanded(known, flipped);
        expect(alone.ok && decodeAnyFrame(alone.value, frameReader).ok).toBe(false);
        expect(decodeFrame(flipped, frameReader).ok).toBe(false);
      }
    }
  });

  it('says everything by itself once it is expanded, and no flipped bit of that makes it say something else', () => {
    const alone = expanded(known);
    if (!alone.ok) throw new Error(alone.error.type);
    expect(decodeAnyFrame(alone.value, frameReader)).toEqual({ ok: true, value: aFrame(edits) });
    for (let at = 4; at < alone.value.length; at++) {
      const flipped = Uint8Array.from(alone.value);
      flipped[at] = (flipped[at] ?? 0) ^ (1 << (at & 7));
      // Bits after the end of what is deflated say nothing.
      const read = decodeAnyFrame(flipped, frameReader);
      expect(read.ok ? read.value : aFrame(edits)).toEqual(aFrame(edits));
    }
  });

  it('loses its values to an erasure like any other', () => {
    const alone = expanded(known);
    const kept = encodeFrame(aFrame(some(3)), frameWriter, standingAlone);
    for (const whole of [alone.ok ? alone.value : kept, kept]) {
      const redacted = redactFrame(whole, (op) => eraseValue(op, sha256), frameReader);
      if (!redacted.ok) throw new Error(redacted.error.type);
      const read = decodeAnyFrame(redacted.value, frameReader);
      expect(read.ok && read.value.ops.map(({ v, vh }) => [v, vh?.length])).toEqual(Array(3).fill([undefined, 32]));
    }
  });

  it('is not read without the record it names, and breaks its chain with another one', () => {
    expect(decodeFrame(bytes, frameReader)).toEqual({ ok: false, error: { type: 'bad-schema' } });
    expect(expanded(undefined)).toEqual({ ok: false, error: { type: 'bad-chain' } });
    const wrong = expanded({ ...known, id: new Uint8Array(16) });
    const read = wrong.ok ? decodeAnyFrame(wrong.value, frameReader) : wrong;
    expect(read).toEqual({ ok: false, error: { type: 'bad-chain' } });
  });

  it('may be longer than the other one before it is deflated, as long as every cut of operations fits one of them', () => {
    const bulk = takeForFrame(
      some(5000).map((op, at) => ({
        ...op,
        id: Uint8Array.from(op.id, (byte, no) => (no < 2 ? at >> (8 * no) : byte)),
      })),
    );
    const whole = encodeFrame(aFrame(bulk), frameWriter, { basesKnown: true });
    expect(decodeFrame(whole, frameReader)).toMatchObject({ ok: true });
    // Far numbers of another writer as bases, many of them: each of them is longer on its own.
    const far = Array.from({ length: 400 }, (_unused, at) => ({ w: writerBytes(6), n: 2 ** 47 + at }));
    const odd = takeForFrame(some(200).map((op) => ({ ...op, n: op.n + 2 ** 47, b: far })));
    const prev = aFrame(odd);
    const encoded = encodeFrame(prev, frameWriter, { basesKnown: true });
    expect(Buffer.from(encoded).toString('latin1')).toContain('"enc":"msgpack-col"');
    expect(decodeFrame(encoded, frameReader)).toMatchObject({ ok: true });
  });

  it('that stands alone already is kept as it came', () => {
    for (const whole of [aFrame(some(2))].flatMap((one) => [
      encodeFrame(one, frameWriter),
      encodeFrame(one, frameWriter, standingAlone),
    ])) {
      const incoming = openIncoming(whole, frameReader);
      expect(incoming.ok && incoming.value.expand(() => undefined, frameWriter.deflate)).toEqual({
        ok: true,
        value: whole,
      });
    }
  });
});

describe('a frame that is rightly signed but not right', () => {
  const hex = (byte: string) => byte.repeat(32);
  const ops = some(2);
  const header = (over: Record<string, string | number> = {}) => ({
    device: 'd_0123456789abcdef',
    w: '0101020304050607',
    user: 'u_1',
    c: 'core',
    app: '1',
    schema: 1,
    from: 1,
    to: 2,
    count: 2,
    prev: hex('00'),
    head: Buffer.from(chainAfter(new Uint8Array(32), ops, sha256)).toString('hex'),
    enc: 'msgpack-col',
    ...over,
  });
  const decoded = (over: Record<string, string | number>, raw = packOps(ops)) =>
    decodeFrame(sealEnvelope('CSB1', header(over), raw, frameWriter), frameReader);

  it('is accepted when nothing is wrong', () => {
    expect(decoded({}).ok).toBe(true);
  });

  it.each([
    ['bad-chain', { head: hex('ab') }],
    ['bad-chain', { prev: hex('ab') }],
    ['bad-chain', { from: 2 }],
    ['bad-chain', { to: 3 }],
    ['bad-chain', { count: 1 }],
    ['bad-chain', { w: '0201020304050607' }],
    ['bad-schema', { c: 'wide' }],
    ['bad-schema', { enc: 'json' }],
    ['bad-schema', { extra: 1 }],
    ['bad-schema', { from: 0 }],
    ['too-big', { count: 5001 }],
  ])('is %s with %j', (type, over) => {
    expect(decoded(over)).toEqual({ ok: false, error: { type } });
  });

  it('is bad-schema with a body that is no operations', () => {
    expect(decoded({}, Uint8Array.of(1, 2, 3))).toEqual({ ok: false, error: { type: 'bad-schema' } });
  });

  it('is stopped before it inflates a bomb', () => {
    const bomb = { ...frameWriter, deflate: () => frameWriter.deflate(new Uint8Array(50_000_000)) };
    const bytes = sealEnvelope('CSB1', header(), new Uint8Array(100_000), bomb);
    expect(decodeFrame(bytes, frameReader)).toEqual({ ok: false, error: { type: 'too-big' } });
  });
});

describe('takeForFrame', () => {
  it('takes what fits and does not cut a save in two', () => {
    const ops = some(5400).map((op, at) => ({
      ...op,
      x: [Uint8Array.of(0, 0, 0, 0, 0, 0, at >> 10, at >> 2), 4] as const,
    }));
    const taken = takeForFrame(ops, 2000);
    expect(packOps(taken).length).toBeLessThanOrEqual(2000);
    expect(taken.length).toBeGreaterThan(8);
    expect(taken.length % 4).toBe(0);
    expect(takeForFrame(ops)).toHaveLength(5000);
  });

  it('takes the longest beginning that fits, however uneven the operations', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(400), { minLength: 1, maxLength: 40 }), fc.nat(4000), (lengths, target) => {
        const ops = lengths.map((length, at) => ({
          ...aChange({ n: at + 1, v: 'x'.repeat(length) }),
          x: [Uint8Array.of(0, 0, 0, 0, 0, 0, 0, at), 1] as const,
        }));
        const fits = ops.filter((_, at) => packOps(ops.slice(0, at + 1)).length <= target).length;
        expect(takeForFrame(ops, target)).toHaveLength(Math.max(1, fits));
      }),
      { seed: 31, numRuns: 100 },
    );
  });

  it('takes one operation however large, and cuts a save that is too large alone', () => {
    expect(takeForFrame([aChange({ v: 'x'.repeat(5000) }), aChange({ n: 2 })], 100)).toHaveLength(1);
    const one = some(5100).map((op) => ({ ...op, x: [new Uint8Array(8), 5100] as const }));
    expect(takeForFrame(one)).toHaveLength(5000);
    expect(takeForFrame([])).toEqual([]);
  });
});
