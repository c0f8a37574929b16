import { expect, it } from 'vitest';
import { unsentCount } from '../../../renderer/use-cases/push-pending.ts';
import { err, ok } from '../../../shared/kernel/result.ts';
import type { SyncTransport } from '../../../shared/transport-ports.ts';
import { aDevice, aResident, creating } from '../../fakes/device.ts';
import { memoryEndpoint } from '../../fakes/memory-endpoint.ts';
import { memoryRecordStore } from '../../fakes/memory-record-store.ts';

const offline = err({ type: 'offline', retryAfterMs: 0 } as const);

/** A laptop with four operations that nobody has confirmed. */
async function unsent() {
  const endpoint = memoryEndpoint();
  const memory = memoryRecordStore();
  const device = await aDevice({ store: memory.store });
  await device.save(creating(device.newRef('resident'), aResident('Kovalenko')));
  const acked = () => [...memory.writers.values()].map((writer) => writer.acked);
  return { endpoint, device, acked };
}

it('counts what an acknowledgement covers as sent, and of a longer batch not more', async () => {
  const { endpoint, device, acked } = await unsent();
  let pushes = 0;
  const transport: SyncTransport = {
    ...endpoint.transport,
    push: (batch) =>
      ++pushes > 1 ? Promise.resolve(offline) : endpoint.transport.push({ ...batch, ops: batch.ops.slice(0, 2) }),
  };
  expect(await device.sync(transport)).toEqual(offline);
  expect(unsentCount(device.vault)).toBe(2);
  expect(acked()).toEqual([2]);
  expect(await device.sync(endpoint.transport)).toMatchObject({ ok: true, value: { sent: 2 } });
  expect(unsentCount(device.vault)).toBe(0);
});

it('counts nothing as sent while it is on its way, nor when no answer comes', async () => {
  const { endpoint, device, acked } = await unsent();
  const underWay: (readonly number[])[] = [];
  const push: SyncTransport['push'] = () => {
    underWay.push(acked(), [device.vault.memory.known.writers.values().next().value?.acked ?? -1]);
    return Promise.resolve(offline);
  };
  expect(await device.sync({ ...endpoint.transport, push })).toEqual(offline);
  expect(underWay).toEqual([[0], [0]]);
  expect(unsentCount(device.vault)).toBe(4);
  expect(acked()).toEqual([0]);
});

it('notes another life of the endpoint only when everything was given back to it', async () => {
  const { endpoint, device } = await unsent();
  await device.sync(endpoint.transport);
  expect(device.vault.memory.known.epochs).toMatchObject({ core: 'e_1' });
  // Put back to its beginning.
  endpoint.byWriter.clear();
  endpoint.feeds.clear();
  const another: SyncTransport = {
    ...endpoint.transport,
    hello: async (...asked) => {
      const hello = await endpoint.transport.hello(...asked);
      return hello.ok ? ok({ ...hello.value, epoch: 'e_2' }) : hello;
    },
  };
  expect(await device.sync({ ...another, push: () => Promise.resolve(offline) })).toEqual(offline);
  expect(device.vault.memory.known.epochs).toMatchObject({ core: 'e_1' });
  expect(await device.sync(another)).toMatchObject({ ok: true, value: { sent: 4 } });
  expect(device.vault.memory.known.epochs).toMatchObject({ core: 'e_2' });
});
