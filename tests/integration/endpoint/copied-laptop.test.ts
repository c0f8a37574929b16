import { afterAll, beforeAll, expect, it } from 'vitest';
import pg from 'pg';
import { startEndpoint, type Endpoint } from '../../../endpoint/start-endpoint.ts';
import { unsentCount } from '../../../renderer/use-cases/push-pending.ts';
import type { RecordRef, Value } from '../../../shared/records/record.ts';
import { aDevice, aResident, creating, type Device } from '../../fakes/device.ts';
import { copyStore, emptyStore, storeOn } from '../../simulation/disk.ts';
import { transportOf } from './laptop-transport.ts';
import { adminUrlOf, enrolled, makeDataFolder } from './test-device.ts';

const folder = await makeDataFolder();
const data = folder.path;
let endpoint: Endpoint;
let client: pg.Client;

beforeAll(async () => {
  endpoint = await startEndpoint({ data });
  client = new pg.Client({ connectionString: await adminUrlOf(endpoint, data) });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await endpoint.stop();
  await folder.remove();
});

async function edit(device: Device, ref: RecordRef, field: string, value: Value): Promise<void> {
  const ops = await device.opsIn(ref);
  const base = ops.filter(({ f }) => f === field).map(({ w, n }) => ({ w, n }));
  const edits = [{ field, value, base: base.slice(-1) }];
  expect(await device.save({ records: [{ ref, edits }], action: 'edit', purpose: null })).toMatchObject({ ok: true });
}

it('takes the work of a laptop and of its copy, both with one key, and gives each the work of the other', async () => {
  const laptop = await enrolled(endpoint);
  const transport = transportOf(laptop);
  const image = emptyStore('one');
  const first = await aDevice({ store: storeOn({ store: image }), user: laptop.user });
  const ref = first.newRef('resident');
  await first.save(creating(ref, aResident('Kovalenko')));
  expect(await first.sync(transport)).toMatchObject({ ok: true, value: { sent: 4 } });
  await edit(first, ref, 'callName', 'both');

  // The disk as it is now, in another laptop whose process goes on from the same moment.
  const second = await aDevice({ store: storeOn({ store: copyStore(image) }), user: laptop.user, seed: 2 });
  second.vault.memory.ownWriters = new Map(first.vault.memory.ownWriters);
  await edit(first, ref, 'vNumber', '1234567890');
  await edit(second, ref, 'callName', 'second');
  await second.save(creating(second.newRef('resident'), aResident('Bondar')));

  expect(await first.sync(transport)).toMatchObject({ ok: true, value: { sent: 2 } });
  expect(await second.sync(transport)).toMatchObject({ ok: true });
  expect(second.told).toEqual([{ type: 'reissued', ops: 5 }]);
  expect(await first.sync(transport)).toMatchObject({ ok: true, value: { sent: 0 } });
  const expected = { name: { family: 'Kovalenko' }, callName: 'second', vNumber: '1234567890' };
  for (const device of [first, second]) {
    expect(await device.valuesIn(ref)).toMatchObject(expected);
    expect(unsentCount(device.vault)).toBe(0);
    expect(await device.sync(transport)).toMatchObject({ ok: true, value: { sent: 0, received: 0 } });
  }
  const { rows } = await client.query<{ f: string; count: string }>(
    'SELECT f, count(*) FROM op WHERE user_id = $1 GROUP BY f ORDER BY f',
    [laptop.user],
  );
  expect(Object.fromEntries(rows.map(({ f, count }) => [f, Number(count)]))).toEqual({
    ...{ arrival: 2, birthDate: 2, callName: 2, name: 2, placement: 2 },
    vNumber: 1,
  });
  const aside = await client.query('SELECT FROM quarantine WHERE device = $1', [laptop.id]);
  expect(aside.rowCount).toBe(0);
});
