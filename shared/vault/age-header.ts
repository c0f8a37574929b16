import { toUtf8, type Bytes } from '../kernel/bytes.ts';
import { err, ok, type Result } from '../kernel/result.ts';

/*
 * The text at the beginning of a file in the format age-encryption.org/v1 with its one recipient "scrypt": what a
 * passphrase needs to give the key of the file. Every program that knows age reads such a file, and the other way round.
 */

const firstLine = 'age-encryption.org/v1\n';
/** scrypt with N = 2^17, r = 8: 128 MiB and about half a second. */
export const ageWorkFactor = 17;
/** 1 GiB. Heavier is no file of a colleague but one that stops the laptop. */
const maxWorkFactor = 20;
/** Ours have less than 200 characters; the limit keeps a foreign file from being read through for its end. */
const maxHeader = 4_000;

export type AgeHeader = {
  readonly salt: Bytes;
  readonly workFactor: number;
  /** The key of the file, sealed by what scrypt gives. */
  readonly wrapped: Bytes;
  readonly mac: Bytes;
  /** What `mac` is over. */
  readonly signed: Bytes;
  /** Where the content begins. */
  readonly end: number;
};
export type AgeHeaderError = { readonly type: 'foreign' | 'other-key' | 'too-heavy' | 'damaged' };

/** Whether a file begins as one in this format; says nothing of the rest. */
export const isAgeFile = (file: Uint8Array): boolean => textOf(file, firstLine.length) === firstLine;

/** The header up to where its signature follows. */
export function ageHeaderToSign(lock: Pick<AgeHeader, 'salt' | 'workFactor' | 'wrapped'>): string {
  return `${firstLine}-> scrypt ${toBase64(lock.salt)} ${String(lock.workFactor)}\n${toBase64(lock.wrapped)}\n---`;
}

/** The rest of the header, behind what was signed. */
export const ageHeaderEnd = (mac: Uint8Array): string => ` ${toBase64(mac)}\n`;

const oneStanza = /^-> scrypt ([A-Za-z0-9+/]{22}) ([1-9]\d?)\n([A-Za-z0-9+/]{43})\n(---) ([A-Za-z0-9+/]{43})\n/;

/**
 * `foreign` is no age file, `other-key` one that opens with a key instead of a passphrase, `too-heavy` one that asks for
 * more than 1 GiB, `damaged` everything that is not exactly one whole header.
 */
export function readAgeHeader(file: Uint8Array): Result<AgeHeader, AgeHeaderError> {
  if (!isAgeFile(file)) return err({ type: 'foreign' });
  const text = textOf(file, maxHeader).slice(firstLine.length);
  if (/^-> (?!scrypt )\S+ .*\n/.test(text)) return err({ type: 'other-key' });
  const found = oneStanza.exec(text);
  if (found === null) return err({ type: 'damaged' });
  const [whole, saltText = '', factor = '', wrappedText = '', , macText = ''] = found;
  const [salt, wrapped, mac] = [saltText, wrappedText, macText].map(fromBase64);
  if (salt === undefined || wrapped === undefined || mac === undefined) return err({ type: 'damaged' });
  const workFactor = Number(factor);
  if (workFactor > maxWorkFactor) return err({ type: 'too-heavy' });
  const end = firstLine.length + whole.length;
  const signed = Uint8Array.from(file.subarray(0, end - ageHeaderEnd(mac).length));
  return ok({ salt, workFactor, wrapped, mac, signed, end });
}

const textOf = (file: Uint8Array, length: number): string => String.fromCharCode(...file.subarray(0, length));

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Without the signs at the end: age has none. */
function toBase64(bytes: Uint8Array): string {
  let text = '';
  let held = 0;
  let bits = 0;
  for (const byte of bytes) {
    held = (held << 8) | byte;
    bits += 8;
    for (; bits >= 6; bits -= 6) text += letters[(held >> (bits - 6)) & 63] ?? '';
    held &= 0xff;
  }
  return bits === 0 ? text : text + (letters[(held << (6 - bits)) & 63] ?? '');
}

/** Undefined when the bits that are left over are not zero: one content has one text. */
function fromBase64(text: string): Bytes | undefined {
  const bytes: number[] = [];
  let held = 0;
  let bits = 0;
  for (const letter of text) {
    held = ((held << 6) | letters.indexOf(letter)) & 0xffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes.push((held >> bits) & 0xff);
  }
  return (held & ((1 << bits) - 1)) === 0 ? Uint8Array.from(bytes) : undefined;
}

/** What age puts before the salt, so that the same passphrase gives other keys elsewhere. */
export const ageScryptLabel: Bytes = toUtf8('age-encryption.org/v1/scrypt');
