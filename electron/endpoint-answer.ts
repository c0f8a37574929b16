import type * as z from 'zod';
import { toUtf8 } from '../shared/kernel/bytes.ts';
import { err, ok, type Result } from '../shared/kernel/result.ts';
import { errorAnswerSchema, signedText, type ErrorAnswer } from '../shared/sync/protocol.ts';
import { parseForeignJson } from './foreign-json.ts';
import { boundedRetryMs, type HttpAnswer, type HttpError } from './http-request.ts';
import { isSignedBy, toBytes } from './node-crypto.ts';
import type { Response } from '../shared/ipc-contract.ts';

export type SyncFailure = Extract<Response<'sync:pull'>, { failed: unknown }>;
export const failure = (failed: SyncFailure['failed'], retryAfterMs = 0): SyncFailure => ({ failed, retryAfterMs });

export const fromBase64url = (text: string) => toBytes(Buffer.from(text, 'base64url'));
export const toBase64url = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');

export function ofHttpError({ type }: HttpError): SyncFailure {
  return failure(type === 'offline' || type === 'untrusted' ? type : 'endpoint-failed');
}

/** What an answer is that is not the expected one; only what our endpoint signed is believed. */
export function ofOddAnswer({ status, type, retryAfterMs }: HttpAnswer): SyncFailure {
  if (status === 413) return failure('too-big', retryAfterMs);
  if (status >= 500 || status === 429) return failure('endpoint-failed', retryAfterMs);
  const portal = (status >= 300 && status < 400) || status === 511 || type === 'text/html';
  return failure(portal ? 'captive-portal' : 'wrong-endpoint', retryAfterMs);
}

type Signed = { readonly nonce: string; readonly sig: string };

/** The signed error of an answer; undefined when it is none, or not signed by our endpoint for this request. */
export function errorOf(answer: HttpAnswer, serverKey: Uint8Array | null, nonce: string): ErrorAnswer | undefined {
  const found = parseForeignJson(answer.body, errorAnswerSchema);
  if (found === undefined || answer.type !== 'application/json') return undefined;
  // Before enrolment there is no key to check against; nothing but a refusal is taken from it then.
  return serverKey === null || isSigned(found, serverKey, nonce) ? found : undefined;
}

export function isSigned(message: Signed, serverKey: Uint8Array, nonce: string): boolean {
  const text = toUtf8(signedText(message));
  return message.nonce === nonce && isSignedBy(serverKey, text, fromBase64url(message.sig));
}

/** A JSON answer that our endpoint signed for exactly this request; everything else is a failure. */
export function readSigned<Schema extends z.ZodType<Signed>>(
  answer: HttpAnswer,
  schema: Schema,
  serverKey: Uint8Array,
  nonce: string,
): Result<z.infer<Schema>, SyncFailure> {
  const refusal = errorOf(answer, serverKey, nonce);
  if (refusal !== undefined) return err(ofRefusal(refusal));
  if (answer.status !== 200 || answer.type !== 'application/json') return err(ofOddAnswer(answer));
  const found = parseForeignJson(answer.body, schema);
  if (found === undefined || !isSigned(found, serverKey, nonce)) return err(failure('wrong-endpoint'));
  return ok(found);
}

export function ofRefusal(refusal: ErrorAnswer): SyncFailure {
  switch (refusal.err) {
    case 'GAP':
    case 'FORK':
    case 'HISTORY':
      // The two do not remember the same; the next hello finds out what.
      return failure('rewound');
    case 'TOO_BIG':
      return failure('too-big');
    case 'UNKNOWN_DEVICE':
    case 'REVOKED':
    case 'CODE_REFUSED':
    case 'PROTECTION_REFUSED':
      return failure('unauthorised');
    case 'APP_TOO_OLD':
      return failure('upgrade-needed');
    case 'BAD_FRAME':
    case 'BAD_REQUEST':
      return failure('endpoint-failed');
    case 'TOO_MANY':
    case 'BUSY':
      return failure('endpoint-failed', boundedRetryMs(refusal.retryAfter));
  }
}
