import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeRecordId, recordIdBytes } from '../../../shared/kernel/ids.ts';
import { recordKinds, refKey, type RecordKind } from '../../../shared/records/record.ts';
import { decodeBlock, encodeBlock, packSize, type BlockEntry } from '../../../shared/sync/record-block.ts';
import { RecordImage, recordsOf } from '../../../shared/sync/record-image.ts';
import type { ReplicaRecord } from '../../../shared/sync/replica-record.ts';
import { aChange, writerBytes } from './sync-fixtures.ts';

const idOf = (no: number) =>
  makeRecordId(Uint8Array.from({ length: 16 }, (_unused, at) => (at < 4 ? no >> (at * 8) : 7)));
const kindOf = (no: number): RecordKind => recordKinds[no % recordKinds.length] ?? 'site';

function anEntry(no: number, ops = 2, finance = 0): BlockEntry {
  const id = recordIdBytes(idOf(no));
  return {
    kind: kindOf(no),
    id: idOf(no),
    rev: no + 1,
    others: finance === 0 ? {} : { finance },
    people: no % 3 === 0 ? [idOf(1000), idOf(2000 + no)] : [],
    ops: Array.from({ length: ops }, (_unused, at) =>
      aChange({
        t: kindOf(no),
        id,
        w: writerBytes(no % 5),
        n: no * 10 + at + 1,
        v: `value ${String(no)}.${String(at)}`,
      }),
    ),
  };
}

const recordOf = ({ kind, id, rev, ops }: BlockEntry): ReplicaRecord => ({ kind, id, rev, ops, local: {} });

function blockOf(entries: readonly BlockEntry[]) {
  const block = decodeBlock(encodeBlock(entries));
  if (!block.ok) throw new Error('not a block');
  return block.value;
}

describe('an image of blocks', () => {
  it('gives every record back as it was put in, by key, by kind and one after the other', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(500), { maxLength: 3 * packSize }), fc.nat(5), (numbers, cut) => {
        const entries = numbers.map((no) => anEntry(no, no % 4));
        const blocks = [entries.slice(0, cut), entries.slice(cut)].map(blockOf);
        const image = RecordImage.of({ core: blocks });
        const expected = new Map(entries.map((entry) => [refKey(entry), recordOf(entry)]));
        expect(image.size).toBe(entries.length);
        expect(new Map(image)).toEqual(expected);
        expect([...image.keys()]).toEqual([...expected.keys()]);
        for (const [key, record] of expected) expect(image.get(key)).toEqual(record);
        for (const kind of recordKinds)
          expect(recordsOf(image, kind)).toEqual([...expected.values()].filter((one) => one.kind === kind));
        expect(image.get(refKey({ kind: 'site', id: idOf(5000) }))).toBeUndefined();
        expect(image.has('site/nothing')).toBe(false);
      }),
      { seed: 31, numRuns: 60 },
    );
  });

  it('is a map like another with changes over it', () => {
    const change = fc.record({ no: fc.nat(40), rev: fc.integer({ min: 50, max: 90 }), isGone: fc.boolean() });
    fc.assert(
      fc.property(fc.array(fc.array(change, { maxLength: 8 }), { maxLength: 6 }), (rounds) => {
        const entries = Array.from({ length: 30 }, (_unused, no) => anEntry(no));
        const expected = new Map(entries.map((entry) => [refKey(entry), recordOf(entry)]));
        let image = RecordImage.of({ core: [blockOf(entries)] });
        for (const round of rounds) {
          const changes = new Map<string, ReplicaRecord | undefined>();
          for (const { no, rev, isGone } of round) {
            const record = { ...recordOf(anEntry(no)), rev };
            changes.set(refKey(record), isGone ? undefined : record);
          }
          image = image.with(changes);
          for (const [key, record] of changes) {
            if (record === undefined) expected.delete(key);
            else expected.set(key, record);
          }
          expect(image.size).toBe(expected.size);
          expect(new Map(image)).toEqual(expected);
          for (const kind of recordKinds)
            expect(new Set(recordsOf(image, kind))).toEqual(
              new Set([...expected.values()].filter((one) => one.kind === kind)),
            );
        }
      }),
      { seed: 32, numRuns: 60 },
    );
  });

  it('names the records about a person, and gives the same object while it is looked at', () => {
    const image = RecordImage.of({ core: [blockOf([0, 1, 2, 3, 6].map((no) => anEntry(no)))] });
    expect([...image.keysAbout(idOf(1000))].sort()).toEqual([0, 3, 6].map((no) => refKey(anEntry(no))).sort());
    expect([...image.keysAbout(idOf(2003))]).toEqual([refKey(anEntry(3))]);
    expect([...image.keysAbout(idOf(9999))]).toEqual([]);
    expect(image.get(refKey(anEntry(3)))).toBe(image.get(refKey(anEntry(3))));
  });

  it('leaves none out that is near a person, whatever lies over the blocks', () => {
    const entries = [0, 1, 3, 14, 28].map((no) => anEntry(no));
    const image = RecordImage.of({ core: [blockOf(entries)] });
    const keysIn = (some: RecordImage) => [...some.ofKindNear('site', idOf(1000))].map(refKey).sort();
    expect(keysIn(image)).toEqual([refKey(anEntry(0))]);
    // One that came later and one that was changed are looked at, one that went is not.
    const changes = new Map<string, ReplicaRecord | undefined>([
      [refKey(anEntry(42)), recordOf(anEntry(42))],
      [refKey(anEntry(14)), { ...recordOf(anEntry(14)), rev: 90 }],
    ]);
    expect(keysIn(image.with(changes))).toEqual([0, 14, 42].map((no) => refKey(anEntry(no))).sort());
    expect(keysIn(image.with(changes).with(new Map([[refKey(anEntry(0)), undefined]])))).toEqual(
      [14, 42].map((no) => refKey(anEntry(no))).sort(),
    );
  });

  it('puts the compartments of a record together, and names those whose other part is of another time', () => {
    const [whole, old, alone] = [anEntry(1, 2, 4), anEntry(2, 2, 9), anEntry(3)];
    const part = (entry: BlockEntry, rev: number): BlockEntry => ({
      ...entry,
      rev,
      others: {},
      people: [],
      ops: [aChange({ t: entry.kind, id: recordIdBytes(entry.id), w: writerBytes(9), n: 1, v: 500 })],
    });
    const image = RecordImage.of({
      core: [blockOf([whole, old, alone])],
      finance: [blockOf([part(whole, 4), part(old, 8)])],
    });
    expect([...image.incomplete(['core', 'finance'])]).toEqual([refKey(old)]);
    expect([...image.incomplete(['core'])]).toEqual([]);
    expect(image.get(refKey(whole))?.ops).toHaveLength(3);
    expect(image.get(refKey(alone))?.ops).toHaveLength(2);
  });
});

describe('bytes that are no block', () => {
  it('are refused, and never throw', () => {
    const bytes = encodeBlock([anEntry(1), anEntry(2)]);
    expect(decodeBlock(new Uint8Array())).toEqual({ ok: false, error: { type: 'not-a-block' } });
    for (let length = 0; length < bytes.length; length += 7) expect(decodeBlock(bytes.slice(0, length)).ok).toBe(false);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (some) => void decodeBlock(some)),
      { seed: 33, numRuns: 200 },
    );
  });
});
