import 'fake-indexeddb/auto';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { toHex, type Bytes } from '../../../shared/kernel/bytes.ts';
import type { SealedOp } from '../../../shared/ports.ts';
import { makeDatabase, type Database } from '../../../renderer/adapters/database.ts';
import { addOps, countOps, readOps, replaceOps } from '../../../renderer/adapters/op-rows.ts';

const name = 'op-rows';
let database: Database;
beforeEach(() => {
  database = makeDatabase(name);
});
afterEach(() => database.delete());

const writer = (no: number): Bytes => Uint8Array.of(0, 0, 0, 0, 0, 0, 0, no);
const [one, other] = [writer(1), writer(2)];
/** A box of `m` operations from number `n` on. */
const box = (w: Bytes, n: number, m = 1, mark = 0): SealedOp => ({
  w,
  n,
  c: 'core',
  box: Uint8Array.of(w[7] ?? 0, n & 255, mark),
  ...(m === 1 ? {} : { m }),
});
const boxes = (w: Bytes, from: number, ...counts: readonly number[]): readonly SealedOp[] => {
  let n = from;
  return counts.map((m) => {
    const made = box(w, n, m);
    n += m;
    return made;
  });
};
const lastIn = ({ n, m }: SealedOp): number => n + (m ?? 1) - 1;
const all = (w: Bytes) => readOps(database.ops, toHex(w), 0, 10_000);

describe('boxes of operations', () => {
  it('stand in a row each, and count for all that is in them', async () => {
    await addOps(database.ops, [...boxes(one, 1, 20), ...boxes(other, 1, 128, 2), box(other, 200)]);
    expect((await database.ops.toArray()).map(({ n, m }) => [n, m])).toEqual([
      [1, 20],
      [1, 128],
      [129, 2],
      [200, undefined],
    ]);
    expect(await countOps(database.ops)).toBe(151);
    expect(await all(one)).toEqual(boxes(one, 1, 20));
  });

  it('are read from any number on, also from one inside a box, until they hold what was asked for', async () => {
    const written = boxes(one, 1, 128, 128, 44, 1, 9);
    await addOps(database.ops, written);
    await addOps(database.ops, boxes(other, 1, 3));
    for (const [after, limit, first, last] of [
      [0, 5, 0, 0],
      [0, 128, 0, 0],
      [127, 2, 0, 1],
      [128, 400, 1, 4],
      [200, 50, 1, 1],
      [200, 57, 1, 2],
      [300, 1, 3, 3],
      [309, 5, 4, 4],
    ] as const) {
      expect(await readOps(database.ops, toHex(one), after, limit)).toEqual(written.slice(first, last + 1));
    }
    expect(await readOps(database.ops, toHex(one), 310, 5)).toEqual([]);
  });

  it('are read from a store of an earlier version: one operation in a row, or a box for each of a row', async () => {
    const singles = boxes(one, 1, ...Array.from({ length: 60 }, () => 1));
    const [first, ...more] = singles.slice(40, 60);
    await database.ops.bulkAdd(
      singles.slice(0, 40).map(({ n, c, box: bytes }) => ({ w: toHex(one), n, c, box: bytes })),
    );
    const rest = more.map(({ box: bytes }) => bytes);
    await database.ops.add({ w: toHex(one), n: 41, c: 'core', box: first?.box ?? new Uint8Array(), m: 20, more: rest });
    await addOps(database.ops, boxes(one, 61, 5));
    expect(await readOps(database.ops, toHex(one), 30, 13)).toEqual(singles.slice(30, 43));
    expect(await readOps(database.ops, toHex(one), 50, 11)).toEqual([...singles.slice(50), box(one, 61, 5)]);
    expect(await countOps(database.ops)).toBe(65);
    await replaceOps(database.ops, [box(one, 41, 1, 9), box(one, 47, 1, 9), box(one, 60, 1, 9), box(one, 61, 5, 9)]);
    const changed = singles.map((single) => ([41, 47, 60].includes(single.n) ? box(one, single.n, 1, 9) : single));
    expect(await all(one)).toEqual([...changed, box(one, 61, 5, 9)]);
    expect(await countOps(database.ops)).toBe(65);
  });

  it.each([
    ['begins inside a box', boxes(one, 20, 3)],
    ['holds a number of a box', boxes(one, 5, 30)],
    ['is one number inside a box', [box(one, 15)]],
    ['lies before a free number', [box(one, 30), box(one, 12)]],
  ])('refuses what %s, and keeps what was there', async (_what, added) => {
    await addOps(database.ops, boxes(one, 10, 12));
    await expect(addOps(database.ops, added)).rejects.toThrow();
    expect(await all(one)).toEqual(boxes(one, 10, 12));
  });

  it('takes what fills a gap', async () => {
    await addOps(database.ops, boxes(one, 1, 3));
    await addOps(database.ops, boxes(one, 10, 3));
    await addOps(database.ops, boxes(one, 4, 2, 4));
    expect(await all(one)).toEqual(boxes(one, 1, 3, 2, 4, 3));
  });

  it('puts boxes in the place of others, and one that is nowhere in a row of its own', async () => {
    await addOps(database.ops, boxes(one, 1, 20, 1, 7));
    await replaceOps(database.ops, [box(one, 1, 20, 9), box(one, 21, 1, 9), box(one, 30, 1, 9)]);
    expect(await all(one)).toEqual([box(one, 1, 20, 9), box(one, 21, 1, 9), box(one, 22, 7), box(one, 30, 1, 9)]);
    expect(await countOps(database.ops)).toBe(29);
  });

  it('are read as they were written, whatever the portions', async () => {
    const portions = fc.array(fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 4 }), {
      minLength: 1,
      maxLength: 5,
    });
    await fc.assert(
      fc.asyncProperty(portions, fc.nat(700), fc.integer({ min: 1, max: 300 }), async (counts, after, limit) => {
        await database.ops.clear();
        const written: SealedOp[] = [];
        for (const some of counts) {
          const added = boxes(
            one,
            written.reduce((next, sealed) => next + (sealed.m ?? 1), 1),
            ...some,
          );
          await addOps(database.ops, added);
          written.push(...added);
        }
        const above = written.filter((sealed) => lastIn(sealed) > after);
        const expected = above.filter((_sealed, at) => at === 0 || lastIn(above[at - 1] as SealedOp) < after + limit);
        expect(await readOps(database.ops, toHex(one), after, limit)).toEqual(expected);
        expect(await countOps(database.ops)).toBe(written.reduce((sum, { m }) => sum + (m ?? 1), 0));
      }),
      { seed: 7, numRuns: 25 },
    );
  });
});
