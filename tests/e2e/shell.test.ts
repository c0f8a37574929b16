import {
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'vite';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { preloadBuild } from '../../electron.vite.config.ts';
import { startShell, type Shell, type ShellOptions } from '../shell.ts';

/** The fixture's page asks what only a script of a page can ask: an evaluated one is not held by the policy. */
const probe = (page: Page, name: string, ...args: unknown[]): Promise<unknown> =>
  page.evaluate(
    ([asked, given]) => {
      const found = (window as unknown as { probes: Record<string, unknown> }).probes[asked];
      return typeof found === 'function' ? (found as (...given: unknown[]) => unknown)(...given) : found;
    },
    [name, args] as const,
  );
const ask = (page: Page, channel: string, request?: unknown): Promise<unknown> =>
  page.evaluate(
    ([asked, given]) =>
      (window as unknown as { host: Record<string, (request: unknown) => unknown> }).host[asked]?.(given),
    [channel, request] as const,
  );

let folder = '';
const started: Shell[] = [];
const profile = (name: string) => path.join(folder, name);
async function start(options: Omit<ShellOptions, 'appPath'>): Promise<Shell> {
  const shell = await startShell({ ...options, appPath: folder });
  started.push(shell);
  return shell;
}

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'onderdak-shell-'));
  copyFileSync('package.json', path.join(folder, 'package.json'));
  mkdirSync(path.join(folder, 'out'));
  cpSync('tests/fixtures/shell-page', path.join(folder, 'out/renderer'), { recursive: true });
  await build({
    configFile: false,
    logLevel: 'error',
    define: preloadBuild.define,
    build: {
      rollupOptions: preloadBuild.build.rollupOptions,
      outDir: path.join(folder, 'out/preload'),
      ssr: true,
      target: 'chrome144',
    },
  });
});
afterEach(async () => {
  await Promise.all(started.splice(0).map((shell) => shell.kill()));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('the page', () => {
  it('runs under its policy, its key worker under another, and neither reaches a network', async () => {
    const page = await (await start({ profile: profile('policy') })).page();
    expect(await page.evaluate(() => isSecureContext)).toBe(true);
    expect(await probe(page, 'eval')).toBe('EvalError');
    expect(await probe(page, 'newFunction')).toBe('EvalError');
    expect(await probe(page, 'wasm')).toBe('CompileError');
    expect(await probe(page, 'innerHtml')).toBe('TypeError');
    expect(await probe(page, 'foreignFetch')).toBe('TypeError');
    expect(await probe(page, 'foreignImage')).toBe('blocked');
    expect(await probe(page, 'ownFetch')).toBe('allowed');
    expect(await probe(page, 'keyWorker')).toEqual({ wasm: 'allowed', fetch: 'TypeError' });
    expect(await probe(page, 'otherWorker')).toEqual({ wasm: 'CompileError', fetch: 'TypeError' });
  });

  it('gets no permission', async () => {
    const page = await (await start({ profile: profile('permissions') })).page();
    for (const name of ['geolocation', 'notifications', 'camera', 'microphone', 'clipboard-read']) {
      expect(await probe(page, 'permission', name), name).toBe('denied');
    }
    expect(await probe(page, 'microphone')).toMatch(/^Not(Allowed|Found)Error$/);
  });

  it('stays where it is and alone', async () => {
    const shell = await start({ profile: profile('alone') });
    const page = await shell.page();
    expect(await probe(page, 'openWindow')).toBeNull();
    const second = shell.context.waitForEvent('page');
    await page.locator('#second').click();
    const closed = await second;
    if (!closed.isClosed()) await closed.waitForEvent('close');
    const refused = page.waitForEvent('requestfailed');
    await page.locator('#away').click();
    expect((await refused).url()).toBe('https://example.org/');
    expect(shell.context.pages()).toEqual([page]);
    expect(page.url()).toBe('https://onderdak.invalid/');
    expect(await probe(page, 'hostAtFirstScript')).toBe('object');
  });

  it('has functions of the contract and no way around them', async () => {
    const page = await (await start({ profile: profile('bridge') })).page();
    const found = await page.evaluate(() => {
      const { host, hostEvents } = window as unknown as Record<'host' | 'hostEvents', Record<string, unknown>>;
      const kinds = (api: Record<string, unknown>) => new Set(Object.values(api).map((value) => typeof value));
      return {
        kinds: [...kinds(host), ...kinds(hostEvents)],
        extra: ['require', 'process', 'ipcRenderer', 'standInBinding'].filter((name) => name in window),
      };
    });
    expect(found).toEqual({ kinds: ['function', 'function'], extra: [] });
    expect(await ask(page, 'app:info')).toMatchObject({ version: '0.1.0', protection: 'reduced' });
  });
});

describe('questions to the main process', () => {
  it('are refused by form, and a failure carries no message', async () => {
    const shell = await start({ profile: profile('form') });
    const page = await shell.page();
    await expect(ask(page, 'app:language', { language: 'de' })).rejects.toThrow('app:language: request');
    await expect(ask(page, 'app:language', { language: 'nl', more: 1 })).rejects.toThrow('app:language: request');
  });

  it('are refused from another address and from a frame', async () => {
    const page = await (await start({ profile: profile('sender') })).page();
    const fromFrame = await page.evaluate(() => {
      const frame = document.body.appendChild(document.createElement('iframe')).contentWindow as unknown as {
        host: unknown;
        standInBinding: (message: object) => Promise<string>;
      };
      const asked = frame.standInBinding({ kind: 'invoke', channel: 'app:info', value: '{"$":"undefined"}' });
      return asked.then((reply) => ({ host: typeof frame.host, reply }));
    });
    expect(fromFrame).toEqual({ host: 'undefined', reply: '{"value":{"failed":"sender"}}' });
    await page.goto('about:blank');
    await expect(ask(page, 'app:info')).rejects.toThrow('app:info: sender');
  });
});

describe('a lock', () => {
  it('ends the renderer and opens a new one, by button, by idle time and on suspend', async () => {
    const shell = await start({ profile: profile('lock') });
    let page = await shell.page();
    const triggers = [
      () => ask(page, 'app:lock'),
      () => Promise.resolve(shell.idle(301)),
      () => Promise.resolve(shell.suspend()),
    ];
    for (const trigger of triggers) {
      const before = await shell.rendererPids();
      const fresh = await shell.locked(trigger);
      if (!page.isClosed()) await page.waitForEvent('close');
      const after = await shell.rendererPids();
      expect(after.filter((pid) => before.includes(pid))).toEqual([]);
      expect(await probe(fresh, 'locking')).toEqual([]);
      page = fresh;
    }
    expect(await ask(page, 'app:info')).toMatchObject({ protection: 'reduced' });
    expect(await shell.close()).toBe(0);
  });
});

describe('a page that dies by itself', () => {
  it('starts again at the first screen', async () => {
    const shell = await start({ profile: profile('died') });
    const page = await shell.page();
    const fresh = await shell.locked(async () => {
      const session = await page.context().newCDPSession(page);
      await session.send('Page.crash');
    });
    expect(await ask(fresh, 'app:info')).toMatchObject({ store: 'open' });
  });
});

describe('files', () => {
  it('are read by a process of its own and saved where the dialog says, byte for byte', async () => {
    const shell = await start({ profile: profile('files') });
    const page = await shell.page();
    const table = path.join(folder, 'table.csv');
    writeFileSync(table, 'name;sex;room\nОксана;f;12\n');
    shell.dialogs({ open: table, saveTo: folder });
    expect(await ask(page, 'file:open', { again: false, encoding: 'auto' })).toMatchObject({
      rows: [
        ['name', 'sex', 'room'],
        ['Оксана', 'f', '12'],
      ],
      delimiter: ';',
    });
    const saved = await page.evaluate(() =>
      (window as unknown as { host: Record<string, (request: unknown) => unknown> }).host['file:export']?.({
        suggestedName: 'bytes.bin',
        bytes: Uint8Array.from({ length: 300_000 }, (_, at) => at),
        reason: 'test',
      }),
    );
    expect(saved).toBe('saved');
    expect(readFileSync(path.join(folder, 'bytes.bin'))).toEqual(
      Buffer.from(Array.from({ length: 300_000 }, (_, at) => at)),
    );
    const passphrase = 'trein fiets molen kaas';
    const sealed = await page.evaluate(
      (typed) =>
        (window as unknown as { host: Record<string, (request: unknown) => unknown> }).host['file:export']?.({
          suggestedName: 'table.csv',
          bytes: new TextEncoder().encode('name;room\nОксана;12\n'),
          reason: 'test',
          passphrase: typed,
        }),
      passphrase,
    );
    expect(sealed).toBe('saved');
    const file = path.join(folder, 'table.csv.age');
    expect(readFileSync(file, 'utf8')).toMatch(/^age-encryption\.org\/v1\n-> scrypt /);
    shell.dialogs({ open: file, saveTo: folder });
    expect(await ask(page, 'sealed:open')).toEqual({ name: 'table.csv.age' });
    expect(await ask(page, 'sealed:read', { passphrase: 'another one' })).toEqual({ failed: 'wrong' });
    const rows = [
      ['name', 'room'],
      ['Оксана', '12'],
    ];
    expect(await ask(page, 'sealed:read', { passphrase })).toEqual({ content: { kind: 'table', rows } });
    expect(await ask(page, 'file:open', { again: false, encoding: 'auto' })).toMatchObject({ refused: 'sealed' });
    expect(await ask(page, 'file:open', { again: true, encoding: 'auto', passphrase })).toMatchObject({ rows });
    expect(await ask(page, 'document:pdf', { suggestedName: 'page.pdf', landscape: false })).toBe('saved');
    expect(readFileSync(path.join(folder, 'page.pdf'), 'latin1')).toMatch(/^%PDF-/);
  });
});

describe('a profile', () => {
  it('is for its owner only and keeps what was written, after a quit and after a kill', async () => {
    const kept = { profile: profile('kept') };
    const first = await start(kept);
    await probe(await first.page(), 'keep', 'one');
    expect(await first.close()).toBe(0);
    const second = await start(kept);
    const page = await second.page();
    expect(await probe(page, 'kept')).toBe('one');
    await probe(page, 'keep', 'two');
    await second.kill();
    const third = await start(kept);
    expect(await probe(await third.page(), 'kept')).toBe('two');
    for (const made of ['', 'chromium']) expect(statSync(path.join(kept.profile, made)).mode & 0o777).toBe(0o700);
  });

  it('is used by one app at a time, two profiles by two', async () => {
    const [one, two] = await Promise.all([start({ profile: profile('one') }), start({ profile: profile('two') })]);
    const page = await one.page();
    const refused = start({ profile: profile('one') });
    await expect(refused).rejects.toMatchObject({ code: 3 });
    // The person who started it reads why no window came, and the one that is open says it too; the other profile not.
    for (const sentence of ['Onderdak was al open', 'Onderdak вже було відкрито', 'Onderdak was already open'])
      await expect(refused).rejects.toThrow(sentence);
    await expect.poll(() => probe(page, 'secondStarts')).toContain(null);
    expect(await probe(await two.page(), 'secondStarts')).toEqual([]);
    const started = readFileSync(`/proc/${one.browserPid}/cmdline`, 'utf8');
    expect(started).toContain('--remote-debugging-pipe');
    expect(started).not.toContain('--remote-debugging-port');
    await Promise.all([probe(await one.page(), 'keep', 'of one'), probe(await two.page(), 'keep', 'of two')]);
    expect(await probe(await one.page(), 'kept')).toBe('of one');
    expect(readdirSync(profile('one'))).toContain('instance');
    expect(await one.close()).toBe(0);
    expect(readdirSync(profile('one'))).not.toContain('instance');
  });

  it('is not opened with a switch that would open the app to others', async () => {
    const refused = startShell({ profile: profile('switch'), appPath: folder, args: ['--remote-debugging-port=0'] });
    await expect(refused).rejects.toMatchObject({ code: 2 });
  });
});
