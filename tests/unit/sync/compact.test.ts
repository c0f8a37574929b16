import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toHex } from '../../../shared/kernel/bytes.ts';
import type { Change, Dot, Value } from '../../../shared/sync/change.ts';
import { compact, spareOps, withGoneOps } from '../../../shared/sync/compact.ts';
import { digestOf } from '../../../shared/sync/digest.ts';
import { compareDots, dotKey } from '../../../shared/sync/dots.ts';
import {
  goneOf,
  isHidden,
  registersOf,
  valuesOf,
  withOps,
  type ReplicaRecord,
} from '../../../shared/sync/replica-record.ts';
import { undoEditsOf } from '../../../shared/sync/undo-save.ts';
import { aChange, aRecord, aRecordId, dotOf, sha256, testKind, withoutValue, writerBytes } from './sync-fixtures.ts';

const always = () => true;
const recordOf = (ops: readonly Change[]): ReplicaRecord => withOps(aRecord(), ops);
const dotsOf = (dots: readonly Dot[]): readonly string[] => dots.map(dotKey).sort();

/** All that a screen, a digest or another laptop can know of a record. */
function shownBy(record: ReplicaRecord) {
  const registers = new Map(
    [...registersOf(record)].map(([field, register]) => [
      `resident/${aRecordId.replaceAll('-', '')}/${field}`,
      register,
    ]),
  );
  return {
    values: valuesOf(record, testKind),
    hidden: isHidden(record),
    live: [...registersOf(record)].map(([field, { live }]) => [field, dotsOf(live)]).sort(),
    digest: digestOf(registers, sha256).map(toHex),
  };
}

/** One edit: who, of what, and which of the operations of this field before it he had on screen. */
type Step = { readonly by: number; readonly field: string; readonly seen: readonly number[]; readonly value: number };
const anyStep: fc.Arbitrary<Step> = fc.record({
  by: fc.nat({ max: 2 }),
  field: fc.constantFrom('name', 'name', 'name', 'callName', 'phones', 'notes', '_deleted', 'risk'),
  // Mostly the last one; now and then an older one, several, or none.
  seen: fc.oneof({ weight: 6, arbitrary: fc.constant([0]) }, fc.array(fc.nat({ max: 4 }), { maxLength: 3 })),
  value: fc.nat({ max: 4 }),
});

/** The operations in the order in which they were made: each names only what was there. */
function opsOf(steps: readonly Step[]): readonly Change[] {
  const ops: Change[] = [];
  const next = [1, 1, 1];
  for (const { by, field, seen, value } of steps) {
    const before = ops.filter(({ f }) => f === field).reverse();
    const named = [...new Set(seen)].flatMap((at) => before[at] ?? []);
    const n = next[by] ?? 1;
    next[by] = n + 1;
    const shell = { w: writerBytes(by + 1), n, f: field, x: [writerBytes(100 + ops.length), 1] as const };
    const b = named.map(dotOf);
    if (field === 'phones' && value === 0) ops.push(withoutValue(aChange({ ...shell, k: 'rem', b })));
    else if (field === 'phones') ops.push(aChange({ ...shell, k: 'add', v: `06${value}`, b: [] }));
    else if (field === 'notes') ops.push(aChange({ ...shell, k: 'app', v: `note ${value}`, b: [] }));
    else ops.push(aChange({ ...shell, v: valueOf(field, value, ops), b }));
  }
  return ops;
}

function valueOf(field: string, value: number, before: readonly Change[]): Value {
  if (field === 'risk') return value % 2 === 0;
  if (field !== '_deleted') return `value ${value}`;
  const live = [...registersOf(recordOf(before)).values()].flatMap((register) => register.live);
  return value === 0 ? false : live.map(({ w, n }) => `${toHex(w)}:${n}`).sort();
}

const anySteps = fc.array(anyStep, { minLength: 8, maxLength: 40 });
const safeFrom = (no: number) => (op: Change) => (op.n * 7 + (op.w[0] ?? 0) * 3 + no) % 4 > 0;

describe('compaction of a record', () => {
  it('obeys its law: a cut, compacted, with what a compacted history has after the cut, is the whole history', () => {
    let drops = 0;
    fc.assert(
      fc.property(anySteps, fc.nat(), fc.nat({ max: 3 }), (steps, at, no) => {
        const ops = opsOf(steps);
        const cut = at % (ops.length + 1);
        const whole = recordOf(ops);
        const first = compact(recordOf(ops.slice(0, cut)), safeFrom(no));
        const compacted = compact(whole, always);
        drops += goneOf(compacted).length + goneOf(first).length;
        const isLater = new Set(ops.slice(cut).map(dotKey));
        // What the compacted history remembers comes with it; all of that was superseded.
        const gone = [...new Map([...goneOf(first), ...goneOf(compacted)].map((dot) => [dotKey(dot), dot])).values()];
        const joined = withOps(
          { ...first, gone: gone.sort(compareDots) },
          compacted.ops.filter((op) => isLater.has(dotKey(op))),
        );
        expect(shownBy(joined)).toEqual(shownBy(whole));
      }),
      { seed: 40, numRuns: 400 },
    );
    expect(drops).toBeGreaterThan(400);
  });

  it('changes nothing that anybody sees, however much of it is safe, and twice is once', () => {
    fc.assert(
      fc.property(anySteps, fc.nat({ max: 3 }), (steps, no) => {
        const whole = recordOf(opsOf(steps));
        const some = compact(whole, safeFrom(no));
        expect(shownBy(some)).toEqual(shownBy(whole));
        expect(compact(some, safeFrom(no))).toBe(some);
        const all = compact(some, always);
        expect(shownBy(all)).toEqual(shownBy(whole));
        expect(spareOps(all)).toEqual([]);
        expect(dotsOf(goneOf(all))).toEqual(dotsOf(goneOf(compact(whole, always))));
      }),
      { seed: 41, numRuns: 300 },
    );
  });

  it('agrees with a laptop that never compacts, whatever comes late, again, in any order and part', () => {
    const run = fc.record({
      steps: anySteps,
      shuffled: fc.array(fc.nat(), { minLength: 60, maxLength: 60 }),
      compactAt: fc.array(fc.nat({ max: 60 }), { maxLength: 8 }),
    });
    fc.assert(
      fc.property(run, ({ steps, shuffled, compactAt }) => {
        const ops = opsOf(steps);
        // Everything once in some order, and then as much again.
        const order = [...ops, ...ops].map((op, at) => ({ op, key: shuffled[at % 60] ?? 0 }));
        order.sort((a, b) => a.key - b.key);
        let plain = aRecord();
        let small = aRecord();
        for (const [at, { op }] of order.entries()) {
          plain = withOps(plain, [op]);
          small = withOps(small, [op]);
          if (compactAt.includes(at)) small = compact(small, always);
          expect(shownBy(small)).toEqual(shownBy(plain));
        }
        expect(dotsOf([...small.ops, ...goneOf(small)])).toEqual(dotsOf(ops));
      }),
      { seed: 42, numRuns: 150 },
    );
  });

  it('knows what it dropped when it comes again, also late and on its own', () => {
    const [a, b, c, d] = chain(4);
    const small = compact(recordOf([a, b, c, d]), always);
    expect(dotsOf(goneOf(small))).toEqual(dotsOf([a, b]));
    expect(withOps(small, [a, b])).toBe(small);
    const late = aChange({ w: writerBytes(9), n: 1, v: 'late', b: [dotOf(a)] });
    expect(shownBy(withOps(small, [late]))).toEqual(shownBy(recordOf([a, b, c, d, late])));
    expect(valuesOf(withOps(small, [late]), testKind).unsettled).toEqual(['name']);
  });

  it('keeps every value of a field that waits for a person, and what they replaced', () => {
    const [a, b, c] = chain(3);
    const other = aChange({ w: writerBytes(9), n: 1, v: 'other', b: [dotOf(b)] });
    expect(spareOps(recordOf([a, b, c, other]))).toEqual([]);
  });

  it('keeps what the present value replaced, so that it can be undone at any later time', () => {
    const ops = chain(4);
    const last = ops[3];
    const small = compact(recordOf(ops), always);
    const undo = (record: ReplicaRecord) => undoEditsOf(record, new Set([toHex(last.x[0])]), testKind);
    expect(undo(small)).toEqual(undo(recordOf(ops)));
    expect(undo(small)).toMatchObject([{ field: 'name', value: 'value 3' }]);
  });

  it('waits for an operation that something it would drop replaced before it came', () => {
    const [a, b, c, d] = chain(4);
    expect(dotsOf(spareOps(recordOf([b, c, d])))).toEqual([]);
    expect(dotsOf(spareOps(recordOf([a, b, c, d])))).toEqual(dotsOf([a, b]));
  });

  it('touches nothing of a record of which something was erased, or that was deleted while it was edited', () => {
    const ops = chain(4);
    const erase = withoutValue(aChange({ w: writerBytes(9), f: 'callName', k: 'erase' }));
    expect(spareOps(recordOf([...ops, erase]))).toEqual([]);
    const deletion = aChange({ w: writerBytes(9), f: '_deleted', v: [] });
    expect(spareOps(recordOf([...ops, deletion]))).toEqual([]);
  });

  it('gives back what it dropped for who needs to see it, without letting it stand', () => {
    const ops = chain(5);
    const small = compact(recordOf(ops), always);
    const whole = withGoneOps(small, ops);
    expect(dotsOf(whole.ops)).toEqual(dotsOf(ops));
    expect(shownBy(whole)).toEqual(shownBy(recordOf(ops)));
    // Its own replacement is not there: it still does not stand.
    const [a] = ops;
    expect(shownBy(withGoneOps(small, [a]))).toEqual(shownBy(small));
  });
});

/** Names that replace each other, by one writer. */
function chain(length: number): [Change, Change, Change, Change, ...Change[]] {
  const ops = Array.from({ length }, (_unused, at) =>
    aChange({ n: at + 1, v: `value ${at + 1}`, b: at === 0 ? [] : [{ w: writerBytes(1), n: at }] }),
  );
  return ops as [Change, Change, Change, Change, ...Change[]];
}
