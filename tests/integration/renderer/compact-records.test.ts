import { describe, expect, it } from 'vitest';
import { compactRecords, usualTermMs } from '../../../renderer/use-cases/compact-records.ts';
import { openRow } from '../../../renderer/use-cases/record-rows.ts';
import { readFeedsAgain } from '../../../renderer/use-cases/repair-rows.ts';
import { feedKey } from '../../../renderer/use-cases/vault.ts';
import { err } from '../../../shared/kernel/result.ts';
import type { RecordRef } from '../../../shared/records/record.ts';
import { dotKey, dotOf } from '../../../shared/sync/dots.ts';
import { goneOf, liveOf, type ReplicaRecord } from '../../../shared/sync/replica-record.ts';
import { aDevice, aResident, creating, type Device } from '../../fakes/device.ts';
import { memoryEndpoint } from '../../fakes/memory-endpoint.ts';
import { memoryRecordStore } from '../../fakes/memory-record-store.ts';

const dayMs = 86_400_000;

async function recordOf({ vault }: Device, ref: RecordRef): Promise<ReplicaRecord> {
  const row = await vault.store.read(ref);
  const opened = row && (await openRow(vault.cipher, row));
  if (opened?.ok !== true) throw new Error('no such record');
  return opened.value.record;
}

/** A laptop that has written each of these records and then their call name five times, all of it sent. */
async function aLaptop(store = memoryRecordStore().store, count = 1) {
  const laptop = await aDevice({ store });
  const endpoint = memoryEndpoint();
  const refs = Array.from({ length: count }, () => laptop.newRef('resident'));
  for (const ref of refs) {
    await laptop.save(creating(ref, aResident('Kovalenko')));
    for (let no = 1; no <= 5; no++) {
      const base = liveOf(await recordOf(laptop, ref), 'callName').map(dotOf);
      const edits = [{ field: 'callName', value: `name ${no}`, base }];
      const saved = await laptop.save({ records: [{ ref, edits }], action: 'edit', purpose: null });
      if (!saved.ok) throw new Error(saved.error.type);
    }
  }
  const sync = async () => {
    const done = await laptop.sync(endpoint.transport);
    if (!done.ok) throw new Error(done.error.type);
  };
  await sync();
  /** As a backup tells that was made now. */
  const backUp = async () => {
    for (const [w, ops] of endpoint.byWriter) endpoint.covered.set(w, ops.length);
    await sync();
  };
  const compacted = async (reach: 'whole' | 'nothing' = 'whole', isInUse = () => false) => {
    const archived = new Map(
      ['core', 'bsn', 'health', 'finance'].map((c) => [
        `shared/${c}`,
        reach === 'whole' ? (endpoint.feeds.get(c)?.length ?? 0) : 0,
      ]),
    );
    const pause = () => Promise.resolve();
    return compactRecords(laptop.vault, { archived, termMs: usualTermMs, isInUse, pause });
  };
  let nowMs = laptop.clock.nowMs();
  const wait = (ms: number) => laptop.clock.set({ ms: (nowMs += ms) });
  const [ref] = refs;
  if (ref === undefined) throw new Error('at least one');
  return { laptop, endpoint, ref, refs, sync, backUp, compacted, wait };
}

describe('compaction on a laptop', () => {
  it('drops what was superseded once the term has passed and a backup has it, and not a day sooner', async () => {
    const { laptop, ref, backUp, compacted, wait } = await aLaptop();
    const before = await recordOf(laptop, ref);
    await backUp();
    expect(await compacted()).toEqual({ ok: true, value: 0 });
    wait(usualTermMs - dayMs);
    expect(await compacted()).toEqual({ ok: true, value: 0 });
    wait(dayMs);
    expect(await compacted('nothing')).toEqual({ ok: true, value: 0 });
    expect(await compacted()).toEqual({ ok: true, value: 3 });
    const after = await recordOf(laptop, ref);
    expect(after.ops.length).toBe(before.ops.length - 3);
    expect(goneOf(after).length).toBe(3);
    expect(liveOf(after, 'callName')).toEqual(liveOf(before, 'callName'));
    expect(await compacted()).toEqual({ ok: true, value: 0 });
  });

  it('drops nothing that no backup has, nothing unsent, and nothing of a record in use', async () => {
    const { laptop, endpoint, ref, backUp, compacted, wait } = await aLaptop();
    await compacted();
    wait(usualTermMs);
    // Own operations are counted by the backup of their writer, whatever the feeds say.
    expect(await compacted()).toEqual({ ok: true, value: 0 });
    await backUp();
    wait(usualTermMs);
    expect(await compacted('whole', () => true)).toEqual({ ok: true, value: 0 });
    endpoint.faults.offline = true;
    const base = liveOf(await recordOf(laptop, ref), 'callName').map(dotOf);
    const edits = [{ field: 'callName', value: 'unsent', base }];
    await laptop.save({ records: [{ ref, edits }], action: 'edit', purpose: null });
    expect(await compacted()).toEqual({ ok: true, value: 0 });
  });

  it('keeps own operations in the store and in the second copy', async () => {
    const { laptop, backUp, compacted, wait } = await aLaptop();
    await backUp();
    await compacted();
    const before = await laptop.vault.store.counts();
    wait(usualTermMs);
    expect(await compacted()).toEqual({ ok: true, value: 3 });
    expect(await laptop.vault.store.counts()).toEqual(before);
  });

  it('knows what it dropped when the feeds are read again from their beginning, also after a restart', async () => {
    const { laptop, ref, sync, backUp, compacted, wait } = await aLaptop();
    await backUp();
    await compacted();
    wait(usualTermMs);
    await compacted();
    const dropped = await recordOf(laptop, ref);
    await laptop.restart();
    await laptop.vault.queue.run(() => readFeedsAgain(laptop.vault));
    expect(laptop.vault.memory.known.feeds.get(feedKey('shared', 'core'))?.pos).toBe(0);
    await sync();
    const after = await recordOf(laptop, ref);
    expect(after.ops.map(dotKey)).toEqual(dropped.ops.map(dotKey));
    expect(goneOf(after)).toEqual(goneOf(dropped));
  });

  it('goes on where it was broken off, record by record as they were committed', async () => {
    const { store } = memoryRecordStore();
    let commitsLeft = Infinity;
    const failing = {
      ...store,
      commit: (write: Parameters<typeof store.commit>[0]) =>
        commitsLeft-- > 0 ? store.commit(write) : Promise.resolve(err({ type: 'storage-failed' } as const)),
    };
    const { laptop, refs, backUp, compacted, wait } = await aLaptop(failing, 60);
    await backUp();
    await compacted();
    wait(usualTermMs);
    commitsLeft = 1;
    expect(await compacted()).toMatchObject({ ok: false });
    const goneIn = () => Promise.all(refs.map(async (ref) => goneOf(await recordOf(laptop, ref)).length));
    const halfway = await goneIn();
    expect(new Set(halfway)).toEqual(new Set([0, 3]));
    commitsLeft = Infinity;
    await laptop.restart();
    expect(await compacted()).toEqual({ ok: true, value: halfway.filter((gone) => gone === 0).length * 3 });
    expect(new Set(await goneIn())).toEqual(new Set([3]));
  });
});
