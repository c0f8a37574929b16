import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  hash,
  sign,
  verify,
  type KeyObject,
} from 'node:crypto';
import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deflateRawSync, inflateRawSync } from 'node:zlib';

export type ServerKey = {
  /** Raw Ed25519 key, base64url: what devices pin. */
  readonly publicKey: string;
  readonly sign: (bytes: Uint8Array) => Uint8Array;
};

/** The key all answers are signed with: made once, readable by the endpoint's user only, never replaced silently. */
export async function loadServerKey(folder: string): Promise<ServerKey> {
  const file = join(folder, 'server-key.pem');
  const pem = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  const privateKey = pem === undefined ? await makeKey(file) : createPrivateKey(pem);
  const { x } = createPublicKey(privateKey).export({ format: 'jwk' });
  return { publicKey: x ?? '', sign: (bytes) => sign(null, bytes, privateKey) };
}

async function makeKey(file: string): Promise<KeyObject> {
  const { privateKey } = generateKeyPairSync('ed25519');
  const handle = await open(file, 'wx', 0o600);
  await handle.writeFile(privateKey.export({ type: 'pkcs8', format: 'pem' }));
  await handle.sync();
  await handle.close();
  return privateKey;
}

/** Reading a key takes as long as a third of a check with it; a municipality has fewer laptops than this. */
const maxKeys = 1_000;
const keys = new Map<string, KeyObject>();
function keyOf(publicKey: Uint8Array): KeyObject {
  const x = Buffer.from(publicKey).toString('base64url');
  const known = keys.get(x);
  if (known !== undefined) return known;
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
  if (keys.size >= maxKeys) keys.clear();
  keys.set(x, key);
  return key;
}

/** False for foreign bytes of any kind, keys and signatures of a wrong length included. */
export function isSignedBy(publicKey: Uint8Array, bytes: Uint8Array, signature: Uint8Array): boolean {
  if (publicKey.length !== 32 || signature.length !== 64) return false;
  try {
    return verify(null, bytes, keyOf(publicKey), signature);
  } catch {
    return false;
  }
}

export const sha256 = (bytes: Uint8Array): Uint8Array => hash('sha256', bytes, 'buffer');
/** Room for what comes out: without it, each call takes 16 KiB, and most frames and pages are far smaller. */
const roomFor = (length: number): number => Math.min(16_384, length + 64);
export const deflate = (bytes: Uint8Array): Uint8Array => deflateRawSync(bytes, { chunkSize: roomFor(bytes.length) });
/** Null when the result would be longer than `maxOutputLength`: an inflate bomb costs no more than that. */
export function inflate(bytes: Uint8Array, maxOutputLength: number): Uint8Array | null {
  try {
    return inflateRawSync(bytes, { maxOutputLength, chunkSize: roomFor(maxOutputLength) });
  } catch {
    return null;
  }
}

/** For frames of our own tables and journal: their signature was checked when they came. */
export const frameTools = { sha256, inflate, verify: () => true };
