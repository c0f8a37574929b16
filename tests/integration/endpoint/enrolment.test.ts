import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startEndpoint, type Endpoint } from '../../../endpoint/start-endpoint.ts';
import { toUtf8 } from '../../../shared/kernel/bytes.ts';
import { requestHeaders } from '../../../shared/sync/protocol.ts';
import { enrolled, makeDataFolder, newRecord, TestDevice } from './test-device.ts';

let endpoint: Endpoint;
let lenient: Endpoint;
const folders = await Promise.all([makeDataFolder(), makeDataFolder()]);
beforeAll(async () => {
  endpoint = await startEndpoint({ data: folders[0].path });
  // The same database cannot serve two endpoints, so the lenient one has its own.
  lenient = await startEndpoint({ data: folders[1].path, allowReducedProtection: true });
});
afterAll(async () => {
  await endpoint.stop();
  await lenient.stop();
  for (const folder of folders) await folder.remove();
});

describe('the code', () => {
  it('registers the device with the rights of the invitation', async () => {
    const { text: site } = newRecord();
    const device = new TestDevice(endpoint);
    const code = await endpoint.invite({ sites: [site], role: 'interviewer' });
    expect(code).toMatch(/^([A-Z2-7]{4}-){6}[A-Z2-7]{2}$/);
    expect(await device.enrol(code)).toMatchObject({
      device: device.id,
      user: device.user,
      role: 'interviewer',
      compartments: ['core', 'health'],
      sites: [site],
      serverKey: endpoint.serverKey,
    });
    expect(await device.hello()).toMatchObject({ device: 'active', feeds: [] });
  });

  it('is read as a person types it', async () => {
    const code = await endpoint.invite();
    const typed = code.toLowerCase().replaceAll('-', ' ').replaceAll('o', '0');
    expect(await new TestDevice(endpoint).enrol(typed)).not.toHaveProperty('err');
  });

  it('counts once', async () => {
    const code = await endpoint.invite();
    const devices = [new TestDevice(endpoint), new TestDevice(endpoint), new TestDevice(endpoint)];
    const answers = await Promise.all(devices.map((device) => device.enrol(code)));
    expect(answers.filter((answer) => 'err' in answer)).toMatchObject([
      { err: 'CODE_REFUSED' },
      { err: 'CODE_REFUSED' },
    ]);
  });

  it('is refused when it is wrong or too old, and the device stays unknown', async () => {
    const device = new TestDevice(endpoint);
    const expired = await endpoint.invite({ validMs: -1 });
    expect(await device.enrol('AAAA-BBBB')).toMatchObject({ err: 'CODE_REFUSED' });
    expect(await device.enrol(expired)).toMatchObject({ err: 'CODE_REFUSED' });
    const writer = device.writer('core');
    device.fill(writer, 1);
    expect(await device.push(device.frameOf(writer))).toMatchObject({ err: 'UNKNOWN_DEVICE' });
  });

  it('gives nothing to who cannot sign with the key it shows, or with the key the device has', async () => {
    const code = await endpoint.invite();
    const device = new TestDevice(endpoint);
    const other = new TestDevice(endpoint);
    expect(await device.enrol(code, { devicePublicKey: other.publicKey })).toMatchObject({ err: 'UNKNOWN_DEVICE' });
    expect(await device.enrol(code)).not.toHaveProperty('err');
    const clone = Object.assign(new TestDevice(endpoint), { id: device.id });
    const second = await endpoint.invite();
    expect(await clone.enrol(second)).toMatchObject({ err: 'CODE_REFUSED' });
    // The code was not used up by the attempt: a second user of the true device comes with it.
    device.user = other.user;
    expect(await device.enrol(second)).toMatchObject({ user: other.user });
  });
});

describe('reduced protection', () => {
  it('is refused by default and does not use the code up', async () => {
    const device = new TestDevice(endpoint);
    const code = await endpoint.invite();
    expect(await device.enrol(code, { protection: 'reduced' })).toMatchObject({ err: 'PROTECTION_REFUSED' });
    const full = await device.enrol(code);
    expect(full).not.toHaveProperty('err');
    expect(full).not.toHaveProperty('reducedProtection');
  });

  it('is accepted where it is allowed, and the answer says so', async () => {
    const answer = await new TestDevice(lenient).enrol(await lenient.invite(), { protection: 'reduced' });
    expect(answer).toMatchObject({ reducedProtection: true });
    const health = (await (await fetch(`${lenient.url}/health`)).json()) as object;
    expect(health).toMatchObject({ status: 'ok', reducedProtection: true });
  });
});

describe('a signed request', () => {
  const hello = (device: TestDevice, nonce: string) =>
    toUtf8(
      JSON.stringify({
        proto: 1,
        device: device.id,
        app: '0.1.0',
        schema: 1,
        nonce,
        clock: { wall: 0, cq: 2 },
        vaultCounter: 0,
        epoch: null,
        writers: [],
        feeds: [],
        seen: [],
      }),
    );

  it('counts once', async () => {
    const device = await enrolled(endpoint);
    const nonce = randomBytes(16).toString('hex');
    const body = hello(device, nonce);
    const headers = device.headers('POST', '/v1/hello', body, nonce);
    expect((await device.send('POST', '/v1/hello', body, headers)).status).toBe(200);
    expect((await device.send('POST', '/v1/hello', body, headers)).status).toBe(401);
  });

  it('is refused with another body, another target, another device, another user, or without a header', async () => {
    const device = await enrolled(endpoint);
    const other = await enrolled(endpoint);
    const nonce = () => randomBytes(16).toString('hex');
    const attempts = [nonce(), nonce(), nonce(), nonce(), nonce()].map((each) => ({ each, body: hello(device, each) }));
    const headersOf = (at: number) => {
      const { each, body } = attempts[at] ?? attempts[0]!;
      return { body, headers: device.headers('POST', '/v1/hello', body, each) };
    };
    const changed = headersOf(0);
    const statuses = [
      await device.send('POST', '/v1/hello', hello(device, nonce()), changed.headers),
      await device.send('POST', '/v1/batches', headersOf(1).body, headersOf(1).headers),
      await device.send('POST', '/v1/hello', headersOf(2).body, {
        ...headersOf(2).headers,
        [requestHeaders.device]: other.id,
      }),
      await device.send('POST', '/v1/hello', headersOf(3).body, {
        ...headersOf(3).headers,
        [requestHeaders.user]: other.user,
      }),
      await device.send('POST', '/v1/hello', headersOf(4).body, { [requestHeaders.device]: device.id } as never),
    ].map(({ status }) => status);
    expect(statuses).toEqual([401, 401, 401, 401, 401]);
  });

  it('is not read when it is too long, and bad JSON is refused', async () => {
    const device = await enrolled(endpoint);
    expect((await device.send('POST', '/v1/enrol', new Uint8Array(20_000))).status).toBe(413);
    for (const text of ['', '{', '[]', '{"__proto__":{"x":1}}', '"x"']) {
      expect((await device.send('POST', '/v1/hello', toUtf8(text))).status).toBe(422);
    }
  });
});
