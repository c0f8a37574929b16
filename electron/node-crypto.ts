import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  randomBytes,
  sign,
  verify,
} from 'node:crypto';
import { joinBytes, type Bytes } from '../shared/kernel/bytes.ts';
import type { SealTools, TransportPair } from '../shared/vault/sealed-box.ts';
import { nonceLength, tagLength } from '../shared/vault/box.ts';

export const toBytes = (from: Uint8Array | ArrayBuffer): Bytes => Uint8Array.from(new Uint8Array(from));
export const randomOf = (length: number): Bytes => toBytes(randomBytes(length));
export const sha256 = (bytes: Uint8Array): Bytes => toBytes(createHash('sha256').update(bytes).digest());
export const toBase64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
export const fromBase64 = (text: string): Bytes => toBytes(Buffer.from(text, 'base64'));

/** HKDF-SHA-256 to 32 bytes. */
export function deriveKey(secret: Uint8Array, info: Uint8Array, salt: Uint8Array = new Uint8Array(0)): Bytes {
  return toBytes(hkdfSync('sha256', secret, salt, info, 32));
}

/** AES-256-GCM under a fresh random nonce; no caller can choose one. `sealed` ends with the tag. */
export function sealBytes(key: Uint8Array, aad: Uint8Array, plaintext: Uint8Array): { nonce: Bytes; sealed: Bytes } {
  const nonce = randomOf(nonceLength);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(aad);
  const body = [cipher.update(plaintext), cipher.final()];
  return { nonce, sealed: joinBytes([...body, cipher.getAuthTag()]) };
}

/** The plaintext; undefined when key, nonce, additional data or any byte is not the one it was sealed with. */
export function openBytes(key: Uint8Array, aad: Uint8Array, nonce: Uint8Array, sealed: Uint8Array): Bytes | undefined {
  if (sealed.length < tagLength || nonce.length !== nonceLength) return undefined;
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagLength }).setAAD(aad);
  decipher.setAuthTag(sealed.subarray(-tagLength));
  try {
    return joinBytes([decipher.update(sealed.subarray(0, -tagLength)), decipher.final()]);
  } catch {
    return undefined;
  }
}

export type KeyPair = { readonly publicKey: Bytes; readonly privateKey: Bytes };
/** DER before the 32 bytes of a raw public key; the last OID byte is the curve. */
const spkiStart = (curve: 'ed25519' | 'x25519') =>
  Buffer.from(`302a300506032b65${curve === 'ed25519' ? '70' : '6e'}032100`, 'hex');

/** `publicKey` raw (32 bytes), `privateKey` PKCS #8 (48 bytes). */
export function makeKeyPair(curve: 'ed25519' | 'x25519'): KeyPair {
  const pair = curve === 'ed25519' ? generateKeyPairSync('ed25519') : generateKeyPairSync('x25519');
  return {
    publicKey: toBytes(pair.publicKey.export({ format: 'der', type: 'spki' }).subarray(-32)),
    privateKey: toBytes(pair.privateKey.export({ format: 'der', type: 'pkcs8' })),
  };
}

export function signBytes(privateKey: Uint8Array, message: Uint8Array): Bytes {
  return toBytes(sign(null, message, { key: Buffer.from(privateKey), format: 'der', type: 'pkcs8' }));
}

export function isSignedBy(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  if (publicKey.length !== 32 || signature.length !== 64) return false;
  const key = Buffer.concat([spkiStart('ed25519'), publicKey]);
  try {
    return verify(null, message, { key, format: 'der', type: 'spki' }, signature);
  } catch {
    return false;
  }
}

/** The X25519 secret of one's private and the other's public half. */
export function agreeOn(privateKey: Uint8Array, publicKey: Uint8Array): Bytes {
  return toBytes(
    diffieHellman({
      privateKey: createPrivateKey({ key: Buffer.from(privateKey), format: 'der', type: 'pkcs8' }),
      publicKey: createPublicKey({
        key: Buffer.concat([spkiStart('x25519'), publicKey]),
        format: 'der',
        type: 'spki',
      }),
    }),
  );
}

/** The X25519 pair that belongs to 32 secret bytes. */
export function pairFromSeed(seed: Uint8Array): TransportPair {
  const privateKey = joinBytes([Buffer.from('302e020100300506032b656e04220420', 'hex'), seed]);
  const key = createPublicKey(createPrivateKey({ key: Buffer.from(privateKey), format: 'der', type: 'pkcs8' }));
  return { privateKey, publicKey: toBytes(key.export({ format: 'der', type: 'spki' }).subarray(-32)) };
}

export const sealTools: SealTools = {
  makePair: () => makeKeyPair('x25519'),
  agree: (privateKey, publicKey) => {
    try {
      return agreeOn(privateKey, publicKey);
    } catch {
      return undefined;
    }
  },
  deriveKey,
  seal: sealBytes,
  open: openBytes,
};
