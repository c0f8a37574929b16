import { invariant } from './assert.ts';

export type Bytes = Uint8Array<ArrayBuffer>;

const hexOf = Array.from({ length: 256 }, (_unused, byte) => byte.toString(16).padStart(2, '0'));
const digits = Uint8Array.from('0123456789abcdef', (digit) => digit.charCodeAt(0));
const high = (byte = 0): number => digits[byte >> 4] ?? 0;
const low = (byte = 0): number => digits[byte & 15] ?? 0;
/** The four bits of a digit by its character code; 255 for any other character. */
const bitsOf = Uint8Array.from({ length: 128 }, (_unused, code) => {
  const at = '0123456789abcdef'.indexOf(String.fromCharCode(code));
  return at < 0 ? 255 : at;
});
const bitsAt = (text: string, at: number): number => bitsOf[text.charCodeAt(at)] ?? 255;

/** Lower-case hexadecimal text of `bytes`. */
export function toHex(bytes: Uint8Array): string {
  let text = '';
  let at = 0;
  // Four at a time: text out of pieces is put together again by whoever compares or hashes it.
  for (; at + 4 <= bytes.length; at += 4) {
    const [a, b, c, d] = [bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]];
    text += String.fromCharCode(high(a), low(a), high(b), low(b), high(c), low(c), high(d), low(d));
  }
  for (; at < bytes.length; at++) text += hexOf[bytes[at] ?? 0] ?? '';
  return text;
}

/** The bytes of lower-case hexadecimal text; anything else throws as a bug. */
export function fromHex(text: string): Bytes {
  invariant(text.length % 2 === 0, 'not hexadecimal');
  const bytes = new Uint8Array(text.length / 2);
  for (let at = 0; at < bytes.length; at++) {
    const [first, second] = [bitsAt(text, at * 2), bitsAt(text, at * 2 + 1)];
    invariant(first < 16 && second < 16, 'not hexadecimal');
    bytes[at] = first * 16 + second;
  }
  return bytes;
}

export function joinBytes(parts: readonly Uint8Array[]): Bytes {
  const joined = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

/** The four bytes from `at` as an unsigned number, the first the highest. */
export const u32At = (bytes: Uint8Array, at: number): number =>
  (((bytes[at] ?? 0) << 24) | ((bytes[at + 1] ?? 0) << 16) | ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0)) >>> 0;

export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let at = 0; at < a.length; at++) if (a[at] !== b[at]) return false;
  return true;
}

/** Order of two byte strings, as of unsigned numbers of the same length. */
export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at++) {
    const difference = (a[at] ?? 0) - (b[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

/** UTF-8 of well-formed text; a lone surrogate throws, because two systems would encode it differently. */
export function toUtf8(text: string): Bytes {
  const plain = new Uint8Array(text.length);
  let at = 0;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code >= 0x80) break;
    plain[at] = code;
  }
  return at === text.length ? plain : toLongUtf8(text);
}

function toLongUtf8(text: string): Bytes {
  invariant(text.isWellFormed(), 'lone surrogate');
  const bytes: number[] = [];
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (code < 0x80) bytes.push(code);
    else if (code < 0x800) bytes.push(0xc0 | (code >> 6), 0x80 | (code & 63));
    else if (code < 0x10000) bytes.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
    else bytes.push(0xf0 | (code >> 18), 0x80 | ((code >> 12) & 63), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
  }
  return Uint8Array.from(bytes);
}

/** The text of strict UTF-8; undefined for anything an encoder would not have made (overlong, surrogates, cut off). */
export const fromUtf8 = (bytes: Uint8Array): string | undefined => utf8Between(bytes, 0, bytes.length);

/** As `fromUtf8`, of the bytes from `start` to before `end`. */
export function utf8Between(bytes: Uint8Array, start: number, end: number): string | undefined {
  let text = '';
  let at = start;
  for (; at + 8 <= end; at += 8) {
    const [a = 0, b = 0, c = 0, d = 0] = [bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]];
    const [e = 0, f = 0, g = 0, h = 0] = [bytes[at + 4], bytes[at + 5], bytes[at + 6], bytes[at + 7]];
    if ((a | b | c | d | e | f | g | h) >= 0x80) break;
    text += String.fromCharCode(a, b, c, d, e, f, g, h);
  }
  for (; at < end; at++) {
    const byte = bytes[at] ?? 0;
    if (byte >= 0x80) break;
    text += String.fromCharCode(byte);
  }
  while (at < end) {
    const first = bytes[at] ?? 0;
    const length = first < 0x80 ? 1 : first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
    if (length === 0 || at + length > end) return undefined;
    let code = length === 1 ? first : first & (0xff >> (length + 1));
    for (let offset = 1; offset < length; offset++) {
      const next = bytes[at + offset] ?? 0;
      if ((next & 0xc0) !== 0x80) return undefined;
      code = (code << 6) | (next & 0x3f);
    }
    const smallest = length === 3 ? 0x800 : length === 4 ? 0x10000 : 0;
    if (code < smallest || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return undefined;
    text += String.fromCodePoint(code);
    at += length;
  }
  return text;
}
