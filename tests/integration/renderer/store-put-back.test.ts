import { describe, expect, it } from 'vitest';
import { unsentCount } from '../../../renderer/use-cases/push-pending.ts';
import { aDevice, aResident, creating } from '../../fakes/device.ts';
import { memoryEndpoint } from '../../fakes/memory-endpoint.ts';
import { memoryRecordStore } from '../../fakes/memory-record-store.ts';

describe('what the endpoint knows of a writer and this store does not', () => {
  it('is other work under the same number: what is only here goes out again under a new writer, once', async () => {
    const endpoint = memoryEndpoint();
    const device = await aDevice();
    const ref = device.newRef('resident');
    await device.save(creating(ref, aResident('Kovalenko')));
    await device.sync(endpoint.transport);
    const [ops = []] = endpoint.byWriter.values();
    ops.splice(3, 1, { ...(ops[0] as (typeof ops)[number]), n: 4, h: new Uint8Array(8) });
    await device.save(creating(device.newRef('resident'), aResident('Bondar')));
    expect(await device.sync(endpoint.transport)).toMatchObject({ ok: true, value: { sent: 5 } });
    expect([...endpoint.byWriter.values()].map((one) => one.map(({ n }) => n))).toEqual([
      [1, 2, 3, 4],
      [1, 2, 3, 4, 5],
    ]);
    expect(device.told).toEqual([{ type: 'reissued', ops: 5 }]);
    expect(unsentCount(device.vault)).toBe(0);
    expect(await device.sync(endpoint.transport)).toMatchObject({ ok: true, value: { sent: 0 } });
    expect(device.told).toHaveLength(1);
    expect(await device.valuesIn(ref)).toMatchObject({ name: { family: 'Kovalenko' } });
  });

  it('is left as it is, under new numbers, new numbers after the whole disk was put back to an earlier day', async () => {
    const endpoint = memoryEndpoint();
    const memory = memoryRecordStore();
    const device = await aDevice({ store: memory.store });
    const ref = device.newRef('resident');
    await device.save(creating(ref, aResident('Kovalenko')));
    await device.sync(endpoint.transport);
    const [ops = []] = endpoint.byWriter.values();
    // The endpoint has a later operation of the same writer, which the image of the disk was made without.
    const last = ops[3] as (typeof ops)[number];
    const later = { ...last, n: 5, f: 'callName', v: 'Lena', b: [] };
    ops.push(later);
    endpoint.feeds.get('core')?.push({ kind: 'op', c: 'core', op: later });
    expect(await device.sync(endpoint.transport)).toMatchObject({ ok: true, value: { received: 1 } });
    await device.save(creating(device.newRef('resident'), aResident('Bondar')));
    expect(await device.sync(endpoint.transport)).toMatchObject({ ok: true, value: { sent: 4 } });
    expect([...endpoint.byWriter.values()].map((one) => one.map(({ n }) => n))).toEqual([
      [1, 2, 3, 4, 5],
      [1, 2, 3, 4],
    ]);
    expect(await device.valuesIn(ref)).toMatchObject({ callName: 'Lena' });
    expect(unsentCount(device.vault)).toBe(0);
  });

  it('may come from another window of the same store', async () => {
    const endpoint = memoryEndpoint();
    const memory = memoryRecordStore();
    const first = await aDevice({ store: memory.store });
    await first.save(creating(first.newRef('resident'), aResident('Kovalenko')));
    const second = await aDevice({ store: memory.store, seed: 2 });
    await first.save(creating(first.newRef('resident'), aResident('Bondar')));
    await first.sync(endpoint.transport);
    expect((await second.sync(endpoint.transport)).ok).toBe(true);
    expect((await second.save(creating(second.newRef('resident'), aResident('Melnyk')))).ok).toBe(true);
    expect((await second.sync(endpoint.transport)).ok).toBe(true);
    expect([...endpoint.byWriter.values()].flat()).toHaveLength(12);
  });

  it('is sent as far as this window knows of it, while another one writes on', async () => {
    const endpoint = memoryEndpoint();
    const memory = memoryRecordStore();
    const first = await aDevice({ store: memory.store });
    await first.save(creating(first.newRef('resident'), aResident('Kovalenko')));
    const second = await aDevice({ store: memory.store, seed: 2 });
    await first.save(creating(first.newRef('resident'), aResident('Bondar')));
    expect(await second.sync(endpoint.transport)).toMatchObject({ ok: true, value: { sent: 4 } });
    expect(await first.sync(endpoint.transport)).toMatchObject({ ok: true, value: { sent: 4 } });
  });
});
