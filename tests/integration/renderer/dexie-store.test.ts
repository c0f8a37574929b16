import 'fake-indexeddb/auto';
import { IDBObjectStore } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { toHex, toUtf8 } from '../../../shared/kernel/bytes.ts';
import { err } from '../../../shared/kernel/result.ts';
import { compartments, type RecordRef } from '../../../shared/records/record.ts';
import { makeDatabase, type Database } from '../../../renderer/adapters/database.ts';
import { makeDexieDraftStore } from '../../../renderer/adapters/dexie-draft-store.ts';
import { makeDexieRecordStore } from '../../../renderer/adapters/dexie-record-store.ts';
import { settleCommits } from '../../../renderer/adapters/settle-commits.ts';
import { makeWebCryptoCipher } from '../../../renderer/adapters/webcrypto-cipher.ts';
import { importResidents } from '../../../renderer/use-cases/import-residents.ts';
import { openRecord } from '../../../renderer/use-cases/open-record.ts';
import type { SaveRequest } from '../../../renderer/use-cases/save-record.ts';
import { refreshSummaries } from '../../../renderer/use-cases/summaries-upkeep.ts';
import { aDevice, aName, aResident, creating } from '../../fakes/device.ts';
import { memoryEndpoint } from '../../fakes/memory-endpoint.ts';

const keys = () => compartments.map((c, at) => ({ c, epoch: 1, key: new Uint8Array(32).fill(at + 1) }));
const cipher = (device = 'd_0123456789abcdef') =>
  makeWebCryptoCipher({ device, keys: keys(), ownKey: new Uint8Array(32).fill(9) });

let database: Database;
let name = 0;
beforeEach(() => {
  name += 1;
  database = makeDatabase(`store-${name}`);
});
afterEach(() => database.delete());

const device = async () => aDevice({ store: makeDexieRecordStore(database, 'store-1'), cipher: await cipher() });

/** Everything that is in the store, as one string of hexadecimal bytes and one of text. */
async function rawStore(): Promise<string> {
  const parts = await Promise.all(database.tables.map((table) => table.toArray() as Promise<object[]>));
  return JSON.stringify(parts.flat(), (_key, value: unknown) => (value instanceof Uint8Array ? toHex(value) : value));
}

/** A put or add of this table fails from now on. */
function failAt(table: string, error: Error): () => void {
  // eslint-disable-next-line @typescript-eslint/unbound-method -- called with its own store below
  const { put, add } = IDBObjectStore.prototype;
  const fail = (original: typeof put) =>
    function (this: IDBObjectStore, ...args: Parameters<typeof put>) {
      if (this.name === table) throw error;
      return original.apply(this, args);
    };
  IDBObjectStore.prototype.put = fail(put);
  IDBObjectStore.prototype.add = fail(add);
  return () => Object.assign(IDBObjectStore.prototype, { put, add });
}

/** A save of so many records that it goes into its tables at once. */
const creatingMany = (refs: readonly RecordRef[]): SaveRequest => ({
  records: refs.flatMap((ref) => creating(ref, aResident('Shevchenko')).records),
  action: 'import',
  purpose: null,
});

describe('a save in the real store', () => {
  it.each([
    ['of one record', 1, 'commits'],
    ...['residents', 'ops', 'writers', 'summaryDeltas', 'audit', 'manifest'].map(
      (table) => ['of many records', 40, table] as const,
    ),
  ] as const)('%s is all or nothing when %s rows meet a full disk at %s', async (_what, count, table) => {
    const laptop = await device();
    const kept = laptop.newRef('resident');
    await laptop.save(creating(kept, aResident('Kovalenko')));
    await settleCommits(database);
    const before = await rawStore();
    const mend = failAt(table, new DOMException('full', 'QuotaExceededError'));
    const refs = Array.from({ length: count }, () => laptop.newRef('resident'));
    expect(await laptop.save(creatingMany(refs))).toEqual(err({ type: 'storage-full' }));
    mend();
    expect(await rawStore()).toBe(before);
    expect(refs.some(({ id }) => laptop.shown.has(id))).toBe(false);
    expect((await laptop.save(creatingMany(refs))).ok).toBe(true);
    expect((await laptop.restart()).alarms).toEqual([]);
  });

  it('calls any other failure by its own name', async () => {
    const laptop = await device();
    const mend = failAt('commits', new DOMException('gone', 'UnknownError'));
    const saved = await laptop.save(creating(laptop.newRef('resident'), aResident('Kovalenko')));
    mend();
    expect(saved).toEqual(err({ type: 'storage-failed' }));
  });

  it('is there after a restart, with nothing readable on the disk', async () => {
    const laptop = await device();
    const ref = laptop.newRef('resident');
    await laptop.save(creating(ref, { ...aResident('Canaryname'), bsn: '111222333', vNumber: 'V-canary-77' }));
    const drafts = makeDexieDraftStore(database, laptop.vault.cipher, 'u_1');
    await drafts.write('resident', 'canary draft');
    const report = await laptop.restart(undefined, await cipher());
    expect(report).toMatchObject({ unreadable: [], alarms: [], mustRefresh: false });
    expect(laptop.shown.get(ref.id)?.family).toBe('Canaryname');
    expect(await laptop.valuesIn(ref)).toMatchObject({ bsn: '111222333' });
    expect(await drafts.read('resident')).toBe('canary draft');
    const raw = await rawStore();
    for (const canary of ['Canaryname', '111222333', 'V-canary-77', 'canary draft', 'name', 'birthDate'])
      for (const form of [canary, toHex(toUtf8(canary))]) expect(raw).not.toContain(form);
  });

  it('refuses keys of another device', async () => {
    const laptop = await device();
    const ref = laptop.newRef('resident');
    await laptop.save(creating(ref, aResident('Kovalenko')));
    const report = await laptop.restart(undefined, await cipher('d_fedcba9876543210'));
    expect(report.alarms).toContain('manifest');
    expect(laptop.shown.size).toBe(0);
  });
});

describe('a damaged store', () => {
  it('reports a changed box, opens the others, and makes the row again when it is asked for', async () => {
    const laptop = await device();
    const [first, second] = [laptop.newRef('family'), laptop.newRef('family')];
    await laptop.save(creating(first, { placement: { site: null }, label: 'A' }));
    await laptop.save(creating(second, { placement: { site: null }, label: 'B' }));
    await settleCommits(database);
    await database
      .table('families')
      .where('id')
      .equals(first.id)
      .modify((row: { boxes: { core: Uint8Array } }) => {
        row.boxes.core[40] = (row.boxes.core[40] ?? 0) ^ 1;
      });
    const report = await laptop.restart();
    expect(report.unreadable).toEqual([first]);
    expect(await laptop.valuesIn(second)).toMatchObject({ label: 'B' });
    const opened = await openRecord(laptop.vault, first, null);
    expect(opened).toMatchObject({ ok: true, value: { values: { label: 'A' } } });
    expect(laptop.told).toEqual([{ type: 'rebuilt', records: [first] }]);
    expect((await laptop.restart()).unreadable).toEqual([]);
  });

  it('does not take a box from another row or an older version of a row', async () => {
    const laptop = await device();
    const [first, second] = [laptop.newRef('resident'), laptop.newRef('resident')];
    await laptop.save(creating(first, aResident('Kovalenko')));
    await laptop.save(creating(second, aResident('Shevchenko')));
    await settleCommits(database);
    const residents = database.table<{ id: string; boxes: object }, string>('residents');
    const old = await residents.get(first.id);
    const opened = await openRecord(laptop.vault, first, null);
    if (!opened.ok) throw new Error('not open');
    const edit = { field: 'callName', value: 'Lena', base: opened.value.baseOf('callName') };
    await laptop.save({ records: [{ ref: first, edits: [edit] }], action: 'edit', purpose: null });
    await settleCommits(database);
    await residents.update(second.id, { boxes: old?.boxes ?? {} });
    expect(await openRecord(laptop.vault, second, null)).toMatchObject({
      ok: true,
      value: { record: { rev: 2 }, values: { name: { family: 'Shevchenko' } } },
    });
    await residents.put(old as { id: string; boxes: object });
    expect(await openRecord(laptop.vault, first, null)).toEqual(err({ type: 'unreadable', ref: first }));
  });

  it('sees a manifest that was put back, and makes damaged list columns again from the rows', async () => {
    const laptop = await device();
    const ref = laptop.newRef('resident');
    await laptop.save(creating(ref, aResident('Kovalenko')));
    await settleCommits(database);
    const manifest = await database.manifest.get('manifest');
    await laptop.save(creating(laptop.newRef('resident'), aResident('Shevchenko')));
    await settleCommits(database);
    const newest = await database.manifest.get('manifest');
    if (manifest === undefined || newest === undefined) throw new Error('no manifest');
    await database.manifest.put({ ...manifest });
    expect((await laptop.restart()).alarms).toContain('writers');
    await database.manifest.put(newest);
    await database.summaryDeltas.toCollection().modify((row) => {
      row.box = row.box.slice(0, -1);
    });
    const report = await laptop.restart();
    expect(report.mustRefresh).toBe(true);
    await refreshSummaries(laptop.vault, () => Promise.resolve());
    expect((await laptop.restart()).vault.memory.residents.size).toBe(2);
  });
});

describe('views', () => {
  it('are in the audit log before the record is given, and block it when they cannot be', async () => {
    const laptop = await device();
    const ref = laptop.newRef('resident');
    await laptop.save(creating(ref, aResident('Kovalenko')));
    expect((await openRecord(laptop.vault, ref, 'letter')).ok).toBe(true);
    expect(laptop.main.audit.at(-1)).toMatchObject({ action: 'view', id: ref.id, purpose: 'letter' });
    await settleCommits(database);
    expect(await database.audit.count()).toBe(2);
    const mend = failAt('commits', new DOMException('full', 'QuotaExceededError'));
    expect(await openRecord(laptop.vault, ref, null)).toEqual(err({ type: 'not-opened' }));
    mend();
    expect(await openRecord(laptop.vault, laptop.newRef('resident'), null)).toEqual(err({ type: 'not-found' }));
  });
});

describe('import', () => {
  it('brings in 885 of 900 lines in few commits, shows how far it is, and takes all of it back', async () => {
    const laptop = await device();
    const lines = Array.from({ length: 900 }, (_unused, at) => ({ at, right: at % 60 !== 0 }));
    const requests = lines
      .filter(({ right }) => right)
      .map(({ at }) =>
        creating(laptop.newRef('resident'), { ...aResident(`Name${at}`), name: aName(`Name${at}`, 'I') }),
      );
    expect(requests).toHaveLength(885);
    const seen: number[] = [];
    const commitsBefore = laptop.vault.memory.known.counter;
    const report = await importResidents(
      laptop.vault,
      requests,
      (saved) => seen.push(saved),
      new AbortController().signal,
    );
    expect(report).toMatchObject({ saved: 885, error: null });
    expect(seen).toEqual([400, 800, 885]);
    expect(laptop.vault.memory.known.counter - commitsBefore).toBe(3);
    expect(laptop.shown.size).toBe(885);
    for (const request of report.undo.toReversed()) expect((await laptop.save(request)).ok).toBe(true);
    expect(laptop.vault.memory.residents.size).toBe(0);
  });

  it('keeps what stands before a refused line, and can be stopped', async () => {
    const laptop = await device();
    const requests = Array.from({ length: 320 }, (_unused, at) =>
      creating(laptop.newRef('resident'), {
        ...aResident(`N${at}`),
        ...(at === 270 ? { birthDate: '1985-02-30' } : {}),
      }),
    );
    const report = await importResidents(laptop.vault, requests, () => undefined, new AbortController().signal);
    expect(report.saved).toBe(270);
    expect(report.error).toMatchObject({ type: 'bad-value', field: 'birthDate' });
    const stop = new AbortController();
    const second = await importResidents(laptop.vault, requests.slice(271), () => stop.abort(), stop.signal);
    expect(second).toMatchObject({ saved: 49, error: null });
  });
});

describe('exchange over the real store', () => {
  it('takes pages, rows and cursor in together and goes on after a restart', async () => {
    const endpoint = memoryEndpoint();
    const other = await aDevice({ seed: 7 });
    const refs = Array.from({ length: 6 }, () => other.newRef('resident'));
    for (const ref of refs) await other.save(creating(ref, aResident('Kovalenko')));
    await other.sync(endpoint.transport);
    const laptop = await device();
    const mend = failAt('feeds', new DOMException('full', 'QuotaExceededError'));
    expect(await laptop.sync(endpoint.transport)).toEqual(err({ type: 'storage-full' }));
    mend();
    expect(laptop.shown.size + (await database.pages.count()) + (await database.table('residents').count())).toBe(0);
    expect(await laptop.sync(endpoint.transport)).toMatchObject({ ok: true, value: { received: 24 } });
    expect((await laptop.restart()).alarms).toEqual([]);
    expect(laptop.shown.size).toBe(6);
    expect(await laptop.sync(endpoint.transport)).toMatchObject({ ok: true, value: { received: 0 } });
    expect(await database.pages.count()).toBe(4);
  });
});

it('indexes ids and counters only', () => {
  const allowed = ['id', 'w', 'n', 'c', 'site', 'from', 'key', 'no', 'seq', 'm'];
  for (const { schema } of database.tables)
    for (const index of [schema.primKey, ...schema.indexes])
      for (const path of [index.keyPath].flat()) expect(allowed).toContain(path);
});
