import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { randomOf, sha256 } from '../../../electron/node-crypto.ts';
import { chainStart } from '../../../shared/sync/chain.ts';
import { aChange } from '../../unit/sync/sync-fixtures.ts';
import { ownEndpoint } from '../endpoint/own-endpoint.ts';
import { runCommand } from '../endpoint/test-device.ts';
import { enrol, startHost, temporaryFolder } from './main-fixtures.ts';

const own = await ownEndpoint();

/** A laptop that is connected, has something in its journal and an operation that nobody else has. */
async function laptop() {
  const userData = temporaryFolder();
  const device = await startHost(userData);
  const { user, device: id } = await enrol(device);
  await device.host['sync:enrol']({ url: own.endpoint.url, code: await own.endpoint.invite() });
  const w = randomOf(8);
  const ops = [aChange({ w, u: user })];
  const push = () => device.host['sync:push']({ user, c: 'core', prev: Uint8Array.from(chainStart(w, sha256)), ops });
  const hello = () => device.host['sync:hello']({ writers: [], feeds: [], vaultCounter: 1, seen: [] });
  const names = () => readdirSync(userData);
  return { userData, device, id, push, hello, names };
}

it('says what was decided about it, also at its next start, and delivers what it still has', async () => {
  const { userData, device, id, push, hello } = await laptop();
  expect(await device.host['sync:status']()).toMatchObject({ standing: null, waiting: [] });
  await runCommand(own.data, 'revoke', id, 'returned');
  expect(await hello()).toMatchObject({ status: 'revoked', feeds: [] });
  expect(await push()).toEqual({ failed: 'revoked', retryAfterMs: 0 });
  const standing = { status: 'revoked', reason: 'returned' };
  expect(await device.host['sync:status']()).toMatchObject({ standing });
  expect(await device.host['app:empty']({ undelivered: 0 })).toBe('refused');
  await device.forget();
  const again = await startHost(userData);
  expect(await again.host['sync:status']()).toMatchObject({ standing });
  expect((await runCommand(own.data, 'quarantine', 'release', id)).lines[0]).toBe('1 frames taken in, 0 kept back.');
});

it('is emptied when it was returned, not before everything is delivered, keys first, and begins anew', async () => {
  const { userData, device, id, hello, names } = await laptop();
  await runCommand(own.data, 'wipe', id, 'returned');
  await hello();
  expect(names()).toContain('device.bin');
  expect(await device.host['app:empty']({ undelivered: 1 })).toBe('refused');
  expect(names()).toContain('slots');
  expect(await device.host['app:empty']({ undelivered: 0 })).toBe('emptied');
  for (const name of ['slots', 'device.bin', 'device-state.bin']) expect(names()).not.toContain(name);
  await device.forget();
  for (const name of ['journal', 'casebox', 'guard.json']) expect(existsSync(path.join(userData, name))).toBe(false);

  const fresh = await startHost(userData);
  expect(await fresh.host['app:info']()).toMatchObject({ emptied: { reason: 'returned' }, store: 'open' });
  expect(await fresh.host['keyring:users']()).toEqual([]);
  expect(await fresh.host['sync:status']()).toMatchObject({ endpoint: null });
  const next = await enrol(fresh);
  expect(next.device).not.toBe(id);
  expect(await fresh.host['app:info']()).toMatchObject({ emptied: null });
});

it('is emptied at once when it was stolen, and the log says that it was', async () => {
  const { userData, device, id, hello, names } = await laptop();
  await runCommand(own.data, 'wipe', id, 'stolen');
  await hello();
  for (const name of ['slots', 'device.bin', 'device-state.bin']) expect(names()).not.toContain(name);
  await device.forget();
  const log = readdirSync(path.join(userData, 'log')).map((name) =>
    readFileSync(path.join(userData, 'log', name), 'utf8'),
  );
  expect(log.join()).toMatch(/ emptied stolen 0\n/);
});

it('shows what waits for a person, and what was not let through', async () => {
  const userData = temporaryFolder();
  const device = await startHost(userData);
  const { user } = await enrol(device);
  await device.host['sync:enrol']({ url: own.endpoint.url, code: await own.endpoint.invite({ role: 'interviewer' }) });
  const w = randomOf(8);
  const ops = [aChange({ w, u: user, t: 'family', f: 'later', v: 1 })];
  await device.host['sync:push']({ user, c: 'finance', prev: Uint8Array.from(chainStart(w, sha256)), ops });
  const hello = () => device.host['sync:hello']({ writers: [], feeds: [], vaultCounter: 1, seen: [] });
  await hello();
  const waits = { w: Uint8Array.from(w), n: 1, why: 'rights' };
  expect(await device.host['sync:status']()).toMatchObject({ waiting: [{ ...waits, state: 'held' }] });
  await runCommand(own.data, 'reject', user);
  const rejected = [{ w: Uint8Array.from(w), from: 1, to: 1 }];
  expect(await hello()).toMatchObject({ rejected });
  expect(await device.host['sync:status']()).toMatchObject({ waiting: [{ ...waits, state: 'rejected' }], rejected });
});

describe('a locked laptop', () => {
  it('asks by itself whether it was closed, and says so before anybody is let in', async () => {
    const { userData, device, id } = await laptop();
    await device.forget();
    await runCommand(own.data, 'revoke', id, 'returned');
    const locked = await startHost(userData);
    expect(await locked.host['sync:status']()).toMatchObject({ standing: null });
    await locked.askStanding();
    const standing = { status: 'revoked', reason: 'returned' };
    expect(await locked.host['sync:status']()).toMatchObject({ standing });
    // Nothing but this one question is signed while nobody is unlocked.
    expect(await locked.host['sync:hello']({ writers: [], feeds: [], vaultCounter: 1, seen: [] })).toMatchObject({
      failed: 'unauthorised',
    });
  });

  it('that was stolen is emptied although nobody unlocks it', async () => {
    const { userData, device, id, names } = await laptop();
    await device.forget();
    await runCommand(own.data, 'wipe', id, 'stolen');
    const locked = await startHost(userData);
    await locked.askStanding();
    for (const name of ['slots', 'device.bin', 'device-state.bin']) expect(names()).not.toContain(name);
    expect(await locked.host['app:info']()).toMatchObject({ emptied: { reason: 'stolen' } });
  });

  it('that was returned waits for somebody who unlocks it and delivers', async () => {
    const { userData, device, id, names } = await laptop();
    await device.forget();
    await runCommand(own.data, 'wipe', id, 'returned');
    const locked = await startHost(userData);
    await locked.askStanding();
    expect(names()).toContain('slots');
    expect(await locked.host['sync:status']()).toMatchObject({ standing: { status: 'wipe', reason: 'returned' } });
  });
});
