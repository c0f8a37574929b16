import 'fake-indexeddb/auto';
import { expect, it } from 'vitest';
import { compartments } from '../../../shared/records/record.ts';
import { makeDatabase, type Database } from '../../../renderer/adapters/database.ts';
import { makeDexieRecordStore } from '../../../renderer/adapters/dexie-record-store.ts';
import { makeWebCryptoCipher } from '../../../renderer/adapters/webcrypto-cipher.ts';
import { reconcile } from '../../../renderer/use-cases/recover-store.ts';
import { aDevice, aResident, creating } from '../../fakes/device.ts';
import { memoryEndpoint } from '../../fakes/memory-endpoint.ts';

const cipher = () =>
  makeWebCryptoCipher({
    device: 'd_0123456789abcdef',
    keys: compartments.map((c, at) => ({ c, epoch: 1, key: new Uint8Array(32).fill(at + 1) })),
    ownKey: new Uint8Array(32).fill(9),
  });
const read = async (database: Database) =>
  Promise.all(database.tables.map(async (table) => [table.name, (await table.toArray()) as object[]] as const));
async function putBack(database: Database, content: Awaited<ReturnType<typeof read>>): Promise<void> {
  for (const [name, rows] of content) {
    await database.table(name).clear();
    await database.table(name).bulkAdd(rows);
  }
}

it('a store that lost its last saves gets them from the second copy, and work and exchange go on', async () => {
  const database = makeDatabase('rolled-back');
  const open = () => makeDexieRecordStore(database, 'store-1');
  const laptop = await aDevice({ store: open(), cipher: await cipher() });
  const endpoint = memoryEndpoint();
  const refs = Array.from({ length: 4 }, () => laptop.newRef('resident'));
  const save = (at: number) => laptop.save(creating(refs[at] ?? expect.fail(), aResident(`Kovalenko ${at}`)));
  await save(0);
  await laptop.sync(endpoint.transport);
  const kept = await read(database);
  await save(1);
  await save(2);
  await laptop.sync(endpoint.transport);
  await putBack(database, kept);

  await laptop.restart(open(), await cipher());
  expect(await reconcile(laptop.vault, laptop.main.host)).toMatchObject({ ok: true, value: { restored: 8, left: 0 } });
  expect(await save(3)).toMatchObject({ ok: true });
  expect(await laptop.sync(endpoint.transport)).toMatchObject({ ok: true, value: { sent: 4 } });
  expect(laptop.main.audit).toHaveLength(4);

  const other = await aDevice({ seed: 2 });
  await other.sync(endpoint.transport);
  for (const ref of refs) expect(await laptop.valuesIn(ref)).toEqual(await other.valuesIn(ref));
  await database.delete();
});
