import type { Bytes } from '../kernel/bytes.ts';
import { stampOf } from '../kernel/hybrid-clock.ts';
import { encodeCanonical } from './canonical.ts';
import type { Change, Dot } from './change.ts';
import { ColumnWriter } from './columns.ts';
import { dotKey } from './dots.ts';
import { opsFormat, valueAbsent, valueErased, valuePresent } from './row-codec.ts';

const none = new Uint8Array(0);
/** Columns of which most operations have the same few: made once. */
const short = Array.from({ length: 16 }, (_unused, value) => Uint8Array.of(value, 1));
const zero = Uint8Array.of(0);
const first = Uint8Array.of(0, 1);
const once = (value: number): Bytes => short[value] ?? column((out) => (out.count(value), out.count(1)));

/**
 * The bytes of `packOps([op])`, in a fraction of its time: a table of operations has one in every row. `op` was read out of
 * a frame, a page or a row, and so found well-formed.
 */
export function packOne(op: Change): Bytes {
  const { ms, counter } = stampOf(op.h);
  // The stamp before the first one is 0.
  const surprise = ms === 0 ? (counter + 0xffff) % 0x10000 : counter;
  const { writers, base } = packBase(op);
  const has = op.vh !== undefined ? valueErased : op.v === undefined ? valueAbsent : valuePresent;
  return encodeCanonical([
    ...[opsFormat, 1, writers, op.id, [op.t], [op.f], [op.k], [op.u]],
    first,
    column((out) => out.difference(op.n - 1)),
    column((out) => out.difference(ms)),
    once(surprise),
    once(op.cq),
    ...[first, zero, zero, first, first],
    once(op.s),
    column((out) => (out.raw(op.x[0]), out.count(op.x[1]), out.count(1))),
    base,
    once(has),
    op.v === undefined ? none : encodeCanonical(op.v),
    op.vh ?? op.salt,
  ]);
}

function column(write: (out: ColumnWriter) => void): Bytes {
  const out = new ColumnWriter();
  write(out);
  return out.take();
}

/** The writers that the operation names, its own first, and its base by their places. */
function packBase({ w, n, b }: Change): { readonly writers: Uint8Array; readonly base: Bytes } {
  if (b.length === 0) return { writers: w, base: zero };
  const places = new Map([[dotKey({ w, n: 0 }), 0]]);
  const writers = [w];
  const placeOf = (dot: Dot) => {
    const key = dotKey({ w: dot.w, n: 0 });
    const place = places.get(key) ?? writers.push(dot.w) - 1;
    places.set(key, place);
    return place;
  };
  const base = column((out) => {
    out.count(b.length);
    for (const dot of b) {
      out.count(placeOf(dot));
      out.difference(n - dot.n);
    }
  });
  const all = new Uint8Array(writers.length * 8);
  writers.forEach((writer, at) => all.set(writer, at * 8));
  return { writers: all, base };
}
