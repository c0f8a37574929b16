import 'fake-indexeddb/auto';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { toHex, type Bytes } from '../../../shared/kernel/bytes.ts';
import type { SealedOp } from '../../../shared/ports.ts';
import { makeDatabase, type Database } from '../../../renderer/adapters/database.ts';
import { addOps, countOps, readOps, replaceOps, toOpRows } from '../../../renderer/adapters/op-rows.ts';

const name = 'op-rows';
let database: Database;
beforeEach(() => {
  database = makeDatabase(name);
});
afterEach(() => database.delete());

const writer = (no: number): Bytes => Uint8Array.of(0, 0, 0, 0, 0, 0, 0, no);
const [one, other] = [writer(1), writer(2)];
const op = (w: Bytes, n: number, mark = 0): SealedOp => ({
  w,
  n,
  c: 'core',
  box: Uint8Array.of(w[7] ?? 0, n & 255, mark),
});
const run = (w: Bytes, from: number, count: number) => Array.from({ length: count }, (_unused, at) => op(w, from + at));
const dots = (ops: readonly SealedOp[]) => ops.map(({ w, n }) => `${String(w[7])}.${String(n)}`);
const all = (w: Bytes) => readOps(database.ops, toHex(w), 0, 10_000);

describe('operations of one save in few rows', () => {
  it('stands in one row for up to 128 that follow each other under one writer, each in its own box', async () => {
    await addOps(database.ops, [...run(one, 1, 20), ...run(other, 1, 130), op(other, 200)]);
    expect((await database.ops.toArray()).map(({ n, m, more }) => [n, m, more?.length])).toEqual([
      [1, 20, 19],
      [1, 128, 127],
      [129, 2, 1],
      [200, undefined, undefined],
    ]);
    expect(await countOps(database.ops)).toBe(151);
    expect(await all(one)).toEqual(run(one, 1, 20));
  });

  it('reads from any number on, also from the middle of a row, and no more than was asked for', async () => {
    await addOps(database.ops, run(one, 1, 300));
    await addOps(database.ops, [op(one, 301)]);
    await addOps(database.ops, run(one, 302, 9));
    await addOps(database.ops, run(other, 1, 3));
    for (const [after, limit] of [
      [0, 5],
      [0, 128],
      [127, 2],
      [128, 400],
      [200, 50],
      [300, 1],
      [309, 5],
      [310, 5],
    ] as const) {
      const expected = run(one, 1, 310).slice(after, after + limit);
      expect(dots(await readOps(database.ops, toHex(one), after, limit))).toEqual(dots(expected));
    }
  });

  it('reads rows of a store of an earlier version, which hold one operation each', async () => {
    const rows = run(one, 1, 40).map(({ n, c, box }) => ({ w: toHex(one), n, c, box }));
    await database.ops.bulkAdd(rows);
    await addOps(database.ops, run(one, 41, 5));
    expect(dots(await readOps(database.ops, toHex(one), 30, 13))).toEqual(dots(run(one, 31, 13)));
    expect(await countOps(database.ops)).toBe(45);
  });

  it.each([
    ['begins inside a row', run(one, 20, 3)],
    ['holds a number of a row', run(one, 5, 30)],
    ['is one number inside a row', [op(one, 15)]],
    ['lies before a free number', [op(one, 30), op(one, 12)]],
  ])('refuses what %s, and keeps what was there', async (_what, ops) => {
    await addOps(database.ops, run(one, 10, 12));
    await expect(addOps(database.ops, ops)).rejects.toThrow();
    expect(await all(one)).toEqual(run(one, 10, 12));
  });

  it('takes what fills a gap', async () => {
    await addOps(database.ops, run(one, 1, 3));
    await addOps(database.ops, run(one, 10, 3));
    await addOps(database.ops, run(one, 4, 6));
    expect(await all(one)).toEqual(run(one, 1, 12));
  });

  it('puts boxes in the place of others, also several in one row and one that is nowhere', async () => {
    await addOps(database.ops, run(one, 1, 20));
    await replaceOps(database.ops, [op(one, 1, 9), op(one, 7, 9), op(one, 8, 9), op(one, 30, 9)]);
    const expected = run(one, 1, 20).map((sealed) => ([1, 7, 8].includes(sealed.n) ? op(one, sealed.n, 9) : sealed));
    expect(await all(one)).toEqual([...expected, op(one, 30, 9)]);
    expect(await countOps(database.ops)).toBe(21);
  });

  it('is read as it was written, whatever the portions', async () => {
    const portions = fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(portions, fc.nat(700), fc.integer({ min: 1, max: 300 }), async (counts, after, limit) => {
        await database.ops.clear();
        let next = 1;
        for (const count of counts) {
          await addOps(database.ops, run(one, next, count));
          next += count;
        }
        const written = run(one, 1, next - 1);
        expect(await readOps(database.ops, toHex(one), after, limit)).toEqual(written.slice(after, after + limit));
        expect(await countOps(database.ops)).toBe(next - 1);
      }),
      { seed: 7, numRuns: 25 },
    );
  });

  it('keeps apart what belongs to another compartment', () => {
    expect(toOpRows([op(one, 1), { ...op(one, 2), c: 'bsn' }])).toHaveLength(2);
  });
});
