import { expect, it } from 'vitest';
import { makeSystemClock } from '../../../renderer/adapters/system-clock.ts';
import { makeSyncTransport } from '../../../renderer/adapters/host-client.ts';
import type { RecordRef, Value } from '../../../shared/records/record.ts';
import { digestOf } from '../../../shared/sync/digest.ts';
import { applyOps } from '../../../shared/sync/merge.ts';
import { aDevice, aResident, creating, sha256, type Device } from '../../fakes/device.ts';
import { ownEndpoint } from '../endpoint/own-endpoint.ts';
import { enrol, makeTestClock, startHost, temporaryFolder } from './main-fixtures.ts';

const hour = 3_600_000;
/** The clocks of the laptops are right; that of the endpoint is what the test says it is. */
const clock = makeTestClock();
let off = 0;
const own = await ownEndpoint({ nowMs: () => clock.nowMs() + off });

async function laptop(seed: number) {
  const times = { nowMs: clock.nowMs, monotonicMs: clock.monotonicMs };
  const main = await startHost(temporaryFolder(), times);
  const { user } = await enrol(main, 'Anna', seed);
  await main.host['sync:enrol']({ url: own.endpoint.url, code: await own.endpoint.invite() });
  const writingClock = makeSystemClock({ wallMs: clock.nowMs, monotonicMs: clock.monotonicMs });
  const device = await aDevice({ host: main.host, user, seed, writingClock });
  const sync = async () => expect((await device.sync(makeSyncTransport(main.host))).ok).toBe(true);
  return { device, sync };
}

/** Over what is on the screen. */
async function edit(device: Device, ref: RecordRef, field: string, value: Value) {
  const live = [...applyOps(await device.opsIn(ref)).registers.values()].flatMap((register) => register.live);
  const base = live.filter(({ f }) => f === field).map(({ w, n }) => ({ w, n }));
  const saved = await device.save({
    records: [{ ref, edits: [{ field, value, base }] }],
    action: 'edit',
    purpose: null,
  });
  expect(saved.ok).toBe(true);
}
const digest = async (device: Device, ref: RecordRef) =>
  digestOf(applyOps(await device.opsIn(ref)).registers, sha256).map((bytes) => Buffer.from(bytes).toString('hex'));

it('of which the clock is an hour off, either way and from one exchange to the next, merges as one that is right', async () => {
  const [a, b] = [await laptop(1), await laptop(2)];
  const ref = a.device.newRef('resident');
  off = hour;
  await a.device.save(creating(ref, { ...aResident('Kovalenko'), callName: 'Olena' }));
  await a.sync();
  await b.sync();
  // One after the other: the later one has seen the earlier one, whatever the endpoint says the time is.
  off = -hour;
  for (const [one, other, name] of [
    [b, a, 'Olja'],
    [a, b, 'Olenka'],
    [b, a, 'Olha'],
  ] as const) {
    clock.run(1_000);
    await edit(one.device, ref, 'callName', name);
    await one.sync();
    await other.sync();
    off = -off;
  }
  for (const { device } of [a, b]) expect(await device.valuesIn(ref)).toMatchObject({ callName: 'Olha' });
  // At the same time: both values stand, and both laptops have the same.
  await edit(a.device, ref, 'birthDate', '1985-03-13');
  off = hour;
  await b.sync();
  await edit(b.device, ref, 'birthDate', '1985-03-14');
  for (const one of [a, b, a]) await one.sync();
  const live = applyOps(await a.device.opsIn(ref)).registers;
  const births = [...live.values()].flatMap((register) => register.live).filter(({ f }) => f === 'birthDate');
  expect(births.map(({ v }) => v).toSorted()).toEqual(['1985-03-13', '1985-03-14']);
  expect(await digest(a.device, ref)).toEqual(await digest(b.device, ref));
});
