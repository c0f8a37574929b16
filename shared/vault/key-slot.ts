import * as z from 'zod';
import { toUtf8, type Bytes } from '../kernel/bytes.ts';
import { compartments } from '../records/record.ts';
import { canonicalJson } from './canonical-json.ts';

/** Base64 text of exactly `length` bytes, padded, in its one canonical spelling. */
const base64Of = (length: number) => {
  const full = Math.floor(length / 3) * 4;
  const tail = ['', '[A-Za-z0-9+/][AQgw]==', '[A-Za-z0-9+/]{2}[AEIMQUYcgkosw048]='][length % 3] ?? '';
  return z.string().regex(new RegExp(`^[A-Za-z0-9+/]{${full}}${tail}$`));
};

/** What AES-256-GCM gives for a plaintext of `length` bytes, with its nonce. */
const sealedOf = (length: number) => ({ n: base64Of(12), ct: base64Of(length + 16) });
const compartmentKey = { c: z.enum(compartments), e: z.int().min(1).max(0xffff), ...sealedOf(32) };

export const deviceId = z.string().regex(/^d_[0-9a-f]{16}$/);
export const userId = z.string().regex(/^u_[0-9a-f]{16}$/);

/** The bounds keep a changed slot from weakening the derivation or hanging the app (security.md §2.4). */
export const kdfBounds = { minMemoryKib: 19_456, maxMemoryKib: 262_144, minTurns: 1, maxTurns: 10 } as const;
const kdf = z.strictObject({
  alg: z.literal('argon2id'),
  v: z.literal(19),
  m: z.int().min(kdfBounds.minMemoryKib).max(kdfBounds.maxMemoryKib),
  t: z.int().min(kdfBounds.minTurns).max(kdfBounds.maxTurns),
  p: z.literal(1),
  salt: base64Of(16),
});

/** Sealed under the user key. */
const ownEntry = z.strictObject(compartmentKey);
/** Sealed by a colleague to the user's public key while the user was away; signed by the device. */
const givenEntry = z.strictObject({ ...compartmentKey, epk: base64Of(32), sig: base64Of(64) });

/** A keyslot: what one user of one device needs, beside passphrase and device secret, to get the keys. */
export const keySlotSchema = z.strictObject({
  v: z.literal(1),
  kind: z.literal('user'),
  device: deviceId,
  user: userId,
  slotVer: z.int().min(1),
  kdf,
  policy: base64Of(32),
  commit: base64Of(32),
  uk: z.strictObject({ alg: z.literal('A256GCM'), ...sealedOf(32) }),
  ak: z.strictObject({ pub: base64Of(32), ...sealedOf(48) }),
  xk: z.strictObject({ pub: base64Of(32), ...sealedOf(48) }),
  ck: z.array(z.union([givenEntry, ownEntry])).max(64),
});
export type KeySlot = z.infer<typeof keySlotSchema>;
export type SlotEntry = KeySlot['ck'][number];
export type GivenEntry = z.infer<typeof givenEntry>;
export type SlotHead = Pick<KeySlot, 'v' | 'kind' | 'device' | 'user' | 'slotVer' | 'kdf' | 'policy'>;

/** What `commit` vouches for: everything that decides how the slot is opened. */
export function slotHead(slot: SlotHead): string {
  const { v, kind, device, user, slotVer, kdf: settings, policy } = slot;
  return canonicalJson({ v, kind, device, user, slotVer, kdf: settings, policy });
}

/** Additional data of a box in the slot; `name` is `uk`, `ak`, `xk` or `ck|c|e`, `pub` the public half of a pair. */
export function slotAad(name: string, head: string, pub?: string): Bytes {
  return toUtf8(`ond1|slot|${name}|${head}${pub === undefined ? '' : `|${pub}`}`);
}

/** What the device signs of an entry that a colleague added: all of it but the signature. */
export function givenEntryText(user: string, entry: Omit<GivenEntry, 'sig'>): Bytes {
  const { c, e, n, ct, epk } = entry;
  return toUtf8(`onderdak/v1/given|${canonicalJson({ user, c, e, n, ct, epk })}`);
}
