import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeSyncTransport } from '../../../renderer/adapters/host-client.ts';
import { unsentCount } from '../../../renderer/use-cases/push-pending.ts';
import { aResident, creating } from '../../fakes/device.ts';
import { ownEndpoint } from '../endpoint/own-endpoint.ts';
import { runCommand } from '../endpoint/test-device.ts';
import { makeTestClock, startHost } from './main-fixtures.ts';
import { aStickLaptop } from './stick-laptop.ts';

const day = 86_400_000;
/** The clock of the endpoint runs with that of the laptop that is tested. */
let atEndpoint = Date.now;
const own = await ownEndpoint({ nowMs: () => atEndpoint() });

/** A laptop that was connected a moment ago, with one person on it that nobody else has. */
async function laptop(seed: number) {
  const clock = makeTestClock();
  atEndpoint = clock.nowMs;
  const times = { nowMs: clock.nowMs, monotonicMs: clock.monotonicMs };
  const one = await aStickLaptop(own.endpoint, seed, times);
  await one.device.save(creating(one.device.newRef('resident'), aResident('Kovalenko')));
  const lease = async () => (await one.main.host['sync:status']()).lease;
  const hello = () => one.main.host['sync:hello']({ writers: [], feeds: [], vaultCounter: 1, seen: [] });
  return { ...one, clock, times, lease, hello };
}

describe('a laptop without contact', () => {
  it('says for how many days, and begins anew with each contact', async () => {
    const { clock, lease, hello } = await laptop(1);
    expect(await lease()).toEqual({ stage: 'open', days: 0, of: 14, daysLeft: 7 });
    const stages = [];
    for (const days of [6.9, 0.1, 5, 2]) {
      clock.run(days * day);
      stages.push((await lease())?.stage);
    }
    expect(stages).toEqual(['open', 'warned', 'read-only', 'over']);
    await hello();
    expect(await lease()).toMatchObject({ stage: 'open', days: 0 });
  });

  it('does not get more time by setting its clock back, running or between two starts', async () => {
    const { main, userData, clock, times, lease } = await laptop(2);
    const before = clock.nowMs();
    clock.run(13 * day);
    expect(await lease()).toMatchObject({ stage: 'read-only', days: 13 });
    clock.setWall(before);
    expect(await lease()).toMatchObject({ stage: 'read-only', days: 13 });
    // Killed: nothing was put away in order.
    const again = await startHost(userData, times);
    expect((await again.host['sync:status']()).lease).toMatchObject({ stage: 'read-only', days: 13 });
    clock.run(day);
    expect((await again.host['sync:status']()).lease).toMatchObject({ stage: 'over', days: 14 });
    await main.forget();
  });

  it('that was closed gets no more time', async () => {
    const { clock, id, lease, hello } = await laptop(3);
    clock.run(8 * day);
    await runCommand(own.data, 'revoke', id, 'returned');
    expect(await hello()).toMatchObject({ status: 'revoked' });
    expect(await lease()).toMatchObject({ stage: 'warned', days: 8 });
  });

  it('keeps to the days that the municipality gave, from the day on which they begin', async () => {
    const { clock, lease, hello } = await laptop(4);
    const inTwoDays = new Date(Date.now() + 2 * day).toISOString().slice(0, 10);
    clock.setWall(Date.parse(inTwoDays) - day);
    expect((await runCommand(own.data, 'lease', '31', inTwoDays)).code).toBe(1);
    expect((await runCommand(own.data, 'lease', '4', '2026-01-01')).lines[0]).toMatch(/^2026-01-01 is over/);
    expect((await runCommand(own.data, 'lease', '4', inTwoDays)).code).toBe(0);
    expect((await runCommand(own.data, 'lease')).lines).toEqual([`0000: 4 days from ${inTwoDays}`]);
    await hello();
    expect(await lease()).toMatchObject({ stage: 'open', of: 14 });
    clock.run(2 * day);
    expect(await lease()).toMatchObject({ stage: 'warned', of: 4, days: 2 });
  });
});

describe('when the time is over', () => {
  it('the first exchange sends what was not sent, and opens the laptop', async () => {
    const { main, device, clock, lease } = await laptop(5);
    clock.run(20 * day);
    expect(await lease()).toMatchObject({ stage: 'over', days: 20 });
    const order: string[] = [];
    const transport = makeSyncTransport(main.host);
    const done = await device.sync({
      ...transport,
      push: (batch) => (order.push('push'), transport.push(batch)),
      pull: (feed) => (order.push('pull'), transport.pull(feed)),
    });
    expect(done).toMatchObject({ ok: true });
    expect(order.indexOf('push')).toBe(0);
    expect(order).toContain('pull');
    expect(unsentCount(device.vault)).toBe(0);
    expect(await lease()).toMatchObject({ stage: 'open' });
  });

  it('what was not sent goes by stick as well, and the answer opens the laptop for what is left of its days', async () => {
    const { device, stick, clock, lease, write, read } = await laptop(6);
    clock.run(14 * day);
    const up = await write();
    const taken = await own.endpoint.casebox.take(readFileSync(up));
    if (!taken.ok) return expect.fail(taken.error.type);
    const answered = path.join(stick, 'answer.casebox');
    writeFileSync(answered, taken.value.answer);
    clock.run(3 * day);
    expect(await lease()).toMatchObject({ stage: 'over', days: 17 });
    expect(unsentCount(device.vault)).toBeGreaterThan(0);
    expect(await read(answered)).toMatchObject({ ok: true });
    expect(unsentCount(device.vault)).toBe(0);
    expect(await lease()).toMatchObject({ stage: 'open', days: 3 });
  });
});
