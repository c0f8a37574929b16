import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { refusalAnswer, signAnswer, writeAnswer, type Answer } from './answers.ts';
import type { OnPoint } from './change-log.ts';
import { readsColumns2 } from '../shared/sync/protocol.ts';
import { Refusal } from './database.ts';
import { nonceOf, readBody, readSignedRequest } from './request-guard.ts';
import type { Route, Service } from './route.ts';
import { routes } from './routes.ts';

export type Tls = { readonly cert: Buffer; readonly key: Buffer };
const busySeconds = 5;

/** `onFault` gets the name of what went wrong, never contents. */
export function makeHttpServer(
  service: Service,
  tls: Tls | undefined,
  onPoint: OnPoint,
  onFault: (name: string) => void,
): Server {
  const listener = (message: IncomingMessage, response: ServerResponse) => {
    serve(service, message, response, onPoint, onFault).catch(() => response.destroy());
  };
  const limits = { maxHeaderSize: 16 * 1024, requestTimeout: 120_000, headersTimeout: 20_000 };
  return tls === undefined
    ? createServer(limits, listener)
    : createTlsServer({ ...limits, ...tls, minVersion: 'TLSv1.2' }, listener);
}

async function serve(
  service: Service,
  message: IncomingMessage,
  response: ServerResponse,
  onPoint: OnPoint,
  onFault: (name: string) => void,
): Promise<void> {
  const answer = await answerOf(service, message, response).catch((error: unknown): Answer => {
    if (error instanceof Refusal) {
      if (error.answer.err === 'FORK') onFault('fork');
      return refusalAnswer(error.answer);
    }
    onFault(error instanceof Error ? error.name : 'unknown');
    return refusalAnswer({ err: 'BUSY', retryAfter: busySeconds });
  });
  await onPoint('after_sign');
  if ('bytes' in answer) {
    writeAnswer(response, answer);
    return;
  }
  const about = { nonce: nonceOf(message.headers), now: service.nowMs(), epoch: service.epoch };
  const bytes = Buffer.from(JSON.stringify(signAnswer(answer.json, about, service.key)));
  const { status, retryAfter } = answer;
  writeAnswer(response, {
    status,
    type: 'application/json',
    bytes,
    ...(retryAfter === undefined ? {} : { retryAfter }),
  });
}

async function answerOf(service: Service, message: IncomingMessage, response: ServerResponse): Promise<Answer> {
  const target = message.url ?? '';
  const url = target.startsWith('/') ? parseTarget(target) : undefined;
  const found = url === undefined ? undefined : findRoute(message.method, url.pathname);
  if (url === undefined || found === undefined) {
    response.setHeader('connection', 'close');
    return refusalAnswer({ err: 'BAD_REQUEST' }, 404);
  }
  const body = await readBody(message, found.route.maxBody);
  if (body === undefined) {
    // What is too long is not read to its end.
    response.setHeader('connection', 'close');
    return refusalAnswer({ err: 'TOO_BIG', raw: found.route.maxBody });
  }
  const signed = readSignedRequest(message, body);
  const columns = readsColumns2(message.headers.accept) ? 2 : 1;
  return found.route.handle(service, { url, match: found.match, body, signed, columns });
}

function parseTarget(target: string): URL | undefined {
  const text = `http://endpoint.invalid${target}`;
  return URL.canParse(text) ? new URL(text) : undefined;
}

function findRoute(method: string | undefined, path: string): { route: Route; match: RegExpExecArray } | undefined {
  for (const route of routes) {
    const match = route.method === method ? route.pattern.exec(path) : null;
    if (match !== null) return { route, match };
  }
  return undefined;
}
