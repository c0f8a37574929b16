import type { ServerResponse } from 'node:http';
import { toUtf8 } from '../shared/kernel/bytes.ts';
import { errorStatus, protocolVersion, signedText } from '../shared/sync/protocol.ts';
import type { Json } from '../shared/vault/canonical-json.ts';
import type { RefusalFacts } from './database.ts';
import type { ServerKey } from './server-key.ts';

export type Answer =
  | { readonly status: number; readonly json: { readonly [key: string]: Json }; readonly retryAfter?: number }
  | { readonly status: number; readonly bytes: Uint8Array; readonly type: string };

export function refusalAnswer(facts: RefusalFacts, status: number = errorStatus[facts.err]): Answer {
  return typeof facts.retryAfter === 'number'
    ? { status, json: facts, retryAfter: facts.retryAfter }
    : { status, json: facts };
}

/** Adds what every answer carries and the signature over all of it. */
export function signAnswer(
  json: { readonly [key: string]: Json },
  about: { readonly nonce: string; readonly now: number; readonly epoch: string },
  key: ServerKey,
): { readonly [key: string]: Json } {
  const { nonce, now, epoch } = about;
  const message = { ...json, proto: protocolVersion, nonce, now, epoch };
  return { ...message, sig: Buffer.from(key.sign(toUtf8(signedText(message)))).toString('base64url') };
}

/** Nothing of an answer is kept by a cache, shown as a page or guessed to be of another type. */
export function writeAnswer(
  response: ServerResponse,
  answer: { readonly status: number; readonly type: string; readonly bytes: Uint8Array; readonly retryAfter?: number },
): void {
  response.writeHead(answer.status, {
    'content-type': answer.type,
    'content-length': answer.bytes.length,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    ...(answer.retryAfter === undefined ? {} : { 'retry-after': String(answer.retryAfter) }),
  });
  response.end(answer.bytes);
}
