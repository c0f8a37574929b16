import { joinBytes, type Bytes } from '../kernel/bytes.ts';
import { hkdfInfo, nonceLength } from './box.ts';

export type TransportPair = { readonly publicKey: Bytes; readonly privateKey: Bytes };
/** X25519, HKDF-SHA-256 and AES-256-GCM of whoever runs this. `agree` is undefined for a point that is no key. */
export type SealTools = {
  readonly makePair: () => TransportPair;
  readonly agree: (privateKey: Uint8Array, publicKey: Uint8Array) => Bytes | undefined;
  readonly deriveKey: (secret: Uint8Array, info: Uint8Array, salt: Uint8Array) => Bytes;
  readonly seal: (key: Uint8Array, aad: Uint8Array, plaintext: Uint8Array) => { nonce: Bytes; sealed: Bytes };
  readonly open: (key: Uint8Array, aad: Uint8Array, nonce: Uint8Array, sealed: Uint8Array) => Bytes | undefined;
};

const keyLength = 32;
const saltOf = (ephemeral: Uint8Array, recipient: Uint8Array) => joinBytes([ephemeral, recipient]);

/**
 * For somebody who is not there (security.md §2.1): a key pair for this once, agreed with the recipient's. Ephemeral
 * public key, nonce, ciphertext with tag. Undefined when `recipient` is no key.
 */
export function sealFor(
  recipient: Uint8Array,
  aad: Uint8Array,
  plaintext: Uint8Array,
  tools: SealTools,
): Bytes | undefined {
  const ephemeral = tools.makePair();
  const secret = tools.agree(ephemeral.privateKey, recipient);
  if (secret === undefined) return undefined;
  const key = tools.deriveKey(secret, hkdfInfo.casebox, saltOf(ephemeral.publicKey, recipient));
  const { nonce, sealed } = tools.seal(key, aad, plaintext);
  return joinBytes([ephemeral.publicKey, nonce, sealed]);
}

/** The plaintext; undefined when it was sealed for somebody else, with other additional data, or is damaged. */
export function openFor(
  { publicKey, privateKey }: TransportPair,
  aad: Uint8Array,
  box: Uint8Array,
  tools: SealTools,
): Bytes | undefined {
  if (box.length < keyLength + nonceLength) return undefined;
  const ephemeral = box.subarray(0, keyLength);
  const secret = tools.agree(privateKey, ephemeral);
  if (secret === undefined) return undefined;
  const key = tools.deriveKey(secret, hkdfInfo.casebox, saltOf(ephemeral, publicKey));
  return tools.open(key, aad, box.subarray(keyLength, keyLength + nonceLength), box.subarray(keyLength + nonceLength));
}
