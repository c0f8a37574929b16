import { invariant } from '../../shared/kernel/assert.ts';
import type { Bytes } from '../../shared/kernel/bytes.ts';
import { err, ok } from '../../shared/kernel/result.ts';
import type { BoxPlace, Cipher } from '../../shared/ports.ts';
import { compartments, type Compartment } from '../../shared/records/record.ts';
import {
  boxAad,
  boxHeader,
  hkdfInfo,
  makeBox,
  nonceLength,
  padPlaintext,
  parseBoxHeader,
  unpadPlaintext,
} from '../../shared/vault/box.ts';
import { randomBytes } from './web-random.ts';

export type OpenedKeys = {
  readonly device: string;
  readonly keys: readonly { readonly c: Compartment; readonly epoch: number; readonly key: Bytes }[];
  readonly ownKey: Bytes;
};

/** Version of every plaintext this app writes. */
const schema = 1;
const summaryTables: ReadonlySet<string> = new Set(['summaries', 'summaryDeltas', 'recordBlocks']);

/**
 * AES-256-GCM with keys that cannot be read back; the raw ones are zeroed here. A new box gets the newest key epoch,
 * an old one opens with its own. Nonces come from the system only: 96 random bits each (security.md §2.5).
 */
export async function makeWebCryptoCipher(opened: OpenedKeys): Promise<Cipher> {
  const { device } = opened;
  const records = new Map<string, CryptoKey>();
  const summaries = new Map<string, CryptoKey>();
  const newest = new Map<Compartment, number>();
  for (const { c, epoch, key } of opened.keys) {
    records.set(`${c}/${epoch}`, await deriveKey(key, hkdfInfo.recordKey(c, epoch)));
    summaries.set(`${c}/${epoch}`, await deriveKey(key, hkdfInfo.summaryKey(c, epoch)));
    newest.set(c, Math.max(epoch, newest.get(c) ?? 0));
    key.fill(0);
  }
  // The user key never leaves the main process; what it gives is already the one for own boxes.
  const own = await importKey(opened.ownKey);
  opened.ownKey.fill(0);

  const keyOf = ({ table, compartment }: BoxPlace, epoch: number): CryptoKey | undefined => {
    if (compartment === 'own') return epoch === 0 ? own : undefined;
    return (summaryTables.has(table) ? summaries : records).get(`${compartment}/${epoch}`);
  };

  return {
    compartments: compartments.filter((c) => newest.has(c)),
    seal: async (place, plaintext) => {
      const epoch = place.compartment === 'own' ? 0 : newest.get(place.compartment);
      const key = epoch === undefined ? undefined : keyOf(place, epoch);
      invariant(epoch !== undefined && key !== undefined, 'sealing without the key of the compartment');
      const header = boxHeader({ epoch, schema });
      const nonce = randomBytes(nonceLength);
      const additionalData = boxAad({ ...place, header, device });
      const params = { name: 'AES-GCM', iv: nonce, additionalData };
      const sealed = await crypto.subtle.encrypt(params, key, padPlaintext(plaintext));
      return makeBox(header, nonce, new Uint8Array(sealed));
    },
    open: async (place, box) => {
      const unreadable = err({ type: 'unreadable', ref: null } as const);
      const parts = parseBoxHeader(box);
      if (!parts.ok || parts.value.schema > schema) return unreadable;
      const { header, epoch, nonce, sealed } = parts.value;
      const key = keyOf(place, epoch);
      if (key === undefined) return unreadable;
      const additionalData = boxAad({ ...place, header, device });
      try {
        const padded = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: nonce, additionalData }, key, sealed);
        const content = unpadPlaintext(new Uint8Array(padded));
        return content.ok ? ok(content.value) : unreadable;
      } catch {
        return unreadable;
      }
    },
  };
}

const importKey = (raw: Bytes): Promise<CryptoKey> =>
  crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt', 'decrypt']);

async function deriveKey(raw: Bytes, info: Bytes): Promise<CryptoKey> {
  const base = await crypto.subtle.importKey('raw', raw, 'HKDF', false, ['deriveKey']);
  const params = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(0), info };
  return crypto.subtle.deriveKey(params, base, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
}
