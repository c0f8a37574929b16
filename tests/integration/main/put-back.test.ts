import { copyFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { randomOf, sha256 } from '../../../electron/node-crypto.ts';
import { chainStart } from '../../../shared/sync/chain.ts';
import { aChange } from '../../unit/sync/sync-fixtures.ts';
import { ownEndpoint } from '../endpoint/own-endpoint.ts';
import { enrolled, runCommand } from '../endpoint/test-device.ts';
import { enrol, makeTestClock, startHost, temporaryFolder } from './main-fixtures.ts';

const own = await ownEndpoint();

async function laptop() {
  const userData = temporaryFolder();
  const clock = makeTestClock();
  const times = { nowMs: clock.nowMs, monotonicMs: clock.monotonicMs };
  const device = await startHost(userData, times);
  const { user, device: id } = await enrol(device);
  await device.host['sync:enrol']({ url: own.endpoint.url, code: await own.endpoint.invite() });
  return { userData, device, id, user, clock, times };
}
type Host = Awaited<ReturnType<typeof startHost>>['host'];
const hello = (host: Host, vaultCounter: number) =>
  host['sync:hello']({ writers: [], feeds: [], vaultCounter, seen: [] });
const stateOf = (userData: string) => path.join(userData, 'device-state.bin');

it('a laptop that counts fewer commits than before delivers, reads nothing, and is let back in by a code', async () => {
  const { userData, device, id, user, clock, times } = await laptop();
  await hello(device.host, 3);
  const image = path.join(temporaryFolder(), 'image');
  copyFileSync(stateOf(userData), image);
  expect(await hello(device.host, 8)).toMatchObject({ status: 'active' });
  await device.forget();
  copyFileSync(image, stateOf(userData));

  clock.run(60_000);
  const old = await startHost(userData, times);
  const key = new Uint8Array(32).fill(1);
  expect(await old.host['keyring:unlock']({ user, passphraseKey: key })).not.toHaveProperty('refused');
  expect(await hello(old.host, 3)).toMatchObject({ status: 'deposit_only', feeds: [] });
  expect(await old.host['sync:status']()).toMatchObject({ standing: { status: 'deposit_only', reason: 'put-back' } });
  expect((await runCommand(own.data, 'devices')).lines.find((line) => line.startsWith(id))).toMatch(
    /deposit_only put-back since/,
  );
  // Upload stays open.
  const w = randomOf(8);
  const ops = [aChange({ w, u: user })];
  const pushed = await old.host['sync:push']({ user, c: 'core', prev: Uint8Array.from(chainStart(w, sha256)), ops });
  expect(pushed).toMatchObject({ n: 1 });
  expect(await hello(old.host, 4)).toMatchObject({ status: 'deposit_only' });

  const code = await own.endpoint.invite();
  expect(await old.host['sync:enrol']({ url: own.endpoint.url, code })).not.toHaveProperty('refused');
  expect(await hello(old.host, 5)).toMatchObject({ status: 'active' });
});

it('a store that comes back from the second copy and counts anew is no alarm', async () => {
  const { device, id } = await laptop();
  await hello(device.host, 40);
  expect(await hello(device.host, 2)).toMatchObject({ status: 'active' });
  await device.forget();
  expect((await runCommand(own.data, 'devices')).lines.find((line) => line.startsWith(id))).toMatch(/: active/);
});

it('a question that was long under way reads nothing and closes nobody out', async () => {
  const late = await enrolled(own.endpoint);
  await late.hello({ vaultCounter: 9, clock: { wall: 9_000, cq: 0 } });
  expect(await late.hello({ vaultCounter: 7, clock: { wall: 7_000, cq: 0 } })).toMatchObject({
    device: 'deposit_only',
  });
  expect(await late.hello({ vaultCounter: 9, clock: { wall: 10_000, cq: 0 } })).toMatchObject({ device: 'active' });
});
