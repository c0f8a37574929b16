import { equalBytes, type Bytes } from '../shared/kernel/bytes.ts';
import { compartments, type Compartment } from '../shared/records/record.ts';
import { sha256, toBytes } from './node-crypto.ts';

/**
 * One record of the journal, big-endian:
 * u32 length of the rest after the checksum | u32 CRC-32C of it | u8 kind | 8 w | u64 n | u8 compartment | u16 key epoch |
 * box | first 16 bytes of the SHA-256 of the record before. A box of several operations has their number as u32 before it.
 */
export type JournalRecord = {
  readonly kind: 'checkpoint' | 'op' | 'local' | 'audit';
  readonly w: Bytes;
  readonly n: number;
  readonly c: Compartment | 'audit' | null;
  readonly epoch: number;
  readonly box: Bytes;
  /** Of a box of several operations: how many there are, the first of them number `n`. */
  readonly m?: number | undefined;
};

const kindCodes = { checkpoint: 0, op: 1, local: 2, audit: 3 } as const;
const compartmentCodes = [null, ...compartments, 'audit'] as const;
const frontLength = 8;
const headLength = 1 + 8 + 8 + 1 + 2;
const linkLength = 16;
const severalOps = 4;
const countLength = 4;
const smallest = headLength + linkLength;
/** A box larger than this is not written; a length above it is damage. */
export const maxBoxBytes = 16_000_000;

export const firstLink: Bytes = new Uint8Array(linkLength);
export const linkOf = (record: Uint8Array): Bytes => sha256(record).slice(0, linkLength);

export function encodeRecord(record: JournalRecord, previous: Uint8Array): Bytes {
  const extra = record.m === undefined ? 0 : countLength;
  const bytes = new Uint8Array(frontLength + smallest + extra + record.box.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, bytes.length - frontLength);
  bytes[8] = record.m === undefined ? kindCodes[record.kind] : severalOps;
  bytes.set(record.w, 9);
  view.setBigUint64(17, BigInt(record.n));
  bytes[25] = compartmentCodes.indexOf(record.c);
  view.setUint16(26, record.epoch);
  if (record.m !== undefined) view.setUint32(28, record.m);
  bytes.set(record.box, 28 + extra);
  bytes.set(previous, bytes.length - linkLength);
  view.setUint32(4, crc32c(bytes.subarray(frontLength)));
  return bytes;
}

type Found = { readonly record: JournalRecord; readonly link: Bytes; readonly end: number; readonly follows: boolean };

/** The record that begins at `at`; undefined when there is no sound one. */
function recordAt(bytes: Uint8Array, at: number, previous: Uint8Array): Found | undefined {
  const end = endOf(bytes, at);
  if (end === undefined || end > bytes.length) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset + at, end - at);
  const body = bytes.subarray(at + frontLength, end);
  if (view.getUint32(4) !== crc32c(body)) return undefined;
  const code = view.getUint8(8);
  const extra = code === severalOps ? countLength : 0;
  const kind =
    code === severalOps
      ? 'op'
      : (['checkpoint', 'op', 'local', 'audit'] as const).find((name) => kindCodes[name] === code);
  const c = compartmentCodes[view.getUint8(25)];
  const n = Number(view.getBigUint64(17));
  if (kind === undefined || c === undefined || !Number.isSafeInteger(n)) return undefined;
  if (body.length < smallest + extra) return undefined;
  return {
    record: {
      kind,
      w: toBytes(bytes.subarray(at + 9, at + 17)),
      n,
      c,
      epoch: view.getUint16(26),
      box: toBytes(bytes.subarray(at + 28 + extra, end - linkLength)),
      ...(extra === 0 ? {} : { m: view.getUint32(28) }),
    },
    link: linkOf(bytes.subarray(at, end)),
    end,
    follows: equalBytes(bytes.subarray(end - linkLength, end), previous),
  };
}

/** Where the record at `at` says that it ends; undefined when that cannot be a length. */
function endOf(bytes: Uint8Array, at: number): number | undefined {
  if (at + frontLength > bytes.length) return undefined;
  const length = new DataView(bytes.buffer, bytes.byteOffset + at, 4).getUint32(0);
  return length < smallest || length > maxBoxBytes + smallest ? undefined : at + frontLength + length;
}

export type Scan = {
  readonly records: readonly JournalRecord[];
  /** Places where something was lost: unreadable bytes with a record behind them, or a record that does not follow. */
  readonly damaged: number;
  /** End of the last sound record; what comes after it never was a whole one. */
  readonly soundEnd: number;
  readonly link: Bytes;
};

/** Reads a segment; damage costs the records it hits and no others. `previous`: undefined when nothing is known of it. */
export function scanSegment(bytes: Uint8Array, previous: Uint8Array | undefined): Scan {
  const records: JournalRecord[] = [];
  let link: Bytes | undefined = previous && toBytes(previous);
  let damaged = 0;
  let soundEnd = 0;
  let at = 0;
  while (at < bytes.length) {
    const found = recordAt(bytes, at, link ?? firstLink);
    if (found === undefined) {
      const next = nextRecord(bytes, at);
      if (next === undefined) break;
      damaged += 1;
      link = undefined;
      at = next;
      continue;
    }
    // After damage the record before is not known, so there is nothing to compare with.
    if (link !== undefined && !found.follows) damaged += 1;
    records.push(found.record);
    link = found.link;
    at = found.end;
    soundEnd = at;
  }
  return { records, damaged, soundEnd, link: link ?? firstLink };
}

function nextRecord(bytes: Uint8Array, at: number): number | undefined {
  const believed = endOf(bytes, at);
  if (believed !== undefined && recordAt(bytes, believed, firstLink) !== undefined) return believed;
  for (let start = at + 1; start + frontLength + smallest <= bytes.length; start++)
    if (recordAt(bytes, start, firstLink) !== undefined) return start;
  return undefined;
}

const crcTable = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0x82f63b78 : value >>> 1;
  return value >>> 0;
});

/** CRC-32C (Castagnoli), as storage devices use it. */
export function crc32c(bytes: Uint8Array): number {
  let value = 0xffffffff;
  for (const byte of bytes) value = (crcTable[(value ^ byte) & 0xff] ?? 0) ^ (value >>> 8);
  return (value ^ 0xffffffff) >>> 0;
}
