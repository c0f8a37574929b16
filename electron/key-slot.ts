import { createHmac, timingSafeEqual } from 'node:crypto';
import { equalBytes, joinBytes, type Bytes } from '../shared/kernel/bytes.ts';
import { err, ok, type Result } from '../shared/kernel/result.ts';
import type { Compartment } from '../shared/records/record.ts';
import { hkdfInfo } from '../shared/vault/box.ts';
import {
  givenEntryText,
  slotAad,
  slotHead,
  type GivenEntry,
  type KeySlot,
  type SlotEntry,
  type SlotHead,
} from '../shared/vault/key-slot.ts';
import {
  agreeOn,
  deriveKey,
  fromBase64,
  isSignedBy,
  makeKeyPair,
  openBytes,
  randomOf,
  sealBytes,
  signBytes,
  toBase64,
  type KeyPair,
} from './node-crypto.ts';

export type CompartmentKey = { readonly c: Compartment; readonly epoch: number; readonly key: Bytes };
/** What an open slot gives; every field is zeroed at lock. */
export type OpenSlot = {
  readonly userKey: Bytes;
  /** PKCS #8. */
  readonly auditKey: Bytes;
  readonly userSealKey: Bytes;
  readonly keys: readonly CompartmentKey[];
};
type Secrets = { readonly passphraseKey: Bytes; readonly deviceSecret: Bytes };

const entryName = (c: string, epoch: number) => `ck|${c}|${epoch}`;
const seal = (key: Bytes, aad: Bytes, plaintext: Bytes) => {
  const { nonce, sealed } = sealBytes(key, aad, plaintext);
  return { n: toBase64(nonce), ct: toBase64(sealed) };
};
const open = (key: Bytes, aad: Bytes, box: { readonly n: string; readonly ct: string }) =>
  openBytes(key, aad, fromBase64(box.n), fromBase64(box.ct));

function slotKeyOf(head: SlotHead, { passphraseKey, deviceSecret }: Secrets): Bytes {
  return deriveKey(passphraseKey, hkdfInfo.slotKey(head.device, head.user, head.slotVer), deviceSecret);
}
const commitOf = (slotKey: Bytes, head: string) =>
  createHmac('sha256', deriveKey(slotKey, hkdfInfo.commit)).update(head).digest();

function ownEntry(userKey: Bytes, head: string, { c, epoch, key }: CompartmentKey): SlotEntry {
  const under = deriveKey(userKey, hkdfInfo.sealedCompartmentKey(c, epoch));
  return { c, e: epoch, ...seal(under, slotAad(entryName(c, epoch), head), key) };
}

/** A new slot with a user key and key pairs of its own, holding `keys`. */
export function makeSlot(
  head: SlotHead,
  secrets: Secrets,
  keys: readonly CompartmentKey[],
): { slot: KeySlot; opened: OpenSlot } {
  const text = slotHead(head);
  const slotKey = slotKeyOf(head, secrets);
  const userKey = randomOf(32);
  const audit = makeKeyPair('ed25519');
  const userSeal = makeKeyPair('x25519');
  const pair = (name: 'ak' | 'xk', info: Bytes, { publicKey, privateKey }: KeyPair) => {
    const pub = toBase64(publicKey);
    return { pub, ...seal(deriveKey(userKey, info), slotAad(name, text, pub), privateKey) };
  };
  const slot: KeySlot = {
    ...head,
    commit: toBase64(commitOf(slotKey, text)),
    uk: { alg: 'A256GCM', ...seal(slotKey, slotAad('uk', text), userKey) },
    ak: pair('ak', hkdfInfo.auditKey, audit),
    xk: pair('xk', hkdfInfo.userSealKey, userSeal),
    ck: keys.map((key) => ownEntry(userKey, text, key)),
  };
  slotKey.fill(0);
  return { slot, opened: { userKey, auditKey: audit.privateKey, userSealKey: userSeal.privateKey, keys } };
}

export type OpenSlotError = { readonly type: 'wrong' | 'damaged' };

/**
 * Opens a slot whose schema has been checked. `commit` first, and the signatures of what colleagues added, before any
 * box. `rewritten` is the slot with those entries sealed under the user key, when there were any.
 */
export function openSlot(
  slot: KeySlot,
  secrets: Secrets,
  devicePublicKey: Bytes,
): Result<{ readonly opened: OpenSlot; readonly rewritten: KeySlot | null }, OpenSlotError> {
  const head = slotHead(slot);
  const slotKey = slotKeyOf(slot, secrets);
  if (!timingSafeEqual(commitOf(slotKey, head), fromBase64(slot.commit))) return err({ type: 'wrong' });
  const given = slot.ck.filter((entry): entry is GivenEntry => 'epk' in entry);
  const isOurs = (entry: GivenEntry) =>
    isSignedBy(devicePublicKey, givenEntryText(slot.user, entry), fromBase64(entry.sig));
  if (!given.every(isOurs)) return err({ type: 'damaged' });

  const userKey = open(slotKey, slotAad('uk', head), slot.uk);
  slotKey.fill(0);
  if (userKey === undefined) return err({ type: 'damaged' });
  const auditKey = open(deriveKey(userKey, hkdfInfo.auditKey), slotAad('ak', head, slot.ak.pub), slot.ak);
  const userSealKey = open(deriveKey(userKey, hkdfInfo.userSealKey), slotAad('xk', head, slot.xk.pub), slot.xk);
  if (auditKey === undefined || userSealKey === undefined) return err({ type: 'damaged' });

  const keys: CompartmentKey[] = [];
  for (const entry of slot.ck) {
    const key =
      'epk' in entry
        ? openGiven(entry, slot.user, userSealKey, fromBase64(slot.xk.pub))
        : open(
            deriveKey(userKey, hkdfInfo.sealedCompartmentKey(entry.c, entry.e)),
            slotAad(entryName(entry.c, entry.e), head),
            entry,
          );
    if (key === undefined) return err({ type: 'damaged' });
    keys.push({ c: entry.c, epoch: entry.e, key });
  }
  const rewritten = given.length === 0 ? null : { ...slot, ck: keys.map((key) => ownEntry(userKey, head, key)) };
  return ok({ opened: { userKey, auditKey, userSealKey, keys }, rewritten });
}

const givenAad = (user: string, c: string, epoch: number) => slotAad(entryName(c, epoch), `given|${user}`);

/** Seals a compartment key to a colleague who is away; only a process with the device key can make such an entry. */
export function giveKey(
  to: Pick<KeySlot, 'user' | 'xk'>,
  { c, epoch, key }: CompartmentKey,
  deviceKey: Bytes,
): GivenEntry {
  const ephemeral = makeKeyPair('x25519');
  const recipient = fromBase64(to.xk.pub);
  const under = sharedKey(agreeOn(ephemeral.privateKey, recipient), ephemeral.publicKey, recipient, c, epoch);
  const entry = {
    c,
    e: epoch,
    ...seal(under, givenAad(to.user, c, epoch), key),
    epk: toBase64(ephemeral.publicKey),
  };
  return { ...entry, sig: toBase64(signBytes(deviceKey, givenEntryText(to.user, entry))) };
}

function openGiven(entry: GivenEntry, user: string, userSealKey: Bytes, publicKey: Bytes): Bytes | undefined {
  const ephemeral = fromBase64(entry.epk);
  // The all-zero point would make the secret known to everyone.
  if (equalBytes(ephemeral, new Uint8Array(32))) return undefined;
  const under = sharedKey(agreeOn(userSealKey, ephemeral), ephemeral, publicKey, entry.c, entry.e);
  return open(under, givenAad(user, entry.c, entry.e), entry);
}

function sharedKey(secret: Bytes, ephemeral: Bytes, recipient: Bytes, c: string, epoch: number): Bytes {
  return deriveKey(secret, hkdfInfo.sealedCompartmentKey(c, epoch), joinBytes([ephemeral, recipient]));
}

export function forgetSlot({ userKey, auditKey, userSealKey, keys }: OpenSlot): void {
  for (const bytes of [userKey, auditKey, userSealKey, ...keys.map(({ key }) => key)]) bytes.fill(0);
}
