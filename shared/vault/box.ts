import { invariant } from '../kernel/assert.ts';
import { joinBytes, toUtf8, type Bytes } from '../kernel/bytes.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import type { Compartment } from '../records/record.ts';

/** `own`: drafts and settings of one user; `audit`: the audit chain; `device`: the state of the device itself. */
export type BoxCompartment = Compartment | 'own' | 'audit' | 'device';

const formatVersion = 1;
const aes256Gcm = 1;
const boundLength = 6;
const paddingStep = 256;

export const nonceLength = 12;
export const tagLength = 16;
/** Format, algorithm, key epoch, schema and nonce; the ciphertext with its tag follows. */
export const boxHeaderLength = boundLength + nonceLength;

const u16 = (value: number): Bytes => {
  invariant(Number.isInteger(value) && value >= 0 && value <= 0xffff, 'does not fit in 16 bits');
  return Uint8Array.of(value >> 8, value & 0xff);
};

const readU16 = (bytes: Uint8Array, at: number): number => ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);

/**
 * The first six bytes of a box: format, algorithm, key epoch (0 for keys that have none), schema of the plaintext.
 * They go into the additional data, so none of them can be changed.
 */
export function boxHeader(of: { readonly epoch: number; readonly schema: number }): Bytes {
  return joinBytes([Uint8Array.of(formatVersion, aes256Gcm), u16(of.epoch), u16(of.schema)]);
}

/** Header, nonce and what AES-GCM gave (ciphertext with tag) as one box. */
export function makeBox(header: Uint8Array, nonce: Uint8Array, sealed: Uint8Array): Bytes {
  invariant(header.length === boundLength && nonce.length === nonceLength, 'not the parts of a box');
  return joinBytes([header, nonce, sealed]);
}

export type BoxParts = {
  readonly header: Bytes;
  readonly epoch: number;
  readonly schema: number;
  readonly nonce: Bytes;
  /** Ciphertext with tag, where it stands in the box. */
  readonly sealed: Bytes;
};
export type BoxError = { readonly type: 'truncated-box' | 'unknown-box-format' | 'unknown-box-algorithm' };

/** The parts of a box; what this version does not know is refused, and the caller keeps the bytes. */
export function parseBoxHeader(box: Uint8Array): Result<BoxParts, BoxError> {
  if (box.length < boxHeaderLength + tagLength) return err({ type: 'truncated-box' });
  if (box[0] !== formatVersion) return err({ type: 'unknown-box-format' });
  if (box[1] !== aes256Gcm) return err({ type: 'unknown-box-algorithm' });
  return ok({
    header: box.slice(0, boundLength),
    epoch: readU16(box, 2),
    schema: readU16(box, 4),
    nonce: box.slice(boundLength, boxHeaderLength),
    sealed: box.subarray(boxHeaderLength) as Bytes,
  });
}

/** Where a box belongs. `id` and `rev` per table: security.md §2.5. */
export type BoxBinding = {
  readonly header: Uint8Array;
  readonly table: string;
  readonly id: string;
  readonly compartment: BoxCompartment;
  readonly rev: number;
  readonly device: string;
};

const mark = toUtf8('ond1');

/** The additional data of a box: it opens nowhere but in its own row, table, compartment, revision and device. */
export function boxAad(of: BoxBinding): Bytes {
  const { header, rev } = of;
  invariant(header.length === boundLength, 'not a box header');
  invariant(Number.isSafeInteger(rev) && rev >= 0, 'not a safe whole number');
  const before = [of.table, of.id, of.compartment].map(toUtf8);
  const device = toUtf8(of.device);
  const length = before.reduce((sum, text) => sum + 2 + text.length, mark.length + boundLength);
  const bytes = new Uint8Array(length + 2 + 8 + 2 + device.length);
  bytes.set(mark);
  bytes.set(header, mark.length);
  let at = mark.length + boundLength;
  const writeField = (field: Uint8Array) => {
    at = writeLength(bytes, at, field.length);
    bytes.set(field, at);
    at += field.length;
  };
  for (const text of before) writeField(text);
  at = writeLength(bytes, at, 8) + 8;
  for (let place = at - 1, rest = rev; rest > 0; place--, rest = Math.floor(rest / 256)) bytes[place] = rest % 256;
  writeField(device);
  return bytes;
}

function writeLength(bytes: Bytes, at: number, length: number): number {
  invariant(length <= 0xffff, 'does not fit in 16 bits');
  bytes[at] = length >> 8;
  bytes[at + 1] = length & 0xff;
  return at + 2;
}

/** Length, content, zeros up to the next 256 bytes: the size of a box says little about what is in it. */
export function padPlaintext(content: Uint8Array): Bytes {
  invariant(content.length <= 0xffffffff - 4, 'too long for one box');
  const padded = new Uint8Array(Math.ceil((content.length + 4) / paddingStep) * paddingStep);
  padded.set([content.length >>> 24, content.length >>> 16, content.length >>> 8, content.length], 0);
  padded.set(content, 4);
  return padded;
}

export type PaddingError = { readonly type: 'bad-padding' };

/** The content of a padded plaintext, where it stands in it; a length that does not fit, or padding that is not zero, is refused. */
export function unpadPlaintext(padded: Uint8Array): Result<Bytes, PaddingError> {
  if (padded.length < paddingStep || padded.length % paddingStep !== 0) return err({ type: 'bad-padding' });
  const length = readU16(padded, 0) * 0x10000 + readU16(padded, 2);
  if (padded.length - length < 4 || padded.length - length - 4 >= paddingStep) return err({ type: 'bad-padding' });
  for (let at = 4 + length; at < padded.length; at++) if (padded[at] !== 0) return err({ type: 'bad-padding' });
  return ok(padded.subarray(4, 4 + length) as Bytes);
}

const info = (...parts: readonly (string | number)[]): Bytes => toUtf8(`onderdak/v1/${parts.join('|')}`);

/** HKDF-SHA-256 `info`, one per purpose; the salt is empty except for `slotKey`, whose salt is the device secret. */
export const hkdfInfo = {
  /** From the passphrase key. */
  slotKey: (device: string, user: string, slotVersion: number) => info('kek', device, user, slotVersion),
  /** From the slot key. */
  commit: info('commit'),
  /** From the device secret. */
  deviceState: info('state'),
  auditLog: info('audit'),
  /** From the user key. */
  auditKey: info('ak'),
  userSealKey: info('xk'),
  own: info('own'),
  sealedCompartmentKey: (compartment: string, epoch: number) => info('ck', compartment, epoch),
  /** From a compartment key: boxes, summary segments, blind index. */
  recordKey: (compartment: string, epoch: number) => info('enc', compartment, epoch),
  summaryKey: (compartment: string, epoch: number) => info('sum', compartment, epoch),
  indexKey: (compartment: string, epoch: number) => info('idx', compartment, epoch),
  /** Of files on a stick: from an agreed secret the key of one part, from the device secret the device's own pair. */
  casebox: info('casebox'),
  caseboxPair: (compartment: string, epoch: number) => info('casebox-pair', compartment, epoch),
} as const;
