import { expect, it } from 'vitest';
import type { SyncTransport } from '../../../shared/transport-ports.ts';
import { packOps } from '../../../shared/sync/row-codec.ts';
import { aDevice, aName, creating } from '../../fakes/device.ts';
import { memoryEndpoint } from '../../fakes/memory-endpoint.ts';

/** Raw bytes of each frame of one sync in which every frame takes `frameMs`. */
async function framesAt(frameMs: number): Promise<readonly number[]> {
  const endpoint = memoryEndpoint();
  const device = await aDevice({ seed: 1 });
  await device.sync(endpoint.transport);
  const long = 'x'.repeat(100);
  const name = { ...aName(long, long), patronymic: long, familyCyrillic: long, givenCyrillic: long };
  for (let save = 0; save < 16; save++) {
    const parts = Array.from({ length: 25 }, () =>
      creating(device.newRef('resident'), { placement: { site: null }, name }),
    );
    const [first] = parts;
    if (first !== undefined) await device.save({ ...first, records: parts.flatMap(({ records }) => records) });
  }
  const sizes: number[] = [];
  const transport: SyncTransport = {
    ...endpoint.transport,
    push: (batch) => {
      sizes.push(packOps(batch.ops).length);
      device.clock.set({ ms: device.clock.nowMs() + frameMs });
      return endpoint.transport.push(batch);
    },
  };
  expect(await device.sync(transport)).toMatchObject({ ok: true });
  return sizes;
}

it('a frame is twice as long as the one before it while the line carries them, and no longer where they take long', async () => {
  const quick = await framesAt(4_000);
  expect(quick.slice(0, 3).map((size) => Math.ceil(size / (32 * 1024)))).toEqual([1, 2, 4]);
  const slow = await framesAt(12_000);
  expect(slow.length).toBeGreaterThan(quick.length);
  expect(Math.max(...slow)).toBeLessThanOrEqual(32 * 1024);
});
