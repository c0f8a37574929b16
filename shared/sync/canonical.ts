import { invariant } from '../kernel/assert.ts';
import { toUtf8, type Bytes } from '../kernel/bytes.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import type { Value } from '../records/record.ts';
import { compareUtf8, maxDepth, type Encodable } from './canonical-form.ts';
import { CanonicalReader } from './canonical-reader.ts';

/**
 * The one msgpack form of a value (sync.md §2.2): shortest integers, map keys in order of their UTF-8 bytes, no
 * floats. Hashes run over these bytes. A fraction, a lone surrogate or more than 20 levels throws as a bug.
 */
export function encodeCanonical(value: Encodable): Bytes {
  const out = ByteWriter.empty();
  writeValue(out, value, 0);
  return out.take();
}

/**
 * What `read` makes of the canonical bytes after `before`, without a copy of them: `read` keeps none of what it is given, and
 * encodes nothing itself.
 */
export function withCanonical<T>(before: Uint8Array, value: Encodable, read: (bytes: Bytes) => T): T {
  const out = ByteWriter.empty();
  out.raw(before);
  writeValue(out, value, 0);
  return read(out.written());
}

/** The same for many values after each other, without a copy per value. */
export function encodeSequence(values: readonly Encodable[]): Bytes {
  const out = ByteWriter.empty();
  for (const value of values) writeValue(out, value, 0);
  return out.take();
}

/** Whether `value` has one canonical form: whole numbers, well-formed text, at most 20 levels, no gaps. */
export function isValue(value: unknown, depth = 0): value is Value {
  if (value === null || typeof value === 'boolean') return true;
  if (typeof value === 'number') return Number.isSafeInteger(value);
  if (typeof value === 'string') return value.isWellFormed();
  if (typeof value !== 'object' || depth > maxDepth - 1) return false;
  if (Array.isArray(value)) {
    for (let at = 0; at < value.length; at++) if (!isValue(value[at], depth + 1)) return false;
    return true;
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return false;
  return Object.entries(value).every(([key, item]) => key.isWellFormed() && isValue(item, depth + 1));
}

/** `Array.isArray` for values, which keeps the type of the items. */
export const isList = (value: Value | undefined): value is readonly Value[] => Array.isArray(value);

/** Whether two values have the same canonical bytes. */
export function sameValue(a: Value, b: Value): boolean {
  if (a === b) return true;
  if (a === null || b === null || typeof a !== 'object' || typeof b !== 'object') return false;
  if (Array.isArray(a) || Array.isArray(b)) {
    return (
      Array.isArray(a) &&
      Array.isArray(b) &&
      a.length === b.length &&
      a.every((item: Value, at) => sameValue(item, b[at] as Value))
    );
  }
  const left = a as { readonly [key: string]: Value };
  const right = b as { readonly [key: string]: Value };
  const keys = Object.keys(left);
  return (
    keys.length === Object.keys(right).length &&
    keys.every((key) => Object.hasOwn(right, key) && sameValue(left[key] as Value, right[key] as Value))
  );
}

export type CanonicalError = { readonly type: 'not-canonical' };

/** The value of canonical bytes; every other byte string, other forms of the same value included, is `not-canonical`. */
export function decodeCanonical(bytes: Uint8Array): Result<Value, CanonicalError> {
  const reader = new CanonicalReader(bytes, false);
  const value = reader.value();
  return reader.isComplete() ? ok(value as Value) : err({ type: 'not-canonical' });
}

/** As `decodeCanonical`, for structures that also hold byte strings. */
export function decodeEncodable(bytes: Uint8Array): Result<Encodable, CanonicalError> {
  const reader = new CanonicalReader(bytes, true);
  const value = reader.value();
  return reader.isComplete() ? ok(value) : err({ type: 'not-canonical' });
}

/** `count` values after each other and nothing else. */
export function decodeSequence(bytes: Uint8Array, count: number): Result<readonly Value[], CanonicalError> {
  const reader = new CanonicalReader(bytes, false);
  const values: Value[] = [];
  for (let at = 0; at < count && reader.isGood(); at++) values.push(reader.value() as Value);
  return reader.isComplete() ? ok(values) : err({ type: 'not-canonical' });
}

/** What is written at first; more is written into a buffer that is not kept. */
const keptLength = 4096;

class ByteWriter {
  /** One for all: every encoding ends before the next begins, and most are shorter than a buffer is dear. */
  private static kept = new ByteWriter();

  static empty(): ByteWriter {
    if (ByteWriter.kept.bytes.length > keptLength) ByteWriter.kept = new ByteWriter();
    ByteWriter.kept.length = 0;
    return ByteWriter.kept;
  }

  private bytes: Bytes = new Uint8Array(keptLength);
  private view = new DataView(this.bytes.buffer);
  private length = 0;

  /** The place of `count` new bytes. */
  private grow(count: number): number {
    const at = this.length;
    this.length += count;
    if (this.length > this.bytes.length) {
      const larger = new Uint8Array(Math.max(this.length, this.bytes.length * 2));
      larger.set(this.bytes);
      this.bytes = larger;
      this.view = new DataView(larger.buffer);
    }
    return at;
  }

  byte(value: number): void {
    const at = this.grow(1);
    this.bytes[at] = value;
  }

  /** `size` bytes of a whole number, two's complement, after its format byte. */
  number(format: number, size: 1 | 2 | 4 | 8, value: number): void {
    this.byte(format);
    const at = this.grow(size);
    if (size === 1) this.view.setUint8(at, value & 0xff);
    else if (size === 2) this.view.setUint16(at, value & 0xffff);
    else if (size === 4) this.view.setUint32(at, value >>> 0);
    else this.view.setBigInt64(at, BigInt(value));
  }

  raw(bytes: Uint8Array): void {
    const at = this.grow(bytes.length);
    this.bytes.set(bytes, at);
  }

  /** Text without a detour when it is ASCII, as nearly all keys and codes are; else nothing is written. */
  ascii(text: string): boolean {
    const before = this.length;
    writeLength(this, text.length, ofText);
    const at = this.grow(text.length);
    for (let index = 0; index < text.length; index++) {
      const code = text.charCodeAt(index);
      if (code >= 0x80) {
        this.length = before;
        return false;
      }
      this.bytes[at + index] = code;
    }
    return true;
  }

  take(): Bytes {
    return this.bytes.slice(0, this.length);
  }

  /** Only until the next encoding. */
  written(): Bytes {
    return this.bytes.subarray(0, this.length);
  }
}

function writeValue(out: ByteWriter, value: Encodable, depth: number): void {
  if (value === null) out.byte(0xc0);
  else if (typeof value === 'boolean') out.byte(value ? 0xc3 : 0xc2);
  else if (typeof value === 'number') writeInteger(out, value);
  else if (typeof value === 'string') writeText(out, value);
  else if (value instanceof Uint8Array) {
    writeLength(out, value.length, ofBytes);
    out.raw(value);
  } else {
    invariant(typeof value === 'object', 'only values have a canonical form');
    invariant(depth < maxDepth, 'a value has at most 20 levels');
    if (Array.isArray(value)) {
      const items = value as readonly Encodable[];
      writeLength(out, items.length, ofList);
      for (let at = 0; at < items.length; at++) writeValue(out, items[at] as Encodable, depth + 1);
    } else {
      const map = value as { readonly [key: string]: Encodable };
      const keys = Object.keys(map).sort(compareUtf8);
      writeLength(out, keys.length, ofMap);
      for (const key of keys) {
        writeText(out, key);
        writeValue(out, map[key] as Encodable, depth + 1);
      }
    }
  }
}

function writeInteger(out: ByteWriter, value: number): void {
  invariant(Number.isSafeInteger(value), 'a number in a value is whole');
  if (value >= 0) {
    if (value < 0x80) out.byte(value);
    else if (value < 0x100) out.number(0xcc, 1, value);
    else if (value < 0x10000) out.number(0xcd, 2, value);
    else if (value < 0x100000000) out.number(0xce, 4, value);
    else out.number(0xcf, 8, value);
  } else if (value >= -0x20) out.byte(value & 0xff);
  else if (value >= -0x80) out.number(0xd0, 1, value);
  else if (value >= -0x8000) out.number(0xd1, 2, value);
  else if (value >= -0x80000000) out.number(0xd2, 4, value);
  else out.number(0xd3, 8, value);
}

function writeText(out: ByteWriter, text: string): void {
  if (out.ascii(text)) return;
  const bytes = toUtf8(text);
  writeLength(out, bytes.length, ofText);
  out.raw(bytes);
}

/** Format byte and largest length of the short form; format bytes with 1, 2 and 4 length bytes. */
type LengthFormats = readonly [readonly [number, number] | undefined, number | undefined, number, number];
const ofText: LengthFormats = [[0xa0, 31], 0xd9, 0xda, 0xdb];
const ofBytes: LengthFormats = [undefined, 0xc4, 0xc5, 0xc6];
const ofList: LengthFormats = [[0x90, 15], undefined, 0xdc, 0xdd];
const ofMap: LengthFormats = [[0x80, 15], undefined, 0xde, 0xdf];

function writeLength(out: ByteWriter, length: number, [short, one, two, four]: LengthFormats): void {
  if (short !== undefined && length <= short[1]) out.byte(short[0] | length);
  else if (one !== undefined && length < 0x100) out.number(one, 1, length);
  else if (length < 0x10000) out.number(two, 2, length);
  else out.number(four, 4, length);
}
