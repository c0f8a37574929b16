import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { makeDatabase } from '../../../renderer/adapters/database.ts';
import { makeDexieRecordStore } from '../../../renderer/adapters/dexie-record-store.ts';
import { graceMs, removeDeparted } from '../../../renderer/use-cases/departed-records.ts';
import { reconcile } from '../../../renderer/use-cases/recover-store.ts';
import type { RecordStore } from '../../../shared/ports.ts';
import type { SyncTransport } from '../../../shared/transport-ports.ts';
import { ok } from '../../../shared/kernel/result.ts';
import { aDevice, aResident, creating, type Device } from '../../fakes/device.ts';
import { memoryEndpoint } from '../../fakes/memory-endpoint.ts';
import { memoryRecordStore } from '../../fakes/memory-record-store.ts';

const site = '11111111-1111-4111-8111-111111111111';
const otherSite = '22222222-2222-4222-8222-222222222222';
let databases = 0;
const dexieStore = (): RecordStore => makeDexieRecordStore(makeDatabase(`departed-${++databases}`), 'store-1');

/** A laptop of one site with one resident, of whom the feed of the site then says that he left. */
async function anEvicted(store: RecordStore) {
  const endpoint = memoryEndpoint(site);
  const device = await aDevice({ store });
  const ref = device.newRef('resident');
  await device.save(creating(ref, aResident('Kovalenko', site)));
  await device.sync(endpoint.transport, [site]);
  endpoint.feeds.get('core')?.push({ kind: 'evict', record: ref });
  const sync = () => device.sync(endpoint.transport, [site]);
  return { endpoint, device, ref, sync };
}
const later = ({ clock }: Device, ms: number) => clock.set({ ms: clock.nowMs() + ms });

describe.each([
  ['in memory', () => memoryRecordStore().store],
  ['in IndexedDB', dexieStore],
])('a record that left the sites of this laptop, %s', (_name, makeStore) => {
  it('stays for 30 days and then goes from store, list and memory', async () => {
    const { device, ref, sync } = await anEvicted(makeStore());
    expect((await sync()).ok).toBe(true);
    later(device, graceMs - 1);
    await sync();
    expect(device.shown.has(ref.id)).toBe(true);
    later(device, 1);
    expect((await sync()).ok).toBe(true);
    expect(await device.vault.store.read(ref)).toBeUndefined();
    expect(device.shown.has(ref.id)).toBe(false);
    expect(await device.vault.store.readDepartures()).toEqual([]);
    await device.restart();
    expect(device.vault.memory.residents.has(ref.id)).toBe(false);
  });

  it('stays as long when the clock of the laptop was years behind as it was moved', async () => {
    const { device, endpoint, ref, sync } = await anEvicted(makeStore());
    endpoint.feeds.get('core')?.pop();
    const [placed] = (await device.opsIn(ref)).filter(({ f }) => f === 'placement');
    if (placed === undefined) throw new Error('no placement');
    later(device, -20 * 365 * 86_400_000);
    const edits = [{ field: 'placement', value: { site: otherSite }, base: [{ w: placed.w, n: placed.n }] }];
    expect((await device.save({ records: [{ ref, edits }], action: 'edit', purpose: null })).ok).toBe(true);
    later(device, 20 * 365 * 86_400_000);
    expect((await sync()).ok).toBe(true);
    expect(await device.vault.store.read(ref)).toBeDefined();
    later(device, graceMs + 86_400_000);
    expect((await sync()).ok).toBe(true);
    expect(await device.vault.store.read(ref)).toBeUndefined();
  });

  it('stays as long as anything written here was not sent', async () => {
    const { device, endpoint, ref, sync } = await anEvicted(makeStore());
    await sync();
    later(device, graceMs);
    await device.save(creating(device.newRef('resident'), aResident('Bondar', site)));
    endpoint.faults.loseAnswers = 1;
    expect((await sync()).ok).toBe(false);
    expect(await device.vault.store.read(ref)).toBeDefined();
    expect((await sync()).ok).toBe(true);
    expect(await device.vault.store.read(ref)).toBeUndefined();
  });

  it('stays when something is saved at any moment before it goes, whatever the exchange did', async () => {
    const store = makeStore();
    let meanwhile: (() => Promise<unknown>) | undefined;
    const watched: RecordStore = {
      ...store,
      readDepartures: async () => {
        const departures = await store.readDepartures();
        const save = meanwhile;
        meanwhile = undefined;
        await save?.();
        return departures;
      },
    };
    const { device, ref, sync } = await anEvicted(watched);
    await sync();
    later(device, graceMs);
    meanwhile = () => device.save(creating(device.newRef('resident'), aResident('Bondar', site)));
    for (let round = 0; round < 2; round++) {
      expect(await removeDeparted(device.vault, [site])).toEqual(ok(0));
      expect(await store.read(ref)).toBeDefined();
    }
    expect((await sync()).ok).toBe(true);
    expect(await store.read(ref)).toBeUndefined();
  });

  it('is whole again when it comes back, before or after', async () => {
    const { device, endpoint, ref, sync } = await anEvicted(makeStore());
    await sync();
    const own = (endpoint.feeds.get('core') ?? []).filter(({ kind }) => kind === 'op');
    endpoint.feeds.get('core')?.push({ kind: 'place', record: ref }, ...own);
    await sync();
    later(device, graceMs);
    await sync();
    expect(await device.valuesIn(ref)).toMatchObject({ birthDate: '1985-03-12' });
    endpoint.feeds.get('core')?.push({ kind: 'evict', record: ref });
    await sync();
    later(device, graceMs);
    await sync();
    expect(await device.vault.store.read(ref)).toBeUndefined();
    endpoint.feeds.get('core')?.push({ kind: 'place', record: ref }, ...own);
    await sync();
    expect(await device.valuesIn(ref)).toMatchObject({ birthDate: '1985-03-12', placement: { site } });
  });
});

it('goes again when it comes back out of the second copy after this laptop read that it left', async () => {
  const { device, ref, sync } = await anEvicted(memoryRecordStore().store);
  // Its store is gone, and the second copy cannot be read in this session: it gets back what the endpoint has.
  const { store } = memoryRecordStore('store-2');
  await device.restart(store);
  await sync();
  later(device, graceMs);
  await sync();
  expect(await store.read(ref)).toBeUndefined();
  await device.restart(store);
  expect(await reconcile(device.vault, device.main.host)).toMatchObject({ ok: true, value: { restored: 4 } });
  expect(await store.read(ref)).toBeDefined();
  await sync();
  later(device, graceMs);
  await sync();
  expect(await store.read(ref)).toBeUndefined();
});

it('keeps what a site that was closed to this laptop held for the same time, after everything was sent', async () => {
  const endpoint = memoryEndpoint(site);
  const device = await aDevice();
  const ref = device.newRef('resident');
  await device.save(creating(ref, aResident('Kovalenko', site)));
  await device.sync(endpoint.transport, [site]);
  const closed: SyncTransport = {
    ...endpoint.transport,
    hello: async (...asked) => {
      const hello = await endpoint.transport.hello(...asked);
      if (!hello.ok) return hello;
      return ok({ ...hello.value, feeds: hello.value.feeds.map((feed) => ({ ...feed, state: 'gone' as const })) });
    },
  };
  await device.save(creating(device.newRef('resident'), aResident('Bondar', site)));
  expect(await device.sync(closed, [])).toMatchObject({ ok: true, value: { sent: 4 } });
  expect(await device.vault.store.readDepartures()).toHaveLength(2);
  later(device, graceMs);
  expect((await device.sync(closed, [])).ok).toBe(true);
  expect(await device.vault.store.read(ref)).toBeUndefined();
  expect([...endpoint.byWriter.values()].flat()).toHaveLength(8);
});
