import { once } from 'node:events';
import http from 'node:http';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { longestSilenceMs, sendRequest } from '../../../electron/http-request.ts';

async function listening(server: Server): Promise<URL> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
  });
  return new URL(`http://127.0.0.1:${String((server.address() as AddressInfo).port)}/v1/hello`);
}
const ask = (url: URL, silenceMs: number) =>
  sendRequest({ method: 'POST', url, headers: {}, body: new Uint8Array(10), ca: null, silenceMs });

describe('a line that went dead without a word', () => {
  it('is given up when no byte comes any more, before an answer and in the middle of one', async () => {
    for (const beginning of ['', 'HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhalf']) {
      const ended = Promise.withResolvers<unknown>();
      const url = await listening(
        createServer((socket) => {
          socket.on('error', () => undefined);
          socket.on('close', ended.resolve);
          socket.once('data', () => {
            if (beginning !== '') socket.write(beginning);
          });
        }),
      );
      expect(await ask(url, 200)).toMatchObject({ ok: false, error: { type: 'offline' } });
      // Nothing of it is left open either.
      await ended.promise;
    }
    expect(longestSilenceMs).toBe(30_000);
  });

  it('is not given up as long as bytes come, however long it takes', async () => {
    const parts = 25;
    const url = await listening(
      http.createServer((_, response) => {
        response.writeHead(200, { 'content-length': String(parts) });
        let sent = 0;
        const timer = setInterval(() => {
          response.write('x');
          sent += 1;
          if (sent < parts) return;
          clearInterval(timer);
          response.end();
        }, 80);
      }),
    );
    const answer = await ask(url, 1_000);
    expect(answer.ok && answer.value.body.length).toBe(parts);
  });
});
