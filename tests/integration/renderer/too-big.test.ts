import { expect, it } from 'vitest';
import { unsentCount } from '../../../renderer/use-cases/push-pending.ts';
import type { RecordRef, Value } from '../../../shared/records/record.ts';
import { packOps } from '../../../shared/sync/row-codec.ts';
import type { SyncTransport } from '../../../shared/transport-ports.ts';
import { aDevice, aName, aResident, creating, type Device } from '../../fakes/device.ts';
import { memoryEndpoint } from '../../fakes/memory-endpoint.ts';

/** A line on which something refuses every request above a size, whatever the endpoint would say. */
function aNarrowLine() {
  const endpoint = memoryEndpoint();
  const line = { most: Infinity };
  const transport: SyncTransport = {
    ...endpoint.transport,
    push: (batch) =>
      packOps(batch.ops).length > line.most
        ? Promise.resolve({ ok: false, error: { type: 'too-big', retryAfterMs: 0 } })
        : endpoint.transport.push(batch),
  };
  return { endpoint, transport, line };
}
const naming = async (device: Device, ref: RecordRef, value: Value) =>
  device.save({ records: [{ ref, edits: [{ field: 'name', value, base: [] }] }], action: 'edit', purpose: null });

it('one operation that no line takes keeps nothing else from going and coming, and goes when a line takes it', async () => {
  const { endpoint, transport, line } = aNarrowLine();
  const [author, colleague] = [await aDevice({ seed: 1 }), await aDevice({ seed: 2 })];
  for (const device of [author, colleague]) await device.sync(transport);
  const person = author.newRef('resident');
  await author.save(creating(person, { ...aResident('Kovalenko'), bsn: '111222333' }));
  const long = 'x'.repeat(100);
  expect(await naming(author, person, aName('Kovalenko', long))).toMatchObject({ ok: true });
  const names = (await author.opsIn(person)).filter(({ f }) => f === 'name');
  line.most = Math.max(...names.map((op) => packOps([op]).length)) - 1;
  await author.save(creating(author.newRef('resident'), aResident('Behind it')));
  const theirs = colleague.newRef('resident');
  await colleague.save(creating(theirs, aResident('Melnyk')));
  expect(await colleague.sync(transport)).toMatchObject({ ok: true, value: { sent: 4 } });

  // A person is told; the rest is there.
  expect(await author.sync(transport)).toMatchObject({ ok: false, error: { type: 'too-big' } });
  expect(await author.valuesIn(theirs)).toMatchObject({ name: aName('Melnyk') });
  expect(endpoint.feeds.get('bsn')).toHaveLength(1);
  const later = author.newRef('resident');
  await author.save(creating(later, aResident('Bondar')));
  await author.sync(transport);
  await colleague.sync(transport);
  expect(await colleague.valuesIn(later)).toMatchObject({ name: aName('Bondar') });
  // The long one, and what was made behind it under the same writer.
  expect(unsentCount(author.vault)).toBe(5);

  line.most = Infinity;
  expect(await author.sync(transport)).toMatchObject({ ok: true });
  expect(unsentCount(author.vault)).toBe(0);
  await colleague.sync(transport);
  expect(JSON.stringify(await colleague.valuesIn(person))).toContain(long);
});
