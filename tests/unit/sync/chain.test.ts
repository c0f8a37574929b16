import { expect, it } from 'vitest';
import { toHex } from '../../../shared/kernel/bytes.ts';
import { chainAfter, chainStart, eraseValue, leafOf, valueHash } from '../../../shared/sync/chain.ts';
import { encodeCanonical } from '../../../shared/sync/canonical.ts';
import { aChange, sha256, withoutValue, writerBytes } from './sync-fixtures.ts';

it('has golden leaves and chain hashes: they may never change', () => {
  expect(toHex(leafOf(aChange(), sha256))).toMatchInlineSnapshot(
    `"40ad4d82238d0a184f851c155136673489c1eef8639fe86fff8ccaa48b4361b8"`,
  );
  expect(toHex(chainStart(writerBytes(1), sha256))).toMatchInlineSnapshot(
    `"99233fe2f455619c530be2bd3560815bf42ee431800ce30981faf249baf9fb5e"`,
  );
  const start = chainStart(writerBytes(1), sha256);
  const second = aChange({ n: 2, v: { amountCents: 2 ** 40, months: ['2026-11'] }, b: [{ w: writerBytes(1), n: 1 }] });
  expect(toHex(chainAfter(start, [aChange(), second], sha256))).toMatchInlineSnapshot(
    `"d87ee169861a76d99edb1b80c172e276cdb0c90a4e81a7cfb69f7a91192cb0ae"`,
  );
});

it('hashes salt and value together, and tells no value from null', () => {
  const { salt } = aChange();
  expect(valueHash(aChange({ v: 'x' }), sha256)).toEqual(sha256(Uint8Array.of(...salt, ...encodeCanonical('x'))));
  expect(valueHash(withoutValue(aChange()), sha256)).not.toEqual(valueHash(aChange({ v: null }), sha256));
});

it('changes with every field of an operation', () => {
  const other = [
    aChange({ v: 'Olha' }),
    aChange({ salt: Uint8Array.of(1, 1, 1, 1, 1, 1, 1, 1) }),
    aChange({ w: writerBytes(2) }),
    aChange({ h: Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 1) }),
    aChange({ cq: 1 }),
    aChange({ t: 'family' }),
    aChange({ id: new Uint8Array(16) }),
    aChange({ f: 'callName' }),
    aChange({ k: 'add' }),
    aChange({ b: [{ w: writerBytes(1), n: 9 }] }),
    aChange({ u: 'u_1' }),
    aChange({ s: 2 }),
    aChange({ x: [new Uint8Array(8), 1] }),
    aChange({ x: [aChange().x[0], 2] }),
    aChange({ n: 2, h: aChange().h, x: aChange().x, salt: aChange().salt }),
  ];
  const leaves = [aChange(), ...other].map((change) => toHex(leafOf(change, sha256)));
  expect(new Set(leaves).size).toBe(leaves.length);
});

it('stays the same when the value is erased', () => {
  const change = aChange({ v: { bsn: 'planted' } });
  const erased = eraseValue(change, sha256);
  expect(leafOf(erased, sha256)).toEqual(leafOf(change, sha256));
  expect(JSON.stringify(erased)).not.toContain('planted');
  expect(erased.salt).toHaveLength(0);
  expect(eraseValue(erased, sha256)).toEqual(erased);
});
