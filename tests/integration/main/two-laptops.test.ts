import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import type { OpenHost } from '../../../electron/host.ts';
import { randomOf, sha256 } from '../../../electron/node-crypto.ts';
import { startEndpoint } from '../../../endpoint/start-endpoint.ts';
import { toHex } from '../../../shared/kernel/bytes.ts';
import { recordIdBytes } from '../../../shared/kernel/ids.ts';
import type { Response } from '../../../shared/ipc-contract.ts';
import { chainAfter, chainStart } from '../../../shared/sync/chain.ts';
import type { Change } from '../../../shared/sync/change.ts';
import { ownEndpoint } from '../endpoint/own-endpoint.ts';
import { makeDataFolder } from '../endpoint/test-device.ts';
import { aChange } from '../../unit/sync/sync-fixtures.ts';
import { enrol, startHost, temporaryFolder } from './main-fixtures.ts';

const own = await ownEndpoint();

type Page = Extract<Response<'sync:pull'>, { entries: unknown }>;
async function pull({ host }: OpenHost, site: string): Promise<Page> {
  const page = await host['sync:pull']({ site, c: 'core', pos: 0, h: new Uint8Array(32) });
  return 'failed' in page ? expect.fail(page.failed) : page;
}

it('what one laptop sends, another receives, and nothing of it is left in the files of either', async () => {
  const folders = [temporaryFolder(), temporaryFolder()] as const;
  const sender = await startHost(folders[0]);
  const receiver = await startHost(folders[1]);
  const author = await enrol(sender, 'Canariemerk Verzender');
  await enrol(receiver, 'Canariemerk Ontvanger');
  for (const { host } of [sender, receiver])
    expect(await host['sync:enrol']({ url: own.endpoint.url, code: await own.endpoint.invite() })).toEqual({
      sites: ['*'],
    });
  expect(await sender.host['sync:enrol']({ url: own.endpoint.url, code: 'AAAA-BBBB' })).toEqual({ refused: 'code' });

  const [site, resident] = [randomUUID(), randomUUID()];
  const w = randomOf(8);
  const x: Change['x'] = [randomOf(8), 2];
  const edit = (n: number, f: string, v: Change['v'] & object): Change =>
    aChange({ w, n, f, v, x, id: recordIdBytes(resident), u: author.user, salt: randomOf(8) });
  const ops = [edit(1, 'placement', { site }), edit(2, 'name', { family: 'Canarienaam', given: 'Olena' })];
  const batch = { user: author.user, c: 'core' as const, prev: Uint8Array.from(chainStart(w, sha256)), ops };
  // Twice: the second time changes nothing.
  for (let time = 0; time < 2; time++)
    expect(await sender.host['sync:push'](batch)).toMatchObject({ w, n: 2, held: [] });

  const page = await pull(receiver, site);
  expect(page).toMatchObject({ from: 1, more: false });
  const received = page.entries.flatMap((entry) => (entry.kind === 'op' ? [entry.op] : []));
  expect(received).toEqual(ops);

  const h = chainAfter(chainStart(w, sha256), ops, sha256);
  const hello = await sender.host['sync:hello']({
    writers: [{ w, n: 2, h: Uint8Array.from(h) }],
    feeds: [],
    vaultCounter: 1,
    seen: [],
  });
  if ('failed' in hello) return expect.fail(hello.failed);
  expect(hello).toMatchObject({ status: 'active', writers: [{ n: 2, at: 2 }] });
  expect(toHex(hello.writers[0]?.h ?? new Uint8Array(0))).toBe(toHex(h));
  expect(hello.feeds).toContainEqual({ site, c: 'core', state: 'new', head: page.to, archived: 0 });
  const feed = { site, c: 'core' as const, pos: page.to, h: page.h };
  expect(await receiver.host['sync:hello']({ writers: [], feeds: [feed], vaultCounter: 1, seen: [] })).toMatchObject({
    feeds: [{ site, state: 'ok' }],
  });
  expect(await receiver.host['sync:pull'](feed)).toMatchObject({ from: page.to + 1, to: page.to, entries: [] });

  for (const folder of folders)
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || entry.name === 'ballast.bin') continue;
      const bytes = readFileSync(path.join(entry.parentPath, entry.name));
      for (const text of ['Canariemerk', 'Canarienaam', 'family', resident]) expect(bytes.includes(text)).toBe(false);
    }
});

it('an endpoint that was stopped is offline, and nothing is taken for sent', async () => {
  const other = await makeDataFolder();
  const short = await startEndpoint({ data: other.path, allowReducedProtection: true });
  const { host, ...rest } = await startHost(temporaryFolder());
  const { user } = await enrol({ host, ...rest });
  expect(await host['sync:enrol']({ url: short.url, code: await short.invite() })).toEqual({ sites: ['*'] });
  await short.stop();
  await other.remove();
  const w = randomOf(8);
  const ops = [aChange({ w, u: user })];
  expect(await host['sync:push']({ user, c: 'core', prev: Uint8Array.from(chainStart(w, sha256)), ops })).toEqual({
    failed: 'offline',
    retryAfterMs: 0,
  });
});

it('reduced protection is refused where it is not allowed', async () => {
  const other = await makeDataFolder();
  const strict = await startEndpoint({ data: other.path });
  const device = await startHost(temporaryFolder());
  await enrol(device);
  const answer = await device.host['sync:enrol']({ url: strict.url, code: await strict.invite() });
  await strict.stop();
  await other.remove();
  expect(answer).toEqual({ refused: 'protection' });
  expect(await device.host['sync:status']()).toMatchObject({ endpoint: null });
});
