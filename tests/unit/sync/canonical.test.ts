import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromHex, fromUtf8, toHex, toUtf8 } from '../../../shared/kernel/bytes.ts';
import { compareUtf8, type Encodable } from '../../../shared/sync/canonical-form.ts';
import { decodeCanonical, encodeCanonical, isValue, sameValue } from '../../../shared/sync/canonical.ts';
import { anyValue } from './sync-fixtures.ts';

const hexOf = (value: Encodable) => toHex(encodeCanonical(value));
const refused = { ok: false, error: { type: 'not-canonical' } };
const deep = (levels: number): Encodable => (levels === 0 ? [] : [deep(levels - 1)]);

describe('golden vectors', () => {
  it.each<[Encodable, string]>([
    [null, 'c0'],
    [false, 'c2'],
    [true, 'c3'],
    [0, '00'],
    [-0, '00'],
    [127, '7f'],
    [128, 'cc80'],
    [255, 'ccff'],
    [256, 'cd0100'],
    [65_535, 'cdffff'],
    [65_536, 'ce00010000'],
    [4_294_967_295, 'ceffffffff'],
    [4_294_967_296, 'cf0000000100000000'],
    [2 ** 40, 'cf0000010000000000'],
    [Number.MAX_SAFE_INTEGER, 'cf001fffffffffffff'],
    [-1, 'ff'],
    [-32, 'e0'],
    [-33, 'd0df'],
    [-128, 'd080'],
    [-129, 'd1ff7f'],
    [-32_769, 'd2ffff7fff'],
    [-2_147_483_649, 'd3ffffffff7fffffff'],
    [Number.MIN_SAFE_INTEGER, 'd3ffe0000000000001'],
    ['', 'a0'],
    ['Олена', 'aad09ed0bbd0b5d0bdd0b0'],
    ['x'.repeat(32), `d920${'78'.repeat(32)}`],
    [[], '90'],
    [[1, 'a', [true]], '9301a16191c3'],
    [{}, '80'],
    [{ b: 1, a: 2 }, '82a16102a16201'],
    [{ '\u{1F600}': 1, '\uFFFD': 2 }, '82a3efbfbd02a4f09f988001'],
    [Uint8Array.of(1, 2), 'c4020102'],
  ])('%j', (value, hex) => {
    expect(hexOf(value)).toBe(hex);
  });

  it('uses the longer forms for longer content', () => {
    expect(hexOf('x'.repeat(256)).slice(0, 6)).toBe('da0100');
    expect(hexOf('x'.repeat(65_536)).slice(0, 10)).toBe('db00010000');
    expect(hexOf(Array<number>(16).fill(0)).slice(0, 6)).toBe('dc0010');
    expect(hexOf(new Uint8Array(256)).slice(0, 6)).toBe('c50100');
  });
});

describe('encodeCanonical and decodeCanonical', () => {
  it('are each other’s opposite, and the order of keys does not matter', () => {
    fc.assert(
      fc.property(anyValue, (value) => {
        const decoded = decodeCanonical(encodeCanonical(value));
        expect(decoded.ok && sameValue(decoded.value, value)).toBe(true);
        expect(decoded.ok && hexOf(decoded.value)).toBe(hexOf(value));
        expect(hexOf(turned(value))).toBe(hexOf(value));
        expect(isValue(value)).toBe(true);
      }),
      { seed: 11, numRuns: 300 },
    );
  });

  it('give the only bytes of a value: what decodes is encoded to the same bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        const decoded = decodeCanonical(bytes);
        if (decoded.ok) expect(hexOf(decoded.value)).toBe(toHex(bytes));
      }),
      { seed: 12, numRuns: 3000 },
    );
  });

  it('refuse every cut and every surplus byte', () => {
    fc.assert(
      fc.property(anyValue, fc.nat(), (value, at) => {
        const bytes = encodeCanonical(value);
        expect(decodeCanonical(bytes.subarray(0, at % bytes.length))).toEqual(refused);
        expect(decodeCanonical(Uint8Array.of(...bytes, 0xc0))).toEqual(refused);
      }),
      { seed: 13, numRuns: 200 },
    );
  });

  it.each([
    ['a fraction', 'cb3ff8000000000000'],
    ['a whole number as a float', 'cb3ff0000000000000'],
    ['a long form of 1', 'cc01'],
    ['a long form of -1', 'd0ff'],
    ['a number above 2^53', 'cf0020000000000000'],
    ['a positive number in a signed form', 'd101ff'],
    ['a long form of a short text', 'd90161'],
    ['keys in another order', '82a16201a16102'],
    ['a key twice', '82a16101a16102'],
    ['a number as a key', '810101'],
    ['bytes', 'c40101'],
    ['an extension', 'd40100'],
    ['a list that claims four milliards of items', 'ddffffffff'],
    ['a map that claims four milliards of keys', 'dfffffffff'],
    ['overlong UTF-8', 'a2c080'],
    ['a surrogate in UTF-8', 'a3eda080'],
    ['nothing', ''],
    ['21 levels', `${'91'.repeat(20)}90`],
  ])('refuse %s', (_name, hex) => {
    expect(decodeCanonical(fromHex(hex))).toEqual(refused);
  });

  it('stop at 20 levels on both sides', () => {
    expect(decodeCanonical(encodeCanonical(deep(19))).ok).toBe(true);
    expect(() => encodeCanonical(deep(20))).toThrow('20 levels');
    expect(isValue(deep(19))).toBe(true);
    expect(isValue(deep(20))).toBe(false);
    expect(decodeCanonical(fromHex('91'.repeat(100_000)))).toEqual(refused);
  });

  it.each([[0.5], [Number.NaN], [Infinity], [2 ** 53], ['\ud800'], [{ '\udc00': 1 }], [{ a: undefined }]])(
    'throw for %j as a bug',
    (value) => {
      expect(() => encodeCanonical(value as unknown as Encodable)).toThrow('Bug');
      expect(isValue(value)).toBe(false);
    },
  );

  it('take a key __proto__ for a key', () => {
    const decoded = decodeCanonical(fromHex('81a95f5f70726f746f5f5f81a16101'));
    const value = decoded.ok ? decoded.value : null;
    expect(Object.keys(value ?? {})).toEqual(['__proto__']);
    expect((value as { a?: unknown }).a).toBeUndefined();
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
  });
});

it('compares texts by their UTF-8 bytes', () => {
  const text = fc.string({ unit: 'grapheme' });
  fc.assert(
    fc.property(text, text, (a, b) => {
      const byBytes = Buffer.compare(Buffer.from(a), Buffer.from(b));
      expect(Math.sign(compareUtf8(a, b))).toBe(byBytes);
    }),
    { seed: 14, numRuns: 500 },
  );
});

it('reads UTF-8 as strictly as a fatal TextDecoder', () => {
  const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const expected = (bytes: Uint8Array) => {
    try {
      return strict.decode(bytes);
    } catch {
      return undefined;
    }
  };
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 8 }),
    fc
      .array(fc.constantFrom(0x41, 0x80, 0xbf, 0xc2, 0xe0, 0xed, 0xa0, 0xef, 0xf0, 0xf4, 0x90, 0xf5), { maxLength: 6 })
      .map((list) => Uint8Array.from(list)),
    fc.string({ unit: 'binary' }).map((text) => toUtf8(text)),
  );
  fc.assert(
    fc.property(bytes, (candidate) => {
      expect(fromUtf8(candidate)).toBe(expected(candidate));
    }),
    { seed: 15, numRuns: 3000 },
  );
});

/** The same value with the keys of its maps in the opposite order of insertion. */
function turned(value: Encodable): Encodable {
  if (value === null || typeof value !== 'object' || value instanceof Uint8Array) return value;
  if (Array.isArray(value)) return value.map((item: Encodable) => turned(item));
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, item]: [string, Encodable]) => [key, turned(item)]),
  );
}
