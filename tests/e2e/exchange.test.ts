import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Point } from '../../endpoint/change-log.ts';
import { makeOwner } from '../../endpoint/database.ts';
import { startPostgres, type PostgresServer } from '../../endpoint/postgres.ts';
import { languages, type TextKey } from '../../renderer/i18n/i18n.ts';
import { ensureBuilt } from '../built-app.ts';
import { Laptop } from '../demo/laptop.ts';
import * as gate from '../demo/pages/gate.ts';
import { readGrid } from '../demo/pages/grid.ts';
import { openMenu } from '../demo/pages/menu.ts';
import * as residents from '../demo/pages/residents.ts';
import * as settings from '../demo/pages/settings.ts';
import { startFaultProxy, type Fault, type FaultProxy } from './fault-proxy.ts';

let folder: string;
let postgres: PostgresServer;
let databaseUrl: string;
let endpoint: ChildProcess;
let port = '0';
let proxy: FaultProxy;
let first: Laptop;
let second: Laptop;
const names: string[] = [];

/** The endpoint as a process; the next one listens at the same address. PostgreSQL needs a moment to miss the last one. */
async function startEndpoint(): Promise<string> {
  for (;;) {
    endpoint = fork('tests/e2e/mortal-endpoint.ts', [path.join(folder, 'endpoint'), port, databaseUrl], {
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    const [told] = (await Promise.race([once(endpoint, 'message'), once(endpoint, 'exit')])) as [unknown];
    if (typeof told !== 'object' || told === null || !('url' in told)) continue;
    ({ port } = new URL(String(told.url)));
    return String(told.url);
  }
}

async function invite(): Promise<string> {
  endpoint.send('invite');
  const [{ code }] = (await once(endpoint, 'message')) as [{ code: string }];
  return code;
}

async function openLaptop(name: string): Promise<Laptop> {
  const laptop = await Laptop.open({ profile: path.join(folder, name) });
  await gate.takeIntoUse(laptop, name, `zeven groene fietsen van ${name}`);
  return laptop;
}

/** One more resident on the first laptop, under a name that nobody has. */
async function registerNext(): Promise<void> {
  const family = ['Adamenko', 'Bilyk', 'Chumak', 'Didenko', 'Fedoriv', 'Hnatiuk', 'Ivasiuk', 'Klymenko'][names.length];
  if (family === undefined) throw new Error('no name left');
  const person = { family, given: 'Olha', familyCyrillic: 'Ім’я', givenCyrillic: 'Ольга', sex: 'F' } as const;
  await residents.registerResident(first, { ...person, birthDate: '12-3-1985' });
  names.push(`${family}, Olha`);
}

async function listOf(laptop: Laptop): Promise<readonly string[]> {
  await openMenu(laptop, 'residents');
  return readGrid(residents.residentGrid(laptop));
}

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'onderdak-exchange-'));
  // As root PostgreSQL runs as a user of its own, who has to pass through here.
  chmodSync(folder, 0o711);
  await ensureBuilt();
  [postgres, first, second] = await Promise.all([
    startPostgres(path.join(folder, 'database'), () => undefined),
    openLaptop('Anna'),
    openLaptop('Pieter'),
  ]);
  databaseUrl = await makeOwner(postgres.adminUrl);
  proxy = await startFaultProxy(await startEndpoint());
});
afterAll(async () => {
  await Promise.all([first.shell.kill(), second.shell.kill(), proxy.close()]);
  endpoint.kill('SIGKILL');
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe('two laptops and an endpoint that answers badly', () => {
  it('joins with a code that works once', async () => {
    const code = await invite();
    await settings.connect(first, proxy.url, code);
    await openMenu(second, 'settings');
    await settings.fillConnection(second, proxy.url, code);
    await second.button('settings:connection.connect').click();
    await second.text('settings:connection.refusedCode').waitFor();
    await settings.connect(second, proxy.url, await invite());
    await registerNext();
    await settings.sendAll(first);
  });

  it.each<[Fault, TextKey]>([
    ['html', 'sync:state.portal'],
    ['broken', 'sync:state.retry'],
    ['half', 'sync:state.retry'],
    ['unsigned', 'sync:state.unknownEndpoint'],
  ])('says what is the matter when the answer is %s, loses nothing and sends all afterwards', async (fault, text) => {
    proxy.set(fault);
    await registerNext();
    await settings.sendNow(first);
    for (const language of languages) {
      await first.speak(language);
      await first.text(text).waitFor();
    }
    await first.speak('nl');
    // While it tries again by itself it says so.
    await expect.poll(() => settings.readSyncStatus(first), { timeout: 30_000 }).toMatch(/wacht(en)? op verzenden/);
    proxy.set('none');
    await settings.sendAll(first);
    await first.text(text).waitFor({ state: 'detached' });
  });

  it.each<Point>(['before_commit', 'after_commit'])(
    'sends the same batch again when the endpoint dies in the middle of it, %s',
    async (point) => {
      const died = once(endpoint, 'exit');
      endpoint.send({ dieAt: point });
      await registerNext();
      await settings.sendNow(first);
      expect(await died).toEqual([null, 'SIGKILL']);
      await first.page
        .getByRole('status')
        .getByText(/lukt nu niet|Geen verbinding/)
        .waitFor();
      await startEndpoint();
      await settings.sendAll(first);
    },
  );

  it('shows the same on both, everybody once', async () => {
    await settings.sendAll(second);
    const [one, two] = [await listOf(first), await listOf(second)];
    expect(two).toEqual(one);
    expect(one.map((line) => line.split(' | ')[1])).toEqual(names);
  });
});
