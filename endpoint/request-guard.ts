import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { toHex, toUtf8 } from '../shared/kernel/bytes.ts';
import { requestHeaders, requestText } from '../shared/sync/protocol.ts';
import { Refusal, type Database } from './database.ts';
import { findDevice, type Device, type Grant } from './devices.ts';
import { isSignedBy, sha256 } from './server-key.ts';

export type SignedRequest = {
  readonly method: 'GET' | 'POST';
  readonly target: string;
  readonly device: string;
  readonly user: string;
  readonly nonce: string;
  readonly signature: Uint8Array;
  readonly body: Uint8Array;
};
export type Caller = {
  readonly device: Device;
  readonly grants: readonly Grant[];
  /** What the user who is unlocked may do; undefined for a user nobody enrolled. */
  readonly grant: Grant | undefined;
};

const noncePattern = /^[\w-]{16,64}$/;
/** The nonce an answer repeats; zeros when there was none worth repeating. */
export function nonceOf(headers: IncomingHttpHeaders): string {
  const nonce = headers[requestHeaders.nonce];
  return typeof nonce === 'string' && noncePattern.test(nonce) ? nonce : '0'.repeat(16);
}

/** Undefined when a header is missing or has another form. */
export function readSignedRequest(
  message: Pick<IncomingMessage, 'method' | 'url' | 'headers'>,
  body: Uint8Array,
): SignedRequest | undefined {
  const { method, url: target = '', headers } = message;
  const header = (name: string) => {
    const value = headers[name];
    return typeof value === 'string' ? value : '';
  };
  const device = header(requestHeaders.device);
  const user = header(requestHeaders.user);
  const nonce = header(requestHeaders.nonce);
  const signature = Buffer.from(header(requestHeaders.signature), 'base64url');
  const known = /^d_[0-9a-f]{16}$/.test(device) && /^u_[0-9a-f]{16}$/.test(user) && noncePattern.test(nonce);
  if (!known || (method !== 'GET' && method !== 'POST')) return undefined;
  return { method, target, device, user, nonce, signature, body };
}

export function isSignedRequest(request: SignedRequest, publicKey: Uint8Array): boolean {
  const text = requestText({ ...request, bodySha256: toHex(sha256(request.body)) });
  return isSignedBy(publicKey, toUtf8(text), request.signature);
}

/**
 * Who asks. A nonce counts once in a week, whatever the clock of the device says; an older request that is sent again
 * can only repeat what changes nothing.
 */
export async function identify(database: Database, request: SignedRequest | undefined): Promise<Caller> {
  if (request === undefined) throw new Refusal({ err: 'UNKNOWN_DEVICE' });
  return database.within({ task: 'identify', device: request.device }, async (tx) => {
    const found = await findDevice(tx, request.device);
    if (found === undefined || !isSignedRequest(request, found.device.publicKey)) {
      throw new Refusal({ err: 'UNKNOWN_DEVICE' });
    }
    const fresh = await tx.query('INSERT INTO seen_nonce (device, nonce) VALUES ($1, $2) ON CONFLICT DO NOTHING', [
      request.device,
      request.nonce,
    ]);
    if (fresh.rowCount !== 1) throw new Refusal({ err: 'UNKNOWN_DEVICE' });
    return { ...found, grant: found.grants.find(({ user }) => user === request.user) };
  });
}

/** Seen nonces of a device that are older than a week go; done at its hello. */
export async function forgetOldNonces(database: Database, device: string): Promise<void> {
  await database.within({ task: 'identify', device }, (tx) =>
    tx.query(`DELETE FROM seen_nonce WHERE device = $1 AND seen_at < now() - interval '7 days'`, [device]),
  );
}

/** The body, or undefined when it is longer than `limit`; what is announced as longer is not read at all. */
export async function readBody(message: IncomingMessage, limit: number): Promise<Uint8Array | undefined> {
  if (Number(message.headers['content-length'] ?? 0) > limit) return undefined;
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of message) {
    length += (chunk as Buffer).length;
    if (length > limit) return undefined;
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks);
}
