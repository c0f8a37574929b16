import { expect, it } from 'vitest';
import { makeSyncTransport } from '../../../renderer/adapters/host-client.ts';
import { unsentCount } from '../../../renderer/use-cases/push-pending.ts';
import { err } from '../../../shared/kernel/result.ts';
import type { SyncTransport } from '../../../shared/transport-ports.ts';
import { dotKey } from '../../../shared/sync/dots.ts';
import { aResident, creating, type Device } from '../../fakes/device.ts';
import { ownEndpoint } from '../endpoint/own-endpoint.ts';
import { startHost, unlock } from './main-fixtures.ts';
import { aStickLaptop } from './stick-laptop.ts';

const own = await ownEndpoint();
const offline = err({ type: 'offline', retryAfterMs: 0 } as const);
type Locked = { readonly transport: SyncTransport; readonly lock: () => Promise<void> };

/** The page is gone with the lock: what comes back after it reaches nobody. */
const moments: readonly (readonly [string, (locked: Locked) => SyncTransport])[] = [
  [
    'before a batch is sent',
    ({ transport, lock }) => ({ ...transport, push: async (batch) => (await lock(), transport.push(batch)) }),
  ],
  [
    'while a batch is confirmed',
    ({ transport, lock }) => ({
      ...transport,
      push: async (batch) => (await transport.push(batch), await lock(), offline),
    }),
  ],
  [
    'before a page is asked for',
    ({ transport, lock }) => ({ ...transport, pull: async (feed) => (await lock(), transport.pull(feed)) }),
  ],
  [
    'while a page is on its way',
    ({ transport, lock }) => ({
      ...transport,
      pull: async (feed) => (await transport.pull(feed), await lock(), offline),
    }),
  ],
];
const opsOf = (device: Device) => {
  const writers = [...device.vault.memory.known.writers.values()];
  return writers.reduce((sum, { next }) => sum + next - 1, 0);
};

it.each(moments)('a lock %s leaves nothing half, and the next exchange asks again', async (moment, at) => {
  const seed = 10 * (1 + moments.findIndex(([name]) => name === moment));
  const [laptop, colleague] = [await aStickLaptop(own.endpoint, seed), await aStickLaptop(own.endpoint, seed + 1)];
  const theirs = colleague.device.newRef('resident');
  await colleague.device.save(creating(theirs, aResident('Bondar')));
  expect((await colleague.sync()).ok).toBe(true);
  const { device } = laptop;
  const ours = device.newRef('resident');
  await device.save(creating(ours, { ...aResident('Kovalenko'), bsn: '111222333' }));
  const written = opsOf(device);

  const transport = makeSyncTransport(laptop.main.host);
  const broken = await device.sync(at({ transport, lock: () => laptop.main.forget() }));
  expect(broken.ok).toBe(false);
  const again = await startHost(laptop.userData);
  expect(await again.host['sync:hello']({ writers: [], feeds: [], vaultCounter: 1, seen: [] })).toMatchObject({
    failed: 'unauthorised',
  });
  expect(await unlock(again, device.vault.user.id, seed)).not.toHaveProperty('refused');
  await device.restart(device.vault.store, device.vault.cipher, again.host);
  expect(device.report.alarms).toEqual([]);

  expect((await device.sync(makeSyncTransport(again.host))).ok).toBe(true);
  expect(unsentCount(device.vault)).toBe(0);
  expect(opsOf(device)).toBe(written);
  expect(await device.valuesIn(theirs)).toMatchObject({ name: { family: 'Bondar' } });
  expect((await colleague.sync()).ok).toBe(true);
  const came = (await colleague.device.opsIn(ours)).map(dotKey);
  expect(came.toSorted()).toEqual((await device.opsIn(ours)).map(dotKey).toSorted());
  expect(new Set(came).size).toBe(written);
});
