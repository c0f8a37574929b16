import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { toHex } from '../../../shared/kernel/bytes.ts';
import { differingBuckets, digestOf } from '../../../shared/sync/digest.ts';
import { applyOps } from '../../../shared/sync/merge.ts';
import { aChange, anyHistory, dotOf, sha256 } from './sync-fixtures.ts';

const digest = (...args: Parameters<typeof applyOps>) => digestOf(applyOps(...args).registers, sha256);

it('is equal for equal sets of operations, in any order', () => {
  fc.assert(
    fc.property(
      anyHistory().chain((ops) => fc.tuple(fc.constant(ops), fc.shuffledSubarray([...ops], { minLength: ops.length }))),
      ([history, shuffled]) => {
        expect(digest(shuffled).map(toHex)).toEqual(digest(history).map(toHex));
      },
    ),
    { seed: 41, numRuns: 40 },
  );
});

it('differs in the bucket of the record whose content differs, under the same number too', () => {
  const base = digest([aChange()]);
  expect(base).toHaveLength(256);
  expect(base.every((bucket) => bucket.length === 8)).toBe(true);
  const bucket = sha256(aChange().id)[0];
  expect(differingBuckets(base, digest([aChange({ v: 'other' })]))).toEqual([bucket]);
  expect(differingBuckets(base, digest([aChange({ f: 'callName' })]))).toEqual([bucket]);
  expect(differingBuckets(base, digest([]))).toEqual([bucket]);
  expect(differingBuckets(base, digest([aChange()]))).toEqual([]);
});

it('looks at what is live only', () => {
  const first = aChange();
  const second = aChange({ n: 2, b: [dotOf(first)] });
  expect(differingBuckets(digest([first, second]), digest([second]))).toEqual([]);
});
