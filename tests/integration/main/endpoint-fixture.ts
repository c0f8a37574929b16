import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished } from 'vitest';
import { toBase64url } from '../../../electron/endpoint-answer.ts';
import { makeKeyPair, sha256, signBytes } from '../../../electron/node-crypto.ts';
import { toHex, toUtf8 } from '../../../shared/kernel/bytes.ts';
import type { Request } from '../../../shared/ipc-contract.ts';
import { chainAfter, chainStart } from '../../../shared/sync/chain.ts';
import type { Change } from '../../../shared/sync/change.ts';
import { requestHeaders, signedText } from '../../../shared/sync/protocol.ts';
import type { Json } from '../../../shared/vault/canonical-json.ts';
import { aChange, writerBytes } from '../../unit/sync/sync-fixtures.ts';
import { enrol, startHost, temporaryFolder } from './main-fixtures.ts';

type Asked = { readonly message: IncomingMessage; readonly body: Buffer; readonly nonce: string };
export type Answer = (asked: Asked, response: ServerResponse) => void;

/** An endpoint that says what the test wants, with a key of its own. */
export async function openEndpoint() {
  const key = makeKeyPair('ed25519');
  const asked: Asked[] = [];
  let answer: Answer = (_, response) => response.writeHead(404).end();
  const server = createServer((message, response) => {
    const chunks: Buffer[] = [];
    message.on('data', (chunk: Buffer) => chunks.push(chunk));
    message.on('end', () => {
      const one = { message, body: Buffer.concat(chunks), nonce: String(message.headers[requestHeaders.nonce]) };
      asked.push(one);
      answer(one, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const signed = (content: Record<string, Json>, nonce: string) => {
    const message = { proto: 1, nonce, now: 1_790_000_000_000, epoch: 'e_1', ...content };
    return { ...message, sig: toBase64url(signBytes(key.privateKey, toUtf8(signedText(message)))) };
  };
  return {
    key,
    asked,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    signed,
    answerWith: (next: Answer) => {
      answer = next;
    },
    json:
      (content: Record<string, Json>, status = 200): Answer =>
      (one, response) => {
        response
          .writeHead(status, { 'content-type': 'application/json' })
          .end(JSON.stringify(signed(content, one.nonce)));
      },
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

export async function enrolled() {
  const endpoint = await openEndpoint();
  const userData = temporaryFolder();
  const device = await startHost(userData);
  const opened = await enrol(device);
  endpoint.answerWith(
    endpoint.json({
      ...{ device: opened.device, user: opened.user, role: 'lead', compartments: ['core'], sites: ['site-1'] },
      serverKey: toBase64url(endpoint.key.publicKey),
    }),
  );
  expect(await device.host['sync:enrol']({ url: endpoint.url, code: ' ABCD-EFGH ' })).toEqual({ sites: ['site-1'] });
  return { endpoint, userData, device, opened };
}

export const w = writerBytes(4);
const ops: Change[] = [1, 2, 3].map((n) => aChange({ w, n }));
export const batch = (user: string): Request<'sync:push'> => ({
  user,
  c: 'core',
  prev: Uint8Array.from(chainStart(w, sha256)),
  ops,
});
export const headAt = (n: number) => toHex(chainAfter(chainStart(w, sha256), ops.slice(0, n), sha256));
export const ackOf = (n: number) => ({ ack: { w: toHex(w), n, h: headAt(n) }, held: [] });
