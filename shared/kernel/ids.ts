import { invariant } from './assert.ts';
import { fromHex, toHex, type Bytes } from './bytes.ts';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** A record id is a random UUIDv4: it holds no time and nothing about the person. */
export function isRecordId(text: string): boolean {
  return uuid.test(text);
}

/** UUIDv4 text of 16 random bytes. */
export function makeRecordId(random: Uint8Array): string {
  invariant(random.length === 16, 'a record id needs 16 random bytes');
  const bytes = Uint8Array.from(random);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return recordIdOf(bytes);
}

/** The 16 bytes of a record id, as operations carry them. */
export function recordIdBytes(id: string): Bytes {
  invariant(isRecordId(id), 'not a record id');
  return fromHex(id.replaceAll('-', ''));
}

export function recordIdOf(bytes: Uint8Array): string {
  invariant(bytes.length === 16, 'a record id has 16 bytes');
  const hex = toHex(bytes);
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
