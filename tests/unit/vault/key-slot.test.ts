import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { giveKey, makeSlot, openSlot } from '../../../electron/key-slot.ts';
import { makeKeyPair, toBase64, toBytes } from '../../../electron/node-crypto.ts';
import { toHex } from '../../../shared/kernel/bytes.ts';
import { keySlotSchema, slotHead, type KeySlot, type SlotHead } from '../../../shared/vault/key-slot.ts';

const bytes = (length: number) => toBytes(randomBytes(length));
const secrets = { passphraseKey: bytes(32), deviceSecret: bytes(32) };
const device = makeKeyPair('ed25519');
const head: SlotHead = {
  v: 1,
  kind: 'user',
  device: 'd_0011223344556677',
  user: 'u_8899aabbccddeeff',
  slotVer: 1,
  kdf: { alg: 'argon2id', v: 19, m: 65_536, t: 3, p: 1, salt: toBase64(bytes(16)) },
  policy: toBase64(new Uint8Array(32)),
};
const keys = [
  { c: 'core', epoch: 1, key: bytes(32) },
  { c: 'health', epoch: 3, key: bytes(32) },
] as const;
const made = makeSlot(head, secrets, keys).slot;
const opens = (slot: KeySlot, by = secrets) => openSlot(slot, by, device.publicKey);

describe('the schema of a slot', () => {
  it('takes what is made, word for word', () => {
    expect(keySlotSchema.parse(JSON.parse(JSON.stringify(made)))).toEqual(made);
  });

  it.each([
    ['memory below the bound', { kdf: { ...made.kdf, m: 19_455 } }],
    ['memory above the bound', { kdf: { ...made.kdf, m: 262_145 } }],
    ['no turn', { kdf: { ...made.kdf, t: 0 } }],
    ['eleven turns', { kdf: { ...made.kdf, t: 11 } }],
    ['two lanes', { kdf: { ...made.kdf, p: 2 } }],
    ['a short salt', { kdf: { ...made.kdf, salt: toBase64(bytes(8)) } }],
    ['another version', { v: 2 }],
    ['one field too many', { more: 1 }],
    ['a compartment nobody knows', { ck: [{ ...made.ck[0], c: 'secret' }] }],
    ['epoch 0', { ck: [{ ...made.ck[0], e: 0 }] }],
    ['base64 that is not canonical', { commit: made.commit.replace(/.=$/, 'B=') }],
    ['half an entry of a colleague', { ck: [{ ...made.ck[0], epk: toBase64(bytes(32)) }] }],
  ])('refuses %s', (_, change) => {
    expect(keySlotSchema.safeParse({ ...made, ...change }).success).toBe(false);
  });

  it('covers in its head everything that decides how it opens', () => {
    const heads = [
      slotHead(head),
      slotHead({ ...head, device: 'd_1011223344556677' }),
      slotHead({ ...head, user: 'u_1011223344556677' }),
      slotHead({ ...head, slotVer: 2 }),
      slotHead({ ...head, policy: toBase64(bytes(32)) }),
      slotHead({ ...head, kdf: { ...head.kdf, t: 4 } }),
    ];
    expect(new Set(heads).size).toBe(heads.length);
  });
});

describe('a slot', () => {
  it('needs passphrase and device secret, both', () => {
    expect(opens(made)).toMatchObject({ ok: true, value: { opened: { keys }, rewritten: null } });
    for (const by of [
      { ...secrets, passphraseKey: bytes(32) },
      { ...secrets, deviceSecret: bytes(32) },
    ])
      expect(opens(made, by)).toEqual({ ok: false, error: { type: 'wrong' } });
  });

  it('takes a key that a colleague gave, and is rewritten as its own', () => {
    const given = giveKey(made, { c: 'core', epoch: 2, key: bytes(32) }, device.privateKey);
    const opened = opens({ ...made, ck: [...made.ck, given] });
    if (!opened.ok || opened.value.rewritten === null) return expect.fail('not taken');
    expect(opened.value.opened.keys.map(({ c, epoch }) => `${c} ${epoch}`)).toEqual(['core 1', 'health 3', 'core 2']);
    expect(opened.value.rewritten.ck.every((entry) => !('epk' in entry))).toBe(true);
    const again = opens(opened.value.rewritten);
    const hexOf = (result: typeof again) => (result.ok ? result.value.opened.keys.map(({ key }) => toHex(key)) : []);
    expect(hexOf(again)).toEqual(hexOf(opened));
    expect(hexOf(again)).toHaveLength(3);
  });

  it('takes none that another device signed, or that was meant for somebody else', () => {
    const key = { c: 'core', epoch: 2, key: bytes(32) } as const;
    const stranger = giveKey(made, key, makeKeyPair('ed25519').privateKey);
    const forOther = giveKey({ ...made, user: 'u_0000000000000000' }, key, device.privateKey);
    const moved = { ...giveKey(made, key, device.privateKey), c: 'bsn' as const };
    for (const entry of [stranger, forOther, moved])
      expect(opens({ ...made, ck: [entry] })).toEqual({ ok: false, error: { type: 'damaged' } });
  });
});
