import { createHmac, scrypt, timingSafeEqual, webcrypto } from 'node:crypto';
import { promisify } from 'node:util';
import { joinBytes, toUtf8, type Bytes } from '../shared/kernel/bytes.ts';
import { err, ok, type Result } from '../shared/kernel/result.ts';
import {
  ageHeaderEnd,
  ageHeaderToSign,
  ageScryptLabel,
  ageWorkFactor,
  readAgeHeader,
  type AgeHeader,
  type AgeHeaderError,
} from '../shared/vault/age-header.ts';
import { deriveKey, randomOf, toBytes } from './node-crypto.ts';

const chunkSize = 65_536;
const tagLength = 16;
const nonceLength = 16;
const cipherName = 'ChaCha20-Poly1305';
/** For the one message that a wrapping key ever seals. */
const zeroNonce = new Uint8Array(12);

export type AgeError = AgeHeaderError | { readonly type: 'wrong' | 'no-memory' };

const derive = promisify<string, Uint8Array, number, object, Buffer>(scrypt);

/** The same letters give the same key, however a keyboard put them together. */
async function wrappingKeyOf(passphrase: string, { salt, workFactor }: Pick<AgeHeader, 'salt' | 'workFactor'>) {
  const N = 2 ** workFactor;
  const settings = { N, r: 8, p: 1, maxmem: 128 * N * 8 + 64 * 1024 * 1024 };
  return toBytes(await derive(passphrase.normalize('NFC'), joinBytes([ageScryptLabel, salt]), 32, settings));
}

/**
 * ChaCha20-Poly1305 of the platform. By way of WebCrypto, because Electron's BoringSSL gives it there and not as a cipher
 * of `createCipheriv`. The key bytes are zeroed.
 */
async function importKey(key: Bytes) {
  // The type list of Node's own types ends before this format.
  const imported = await webcrypto.subtle.importKey('raw-secret' as 'raw', key, cipherName, false, [
    'encrypt',
    'decrypt',
  ]);
  key.fill(0);
  return imported;
}
type Key = Awaited<ReturnType<typeof importKey>>;
const seal = async (key: Key, iv: Bytes, plain: Uint8Array) =>
  toBytes(await webcrypto.subtle.encrypt({ name: cipherName, iv }, key, toBytes(plain)));
const open = (key: Key, iv: Bytes, sealed: Uint8Array): Promise<Bytes | undefined> =>
  sealed.length < tagLength
    ? Promise.resolve(undefined)
    : webcrypto.subtle.decrypt({ name: cipherName, iv }, key, toBytes(sealed)).then(toBytes, () => undefined);

/** Eleven bytes of counter and one that marks the last chunk: none can be left out, moved or added at the end. */
function chunkNonce(chunk: number, isLast: boolean): Bytes {
  const nonce = new Uint8Array(12);
  new DataView(nonce.buffer).setUint32(7, chunk);
  nonce[11] = isLast ? 1 : 0;
  return nonce;
}

const macOf = (fileKey: Bytes, signed: Uint8Array) =>
  createHmac('sha256', deriveKey(fileKey, toUtf8('header')))
    .update(signed)
    .digest();
const payloadKeyOf = (fileKey: Bytes, nonce: Uint8Array) => importKey(deriveKey(fileKey, toUtf8('payload'), nonce));

/** A whole file in the age format under a passphrase, made in memory. */
export async function sealAgeFile(
  passphrase: string,
  content: Uint8Array,
  workFactor: number = ageWorkFactor,
): Promise<Bytes> {
  const lock = { salt: randomOf(16), workFactor };
  const fileKey = randomOf(16);
  const wrapped = await seal(await importKey(await wrappingKeyOf(passphrase, lock)), zeroNonce, fileKey);
  const signed = toUtf8(ageHeaderToSign({ ...lock, wrapped }));
  const nonce = randomOf(nonceLength);
  const parts: Uint8Array[] = [signed, toUtf8(ageHeaderEnd(macOf(fileKey, signed))), nonce];
  const key = await payloadKeyOf(fileKey, nonce);
  fileKey.fill(0);
  const count = Math.max(1, Math.ceil(content.length / chunkSize));
  for (let chunk = 0; chunk < count; chunk++) {
    const plain = content.subarray(chunk * chunkSize, (chunk + 1) * chunkSize);
    parts.push(await seal(key, chunkNonce(chunk, chunk === count - 1), plain));
  }
  return joinBytes(parts);
}

/**
 * What was sealed, whole or not at all. `wrong` when the passphrase is another one; `damaged` when the header or a chunk
 * was changed, moved or cut off; `no-memory` when this laptop cannot work out the key.
 */
export async function openAgeFile(passphrase: string, file: Uint8Array): Promise<Result<Bytes, AgeError>> {
  const header = readAgeHeader(file);
  if (!header.ok) return header;
  const { wrapped, signed, mac, end } = header.value;
  const wrappingKey = await wrappingKeyOf(passphrase, header.value).catch(() => undefined);
  if (wrappingKey === undefined) return err({ type: 'no-memory' });
  const fileKey = await open(await importKey(wrappingKey), zeroNonce, wrapped);
  if (fileKey === undefined) return err({ type: 'wrong' });
  if (fileKey.length !== 16 || !timingSafeEqual(macOf(fileKey, signed), mac)) return err({ type: 'damaged' });
  const key = await payloadKeyOf(fileKey, file.subarray(end, end + nonceLength));
  fileKey.fill(0);

  const sealed = file.subarray(end + nonceLength);
  const whole = chunkSize + tagLength;
  const count = Math.max(1, Math.ceil(sealed.length / whole));
  const parts: Bytes[] = [];
  for (let chunk = 0; chunk < count; chunk++) {
    const iv = chunkNonce(chunk, chunk === count - 1);
    const plain = await open(key, iv, sealed.subarray(chunk * whole, (chunk + 1) * whole));
    // An empty last chunk stands only in an empty file.
    if (plain === undefined || (plain.length === 0 && chunk > 0)) return err({ type: 'damaged' });
    parts.push(plain);
  }
  return ok(joinBytes(parts));
}
