import { expect, it } from 'vitest';
import { toHex } from '../../../shared/kernel/bytes.ts';
import { chainAfter, chainStart } from '../../../shared/sync/chain.ts';
import type { Dot } from '../../../shared/sync/change.ts';
import { dotOf, dotOfText, sourceOf, textOfDot } from '../../../shared/sync/dots.ts';
import { dotsNamedBy, reissued, writerOfReissue } from '../../../shared/sync/reissue.ts';
import { aChange, sha256, writerBytes } from './sync-fixtures.ts';

const fresh = writerBytes(9);
/** Numbers above 5 of the first writer stand under a new one. */
const moved = (dot: Dot): Dot =>
  toHex(dot.w) === toHex(writerBytes(1)) && dot.n > 5 ? { w: fresh, n: dot.n - 5 } : dot;

it('gives every holder of the same operations the same writer, for ever', () => {
  const chain = chainAfter(chainStart(writerBytes(1), sha256), [aChange()], sha256);
  expect(toHex(writerOfReissue(chain, sha256))).toMatchInlineSnapshot(`"2b68c8154cfd498d"`);
  const other = chainAfter(chainStart(writerBytes(1), sha256), [aChange({ v: 'Olha' })], sha256);
  expect(writerOfReissue(other, sha256)).not.toEqual(writerOfReissue(chain, sha256));
});

it('keeps author, moment, save, salt and value, and names its base by the dots of now, each once', () => {
  const change = aChange({
    n: 7,
    b: [
      { w: writerBytes(1), n: 6 },
      { w: fresh, n: 1 },
      { w: writerBytes(1), n: 5 },
      { w: writerBytes(2), n: 6 },
    ],
  });
  expect(reissued(change, moved(change), moved)).toEqual({
    ...change,
    w: fresh,
    n: 2,
    b: [
      { w: fresh, n: 1 },
      { w: writerBytes(1), n: 5 },
      { w: writerBytes(2), n: 6 },
    ],
  });
});

it('keeps an erased operation erased', () => {
  const { v: _gone, ...rest } = aChange({ n: 6, salt: new Uint8Array(0), vh: new Uint8Array(32) });
  expect(reissued(rest, moved(rest), moved)).toEqual({ ...rest, w: fresh, n: 1 });
});

it('goes on hiding what a deletion had seen', () => {
  const seen = [5, 6, 7].map((n) => textOfDot({ w: writerBytes(1), n }));
  const deletion = aChange({ n: 8, f: '_deleted', v: seen, b: [] });
  const again = reissued(deletion, moved(deletion), moved);
  expect(again.v).toEqual(
    [
      { w: writerBytes(1), n: 5 },
      { w: fresh, n: 1 },
      { w: fresh, n: 2 },
    ]
      .map(textOfDot)
      .sort(),
  );
  expect(dotsNamedBy(again).map(textOfDot).sort()).toEqual(again.v);
  expect(reissued(aChange({ n: 8, v: seen }), { w: fresh, n: 3 }, moved).v).toEqual(seen);
});

it('reads dots out of values only where they are dots', () => {
  const dot = { w: writerBytes(1), n: 12 };
  expect(dotOfText(textOfDot(dot))).toEqual(dot);
  for (const text of ['', 'x:1', `${toHex(dot.w)}:0`, `${toHex(dot.w)}:`, `${toHex(dot.w)}:1x`, 7, null])
    expect(dotOfText(text)).toBeUndefined();
});

it('knows of a dot which operation it was taken from', () => {
  const change = aChange();
  expect(sourceOf(dotOf(change))).toBe(change);
  expect(sourceOf({ w: change.w, n: change.n })).toBeUndefined();
});
