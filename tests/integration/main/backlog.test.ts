import { connect, createServer, type AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { makeSyncTransport } from '../../../renderer/adapters/host-client.ts';
import { unsentCount } from '../../../renderer/use-cases/push-pending.ts';
import type { SaveRequest } from '../../../renderer/use-cases/save-record.ts';
import { aDevice, aResident, creating, type Device } from '../../fakes/device.ts';
import { ownEndpoint } from '../endpoint/own-endpoint.ts';
import { enrol, startHost, temporaryFolder } from './main-fixtures.ts';

const own = await ownEndpoint();

/** A line that counts what goes over it, both ways, and can be cut after so many bytes. */
async function countingLine(target: string) {
  const { hostname, port } = new URL(target);
  const line = { bytes: 0, requests: 0, cutAfter: Infinity };
  const server = createServer((near) => {
    const far = connect(Number(port), hostname);
    const end = () => {
      near.destroy();
      far.destroy();
    };
    const count = (chunk: Buffer) => {
      line.bytes += chunk.length;
      if (line.bytes > line.cutAfter) end();
    };
    near.on('data', (chunk: Buffer) => {
      line.requests += chunk.toString('latin1').split(/^(?:POST|GET) \/v1\//m).length - 1;
      count(chunk);
    });
    far.on('data', count);
    for (const side of [near, far]) side.on('error', end).on('close', end);
    near.pipe(far).pipe(near);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  onTestFinished(() => void server.close());
  return { line, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

/** Fifty people a save, four operations each, as an import makes them. */
async function manyPeople(device: Device, saves: number): Promise<void> {
  for (let save = 0; save < saves; save++) {
    const parts = Array.from({ length: 50 }, (_, at) => {
      const values = { ...aResident(`Kovalenko${save}x${at}`), birthDate: `19${50 + (at % 50)}-03-1${save % 10}` };
      return creating(device.newRef('resident'), values);
    });
    const [first] = parts;
    const request: SaveRequest = { ...first!, records: parts.flatMap(({ records }) => records) };
    expect((await device.save(request)).ok).toBe(true);
  }
}

it('10,000 unsent operations and the first contact fit in five minutes at 100 kbit/s, and go on where the line broke', async () => {
  const { line, url } = await countingLine(own.endpoint.url);
  const main = await startHost(temporaryFolder());
  const { user } = await enrol(main);
  const device = await aDevice({ host: main.host, user });
  await manyPeople(device, 50);
  const unsent = unsentCount(device.vault);
  expect(unsent).toBe(10_000);
  await main.host['sync:enrol']({ url, code: await own.endpoint.invite() });
  const sync = () => device.sync(makeSyncTransport(main.host));

  line.cutAfter = line.bytes + 100_000;
  expect((await sync()).ok).toBe(false);
  const left = unsentCount(device.vault);
  expect(left).toBeLessThan(unsent);
  expect(left).toBeGreaterThan(0);
  line.cutAfter = Infinity;
  expect(await sync()).toMatchObject({ ok: true, value: { sent: left } });
  expect(unsentCount(device.vault)).toBe(0);

  // At 100 kbit/s, and 300 ms for each question; what the line carried is all of it, the way back too.
  const seconds = (line.bytes * 8) / 100_000 + line.requests * 0.3;
  expect(line.requests).toBeGreaterThan(10);
  expect(seconds).toBeLessThan(300);
});

it('a line that breaks every 40 s at 5 kbit/s gets further in every one of these, until all is there', async () => {
  const { line, url } = await countingLine(own.endpoint.url);
  const main = await startHost(temporaryFolder());
  const { user } = await enrol(main, 'Anna', 2);
  const device = await aDevice({ host: main.host, user, seed: 2 });
  await manyPeople(device, 30);
  await main.host['sync:enrol']({ url, code: await own.endpoint.invite() });
  const left = [unsentCount(device.vault)];
  for (let window = 0; window < 40 && left.at(-1) !== 0; window++) {
    line.cutAfter = line.bytes + 25_000;
    await device.sync(makeSyncTransport(main.host));
    left.push(unsentCount(device.vault));
  }
  expect(left[0]).toBe(6_000);
  expect(left.length).toBeGreaterThan(6);
  expect(left.at(-1)).toBe(0);
  for (const [at, before] of left.slice(0, -1).entries()) expect(left[at + 1]).toBeLessThan(before);
});
