import {
  chmodSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { SecretStore } from '../../../electron/device-secret.ts';
import { toHex } from '../../../shared/kernel/bytes.ts';
import {
  enrol,
  kdf,
  makeTestClock,
  noDesktop,
  noKeyring,
  passphraseKey,
  startHost,
  temporaryFolder,
  unlock,
  type Opened,
} from './main-fixtures.ts';

const keysOf = (opened: Opened) => opened.keys.map(({ c, epoch, key }) => `${c} ${epoch} ${toHex(key)}`);
const slotFile = (userData: string, user: string) => path.join(userData, 'slots', `${user}.json`);
type SlotText = Record<string, unknown> & { kdf: Record<string, unknown>; ck: Record<string, unknown>[] };

function changeSlot(userData: string, user: string, change: (slot: SlotText) => void): void {
  const file = slotFile(userData, user);
  const slot = JSON.parse(readFileSync(file, 'utf8')) as SlotText;
  change(slot);
  writeFileSync(file, JSON.stringify(slot), { mode: 0o600 });
}

describe('a first user', () => {
  it('makes the keys of the four compartments, and finds the same ones after a restart', async () => {
    const userData = temporaryFolder();
    const first = await startHost(userData);
    expect(await first.host['keyring:users']()).toEqual([]);
    const opened = await enrol(first);
    expect(opened.keys.map(({ c, epoch }) => [c, epoch])).toEqual([
      ['core', 1],
      ['bsn', 1],
      ['health', 1],
      ['finance', 1],
    ]);
    expect(new Set(keysOf(opened)).size).toBe(4);
    await first.forget();

    const second = await startHost(userData);
    expect(await second.host['keyring:users']()).toEqual([{ user: opened.user, label: 'Zoë Voorbeeld', kdf }]);
    const again = (await unlock(second, opened.user)) as Opened;
    expect(keysOf(again)).toEqual(keysOf(opened));
    expect(toHex(again.ownKey)).toBe(toHex(opened.ownKey));
    expect(again).toMatchObject({ label: 'Zoë Voorbeeld', role: 'lead', device: opened.device });
  });

  it('leaves no key, passphrase key or name in any file', async () => {
    const userData = temporaryFolder();
    const device = await startHost(userData);
    const opened = await enrol(device, 'Marjolein Canariestraat');
    await unlock(device, opened.user, 2);
    await device.forget();
    const secrets = [opened.ownKey, ...opened.keys.map(({ key }) => key), passphraseKey(1), passphraseKey(2)];
    for (const file of filesUnder(userData)) {
      const bytes = readFileSync(file);
      for (const text of ['Marjolein', 'Canariestraat']) {
        for (const encoding of ['utf8', 'utf16le', 'base64'] as const)
          expect(
            bytes.includes(
              encoding === 'base64' ? Buffer.from(text).toString('base64').slice(0, 10) : Buffer.from(text, encoding),
            ),
            file,
          ).toBe(false);
      }
      for (const secret of secrets) {
        expect(bytes.includes(Buffer.from(secret)), file).toBe(false);
        expect(bytes.includes(Buffer.from(secret).toString('base64')), file).toBe(false);
        expect(bytes.includes(toHex(secret)), file).toBe(false);
      }
    }
    for (const file of filesUnder(userData)) expect(statSync(file).mode & 0o077, file).toBe(0);
  });
});

describe('a full disk', () => {
  /** The write of this number to the state of the device fails; 1 is the first. */
  function failStateWrite(number: number): void {
    const { openSync } = fs;
    let writes = 0;
    fs.openSync = (file, ...rest) => {
      if (/device-state\.bin\..*\.tmp$/.test(String(file)) && ++writes === number)
        throw Object.assign(new Error('no space left'), { code: 'ENOSPC' });
      return openSync(file, ...rest);
    };
    syncBuiltinESMExports();
    onTestFinished(() => {
      fs.openSync = openSync;
      syncBuiltinESMExports();
    });
  }

  it.each([1, 2])('while the first user is made gives no user, whose keys nobody would find again (%i)', async (at) => {
    const userData = temporaryFolder();
    const first = await startHost(userData);
    failStateWrite(at);
    await expect(enrol(first)).rejects.toThrow('no space left');
    await first.forget();
    const second = await startHost(userData);
    expect(await second.host['keyring:users']()).toEqual([]);
    const opened = await enrol(second);
    await second.forget();
    expect(await (await startHost(userData)).host['keyring:users']()).toMatchObject([{ user: opened.user }]);
  });

  it('does not keep a known user out', async () => {
    const userData = temporaryFolder();
    const first = await startHost(userData);
    const { user } = await enrol(first);
    await first.forget();
    const second = await startHost(userData);
    failStateWrite(1);
    expect(await unlock(second, user)).toMatchObject({ user });
  });
});

describe('a second user', () => {
  it('gets the keys from the one who is unlocked, and has an own key that differs', async () => {
    const userData = temporaryFolder();
    const device = await startHost(userData);
    const first = await enrol(device);
    const second = await enrol(device, 'Ander', 5);
    expect(keysOf(second)).toEqual(keysOf(first));
    expect(toHex(second.ownKey)).not.toBe(toHex(first.ownKey));
    expect(keysOf((await unlock(device, second.user, 5)) as Opened)).toEqual(keysOf(first));
    expect(await unlock(device, second.user, 1)).toMatchObject({ refused: 'wrong' });
  });

  it('cannot come in while everything is locked', async () => {
    const device = await startHost(temporaryFolder());
    await enrol(device);
    await device.forget();
    expect(await device.host['keyring:enrol']({ label: 'Ander', kdf, passphraseKey: passphraseKey(5) })).toEqual({
      refused: 'needs-unlocked-user',
    });
  });
});

describe('a keyslot', () => {
  const changes: [string, (slot: SlotText) => void, 'damaged' | 'wrong'][] = [
    ['too little memory', (slot) => (slot.kdf['m'] = 1024), 'damaged'],
    ['too much memory', (slot) => (slot.kdf['m'] = 4_000_000), 'damaged'],
    ['too many turns', (slot) => (slot.kdf['t'] = 1000), 'damaged'],
    ['more lanes', (slot) => (slot.kdf['p'] = 4), 'damaged'],
    ['another derivation', (slot) => (slot.kdf['alg'] = 'pbkdf2'), 'damaged'],
    ['an unknown field', (slot) => (slot['note'] = 'x'), 'damaged'],
    ['weaker, but allowed settings', (slot) => (slot.kdf['m'] = 19_456), 'wrong'],
    ['another policy', (slot) => (slot['policy'] = Buffer.alloc(32, 7).toString('base64')), 'wrong'],
    ['a wrong commitment', (slot) => (slot['commit'] = Buffer.alloc(32, 7).toString('base64')), 'wrong'],
    ['another device', (slot) => (slot['device'] = 'd_0000000000000000'), 'damaged'],
    ['keys in each other’s place', (slot) => swap(slot.ck[0], slot.ck[1]), 'damaged'],
    [
      'a key that a stranger added',
      (slot) =>
        slot.ck.push({
          ...{ c: 'core', e: 2, n: Buffer.alloc(12, 1).toString('base64'), ct: Buffer.alloc(48, 1).toString('base64') },
          ...{ epk: Buffer.alloc(32, 9).toString('base64'), sig: Buffer.alloc(64, 9).toString('base64') },
        }),
      'damaged',
    ],
  ];
  it.each(changes)('with %s gives no key', async (_, change, refused) => {
    const userData = temporaryFolder();
    const device = await startHost(userData);
    const { user } = await enrol(device);
    await device.forget();
    changeSlot(userData, user, change);
    expect(await unlock(device, user)).toMatchObject({ refused });
    expect(await device.host['keyring:users']()).toMatchObject([{ user, label: 'Zoë Voorbeeld' }]);
  });

  it('that was cut off is damaged, and no new user takes its place', async () => {
    const userData = temporaryFolder();
    const device = await startHost(userData);
    const { user } = await enrol(device);
    await device.forget();
    writeFileSync(slotFile(userData, user), readFileSync(slotFile(userData, user)).subarray(0, 200));
    expect(await unlock(device, user)).toMatchObject({ refused: 'damaged' });
    expect(await device.host['keyring:enrol']({ label: 'X', kdf, passphraseKey: passphraseKey(3) })).toMatchObject({
      refused: 'needs-unlocked-user',
    });
  });

  it('under the name of another user does not open', async () => {
    const userData = temporaryFolder();
    const device = await startHost(userData);
    const first = await enrol(device);
    const second = await enrol(device, 'Ander', 5);
    renameSync(slotFile(userData, first.user), slotFile(userData, second.user));
    expect(await unlock(device, second.user, 1)).toMatchObject({ refused: 'damaged' });
  });

  const swap = (a: Record<string, unknown> | undefined, b: Record<string, unknown> | undefined) => {
    if (a === undefined || b === undefined) throw new Error('two keys');
    [a['n'], b['n']] = [b['n'], a['n']];
    [a['ct'], b['ct']] = [b['ct'], a['ct']];
  };
});

describe('guessing at the keyboard', () => {
  it('waits after five failures, longer each time, whatever the clock says and over a restart', async () => {
    const userData = temporaryFolder();
    const clock = makeTestClock();
    let device = await startHost(userData, clock);
    const { user } = await enrol(device);
    for (let failure = 1; failure < 5; failure++)
      expect(await unlock(device, user, 2)).toEqual({ refused: 'wrong', retryAfterMs: 0 });
    expect(await unlock(device, user, 2)).toEqual({ refused: 'wrong', retryAfterMs: 30_000 });
    expect(await unlock(device, user)).toEqual({ refused: 'wait', retryAfterMs: 30_000 });

    clock.setWall(clock.nowMs() + 365 * 86_400_000);
    expect(await unlock(device, user)).toEqual({ refused: 'wait', retryAfterMs: 30_000 });
    device = await startHost(userData, clock);
    expect(await unlock(device, user)).toEqual({ refused: 'wait', retryAfterMs: 30_000 });
    clock.run(29_999);
    expect(await unlock(device, user)).toEqual({ refused: 'wait', retryAfterMs: 1 });
    clock.run(1);
    expect(await unlock(device, user, 2)).toEqual({ refused: 'wrong', retryAfterMs: 60_000 });
    clock.run(60_000);
    expect(await unlock(device, user)).toMatchObject({ user });
    expect(await unlock(device, user, 2)).toEqual({ refused: 'wrong', retryAfterMs: 0 });
  });

  it('ends after twenty', async () => {
    const userData = temporaryFolder();
    const clock = makeTestClock();
    const device = await startHost(userData, clock);
    const { user } = await enrol(device);
    const waits: number[] = [];
    for (let failure = 1; failure < 20; failure++) {
      const answer = await unlock(device, user, 2);
      if (!('refused' in answer) || answer.refused !== 'wrong') throw new Error('not wrong');
      waits.push(answer.retryAfterMs / 1000);
      clock.run(3_600_000);
    }
    expect(waits).toEqual([0, 0, 0, 0, 30, 60, 120, 240, 480, 960, 1920, ...new Array<number>(8).fill(3600)]);
    expect(await unlock(device, user, 2)).toMatchObject({ refused: 'disabled' });
    clock.run(86_400_000);
    expect(await unlock(await startHost(userData, clock), user)).toMatchObject({ refused: 'disabled' });
  });
});

describe('the device secret', () => {
  const damage: [string, (file: string) => void][] = [
    ['open to others', (file) => chmodSync(file, 0o644)],
    ['cut off', (file) => writeFileSync(file, '{"v":1')],
    ['gone', (file) => rmSync(file)],
    [
      'a link',
      (file) => {
        renameSync(file, `${file}.elsewhere`);
        symlinkSync(`${file}.elsewhere`, file);
      },
    ],
    [
      'of another device',
      (file) =>
        writeFileSync(file, JSON.stringify({ v: 1, keptBy: 'file', data: Buffer.alloc(32, 1).toString('base64') })),
    ],
  ];
  it.each(damage)('that is %s opens nothing, and none is made in its place', async (_, spoil) => {
    const userData = temporaryFolder();
    const { user } = await enrol(await startHost(userData));
    spoil(path.join(userData, 'device.bin'));
    const before = filesUnder(userData).filter((file) => !file.includes('log'));
    const device = await startHost(userData);
    expect(await device.host['keyring:users']()).toMatchObject([{ user }]);
    expect(await unlock(device, user)).toMatchObject({ refused: 'damaged' });
    expect(await device.host['keyring:enrol']({ label: 'X', kdf, passphraseKey: passphraseKey(1) })).toEqual({
      refused: 'damaged',
    });
    expect(filesUnder(userData).filter((file) => !file.includes('log'))).toEqual(before);
  });

  it('whose state was deleted is not started anew: the count of failures would be gone', async () => {
    const userData = temporaryFolder();
    const { user } = await enrol(await startHost(userData));
    rmSync(path.join(userData, 'device-state.bin'));
    const device = await startHost(userData);
    expect(await unlock(device, user)).toMatchObject({ refused: 'damaged' });
  });

  const store = (backend: string, prefix = 'v11'): SecretStore & { available: boolean } => ({
    available: true,
    isAsyncEncryptionAvailable: () => Promise.resolve(true),
    encryptStringAsync: (text) => Promise.resolve(Buffer.from(prefix + text.split('').reverse().join(''))),
    decryptStringAsync(sealed) {
      if (!this.available) return Promise.reject(new Error('temporarily unavailable'));
      return Promise.resolve({
        result: sealed.toString().slice(3).split('').reverse().join(''),
        shouldReEncrypt: false,
      });
    },
    getSelectedStorageBackend: () => backend,
  });
  const withStore = (store: SecretStore) => ({ desktop: { ...noDesktop, store } });

  it.runIf(process.platform === 'linux').each([
    ['a keyring', store('gnome_libsecret'), 'full'],
    ['no keyring', store('basic_text'), 'reduced'],
    ['an unknown back end', store('unknown'), 'reduced'],
    ['the hard-coded key', store('gnome_libsecret', 'v10'), 'reduced'],
    ['nothing', noKeyring, 'reduced'],
  ] as const)('with %s is protected as it says', async (_, secretStore, protection) => {
    const userData = temporaryFolder();
    const device = await startHost(userData, withStore(secretStore));
    expect(await device.host['app:info']()).toMatchObject({ protection });
    const { user } = await enrol(device);
    const again = await startHost(userData, withStore(secretStore));
    expect(await again.host['app:info']()).toMatchObject({ protection });
    expect(await unlock(again, user)).toMatchObject({ user });
  });

  it.runIf(process.platform === 'linux')('waits for a keyring that is away, and makes no new one', async () => {
    const userData = temporaryFolder();
    const keyring = store('gnome_libsecret');
    const { user } = await enrol(await startHost(userData, withStore(keyring)));
    keyring.available = false;
    const device = await startHost(userData, withStore(keyring));
    expect(await unlock(device, user)).toMatchObject({ refused: 'damaged' });
    keyring.available = true;
    expect(await unlock(device, user)).toMatchObject({ user });
  });
});

function filesUnder(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== 'ballast.bin')
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();
}
