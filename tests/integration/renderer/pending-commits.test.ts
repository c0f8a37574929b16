import 'fake-indexeddb/auto';
import { IDBObjectStore } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { err, ok } from '../../../shared/kernel/result.ts';
import type { RecordRef } from '../../../shared/records/record.ts';
import { makeDatabase, type Database } from '../../../renderer/adapters/database.ts';
import { makeDexieRecordStore } from '../../../renderer/adapters/dexie-record-store.ts';
import { settleCommits, settleSome } from '../../../renderer/adapters/settle-commits.ts';
import { openRecord } from '../../../renderer/use-cases/open-record.ts';
import { unsentCount } from '../../../renderer/use-cases/push-pending.ts';
import { foldSummaries } from '../../../renderer/use-cases/summaries-upkeep.ts';
import { aDevice, aResident, creating, type Device } from '../../fakes/device.ts';
import { memoryEndpoint } from '../../fakes/memory-endpoint.ts';

let database: Database;
let names = 0;
beforeEach(() => {
  database = makeDatabase(`pending-${String((names += 1))}`);
});
afterEach(() => database.delete());

const open = () => makeDexieRecordStore(database, 'store-1');
const pending = () => database.commits.count();

/** From now on the disk is full for this table; gives it room again. */
function fill(table: string): () => void {
  // eslint-disable-next-line @typescript-eslint/unbound-method -- called with its own store below
  const { put, add, delete: remove } = IDBObjectStore.prototype;
  const full = <Args extends unknown[], Answer>(original: (this: IDBObjectStore, ...args: Args) => Answer) =>
    function (this: IDBObjectStore, ...args: Args): Answer {
      if (this.name === table) throw new DOMException('full', 'QuotaExceededError');
      return original.apply(this, args);
    };
  Object.assign(IDBObjectStore.prototype, { put: full(put), add: full(add), delete: full(remove) });
  return () => Object.assign(IDBObjectStore.prototype, { put, add, delete: remove });
}

const box = new Uint8Array(1);
/** A write of nothing but a view, which follows the counter before. */
const next = (vaultCounter: number) => ({
  ...{ rows: [], ops: [], writers: [], summaryDelta: null, page: null, feed: null },
  audit: { seq: 1_000 + vaultCounter, box },
  manifest: { vaultCounter, box },
});

async function rename(laptop: Device, ref: RecordRef, callName: string) {
  const opened = await openRecord(laptop.vault, ref, null);
  if (!opened.ok) throw new Error('not open');
  const edits = [{ field: 'callName', value: callName, base: opened.value.baseOf('callName') }];
  return laptop.save({ records: [{ ref, edits }], action: 'edit', purpose: null });
}

/** A laptop with two people, edits, views and a move, all of it pending. */
async function aBusyLaptop() {
  const laptop = await aDevice({ store: open() });
  const [first, second] = [laptop.newRef('resident'), laptop.newRef('resident')];
  const site = laptop.newRef('site').id;
  await laptop.save(creating(first, aResident('Kovalenko')));
  await laptop.save(creating(second, { ...aResident('Shevchenko'), bsn: '111222333' }));
  expect(await rename(laptop, first, 'Lena')).toMatchObject({ ok: true });
  const moved = await openRecord(laptop.vault, second, null);
  if (!moved.ok) throw new Error('not open');
  const placed = { field: 'placement', value: { site }, base: moved.value.baseOf('placement') };
  expect(
    await laptop.save({ records: [{ ref: second, edits: [placed] }], action: 'edit', purpose: null }),
  ).toMatchObject({ ok: true });
  return { laptop, first, second, site };
}

/** What a laptop knows after a start on this store. */
async function knownAfterStart(laptop: Device) {
  const report = await laptop.restart(open());
  expect(report).toMatchObject({ alarms: [], unreadable: [], mustRefresh: false });
  const { store } = laptop.vault;
  return {
    shown: [...laptop.shown.values()].sort((a, b) => (a.id < b.id ? -1 : 1)),
    unsent: unsentCount(laptop.vault),
    counts: await store.counts(),
    departures: await store.readDepartures(),
    counter: laptop.vault.memory.known.counter,
  };
}

describe('a crash', () => {
  it('before anything was carried into the tables loses nothing, nor does one after it', async () => {
    const { laptop, first, second } = await aBusyLaptop();
    expect(await pending()).toBe(6);
    expect(await database.table('residents').count()).toBe(0);
    const before = await knownAfterStart(laptop);
    expect(before.shown.map(({ family }) => family).sort()).toEqual(['Kovalenko', 'Shevchenko']);
    expect(before.departures).toHaveLength(1);
    await settleCommits(database);
    expect(await pending()).toBe(0);
    expect(await knownAfterStart(laptop)).toEqual(before);
    expect(await laptop.valuesIn(first)).toMatchObject({ callName: 'Lena' });
    expect(await laptop.valuesIn(second)).toMatchObject({ bsn: '111222333' });
  });

  it.each(['residents', 'ops', 'writers', 'summaryDeltas', 'audit', 'departures', 'manifest', 'commits'])(
    'in the middle of carrying them, at %s, leaves all of them pending',
    async (table) => {
      const { laptop } = await aBusyLaptop();
      const before = await knownAfterStart(laptop);
      const mend = fill(table);
      await expect(settleCommits(database)).rejects.toThrow();
      expect(await knownAfterStart(laptop)).toEqual(before);
      mend();
      expect(await pending()).toBe(6);
      for (const name of ['residents', 'ops', 'writers', 'summaryDeltas', 'audit', 'departures', 'manifest'])
        expect([name, await database.table(name).count()]).toEqual([name, 0]);
      await settleCommits(database);
      expect(await knownAfterStart(laptop)).toEqual(before);
    },
  );

  it('between two turns of many leaves some settled and the others pending', async () => {
    const laptop = await aDevice({ store: open() });
    const refs = Array.from({ length: 130 }, () => laptop.newRef('resident'));
    for (const ref of refs) await laptop.save(creating(ref, aResident('Kovalenko')));
    const before = await knownAfterStart(laptop);
    const stop = fill('commits');
    await expect(settleCommits(database)).rejects.toThrow();
    stop();
    expect(await pending()).toBe(130);
    // The first turn succeeds, and the power goes before the second.
    expect(await settleSome(database)).toBe(true);
    expect(await pending()).toBeGreaterThan(0);
    expect(await database.table('residents').count()).toBeGreaterThan(0);
    expect(await knownAfterStart(laptop)).toEqual(before);
  });
});

describe('two windows', () => {
  it('hear of each other in both directions, whoever settles', async () => {
    const { laptop: one, first, second } = await aBusyLaptop();
    const other = await aDevice({ store: open(), seed: 2, host: one.main.host });
    const counter = one.vault.memory.known.counter;
    expect(other.vault.memory.known.counter).toBe(counter);

    // Each edits what the other one has just edited: it starts again from the record as it is now.
    expect(await rename(other, first, 'Olenka')).toMatchObject({ ok: true });
    expect(await rename(one, first, 'Lenotsjka')).toMatchObject({ ok: true });
    await settleCommits(database);
    expect(await rename(other, second, 'Taras')).toMatchObject({ ok: true });
    expect(await rename(one, second, 'Tarasik')).toMatchObject({ ok: true });
    for (const device of [one, other]) {
      expect(await device.valuesIn(first)).toMatchObject({ callName: 'Lenotsjka' });
      expect(await device.valuesIn(second)).toMatchObject({ callName: 'Tarasik' });
    }
    const report = await one.restart(open());
    expect(report).toMatchObject({ alarms: [], unreadable: [] });
    expect(one.vault.memory.known.counter).toBe(counter + 8);
  });

  it('a write that follows what is not the last one any more is refused, pending or settled', async () => {
    const { laptop } = await aBusyLaptop();
    const store = open();
    const counter = laptop.vault.memory.known.counter;
    const moved = err({ type: 'moved', ref: null });
    for (let round = 0; round < 2; round++) {
      expect(await store.commit(next(counter))).toEqual(moved);
      expect(await store.commit(next(counter + 2))).toEqual(moved);
      await settleCommits(database);
    }
    expect(await store.commit(next(counter + 1))).toEqual(ok(undefined));
    expect(await open().commit(next(counter + 2))).toEqual(ok(undefined));
    // This one saw number 1 and not number 2.
    expect(await store.commit(next(counter + 2))).toEqual(moved);
    expect(await store.commit({ ...next(counter + 3), audit: { seq: 5, box } })).toEqual(moved);
    expect(await store.commit(next(counter + 3))).toEqual(ok(undefined));
    // Also right after a write of its own.
    expect(await store.commit({ ...next(counter + 4), audit: { seq: 5, box } })).toEqual(moved);
  });

  it('what one saw of a record or a writer before the other wrote says nothing afterwards', async () => {
    const [one, other] = [open(), open()];
    const ref: RecordRef = { kind: 'family', id: '00000000-0000-4000-8000-000000000001' };
    const w = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8);
    const row = (rev: number) => ({ rows: [{ ref, rev, deleted: false, boxes: { core: box } }] });
    const writer = (last: number) => ({
      writers: [{ w, c: 'core' as const, user: 'u_1', next: last + 1, acked: 0, archived: 0, box }],
      ops: [{ w, c: 'core' as const, n: last, box }],
    });
    expect(await one.commit({ ...next(1), ...row(1), ...writer(1) })).toEqual(ok(undefined));
    expect(await one.read(ref)).toMatchObject({ rev: 1 });
    expect(await other.commit({ ...next(2), ...row(2), ...writer(2) })).toEqual(ok(undefined));
    // The counter was heard of, the row and the writer were not.
    expect(await one.commit({ ...next(3), ...row(2) })).toEqual(err({ type: 'moved', ref }));
    expect(await one.commit({ ...next(3), ...writer(2) })).toEqual(err({ type: 'moved', ref: null }));
    expect(await one.commit({ ...next(3), ...row(3), ...writer(3) })).toEqual(ok(undefined));
  });

  it('what the endpoint confirmed stays, also where a window that did not hear of it writes', async () => {
    const store = open();
    const w = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8);
    const writer = (last: number) => ({
      writers: [{ w, c: 'core' as const, user: 'u_1', next: last + 1, acked: 0, archived: 0, box }],
      ops: [{ w, c: 'core' as const, n: last, box }],
    });
    expect(await store.commit({ ...next(1), ...writer(1) })).toEqual(ok(undefined));
    expect(await store.acknowledge(w, 1, 1)).toEqual(ok(undefined));
    expect(await store.commit({ ...next(2), ...writer(2) })).toEqual(ok(undefined));
    const confirmed = [{ next: 3, acked: 1, archived: 1 }];
    expect(await store.readWriters()).toMatchObject(confirmed);
    await settleCommits(database);
    expect(await store.readWriters()).toMatchObject(confirmed);
  });
});

describe('a full disk', () => {
  it('keeps what was saved readable, and is told by whatever needs the tables', async () => {
    const { laptop, first } = await aBusyLaptop();
    const mend = fill('ops');
    const full = err({ type: 'storage-full' });
    expect(await laptop.sync(memoryEndpoint().transport)).toEqual(full);
    expect(await foldSummaries(laptop.vault)).toEqual(full);
    expect(await laptop.vault.store.replaceOps([])).toEqual(full);
    expect(await rename(laptop, first, 'Olenka')).toMatchObject({ ok: true });
    expect(await laptop.valuesIn(first)).toMatchObject({ callName: 'Olenka' });
    mend();
    const unsent = unsentCount(laptop.vault);
    expect(await laptop.sync(memoryEndpoint().transport)).toMatchObject({ ok: true, value: { sent: unsent } });
    expect(await pending()).toBe(0);
    expect(await laptop.valuesIn(first)).toMatchObject({ callName: 'Olenka' });
  });
});

describe('the time of carrying over', () => {
  it('comes when nothing else happens, and begins anew with every save', async () => {
    const waiting = new Set<() => void>();
    const store = makeDexieRecordStore(database, 'store-1', (work) => {
      waiting.add(work);
      return () => waiting.delete(work);
    });
    const laptop = await aDevice({ store });
    for (let at = 0; at < 3; at++) {
      await laptop.save(creating(laptop.newRef('resident'), aResident('Kovalenko')));
      expect(waiting.size).toBe(1);
    }
    expect(await pending()).toBe(3);
    for (const work of waiting) work();
    expect(await store.settle()).toEqual(ok(undefined));
    expect(await pending()).toBe(0);
    expect((await laptop.restart(store)).alarms).toEqual([]);
    expect(laptop.shown.size).toBe(3);
  });

  it('comes without that when there are two hundred', async () => {
    const laptop = await aDevice({ store: open() });
    const ref = laptop.newRef('resident');
    await laptop.save(creating(ref, aResident('Kovalenko')));
    for (let at = 1; at < 199; at++) expect((await openRecord(laptop.vault, ref, null)).ok).toBe(true);
    expect(await pending()).toBe(199);
    expect((await openRecord(laptop.vault, ref, null)).ok).toBe(true);
    await expect.poll(pending).toBe(0);
    expect(await database.audit.count()).toBe(200);
    expect((await laptop.restart(open())).alarms).toEqual([]);
  });

  it('comes before a save of many records, which is not kept in one row', async () => {
    const { laptop } = await aBusyLaptop();
    const refs = Array.from({ length: 40 }, () => laptop.newRef('resident'));
    const records = refs.flatMap((ref) => creating(ref, aResident('Bondar')).records);
    expect(await laptop.save({ records, action: 'import', purpose: null })).toMatchObject({ ok: true });
    expect(await pending()).toBe(0);
    expect(await database.table('residents').count()).toBe(42);
    expect((await laptop.restart(open())).alarms).toEqual([]);
    expect(laptop.shown.size).toBe(42);
  });
});
