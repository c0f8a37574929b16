import { argon2id } from '@noble/hashes/argon2.js';
import { afterEach, expect, it } from 'vitest';
import { toHex, toUtf8 } from '../../shared/kernel/bytes.ts';
import { compartments } from '../../shared/records/record.ts';
import { makeDatabase } from '../../renderer/adapters/database.ts';
import { makeDexieRecordStore } from '../../renderer/adapters/dexie-record-store.ts';
import { makeKeyDerivation } from '../../renderer/adapters/key-derivation.ts';
import { makeWebCryptoCipher } from '../../renderer/adapters/webcrypto-cipher.ts';
import { aDevice, aResident, creating } from '../fakes/device.ts';

const name = 'store-browser';
afterEach(() => makeDatabase(name).delete());

const cipher = () =>
  makeWebCryptoCipher({
    device: 'd_0123456789abcdef',
    keys: compartments.map((c, at) => ({ c, epoch: 1, key: new Uint8Array(32).fill(at + 1) })),
    ownKey: new Uint8Array(32).fill(9),
  });

const promised = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(new Error('read failed'));
  });

/** Every value of the store, read without Dexie. */
async function rawValues(): Promise<string> {
  const database = await promised(indexedDB.open(name));
  const parts: unknown[] = [];
  for (const store of database.objectStoreNames) {
    const table = database.transaction(store).objectStore(store);
    parts.push(store, await promised(table.getAllKeys()), await promised(table.getAll()));
    for (const index of table.indexNames) parts.push(await promised(table.index(index).getAllKeys()));
  }
  database.close();
  return JSON.stringify(parts, (_key, value: unknown) => (value instanceof Uint8Array ? toHex(value) : value));
}

it('saves durably in Chromium, opens again, and leaves nothing readable', async () => {
  const durabilities = new Set<unknown>();
  // eslint-disable-next-line @typescript-eslint/unbound-method -- called with its own database below
  const original = IDBDatabase.prototype.transaction;
  IDBDatabase.prototype.transaction = function (stores, mode, options) {
    if (mode === 'readwrite') durabilities.add(options?.durability);
    return original.call(this, stores, mode, options);
  };
  const database = makeDatabase(name);
  const laptop = await aDevice({ store: makeDexieRecordStore(database, 'store-1'), cipher: await cipher() });
  const ref = laptop.newRef('resident');
  const saved = await laptop.save(
    creating(ref, { ...aResident('Canaryqzx'), bsn: '111222333', vNumber: 'V-canary-77', phones: ['06 canary'] }),
  );
  IDBDatabase.prototype.transaction = original;
  expect(saved.ok).toBe(true);
  expect([...durabilities]).toEqual(['strict']);
  database.close();

  const reopened = makeDatabase(name);
  const report = await laptop.restart(makeDexieRecordStore(reopened, 'store-1'), await cipher());
  expect(report).toMatchObject({ unreadable: [], alarms: [] });
  expect(laptop.shown.get(ref.id)?.family).toBe('Canaryqzx');
  expect(await laptop.valuesIn(ref)).toMatchObject({ bsn: '111222333' });
  reopened.close();

  const raw = await rawValues();
  expect(raw).toContain(ref.id);
  for (const canary of ['Canaryqzx', '111222333', 'V-canary-77', '06 canary', 'birthDate', 'Olena'])
    for (const form of [canary, toHex(toUtf8(canary))]) expect(raw).not.toContain(form);
});

it('binds a box to its place and keeps its keys', async () => {
  const sealer = await cipher();
  const place = { table: 'residents', id: 'a', compartment: 'core', rev: 1 } as const;
  const box = await sealer.seal(place, toUtf8('text'));
  expect(await sealer.open(place, box)).toEqual({ ok: true, value: toUtf8('text') });
  const elsewhere = [
    { ...place, table: 'families' },
    { ...place, id: 'b' },
    { ...place, rev: 2 },
    { ...place, compartment: 'finance' as const },
    { ...place, compartment: 'own' as const },
    { ...place, table: 'summaries' },
  ];
  for (const other of elsewhere) expect((await sealer.open(other, box)).ok).toBe(false);
  const again = await sealer.seal(place, toUtf8('text'));
  expect(toHex(again)).not.toBe(toHex(box));
  expect(again.length).toBe(box.length);
});

it('derives the key of a passphrase in a worker', async () => {
  const salt = new Uint8Array(16).fill(3);
  const derivation = makeKeyDerivation();
  const key = await derivation.derive('cafe\u0301 correct horse', { m: 19_456, t: 1, salt });
  const expected = argon2id(toUtf8('caf\u00e9 correct horse'), salt, { m: 19_456, t: 1, p: 1, dkLen: 32 });
  expect(toHex(key)).toBe(toHex(expected));
});
