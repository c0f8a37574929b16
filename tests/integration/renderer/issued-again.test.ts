import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { makeDatabase, type Database } from '../../../renderer/adapters/database.ts';
import { makeDexieRecordStore } from '../../../renderer/adapters/dexie-record-store.ts';
import { makeWebCryptoCipher } from '../../../renderer/adapters/webcrypto-cipher.ts';
import { unsentCount } from '../../../renderer/use-cases/push-pending.ts';
import { compartments } from '../../../shared/records/record.ts';
import { aDevice, aResident, creating } from '../../fakes/device.ts';
import { memoryEndpoint } from '../../fakes/memory-endpoint.ts';

const keys = compartments.map((c, at) => ({ c, epoch: 1, key: new Uint8Array(32).fill(at + 1) }));
const cipher = () => makeWebCryptoCipher({ device: 'd_0123456789abcdef', keys, ownKey: new Uint8Array(32).fill(9) });
let database: Database;
beforeEach(() => {
  database = makeDatabase('issued-again');
});
afterEach(() => database.delete());

/** A laptop over the real store, of which the endpoint has other work from number 3 on. */
async function copiedLaptop() {
  const endpoint = memoryEndpoint();
  const laptop = await aDevice({ store: makeDexieRecordStore(database, 'store-1'), cipher: await cipher() });
  const ref = laptop.newRef('resident');
  await laptop.save(creating(ref, aResident('Kovalenko')));
  await laptop.sync(endpoint.transport);
  const [ops = []] = endpoint.byWriter.values();
  ops.splice(2, 2, ...ops.slice(2).map((op) => ({ ...op, h: new Uint8Array(8) })));
  return { endpoint, laptop, ref };
}

it('is in the real store in one commit, and known after a restart', async () => {
  const { endpoint, laptop, ref } = await copiedLaptop();
  expect(await laptop.sync(endpoint.transport)).toMatchObject({ ok: true, value: { sent: 2 } });
  expect(laptop.told).toEqual([{ type: 'reissued', ops: 2 }]);
  expect((await laptop.restart()).alarms).toEqual([]);
  expect(unsentCount(laptop.vault)).toBe(0);
  expect(await laptop.sync(endpoint.transport)).toMatchObject({ ok: true, value: { sent: 0 } });
  expect(laptop.told).toHaveLength(1);
  expect(await laptop.valuesIn(ref)).toMatchObject({ name: { family: 'Kovalenko' }, birthDate: '1985-03-12' });
});

it('takes what a writer stands for after its operations are there, and no number twice', async () => {
  const { endpoint, laptop } = await copiedLaptop();
  await laptop.sync(endpoint.transport);
  const again = [...laptop.vault.memory.known.writers.values()].find(({ standsFor }) => standsFor !== undefined);
  const { store } = laptop.vault;
  const sealed = (await store.readWriters()).find(({ w }) => w.join() === again?.w.join());
  const manifest = await store.readManifest();
  if (sealed === undefined || manifest === undefined) throw new Error('a writer that stands for another');
  const nothing = { rows: [], ops: [], summaryDelta: null, audit: null, page: null, feed: null };
  const next = { vaultCounter: manifest.vaultCounter + 1, box: manifest.box };
  const { standsFor, ...plain } = sealed;
  expect(standsFor).toMatchObject({ after: 2 });
  expect(await store.commit({ ...nothing, writers: [plain], manifest: next })).toMatchObject({
    error: { type: 'moved' },
  });
  expect(await store.commit({ ...nothing, writers: [sealed], manifest: next })).toMatchObject({ ok: true });
});
