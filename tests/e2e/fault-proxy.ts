import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * `html`: a network that wants a sign-in first. `broken`: 500. `half`: the endpoint has taken the batch, half of its
 * answer comes. `unsigned`: it has taken the batch, somebody on the way has touched the answer. After the first batch
 * that was spoiled nothing passes whole any more: the next greeting would tell that the batch is there.
 */
export type Fault = 'none' | 'html' | 'broken' | 'half' | 'unsigned';
export type FaultProxy = { readonly url: string; set: (fault: Fault) => void; readonly close: () => Promise<void> };

/** Stands between the laptops and the endpoint at `target`. */
export async function startFaultProxy(target: string): Promise<FaultProxy> {
  let fault: Fault = 'none';
  let hasSpoiled = false;
  const server = http.createServer((request, response) => {
    serve(request, response).catch(() => response.destroy());
  });
  async function serve(request: IncomingMessage, response: ServerResponse) {
    const body = await readAll(request);
    if (fault === 'html') return void response.writeHead(200, { 'content-type': 'text/html' }).end('<p>Wifi</p>');
    if (fault === 'broken') return void response.writeHead(500).end('broken');
    const { status, type, bytes } = await forward(target, request, body);
    const head = { 'content-type': type, 'content-length': bytes.length };
    const passes = fault === 'none' || (!hasSpoiled && request.url !== '/v1/batches');
    if (passes) return void response.writeHead(status, head).end(bytes);
    hasSpoiled = true;
    if (fault === 'unsigned') {
      const answer = JSON.parse(bytes.toString()) as object;
      const touched = Buffer.from(JSON.stringify({ ...answer, sig: Buffer.alloc(64).toString('base64url') }));
      return void response.writeHead(status, { ...head, 'content-length': touched.length }).end(touched);
    }
    response.writeHead(status, head);
    response.write(bytes.subarray(0, bytes.length / 2), () => response.destroy());
  }
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    set: (next) => {
      fault = next;
      hasSpoiled = false;
    },
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}

function forward(target: string, { method, url = '/', headers }: IncomingMessage, body: Buffer) {
  return new Promise<{ status: number; type: string; bytes: Buffer }>((resolve, reject) => {
    const onward = http.request(new URL(url, target), { method, headers, agent: false }, (answer) => {
      readAll(answer).then(
        (bytes) => resolve({ status: answer.statusCode ?? 0, type: answer.headers['content-type'] ?? '', bytes }),
        reject,
      );
    });
    onward.once('error', reject);
    onward.end(body);
  });
}

async function readAll(message: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of message) parts.push(part as Buffer);
  return Buffer.concat(parts);
}
