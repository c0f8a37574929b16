import { afterEach, describe, expect, it } from 'vitest';
import { LayeredMap } from '../../../renderer/stores/layered-map.ts';
import { makeKindList, readingsOf, workspace } from '../../../renderer/stores/workspace-store.ts';
import { makeRecordId, recordIdBytes } from '../../../shared/kernel/ids.ts';
import { refKey } from '../../../shared/records/record.ts';
import { decodeBlock, encodeBlock, type BlockEntry } from '../../../shared/sync/record-block.ts';
import { RecordImage } from '../../../shared/sync/record-image.ts';
import type { ReplicaRecord } from '../../../shared/sync/replica-record.ts';
import { aChange } from '../sync/sync-fixtures.ts';

const idOf = (no: number) =>
  makeRecordId(Uint8Array.from({ length: 16 }, (_unused, at) => (at < 4 ? no >> (at * 8) : 7)));
const kind = 'rollCall';
const count = 300;

function anImage(): RecordImage {
  const entries = Array.from({ length: count }, (_unused, no): BlockEntry => {
    const of = no % 3 === 0 ? 'absence' : kind;
    const ops = [aChange({ t: of, id: recordIdBytes(idOf(no)), n: no + 1 })];
    return { kind: of, id: idOf(no), rev: 1, others: {}, people: [], ops };
  });
  const block = decodeBlock(encodeBlock(entries));
  if (!block.ok) throw new Error('not a block');
  return RecordImage.of({ core: [block.value] });
}
const wanted = (count / 3) * 2;
const idsOf = makeKindList(kind, (record) => record.id);
const changed = (no: number): ReplicaRecord => ({ kind, id: idOf(no), rev: 9, ops: [], local: {} });
const finish = (steps: Generator<void>): number => {
  let taken = 0;
  while (steps.next().done !== true) taken += 1;
  return taken;
};

afterEach(() => workspace.clear());

describe('a list of one kind of a large register', () => {
  it('is read in steps of one record, and then is there at once', () => {
    const records = new LayeredMap<ReplicaRecord>(anImage());
    const [steps] = readingsOf(records, [kind]);
    expect(steps && finish(steps)).toBe(wanted);
    expect(readingsOf(records, [kind])).toEqual([]);
    expect(idsOf(records)).toHaveLength(wanted);
    expect(idsOf(records)).toBe(idsOf(records));
  });

  it('is whole when a page asks for it half way, and for two that read it together', () => {
    const records = new LayeredMap<ReplicaRecord>(anImage());
    const [first, second] = [readingsOf(records, [kind])[0], readingsOf(records, [kind])[0]];
    first?.next();
    second?.next();
    expect(new Set(idsOf(records)).size).toBe(wanted);
    expect(first && finish(first)).toBe(0);
    expect(idsOf(records)).toHaveLength(wanted);
  });

  it('has what a colleague changed while it was read', () => {
    const records = new LayeredMap<ReplicaRecord>(anImage());
    const [steps] = readingsOf(records, [kind]);
    steps?.next();
    const later = records.with([
      [refKey(changed(1)), undefined],
      [refKey(changed(count + 1)), changed(count + 1)],
    ]);
    if (steps !== undefined) finish(steps);
    expect(readingsOf(later, [kind])).toEqual([]);
    const ids = idsOf(later);
    expect(ids).toHaveLength(wanted);
    expect(ids).toContain(idOf(count + 1));
    expect(ids).not.toContain(idOf(1));
  });

  it('is read anew from other blocks, and after a lock', () => {
    const records = new LayeredMap<ReplicaRecord>(anImage());
    const [steps] = readingsOf(records, [kind]);
    steps?.next();
    const others = new LayeredMap<ReplicaRecord>(anImage());
    expect(idsOf(others)).toHaveLength(wanted);
    if (steps !== undefined) finish(steps);
    expect(readingsOf(others, [kind])).toEqual([]);
    workspace.clear();
    expect(readingsOf(others, [kind])).toHaveLength(1);
  });

  it('is not read in steps where there are no blocks', () => {
    const records = new LayeredMap<ReplicaRecord>(new Map([[refKey(changed(1)), changed(1)]]));
    expect(readingsOf(records, [kind])).toEqual([]);
    expect(idsOf(records)).toEqual([idOf(1)]);
  });
});
