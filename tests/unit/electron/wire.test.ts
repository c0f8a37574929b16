import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decodeValue, encodeValue } from '../../../electron/stand-in/wire.ts';

const encode = (value: unknown) => encodeValue(value, (bytes) => Buffer.from(bytes).toString('base64'));
const decode = (text: string) => decodeValue(text, (encoded) => Uint8Array.from(Buffer.from(encoded, 'base64')));

it('gives back every value that can cross, bytes as bytes', () => {
  const values = fc.anything({
    withBigInt: true,
    withMap: true,
    values: [
      fc.constantFrom(undefined, null, Number.NaN, Infinity, '$'),
      fc.string(),
      fc.boolean(),
      fc.integer(),
      fc.double({ noNaN: true }).filter((number) => !Object.is(number, -0)),
      fc.uint8Array(),
    ],
    key: fc.oneof(fc.string(), fc.constantFrom('$', 'v', '__proto__')),
  });
  fc.assert(
    fc.property(values, (value) => {
      expect(decode(encode(value))).toEqual(value);
    }),
    { seed: 7, numRuns: 500 },
  );
});

it('takes an object with its own mark for what it is', () => {
  expect(decode(encode({ $: 'bytes', v: 'AA==' }))).toEqual({ $: 'bytes', v: 'AA==' });
  expect(Object.getPrototypeOf(decode('{"__proto__":{"polluted":1}}'))).toBe(Object.prototype);
});

it.each([() => undefined, new Date(0), Symbol('x'), new Set([1])])(
  'refuses what Electron could not give either',
  (value) => {
    expect(() => encode({ value })).toThrow();
  },
);
