import { describe, expect, it } from 'vitest';
import { toBase64url } from '../../../electron/endpoint-answer.ts';
import { makeKeyPair, signBytes } from '../../../electron/node-crypto.ts';
import { toHex, toUtf8 } from '../../../shared/kernel/bytes.ts';
import { signedText } from '../../../shared/sync/protocol.ts';
import { ackOf, batch, enrolled, headAt, w, type Answer, type openEndpoint } from './endpoint-fixture.ts';

describe('what counts as an acknowledgement', () => {
  it('is one that the endpoint signed for this request and our own chain confirms', async () => {
    const { endpoint, device, opened } = await enrolled();
    endpoint.answerWith(endpoint.json({ ...ackOf(3), held: [{ n: 2, why: 'rights' }] }));
    expect(await device.host['sync:push'](batch(opened.user))).toEqual({ w, n: 3, held: [{ n: 2, why: 'rights' }] });
    endpoint.answerWith(endpoint.json(ackOf(2)));
    expect(await device.host['sync:push'](batch(opened.user))).toMatchObject({ n: 2 });
  });

  const html = '<!doctype html><title>Welcome to the hotel</title>';
  const bad: [string, (endpoint: Awaited<ReturnType<typeof openEndpoint>>) => Answer, string][] = [
    ['a login page', () => (_, r) => r.writeHead(200, { 'content-type': 'text/html' }).end(html), 'captive-portal'],
    ['a redirect', () => (_, r) => r.writeHead(302, { location: 'https://example.org/' }).end(), 'captive-portal'],
    ['an error page', () => (_, r) => r.writeHead(500, { 'content-type': 'text/html' }).end(html), 'endpoint-failed'],
    ['an empty 200', () => (_, r) => r.writeHead(200).end(), 'wrong-endpoint'],
    [
      'half a body',
      (endpoint) => (one, r) => {
        const text = JSON.stringify(endpoint.signed(ackOf(3), one.nonce));
        r.writeHead(200, { 'content-type': 'application/json', 'content-length': text.length });
        r.write(text.slice(0, text.length / 2), () => r.destroy());
      },
      'endpoint-failed',
    ],
    [
      'cut JSON that claims to be whole',
      (endpoint) => (one, r) =>
        r
          .writeHead(200, { 'content-type': 'application/json' })
          .end(JSON.stringify(endpoint.signed(ackOf(3), one.nonce)).slice(0, -40)),
      'wrong-endpoint',
    ],
    [
      'an unsigned ack',
      () => (one, r) =>
        r
          .writeHead(200, { 'content-type': 'application/json' })
          .end(JSON.stringify({ proto: 1, nonce: one.nonce, now: 1, epoch: 'e_1', ...ackOf(3) })),
      'wrong-endpoint',
    ],
    [
      'an ack that another key signed',
      (endpoint) => (one, r) => {
        const { sig: _, ...message } = endpoint.signed(ackOf(3), one.nonce);
        const sig = toBase64url(signBytes(makeKeyPair('ed25519').privateKey, toUtf8(signedText(message))));
        r.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ ...message, sig }));
      },
      'wrong-endpoint',
    ],
    [
      'an ack for an earlier request',
      (endpoint) => (_, r) =>
        r
          .writeHead(200, { 'content-type': 'application/json' })
          .end(JSON.stringify(endpoint.signed(ackOf(3), 'f'.repeat(32)))),
      'wrong-endpoint',
    ],
    [
      'an ack whose number was changed',
      (endpoint) => (one, r) =>
        r
          .writeHead(200, { 'content-type': 'application/json' })
          .end(JSON.stringify({ ...endpoint.signed(ackOf(2), one.nonce), ...ackOf(3) })),
      'wrong-endpoint',
    ],
    [
      'a signed ack as HTML',
      (endpoint) => (one, r) =>
        r.writeHead(200, { 'content-type': 'text/html' }).end(JSON.stringify(endpoint.signed(ackOf(3), one.nonce))),
      'captive-portal',
    ],
    [
      'an ack of another chain',
      (endpoint) => endpoint.json({ ...ackOf(3), ack: { w: toHex(w), n: 3, h: headAt(2) } }),
      'rewound',
    ],
    [
      'an ack beyond what was sent',
      (endpoint) => endpoint.json({ ...ackOf(3), ack: { w: toHex(w), n: 9, h: headAt(3) } }),
      'rewound',
    ],
    [
      'an ack of another writer',
      (endpoint) => endpoint.json({ ...ackOf(3), ack: { w: 'ff'.repeat(8), n: 3, h: headAt(3) } }),
      'wrong-endpoint',
    ],
    ['a gap', (endpoint) => endpoint.json({ err: 'GAP', have: 0, h: headAt(0) }, 409), 'rewound'],
    ['an old app', (endpoint) => endpoint.json({ err: 'APP_TOO_OLD', deposit: true }, 426), 'upgrade-needed'],
    ['a revoked device', (endpoint) => endpoint.json({ err: 'REVOKED', deposit: 'quarantine' }, 403), 'revoked'],
    ['too much', () => (_, r) => r.writeHead(413).end(), 'too-big'],
    ['nothing at all', () => (one) => one.message.socket.destroy(), 'offline'],
  ];
  it.each(bad)('is not %s', async (_, answer, failed) => {
    const { endpoint, device, opened } = await enrolled();
    endpoint.answerWith(answer(endpoint));
    expect(await device.host['sync:push'](batch(opened.user))).toEqual({ failed, retryAfterMs: 0 });
  });

  it('is not asked for more often than a busy endpoint says', async () => {
    const { endpoint, device, opened } = await enrolled();
    endpoint.answerWith(endpoint.json({ err: 'BUSY', retryAfter: 7 }, 503));
    expect(await device.host['sync:push'](batch(opened.user))).toEqual({
      failed: 'endpoint-failed',
      retryAfterMs: 7000,
    });
    endpoint.answerWith((_, r) => r.writeHead(503, { 'retry-after': '9' }).end('down'));
    expect(await device.host['sync:push'](batch(opened.user))).toEqual({
      failed: 'endpoint-failed',
      retryAfterMs: 9000,
    });
    endpoint.stop();
    expect(await device.host['sync:push'](batch(opened.user))).toEqual({ failed: 'offline', retryAfterMs: 0 });
  });
});
