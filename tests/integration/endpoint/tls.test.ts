import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { startEndpoint, type Endpoint } from '../../../endpoint/start-endpoint.ts';
import type { Identity } from '../certificates.ts';
import { makeCertificate, tlsOf } from '../certificates.ts';
import { enrol, startHost, temporaryFolder } from '../main/main-fixtures.ts';
import { makeDataFolder } from './test-device.ts';

const authority = makeCertificate({ name: 'Gemeente Voorbeeld' });
const own = makeCertificate({ name: 'endpoint', issuer: authority });
const folder = await makeDataFolder();
let endpoint: Endpoint;
beforeAll(async () => {
  endpoint = await startEndpoint({ data: folder.path, tls: tlsOf(own), allowReducedProtection: true });
});
afterAll(async () => {
  await endpoint.stop();
  await folder.remove();
});

/** A laptop; with `ca` the organisation has put its authority beside the data. */
async function laptop(ca?: string) {
  const userData = temporaryFolder();
  if (ca !== undefined) writeFileSync(path.join(userData, 'endpoint-ca.pem'), ca);
  const device = await startHost(userData);
  await enrol(device);
  return device;
}
/** Somebody between laptop and endpoint who reads along, with a certificate of their own; counts what it gets. */
async function interceptor(certificate: Identity) {
  let asked = 0;
  const server = createServer(tlsOf(certificate), (_, response) => {
    asked += 1;
    response.end();
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  onTestFinished(() => void server.close());
  return { url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`, asked: () => asked };
}

describe('an endpoint with a certificate', () => {
  it('serves a laptop that pinned its authority: enrolment, hello, feed', async () => {
    expect(endpoint.url).toMatch(/^https:/);
    const { host } = await laptop(authority.cert);
    const code = await endpoint.invite();
    expect(await host['sync:enrol']({ url: endpoint.url, code })).toEqual({ sites: ['*'] });
    expect(await host['sync:hello']({ writers: [], feeds: [], vaultCounter: 1, seen: [] })).toMatchObject({
      status: 'active',
    });
    const page = await host['sync:pull']({ site: 'shared', c: 'core', pos: 0, h: new Uint8Array(32) });
    expect(page).toMatchObject({ entries: [], more: false });
  });

  it.each([
    ['no authority known', undefined],
    ['another authority pinned', makeCertificate({ name: 'Somebody' }).cert],
  ])('is not believed with %s, and the code is not used up', async (_, ca) => {
    const code = await endpoint.invite();
    const { host } = await laptop(ca);
    expect(await host['sync:enrol']({ url: endpoint.url, code })).toEqual({ failed: 'untrusted', retryAfterMs: 0 });
    const right = await laptop(authority.cert);
    expect(await right.host['sync:enrol']({ url: endpoint.url, code })).toEqual({ sites: ['*'] });
  });

  it('does not answer on plain HTTP', async () => {
    const { host } = await laptop(authority.cert);
    const url = endpoint.url.replace('https:', 'http:');
    expect(await host['sync:enrol']({ url, code: await endpoint.invite() })).toMatchObject({ failed: 'offline' });
  });
});

describe('a certificate that is not right', () => {
  const proxy = makeCertificate({ name: 'Inspecting proxy' });
  it.each([
    ['of an inspecting proxy', makeCertificate({ name: '127.0.0.1', issuer: proxy })],
    ['that signed itself', makeCertificate({ name: '127.0.0.1' })],
    [
      'that has run out',
      makeCertificate({ name: 'endpoint', issuer: authority, until: new Date(Date.now() - 3_600_000) }),
    ],
    ['of another address', makeCertificate({ name: 'endpoint', issuer: authority, address: [127, 0, 0, 2] })],
  ])('%s is refused, and nothing was sent', async (_, certificate) => {
    const between = await interceptor(certificate);
    const { host } = await laptop(authority.cert);
    expect(await host['sync:enrol']({ url: between.url, code: 'ABCD' })).toEqual({
      failed: 'untrusted',
      retryAfterMs: 0,
    });
    expect(between.asked()).toBe(0);
    expect(await host['sync:status'](undefined)).toMatchObject({ endpoint: null });
  });
});

it('plain HTTP to anything but this computer is refused by the app before a name is looked up', async () => {
  const { host } = await laptop();
  for (const url of ['http://endpoint.invalid', 'http://192.0.2.1:4000', 'ftp://127.0.0.1', 'https://a:b@c.invalid'])
    expect(await host['sync:enrol']({ url, code: 'ABCD' })).toEqual({ refused: 'address' });
});

describe('the program', () => {
  const run = async (...args: readonly string[]) => {
    const child = spawn(process.execPath, ['endpoint/main.ts', '--data', folder.path, ...args], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const [said, code] = await Promise.all([
      text(child.stderr),
      new Promise((ended) => child.once('exit', (left) => ended(left))),
    ]);
    return { code, lines: said.trim().split('\n') };
  };

  it('ends with one line when the certificate cannot be read, is none, or does not fit its key', async () => {
    const place = temporaryFolder();
    const file = (name: string, content: string | Buffer) => {
      writeFileSync(path.join(place, name), content);
      return path.join(place, name);
    };
    const { cert, key } = tlsOf(own);
    const certFile = file('cert.pem', cert);
    const keyFile = file('key.pem', key);
    const otherKey = file('other.pem', tlsOf(makeCertificate({ name: 'other' })).key);
    const wrong: [string, string, RegExp][] = [
      [path.join(place, 'missing.pem'), keyFile, /^Cannot read --cert .*missing\.pem: ENOENT$/],
      [file('none.pem', 'no certificate'), keyFile, /^--cert and --key are not a certificate and its key in PEM\.$/],
      [certFile, otherKey, /^--cert and --key are not a certificate and its key in PEM\.$/],
    ];
    for (const [certificate, secret, line] of wrong) {
      const ended = await run('--cert', certificate, '--key', secret);
      expect(ended).toEqual({ code: 1, lines: [expect.stringMatching(line) as string] });
    }
    expect(await run('--cert', certFile)).toEqual({ code: 1, lines: ['--cert and --key go together.'] });
    expect(await run('--host', '0.0.0.0')).toEqual({
      code: 1,
      lines: ['Without a certificate the endpoint listens on this computer only. Give --cert and --key.'],
    });
  });
});
