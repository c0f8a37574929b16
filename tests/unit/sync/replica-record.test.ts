import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stampBytes } from '../../../shared/kernel/hybrid-clock.ts';
import type { Change } from '../../../shared/sync/change.ts';
import {
  baseOf,
  deletionValue,
  historyOf,
  isHidden,
  registersOf,
  valuesOf,
  withOps,
} from '../../../shared/sync/replica-record.ts';
import {
  aChange,
  anyHistory,
  aRecord,
  aRecordId,
  dotOf,
  testKind,
  withoutValue,
  writerBytes,
} from './sync-fixtures.ts';
import { recordIdBytes } from '../../../shared/kernel/ids.ts';

const recordWith = (...ops: Change[]) => withOps(aRecord(), ops);
const shown = (...ops: Change[]) => valuesOf(recordWith(...ops), testKind);
const stamp = (ms: number) => stampBytes({ ms, counter: 0 });
/** An edit by another device: a writer of its own. */
const by = (device: number, over: Partial<Change>) => aChange({ w: writerBytes(device), ...over });

describe('withOps', () => {
  it('gives the same operations in any order of arrival, and the same object when nothing is new', () => {
    fc.assert(
      fc.property(
        anyHistory(12)
          .map((history) => history.map((change) => ({ ...change, id: recordIdBytes(aRecordId) })))
          .chain((history) =>
            fc.tuple(fc.constant(history), fc.shuffledSubarray(history, { minLength: history.length })),
          ),
        ([history, shuffled]) => {
          const record = withOps(aRecord(), history);
          const other = shuffled.reduce((built, change) => withOps(built, [change]), aRecord());
          expect(other.ops).toEqual(record.ops);
          expect(valuesOf(other, testKind)).toEqual(valuesOf(record, testKind));
          expect(withOps(record, structuredClone(shuffled))).toBe(record);
        },
      ),
      { seed: 7, numRuns: 60 },
    );
  });

  it('counts versions and removes a local value with null', () => {
    const one = withOps(aRecord(), [aChange()], { remark: 'only here' });
    expect(one.rev).toBe(1);
    expect(valuesOf(one, testKind).values).toEqual({ name: 'Olena', remark: 'only here' });
    const two = withOps(one, [], { remark: null });
    expect([two.rev, two.local]).toEqual([2, {}]);
  });

  it('refuses an operation of another record as a bug', () => {
    expect(() => recordWith(aChange({ t: 'family' }))).toThrow('another record');
  });
});

describe('the shown value', () => {
  it('of a review field is the latest, marked, with all values kept', () => {
    const late = by(1, { v: 'Olena', h: stamp(2000) });
    const early = by(2, { v: 'Olha', h: stamp(1000) });
    expect(shown(late, early)).toEqual({ values: { name: 'Olena' }, unsettled: ['name'] });
    expect(registersOf(recordWith(late, early)).get('name')?.live).toHaveLength(2);
  });

  it('never comes from a suspect clock while another one is there', () => {
    const suspect = by(1, { v: 'from 2040', h: stamp(2_208_988_800_000), cq: 2 });
    const stale = by(2, { v: 'now', h: stamp(1000), cq: 1 });
    expect(shown(suspect, stale).values).toEqual({ name: 'now' });
  });

  it('breaks equal stamps by writer, the same everywhere', () => {
    expect(shown(by(1, { v: 'a', h: stamp(5) }), by(2, { v: 'b', h: stamp(5) })).values).toEqual({ name: 'b' });
  });

  it('of equal values is not unsettled', () => {
    const group = (device: number, value: Change['v']) =>
      by(device, { f: 'income.employment.2026-11', v: value ?? null });
    const equal = shown(
      group(1, { amountCents: 100, evidence: 'slip' }),
      group(2, { evidence: 'slip', amountCents: 100 }),
    );
    expect(equal.unsettled).toEqual([]);
    expect(shown(group(1, { amountCents: 100 }), group(2, { amountCents: 200 })).unsettled).toEqual([
      'income.employment.2026-11',
    ]);
  });

  it('treats an emptied field against a value as two values', () => {
    expect(shown(by(1, { v: null, h: stamp(2) }), by(2, { v: 'x', h: stamp(1) }))).toEqual({
      values: {},
      unsettled: ['name'],
    });
  });

  it('of an unimportant field asks nobody', () => {
    const here = by(1, { f: 'callName', v: 'Olja', h: stamp(1) });
    const there = by(2, { f: 'callName', v: 'Lesja', h: stamp(2) });
    expect(shown(here, there)).toEqual({ values: { callName: 'Lesja' }, unsettled: [] });
  });

  it('of a cautious field is the careful one, however old it is', () => {
    const raised = by(1, { f: 'risk', v: true, h: stamp(1) });
    const cleared = by(2, { f: 'risk', v: false, h: stamp(2) });
    expect(shown(raised, cleared)).toEqual({ values: { risk: true }, unsettled: ['risk'] });
  });

  it('of a set is the union of what nobody removed: a concurrent add survives a remove', () => {
    const first = by(1, { f: 'phones', k: 'add', v: '061' });
    const again = by(2, { f: 'phones', k: 'add', v: '061' });
    const other = by(3, { f: 'phones', k: 'add', v: '062' });
    const remove = withoutValue(by(1, { n: 2, f: 'phones', k: 'rem', b: [dotOf(first)] }));
    expect(shown(first, other, remove).values).toEqual({ phones: ['062'] });
    expect(shown(remove, again, other, first).values).toEqual({ phones: ['061', '062'] });
  });

  it('of an append field is every entry, oldest first', () => {
    const second = by(1, { f: 'notes', k: 'app', v: 'second', h: stamp(2) });
    const first = by(2, { f: 'notes', k: 'app', v: 'first', h: stamp(1) });
    expect(shown(second, first).values).toEqual({ notes: ['first', 'second'] });
  });

  it('leaves out fields of a newer version without losing them', () => {
    const record = recordWith(aChange({ f: 'somethingNew' }), aChange({ n: 2 }));
    expect(valuesOf(record, testKind).values).toEqual({ name: 'Olena' });
    expect(record.ops).toHaveLength(2);
    expect(registersOf(record).has('somethingNew')).toBe(true);
  });
});

describe('the base of a form', () => {
  it('names only the value that was on screen, with its equals', () => {
    const late = by(1, { v: 'Olena', h: stamp(3) });
    const equal = by(2, { v: 'Olena', h: stamp(1) });
    const unseen = by(3, { v: 'Olha', h: stamp(2) });
    expect(baseOf(recordWith(late, equal, unseen), 'name', testKind)).toEqual([dotOf(late), dotOf(equal)]);
  });

  it('names every live operation of an unimportant field, and none of an append field', () => {
    const here = by(1, { f: 'callName', v: 'a' });
    const there = by(2, { f: 'callName', v: 'b' });
    const note = by(1, { n: 2, f: 'notes', k: 'app', v: 'c' });
    const record = recordWith(here, there, note);
    expect(baseOf(record, 'callName', testKind)).toEqual([dotOf(here), dotOf(there)]);
    expect(baseOf(record, 'notes', testKind)).toEqual([]);
    expect(baseOf(record, 'name', testKind)).toEqual([]);
  });

  it('of a field whose value stays here is that of its given mark', () => {
    const given = aChange({ f: 'illness.given', v: true });
    expect(baseOf(recordWith(given), 'illness', testKind)).toEqual([dotOf(given)]);
  });
});

describe('deletion', () => {
  const name = aChange();
  const deletion = (seen: Change[], over: Partial<Change> = {}) =>
    by(2, { f: '_deleted', v: deletionValue(recordWith(...seen)), ...over });

  it('hides a record of which everything was seen', () => {
    const record = recordWith(name, deletion([name]));
    expect(isHidden(record)).toBe(true);
    expect(valuesOf(record, testKind).values['_deleted']).toBe(true);
  });

  it('does not hide an edit the deleter had not seen, before or after', () => {
    const unseen = by(3, { f: 'callName', v: 'new' });
    const record = recordWith(name, deletion([name]), unseen);
    expect(isHidden(record)).toBe(false);
    expect(valuesOf(record, testKind).unsettled).toEqual(['_deleted']);
  });

  it('of two deleters together hides what both had seen', () => {
    const other = by(3, { f: 'callName', v: 'new' });
    const first = deletion([name]);
    const second = deletion([other], { w: writerBytes(4) });
    expect(isHidden(recordWith(name, other, first, second))).toBe(true);
  });

  it('gives way to somebody who put the record back', () => {
    const first = deletion([name]);
    const back = by(3, { f: '_deleted', v: false, b: [dotOf(first)] });
    expect(isHidden(recordWith(name, first, back))).toBe(false);
    expect(isHidden(recordWith(name, back, deletion([name], { w: writerBytes(5) })))).toBe(false);
  });

  it('never hides a record that nobody deleted', () => {
    expect(isHidden(aRecord())).toBe(false);
  });
});

it('tells the history newest first, with what still stands', () => {
  const first = by(1, { h: stamp(1) });
  const second = by(1, { n: 2, h: stamp(2), v: 'Olha', b: [dotOf(first)] });
  expect(historyOf(recordWith(first, second))).toEqual([
    { change: second, live: true },
    { change: first, live: false },
  ]);
});
