import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { fromBase64url, toBase64url } from '../../../electron/endpoint-answer.ts';
import { parseEndpointAddress } from '../../../electron/http-request.ts';
import { isSignedBy, makeKeyPair, sha256, signBytes } from '../../../electron/node-crypto.ts';
import { toHex, toUtf8 } from '../../../shared/kernel/bytes.ts';
import { recordIdBytes } from '../../../shared/kernel/ids.ts';
import { encodePage, feedStart } from '../../../shared/sync/page.ts';
import { frameMediaType, requestHeaders, requestText } from '../../../shared/sync/protocol.ts';
import { aChange, aRecordId } from '../../unit/sync/sync-fixtures.ts';
import { enrol, startHost, temporaryFolder } from './main-fixtures.ts';
import { ackOf, batch, enrolled, openEndpoint, w, type Answer } from './endpoint-fixture.ts';

describe('a request', () => {
  it('is signed by the device over method, path, user, nonce and body', async () => {
    const { endpoint, device, opened } = await enrolled();
    const [first] = endpoint.asked;
    const publicKey = (JSON.parse(String(first?.body)) as { devicePublicKey: string; code: string }).devicePublicKey;
    endpoint.answerWith(endpoint.json(ackOf(3)));
    await device.host['sync:push'](batch(opened.user));
    await device.host['sync:pull']({ site: 'site 1/ü', c: 'core', pos: 0, h: new Uint8Array(32) });
    expect(endpoint.asked.map(({ message }) => message.url)).toEqual([
      '/v1/enrol',
      '/v1/batches',
      `/v1/feed/site%201%2F%C3%BC/core?after=0&h=${'0'.repeat(64)}&max=262144`,
    ]);
    for (const { message, body, nonce } of endpoint.asked) {
      const text = requestText({
        method: message.method === 'GET' ? 'GET' : 'POST',
        target: message.url ?? '',
        device: opened.device,
        user: opened.user,
        nonce,
        bodySha256: toHex(sha256(body)),
      });
      const signature = fromBase64url(String(message.headers[requestHeaders.signature]));
      expect(isSignedBy(fromBase64url(publicKey), toUtf8(text), signature)).toBe(true);
    }
    expect(new Set(endpoint.asked.map(({ nonce }) => nonce)).size).toBe(3);
  });

  it('is not made while nobody is unlocked', async () => {
    const { endpoint, device, opened } = await enrolled();
    await device.forget();
    const before = endpoint.asked.length;
    const unauthorised = { failed: 'unauthorised', retryAfterMs: 0 };
    expect(await device.host['sync:push'](batch(opened.user))).toEqual(unauthorised);
    expect(await device.host['sync:hello']({ writers: [], feeds: [], vaultCounter: 0, seen: [] })).toEqual(
      unauthorised,
    );
    expect(await device.host['sync:pull']({ site: 's', c: 'core', pos: 0, h: new Uint8Array(32) })).toEqual(
      unauthorised,
    );
    expect(endpoint.asked.length).toBe(before);
  });

  it.each([
    ['https://endpoint.example', true],
    ['https://endpoint.example:8443/', true],
    ['http://127.0.0.1:4000', true],
    ['http://localhost:4000', true],
    ['http://[::1]:4000', true],
    ['http://endpoint.example', false],
    ['http://127.0.0.1.example', false],
    ['https://user:word@endpoint.example', false],
    ['https://endpoint.example/path', false],
    ['https://endpoint.example/?q=1', false],
    ['file:///etc/passwd', false],
    ['endpoint.example', false],
  ])('goes to %s: %s', async (url, allowed) => {
    expect(parseEndpointAddress(url) !== undefined).toBe(allowed);
    if (allowed) return;
    const device = await startHost(temporaryFolder());
    await enrol(device);
    expect(await device.host['sync:enrol']({ url, code: 'x' })).toEqual({ refused: 'address' });
  });
});

describe('enrolment', () => {
  it('pins the key, and only an answer signed with it is believed after a restart', async () => {
    const { endpoint, userData } = await enrolled();
    expect(readFileSync(path.join(userData, 'settings.json'), 'utf8')).toContain(toBase64url(endpoint.key.publicKey));
    const status = await (await startHost(userData)).host['sync:status']();
    expect(status).toMatchObject({ endpoint: endpoint.url, sites: ['site-1'] });
  });

  it('says that code or protection is refused, and pins nothing', async () => {
    const endpoint = await openEndpoint();
    const device = await startHost(temporaryFolder());
    await enrol(device);
    const ask = () => device.host['sync:enrol']({ url: endpoint.url, code: 'ABCD' });
    endpoint.answerWith(endpoint.json({ err: 'CODE_REFUSED' }, 403));
    expect(await ask()).toEqual({ refused: 'code' });
    endpoint.answerWith(endpoint.json({ err: 'PROTECTION_REFUSED' }, 403));
    expect(await ask()).toEqual({ refused: 'protection' });
    endpoint.answerWith((_, r) => r.writeHead(200, { 'content-type': 'text/html' }).end('<html>'));
    expect(await ask()).toMatchObject({ failed: 'captive-portal' });
    expect(await device.host['sync:status']()).toMatchObject({ endpoint: null, sites: [] });
  });

  it('takes an invitation that came with the start, from the expected key only', async () => {
    for (const expected of [true, false]) {
      const endpoint = await openEndpoint();
      const serverKey = toBase64url(expected ? endpoint.key.publicKey : makeKeyPair('ed25519').publicKey);
      const userData = temporaryFolder();
      const device = await startHost(userData, { invitation: { url: endpoint.url, code: 'ABCD', serverKey } });
      const log = () =>
        readdirSync(path.join(userData, 'log'))
          .map((name) => readFileSync(path.join(userData, 'log', name), 'utf8'))
          .join('');
      const answered = Promise.withResolvers<undefined>();
      endpoint.answerWith((one, response) => {
        const request = JSON.parse(String(one.body)) as { device: string };
        const user = String(one.message.headers[requestHeaders.user]);
        const rights = { device: request.device, user, role: 'lead', compartments: ['core'], sites: [] };
        response.on('close', () => answered.resolve(undefined));
        endpoint.json({ ...rights, serverKey: toBase64url(endpoint.key.publicKey) })(one, response);
      });
      await enrol(device);
      await answered.promise;
      // Either is written down when it is over: before that no address is there in any case.
      await expect.poll(log).toContain(expected ? 'device-enrolled' : 'sync-failed wrong-endpoint');
      const url = expected ? endpoint.url : null;
      await expect.poll(async () => (await device.host['sync:status']()).endpoint).toBe(url);
    }
  });
});

describe('requests', () => {
  it('that follow each other go over one connection, and over a new one when it was closed', async () => {
    const { endpoint, device } = await enrolled();
    const ask = () => device.host['sync:hello']({ writers: [], feeds: [], vaultCounter: 1, seen: [] });
    const connections = () => new Set(endpoint.asked.map(({ message }) => message.socket)).size;
    endpoint.answerWith((_, response) => response.writeHead(503).end());
    await ask();
    const first = connections();
    await ask();
    expect(connections()).toBe(first);
    endpoint.answerWith((_, response) => response.writeHead(503, { connection: 'close' }).end());
    await ask();
    expect(await ask()).toMatchObject({ failed: 'endpoint-failed' });
    expect(connections()).toBe(first + 1);
  });
});

describe('hello and pull', () => {
  it('carry what the endpoint remembers', async () => {
    const { endpoint, device } = await enrolled();
    const h = toHex(new Uint8Array(32).fill(5));
    endpoint.answerWith(
      endpoint.json({
        ...{ device: 'deposit_only', reason: null, retryAfter: 0, now: 1_790_000_060_000, epoch: 'e_2' },
        writers: [{ w: toHex(w), n: 5, at: 3, h, archived: 2 }],
        feeds: [{ site: 'site-1', c: 'core', st: 'rewound', head: 9, h, archived: 0 }],
        seen: [true, false],
        at: { g: 8, mark: 'ab'.repeat(8) },
        rejected: [{ w: toHex(w), from: 2, to: 3 }],
        limits: { ops: 500, raw: 262_144, minApp: '0.1.0' },
      }),
    );
    const seen = [6, 7].map((g) => ({ g, mark: 'cd'.repeat(8) }));
    expect(
      await device.host['sync:hello']({
        writers: [{ w: Uint8Array.from(w), n: 3, h: new Uint8Array(32) }],
        feeds: [],
        vaultCounter: 7,
        seen,
      }),
    ).toEqual({
      epoch: 'e_2',
      seen: [true, false],
      at: { g: 8, mark: 'ab'.repeat(8) },
      status: 'deposit_only',
      clockOffsetMs: 60_000,
      writers: [{ w: Uint8Array.from(w), n: 5, at: 3, h: new Uint8Array(32).fill(5), archived: 2 }],
      feeds: [{ site: 'site-1', c: 'core', state: 'rewound', head: 9, archived: 0 }],
      rejected: [{ w: Uint8Array.from(w), from: 2, to: 3 }],
    });
    expect(JSON.parse(String(endpoint.asked.at(-1)?.body))).toMatchObject({ epoch: 'e_1', vaultCounter: 7, seen });
  });

  const pageOf = (over: { site?: string; from?: number; before?: Uint8Array }, key: Uint8Array) =>
    encodePage(
      {
        ...{
          epoch: 'e_1',
          site: 'site-1',
          c: 'core',
          from: 1,
          to: (over.from ?? 1) + 1,
          before: feedStart(),
          more: false,
        },
        entries: [
          { kind: 'place', t: 'resident', id: recordIdBytes(aRecordId) },
          { kind: 'op', op: aChange({ n: 1 }) },
        ],
        ...over,
      },
      { sha256, deflate: (raw) => deflateRawSync(raw), sign: (digest) => signBytes(key, digest) },
    );
  const page =
    (bytes: Uint8Array): Answer =>
    (_, response) => {
      response.writeHead(200, { 'content-type': frameMediaType }).end(bytes);
    };
  const ask = { site: 'site-1', c: 'core' as const, pos: 0, h: new Uint8Array(32) };

  it('give the entries of a page that follows, with the signed bytes', async () => {
    const { endpoint, device } = await enrolled();
    const bytes = pageOf({}, endpoint.key.privateKey);
    endpoint.answerWith(page(bytes));
    const answer = await device.host['sync:pull'](ask);
    expect(answer).toMatchObject({ from: 1, to: 2, more: false });
    if ('failed' in answer) return expect.fail(answer.failed);
    expect(answer.entries).toEqual([
      { kind: 'place', record: { kind: 'resident', id: aRecordId } },
      { kind: 'op', c: 'core', op: aChange({ n: 1 }) },
    ]);
    expect(Buffer.from(answer.raw).equals(bytes)).toBe(true);
  });

  it('refuse a page that is forged, of another feed, or does not follow', async () => {
    const { endpoint, device } = await enrolled();
    const key = endpoint.key.privateKey;
    const flipped = Uint8Array.from(pageOf({}, key));
    flipped[flipped.length - 80] = (flipped[flipped.length - 80] ?? 0) ^ 1;
    const cases: [Uint8Array, string][] = [
      [pageOf({}, makeKeyPair('ed25519').privateKey), 'wrong-endpoint'],
      [pageOf({ site: 'site-2' }, key), 'wrong-endpoint'],
      [pageOf({ from: 2 }, key), 'rewound'],
      [pageOf({ before: new Uint8Array(32).fill(1) }, key), 'rewound'],
      [flipped, 'endpoint-failed'],
      [pageOf({}, key).subarray(0, 200), 'endpoint-failed'],
    ];
    for (const [bytes, failed] of cases) {
      endpoint.answerWith(page(bytes));
      expect(await device.host['sync:pull'](ask)).toMatchObject({ failed });
    }
    endpoint.answerWith(endpoint.json({ err: 'HISTORY', common: 0 }, 409));
    expect(await device.host['sync:pull'](ask)).toMatchObject({ failed: 'rewound' });
  });
});
