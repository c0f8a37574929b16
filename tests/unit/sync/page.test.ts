import { describe, expect, it } from 'vitest';
import type { PageEntry } from '../../../shared/sync/page.ts';
import { decodePage, encodePage, feedAfter, feedStart } from '../../../shared/sync/page.ts';
import { eraseValue } from '../../../shared/sync/chain.ts';
import { aChange, sha256 } from './sync-fixtures.ts';
import { frameWriter, pageReader } from './wire-fixtures.ts';

const id = Uint8Array.from({ length: 16 }, (_unused, at) => at);
const entries: readonly PageEntry[] = [
  { kind: 'op', op: aChange() },
  { kind: 'place', t: 'resident', id },
  { kind: 'op', op: aChange({ n: 2, v: ['a'] }) },
  { kind: 'evict', t: 'kindOfANewerVersion', id },
];
const page = {
  epoch: 'e_1',
  site: 's12',
  c: 'core',
  from: 1,
  to: 4,
  before: feedStart(),
  more: true,
  entries,
} as const;

describe.each([1, 2] as const)('a page with columns of format %i', (format) => {
  it('comes back with its entries in order and the feed hash after them', () => {
    const after = feedAfter(feedStart(), entries, sha256);
    expect(decodePage(encodePage(page, frameWriter, format), pageReader)).toEqual({
      ok: true,
      value: { ...page, after },
    });
  });

  it('may be empty', () => {
    const empty = { ...page, to: 0, entries: [], more: false };
    const decoded = decodePage(encodePage(empty, frameWriter, format), pageReader);
    expect(decoded.ok && decoded.value.after).toEqual(feedStart());
  });

  it('is refused with any single bit flipped, cut or with a surplus byte', () => {
    const bytes = encodePage(page, frameWriter, format);
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const flipped = Uint8Array.from(bytes);
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(decodePage(flipped, pageReader).ok).toBe(false);
    }
    expect(decodePage(bytes.subarray(1), pageReader).ok).toBe(false);
    expect(decodePage(Uint8Array.of(...bytes, 0), pageReader).ok).toBe(false);
  });

  it('with a hole is a bug of who writes it', () => {
    expect(() => encodePage({ ...page, to: 5 }, frameWriter, format)).toThrow('without a hole');
  });
});

describe('the feed hash', () => {
  it('is over the content, not over the number of an operation', () => {
    const other: PageEntry = { kind: 'op', op: aChange({ v: 'something else' }) };
    expect(feedAfter(feedStart(), [other], sha256)).not.toEqual(feedAfter(feedStart(), entries.slice(0, 1), sha256));
  });

  it('depends on order and kind, and survives erasure', () => {
    const [first, second] = entries as [PageEntry, PageEntry];
    expect(feedAfter(feedStart(), [second, first], sha256)).not.toEqual(
      feedAfter(feedStart(), [first, second], sha256),
    );
    const evict: PageEntry = { kind: 'evict', t: 'resident', id };
    expect(feedAfter(feedStart(), [evict], sha256)).not.toEqual(feedAfter(feedStart(), [second], sha256));
    const erased: PageEntry = { kind: 'op', op: eraseValue(aChange(), sha256) };
    expect(feedAfter(feedStart(), [erased], sha256)).toEqual(feedAfter(feedStart(), [first], sha256));
  });
});
