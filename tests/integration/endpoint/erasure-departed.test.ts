import 'fake-indexeddb/auto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { inflate } from '../../../endpoint/server-key.ts';
import type { Database } from '../../../renderer/adapters/database.ts';
import { makeSyncTransport } from '../../../renderer/adapters/host-client.ts';
import { graceMs } from '../../../renderer/use-cases/departed-records.ts';
import { decodePage } from '../../../shared/sync/page.ts';
import { clearCipher } from '../../fakes/clear-cipher.ts';
import { aDevice, aResident, creating, sha256 } from '../../fakes/device.ts';
import { enrol, startHost, temporaryFolder } from '../main/main-fixtures.ts';
import { freshStore } from '../renderer/lost-laptop.ts';
import { ownEndpoint } from './own-endpoint.ts';
import { newRecord, runCommand } from './test-device.ts';

const own = await ownEndpoint();
const canary = 'Qx7Kanarievogel94';

/** A laptop whose boxes can be read, at the real endpoint, for these sites. */
async function laptop(seed: number, sites: readonly string[] | '*') {
  const userData = temporaryFolder();
  const main = await startHost(userData);
  const { user } = await enrol(main, 'Anna', seed);
  await main.host['sync:enrol']({ url: own.endpoint.url, code: await own.endpoint.invite({ sites }) });
  const { database, store } = freshStore();
  const device = await aDevice({ store, cipher: clearCipher(), host: main.host, user, seed });
  const sync = async () => {
    const done = await device.sync(makeSyncTransport(main.host), sites === '*' ? ['*'] : sites);
    if (!done.ok) throw new Error(done.error.type);
  };
  const held = async () => `${filesOf(userData)}${await tablesOf(database)}${await pagesOf(database)}`;
  return { device, sync, held };
}

const filesOf = (userData: string) =>
  readdirSync(path.join(userData, 'journal'))
    .map((name) => readFileSync(path.join(userData, 'journal', name)).toString('latin1'))
    .join('');
const asText = (_key: string, value: unknown) =>
  value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value;
async function tablesOf(database: Database): Promise<string> {
  return JSON.stringify(
    await Promise.all(database.tables.map((table) => table.toArray() as Promise<object[]>)),
    asText,
  );
}
async function pagesOf(database: Database): Promise<string> {
  const pages = (await database.table('pages').toArray()) as { readonly box: Uint8Array }[];
  return JSON.stringify(
    pages.map(({ box }) => {
      const page = decodePage(box.subarray(1 + (box[0] ?? 0)), { sha256, inflate, verify: () => true });
      if (!page.ok) throw new Error(page.error.type);
      return page.value.entries;
    }),
    asText,
  );
}

it.each([
  ['a whole record', '', 1],
  ['a field', '/arrival', 3],
])('reaches whoever wrote %s and has it no more, since it went on to another site', async (_what, field, seed) => {
  const [here, elsewhere] = [newRecord().text, newRecord().text];
  const [author, other] = [await laptop(seed, [here]), await laptop(seed + 1, '*')];
  const ref = author.device.newRef('resident');
  const values = { ...aResident('Kovalenko', here), arrival: { date: '2026-01-10', from: canary } };
  expect((await author.device.save(creating(ref, values))).ok).toBe(true);
  await author.sync();
  await author.sync();
  await other.sync();
  const [placed] = (await other.device.opsIn(ref)).filter(({ f }) => f === 'placement');
  if (placed === undefined) return expect.fail('it did not come');
  const edits = [{ field: 'placement', value: { site: elsewhere }, base: [{ w: placed.w, n: placed.n }] }];
  await other.device.save({ records: [{ ref, edits }], action: 'edit', purpose: null });
  await other.sync();
  await author.sync();
  author.device.clock.set({ ms: author.device.clock.nowMs() + graceMs });
  await author.sync();
  expect(await author.device.vault.store.read(ref)).toBeUndefined();
  expect(await author.held()).toContain(canary);

  const erased = await runCommand(own.data, 'erase', `resident/${ref.id}${field}`, 'asked for');
  expect(erased.lines[0]).toMatch(/^\d+ operations? lost their value/);
  await author.sync();
  await author.sync();
  expect(await author.held()).not.toContain(canary);
  // It is no record of that site again, and the exchange goes on.
  expect(await author.device.vault.store.read(ref)).toBeUndefined();
  expect(author.device.shown.has(ref.id)).toBe(false);
  await author.device.save(creating(author.device.newRef('resident'), aResident('Bondar', here)));
  await author.sync();
  await other.sync();
  expect(await other.held()).not.toContain(canary);
});
