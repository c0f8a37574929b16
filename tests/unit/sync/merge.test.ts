import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Change } from '../../../shared/sync/change.ts';
import { eraseValue } from '../../../shared/sync/chain.ts';
import { applyOps } from '../../../shared/sync/merge.ts';
import { aChange, anyHistory, dotOf, sha256, withoutValue, writerBytes } from './sync-fixtures.ts';

const runs = { seed: 20_260_401, numRuns: 150 };
const onlyRegister = (ops: readonly Change[]) => [...applyOps(ops).registers.values()][0];

describe('applyOps is a function of the set of operations', () => {
  it('gives the same state in any order, with repetition, in any partition', () => {
    fc.assert(
      fc.property(
        anyHistory().chain((history) =>
          fc.record({
            history: fc.constant(history),
            shuffled: fc.shuffledSubarray([...history, ...history], { minLength: history.length * 2 }),
            cuts: fc.array(fc.nat({ max: 50 }), { maxLength: 5 }),
          }),
        ),
        ({ history, shuffled, cuts }) => {
          const bounds = [
            0,
            ...cuts.map((cut) => Math.min(cut, shuffled.length)).sort((a, b) => a - b),
            shuffled.length,
          ];
          let state = applyOps([]);
          for (let at = 1; at < bounds.length; at++)
            state = applyOps(shuffled.slice(bounds[at - 1], bounds[at]), state);
          expect(state).toEqual(applyOps(history));
        },
      ),
      runs,
    );
  });

  it('leaves the earlier state as it was and shares what is untouched', () => {
    const before = applyOps([aChange({ f: 'name' }), aChange({ n: 2, f: 'callName' })]);
    const copy = structuredClone(before);
    const after = applyOps([aChange({ n: 3, f: 'callName', b: [{ w: writerBytes(1), n: 2 }] })], before);
    expect(before).toEqual(copy);
    const nameKey = [...before.registers.keys()].find((key) => key.endsWith('/name')) ?? '';
    expect(after.registers.get(nameKey)).toBe(before.registers.get(nameKey));
  });

  it('does not bring a superseded operation back when it is delivered once more', () => {
    const first = aChange({ n: 1, v: 'a' });
    const second = aChange({ n: 2, v: 'b', b: [dotOf(first)] });
    const third = aChange({ n: 3, v: 'c', b: [dotOf(second)] });
    const state = applyOps([first, second, third]);
    expect(applyOps([structuredClone(first)], state)).toEqual(state);
    expect(onlyRegister([first, second, third])).toEqual({ live: [third], early: [] });
  });
});

describe('registers', () => {
  it('names what was superseded before it arrived, until it arrives', () => {
    const first = aChange({ n: 1 });
    const second = aChange({ n: 2, w: writerBytes(2), b: [dotOf(first)] });
    const early = applyOps([second]);
    expect([...early.registers.values()]).toEqual([{ live: [second], early: [dotOf(first)] }]);
    expect([...applyOps([first], early).registers.values()]).toEqual([{ live: [second], early: [] }]);
  });

  it('keeps both of two concurrent edits, whatever their clocks say', () => {
    const base = aChange({ n: 1 });
    const here = aChange({ n: 2, v: 'here', b: [dotOf(base)] });
    const there = aChange({ w: writerBytes(2), n: 1, v: 'there', b: [dotOf(base)], cq: 2 });
    expect(onlyRegister([here, base, there])?.live).toEqual([here, there]);
  });

  it('keeps registers of records and kinds apart', () => {
    const id = Uint8Array.from(aChange().id).fill(7, 0, 1);
    const state = applyOps([aChange(), aChange({ n: 2, id }), aChange({ n: 3, t: 'family' })]);
    expect([...state.registers.keys()].toSorted()).toEqual([
      'family/0b9d1f3e5a7c4d2e8f60718293a4b5c6/name',
      'resident/079d1f3e5a7c4d2e8f60718293a4b5c6/name',
      'resident/0b9d1f3e5a7c4d2e8f60718293a4b5c6/name',
    ]);
  });

  it('lets an erasure win over what came before, beside and after it', () => {
    const before = aChange({ n: 1 });
    const erasure = withoutValue(aChange({ n: 1, w: writerBytes(3), k: 'erase', b: [dotOf(before)] }));
    const after = aChange({ n: 2, v: 'later', b: [dotOf(erasure)] });
    const beside = aChange({ n: 1, w: writerBytes(4), v: 'beside' });
    for (const order of [
      [before, erasure, after, beside],
      [beside, after, erasure, before],
    ]) {
      expect(onlyRegister(order)).toEqual({ live: [erasure], early: [] });
    }
  });

  it('takes the erased form of an operation whichever form comes first', () => {
    const whole = aChange();
    const erased = eraseValue(whole, sha256);
    expect(onlyRegister([whole, erased])?.live).toEqual([erased]);
    expect(onlyRegister([erased, whole])?.live).toEqual([erased]);
  });

  it('gives the same state for two different operations under one number, in either order', () => {
    const one = aChange({ v: 'one' });
    const other = aChange({ v: 'other', f: 'name' });
    expect(applyOps([one, other])).toEqual(applyOps([other, one]));
  });

  it('keeps an operation that merges two records', () => {
    const merge = aChange({ k: 'merge', f: 'merge', v: { from: 'a', to: 'b' } });
    expect(onlyRegister([merge])?.live).toEqual([merge]);
  });
});

describe('what this version cannot apply', () => {
  const good = aChange({ n: 9 });
  const odd = (over: Record<string, unknown>) => ({ ...aChange(), ...over }) as unknown as Change;
  it.each([
    ['an unknown kind of operation', odd({ k: 'splice' })],
    ['a fraction', odd({ v: 0.5 })],
    ['not a number', odd({ v: Number.NaN })],
    ['a lone surrogate', odd({ v: ['\ud800'] })],
    ['no value', odd({ v: undefined })],
    ['a short writer', odd({ w: Uint8Array.of(1) })],
    ['number 0', odd({ n: 0 })],
    ['itself as its base', odd({ b: [{ w: writerBytes(1), n: 1 }] })],
    ['no base', odd({ b: undefined })],
    ['a cycle', odd({ v: circular() })],
  ])('is deferred alone: %s', (_name, op) => {
    const state = applyOps([op, good, op]);
    expect(state.deferred).toEqual([op]);
    expect([...state.registers.values()]).toEqual([{ live: [good], early: [] }]);
    expect(applyOps([op], state)).toEqual(state);
  });

  it('does not supersede anything', () => {
    const first = aChange();
    const state = applyOps([first, odd({ n: 2, k: 'splice', b: [dotOf(first)] })]);
    expect([...state.registers.values()][0]?.live).toEqual([first]);
  });
});

function circular(): unknown[] {
  const list: unknown[] = [];
  list.push(list);
  return list;
}

it('takes 100,000 operations in linear time', () => {
  const ops = Array.from({ length: 100_000 }, (_unused, at) =>
    aChange({
      n: at + 1,
      f: `income.employment.${String(at % 5000)}`,
      b: at < 5000 ? [] : [{ w: writerBytes(1), n: at - 4999 }],
    }),
  );
  const state = applyOps(ops);
  expect(state.registers.size).toBe(5000);
  expect([...state.registers.values()].every(({ live, early }) => live.length === 1 && early.length === 0)).toBe(true);
}, 10_000);
