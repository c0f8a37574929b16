import { expect, it } from 'vitest';
import { toHex } from '../../../shared/kernel/bytes.ts';
import type { Anchor, SyncTransport } from '../../../shared/transport-ports.ts';
import type { RecordRef } from '../../../shared/records/record.ts';
import type { Change } from '../../../shared/sync/change.ts';
import { aDevice, aResident, creating, type Device } from '../../fakes/device.ts';
import { memoryEndpoint } from '../../fakes/memory-endpoint.ts';

type Sent = { readonly ops: readonly Change[]; readonly anchors: readonly Anchor[] };

/** What a sync sends, and whether the endpoint takes it. */
async function sentBy(device: Device, transport: SyncTransport, isOffline = false): Promise<readonly Sent[]> {
  const sent: Sent[] = [];
  await device.sync({
    ...transport,
    push: (batch) => {
      sent.push({ ops: batch.ops, anchors: batch.anchors ?? [] });
      return isOffline
        ? Promise.resolve({ ok: false, error: { type: 'offline', retryAfterMs: 0 } })
        : transport.push(batch);
    },
  });
  return sent;
}
const fill = (ref: RecordRef, field: string, value: string) => creating(ref, { [field]: value });
const named = (sent: readonly Sent[]) => sent.flatMap(({ anchors }) => anchors);

it('a first value names a record by an operation that the endpoint has: an own one, or one that came from there', async () => {
  const { transport } = memoryEndpoint();
  const [author, reader] = [await aDevice({ seed: 1 }), await aDevice({ seed: 2 })];
  const ref = author.newRef('resident');
  await author.save(creating(ref, aResident('Kovalenko')));
  // The record begins with these: nothing of it is there yet.
  expect(named(await sentBy(author, transport))).toEqual([]);
  await reader.sync(transport);
  const known = new Set((await author.opsIn(ref)).map(({ w, n }) => `${toHex(w)} ${n}`));
  for (const device of [author, reader]) {
    await device.save(fill(ref, 'vNumber', `289021153${device === author ? 4 : 5}`));
    const [batch, ...more] = await sentBy(device, transport);
    expect(more).toEqual([]);
    expect(batch?.anchors.map(({ n }) => n)).toEqual([batch?.ops[0]?.n]);
    for (const { by } of batch?.anchors ?? []) expect(known).toContain(`${toHex(by.w)} ${by.n}`);
  }
});

it('names nothing that is not confirmed, and a record with a base by its base', async () => {
  const { transport } = memoryEndpoint();
  const device = await aDevice({ seed: 3 });
  const ref = device.newRef('resident');
  await device.save(creating(ref, aResident('Kovalenko')));
  expect(named(await sentBy(device, transport, true))).toEqual([]);
  await device.restart();
  // By another writer, after what is not confirmed either.
  await device.save(fill(ref, 'vNumber', '2890211534'));
  expect(named(await sentBy(device, transport, true))).toEqual([]);
  await device.sync(transport);
  const [op] = (await device.opsIn(ref)).filter(({ f }) => f === 'birthDate');
  const base = op === undefined ? [] : [{ w: op.w, n: op.n }];
  await device.save({
    records: [{ ref, edits: [{ field: 'birthDate', value: '1986-03-12', base }] }],
    action: 'edit',
    purpose: null,
  });
  const sent = await sentBy(device, transport);
  expect(sent.flatMap(({ ops }) => ops.map(({ f }) => f))).toEqual(['birthDate']);
  expect(named(sent)).toEqual([]);
});
