import {
  createCipheriv,
  createDecipheriv,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  randomBytes,
  type KeyObject,
} from 'node:crypto';
import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { joinBytes, type Bytes } from '../shared/kernel/bytes.ts';
import { nonceLength, tagLength } from '../shared/vault/box.ts';
import type { SealTools, TransportPair } from '../shared/vault/sealed-box.ts';

const toBytes = (from: Uint8Array | ArrayBuffer): Bytes => Uint8Array.from(new Uint8Array(from));
/** DER before the 32 bytes of a raw X25519 public key. */
const spkiStart = Buffer.from('302a300506032b656e032100', 'hex');
const pairOf = (privateKey: KeyObject): TransportPair => ({
  privateKey: toBytes(privateKey.export({ format: 'der', type: 'pkcs8' })),
  publicKey: toBytes(createPublicKey(privateKey).export({ format: 'der', type: 'spki' }).subarray(-32)),
});

/** What files on a stick are sealed for: made once, readable by the endpoint's user only, told at enrolment. */
export async function loadBoxKey(folder: string): Promise<TransportPair> {
  const file = join(folder, 'box-key.pem');
  const pem = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (pem !== undefined) return pairOf(createPrivateKey(pem));
  const { privateKey } = generateKeyPairSync('x25519');
  const handle = await open(file, 'wx', 0o600);
  await handle.writeFile(privateKey.export({ type: 'pkcs8', format: 'pem' }));
  await handle.sync();
  await handle.close();
  return pairOf(privateKey);
}

export const sealTools: SealTools = {
  makePair: () => pairOf(generateKeyPairSync('x25519').privateKey),
  agree: (privateKey, publicKey) => {
    try {
      return toBytes(
        diffieHellman({
          privateKey: createPrivateKey({ key: Buffer.from(privateKey), format: 'der', type: 'pkcs8' }),
          publicKey: createPublicKey({ key: Buffer.concat([spkiStart, publicKey]), format: 'der', type: 'spki' }),
        }),
      );
    } catch {
      return undefined;
    }
  },
  deriveKey: (secret, info, salt) => toBytes(hkdfSync('sha256', secret, salt, info, 32)),
  seal: (key, aad, plaintext) => {
    const nonce = toBytes(randomBytes(nonceLength));
    const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(aad);
    const body = [cipher.update(plaintext), cipher.final()];
    return { nonce, sealed: joinBytes([...body, cipher.getAuthTag()]) };
  },
  open: (key, aad, nonce, sealed) => {
    if (sealed.length < tagLength || nonce.length !== nonceLength) return undefined;
    const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagLength }).setAAD(aad);
    decipher.setAuthTag(sealed.subarray(-tagLength));
    try {
      return joinBytes([decipher.update(sealed.subarray(0, -tagLength)), decipher.final()]);
    } catch {
      return undefined;
    }
  },
};
