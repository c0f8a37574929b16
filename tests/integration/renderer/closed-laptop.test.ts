import { expect, it } from 'vitest';
import { depositPending, undeliveredCount } from '../../../renderer/use-cases/deposit-pending.ts';
import { heldChanges } from '../../../renderer/use-cases/held-changes.ts';
import { unsentCount } from '../../../renderer/use-cases/push-pending.ts';
import { err, ok } from '../../../shared/kernel/result.ts';
import type { HelloAnswer, SyncTransport } from '../../../shared/transport-ports.ts';
import { aDevice, aResident, creating } from '../../fakes/device.ts';
import { memoryEndpoint } from '../../fakes/memory-endpoint.ts';

const putAside = err({ type: 'revoked', retryAfterMs: 0 } as const);
const offline = err({ type: 'offline', retryAfterMs: 0 } as const);

/** A laptop with unsent work whose municipality closed it; `pushed` are the numbers of every frame that it delivered. */
async function closed(status: HelloAnswer['status'], answers: SyncTransport['push'][] = []) {
  const endpoint = memoryEndpoint();
  const device = await aDevice();
  await device.save(creating(device.newRef('resident'), aResident('Kovalenko')));
  const pushed: number[][] = [];
  const pulls: string[] = [];
  const transport: SyncTransport = {
    ...endpoint.transport,
    hello: async (...asked) => {
      const hello = await endpoint.transport.hello(...asked);
      return hello.ok ? ok({ ...hello.value, status }) : hello;
    },
    push: (batch) => {
      pushed.push(batch.ops.map(({ n }) => n));
      return answers.shift()?.(batch) ?? Promise.resolve(putAside);
    },
    pull: (feed) => {
      pulls.push(feed.site);
      return endpoint.transport.pull(feed);
    },
  };
  return { endpoint, device, transport, pushed, pulls };
}

it.each(['revoked', 'wipe'] as const)(
  'of a laptop that is %s is delivered once and counts as sent never',
  async (status) => {
    const { device, transport, pushed, pulls } = await closed(status);
    const unsent = unsentCount(device.vault);
    expect(await device.sync(transport)).toEqual(putAside);
    expect(pushed.flat()).toHaveLength(unsent);
    expect(pulls).toEqual([]);
    expect(unsentCount(device.vault)).toBe(unsent);
    expect(undeliveredCount(device.vault)).toBe(0);
    // The next round has nothing new to deliver.
    expect(await device.sync(transport)).toEqual(putAside);
    expect(pushed.flat()).toHaveLength(unsent);
  },
);

it('what did not arrive counts as undelivered, and is delivered the next time', async () => {
  const { device, transport } = await closed('wipe', [() => Promise.resolve(offline)]);
  expect(await device.sync(transport)).toEqual(offline);
  expect(undeliveredCount(device.vault)).toBe(unsentCount(device.vault));
  expect(await device.sync(transport)).toEqual(putAside);
  expect(undeliveredCount(device.vault)).toBe(0);
});

it('of a laptop that was let back in is sent as usual, all of it', async () => {
  const { device, transport, endpoint } = await closed('revoked');
  await device.sync(transport);
  expect(await device.sync(endpoint.transport)).toMatchObject({ ok: true });
  expect(unsentCount(device.vault)).toBe(0);
});

it('a laptop that is let back in while it delivers notes what was confirmed and goes on in the next round', async () => {
  const { device, transport, endpoint } = await closed('revoked', [(batch) => endpoint.transport.push(batch)]);
  expect(await depositPending(device.vault, transport)).toMatchObject({ error: { type: 'rewound' } });
  expect(undeliveredCount(device.vault)).toBe(unsentCount(device.vault));
});

it('a change that waits for a person is found by its number, and one that is not here is left out', async () => {
  const device = await aDevice();
  const ref = device.newRef('resident');
  await device.save(creating(ref, aResident('Kovalenko')));
  const [writer] = [...device.vault.memory.known.writers.values()].filter(({ c }) => c === 'core');
  if (writer === undefined) return expect.fail('nothing was written');
  const w = Uint8Array.from(writer.w);
  const held = { w, n: 1, why: 'rights', state: 'held' } as const;
  const waiting = [held, { ...held, n: 999 }, { ...held, w: new Uint8Array(8) }];
  expect(await heldChanges(device.vault, { waiting, rejected: [] })).toEqual([
    expect.objectContaining({ ref, why: 'rights', state: 'held' }),
  ]);
});
