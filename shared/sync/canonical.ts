import { invariant } from '../kernel/assert.ts';
import { fromUtf8, toUtf8, type Bytes } from '../kernel/bytes.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import type { Value } from '../records/record.ts';

/** What the encoder takes beside a `Value`: byte strings, for hashes and frame bodies. */
export type Encodable = Value | Uint8Array | readonly Encodable[] | { readonly [key: string]: Encodable };

/** Deeper than this is refused on both sides: a hostile value must not exhaust the stack. */
export const maxDepth = 20;

/**
 * The one msgpack form of a value (sync.md §2.2): shortest integers, map keys in order of their UTF-8 bytes, no
 * floats. Hashes run over these bytes. A fraction, a lone surrogate or more than 20 levels throws as a bug.
 */
export function encodeCanonical(value: Encodable): Bytes {
  const out = new ByteWriter();
  writeValue(out, value, 0);
  return out.take();
}

/** The same for many values after each other, without a copy per value. */
export function encodeSequence(values: readonly Encodable[]): Bytes {
  const out = new ByteWriter();
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

/** Order of well-formed texts by their UTF-8 bytes, which is not the order of `<`. */
export function compareUtf8(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at++) {
    const left = a.charCodeAt(at);
    const right = b.charCodeAt(at);
    if (left !== right) return rank(left) - rank(right);
  }
  return a.length - b.length;
}

/** Surrogates stand for code points above all others, though their code units are not the highest. */
const rank = (unit: number) => (unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit);

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

class ByteWriter {
  private bytes: Bytes = new Uint8Array(256);
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

  /** Text without a detour when it is ASCII, as nearly all keys and codes are. */
  ascii(text: string): void {
    const at = this.grow(text.length);
    for (let index = 0; index < text.length; index++) this.bytes[at + index] = text.charCodeAt(index);
  }

  take(): Bytes {
    return this.bytes.slice(0, this.length);
  }
}

// eslint-disable-next-line no-control-regex -- the control characters are ASCII too
const asciiOnly = /^[\u0000-\u007f]*$/;

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
  if (asciiOnly.test(text)) {
    writeLength(out, text.length, ofText);
    out.ascii(text);
  } else {
    const bytes = toUtf8(text);
    writeLength(out, bytes.length, ofText);
    out.raw(bytes);
  }
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

/** Reads foreign bytes: after the first fault it gives null and `isGood` is false; it never throws. */
class CanonicalReader {
  private readonly bytes: Uint8Array;
  private readonly view: DataView;
  private readonly withBytes: boolean;
  private at = 0;
  private good = true;

  constructor(bytes: Uint8Array, withBytes: boolean) {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    this.withBytes = withBytes;
  }

  isGood(): boolean {
    return this.good;
  }

  isComplete(): boolean {
    return this.good && this.at === this.bytes.length;
  }

  private fail(): null {
    this.good = false;
    return null;
  }

  /** The place of the next `count` bytes, or -1 when there are fewer. */
  private take(count: number): number {
    if (!this.good || count > this.bytes.length - this.at) {
      this.good = false;
      return -1;
    }
    const at = this.at;
    this.at += count;
    return at;
  }

  private unsigned(size: 1 | 2 | 4): number {
    const at = this.take(size);
    if (at < 0) return 0;
    if (size === 1) return this.view.getUint8(at);
    return size === 2 ? this.view.getUint16(at) : this.view.getUint32(at);
  }

  value(depth = 0): Encodable {
    const at = this.take(1);
    if (at < 0) return null;
    const format = this.view.getUint8(at);
    if (format < 0x80) return format;
    if (format < 0x90) return this.map(format & 15, depth);
    if (format < 0xa0) return this.array(format & 15, depth);
    if (format < 0xc0) return this.text(format & 31);
    if (format >= 0xe0) return format - 0x100;
    if (format >= 0xcc && format <= 0xd3) return this.integer(format);
    switch (format) {
      case 0xc0:
        return null;
      case 0xc2:
        return false;
      case 0xc3:
        return true;
      case 0xc4:
        return this.binary(this.unsigned(1));
      case 0xc5:
        return this.binary(this.atLeast(0x100, this.unsigned(2)));
      case 0xc6:
        return this.binary(this.atLeast(0x10000, this.unsigned(4)));
      case 0xd9:
        return this.text(this.atLeast(32, this.unsigned(1)));
      case 0xda:
        return this.text(this.atLeast(0x100, this.unsigned(2)));
      case 0xdb:
        return this.text(this.atLeast(0x10000, this.unsigned(4)));
      case 0xdc:
        return this.array(this.atLeast(16, this.unsigned(2)), depth);
      case 0xdd:
        return this.array(this.atLeast(0x10000, this.unsigned(4)), depth);
      case 0xde:
        return this.map(this.atLeast(16, this.unsigned(2)), depth);
      case 0xdf:
        return this.map(this.atLeast(0x10000, this.unsigned(4)), depth);
      default:
        return this.fail();
    }
  }

  /** A shorter form existed for anything below `least`. */
  private atLeast(least: number, length: number): number {
    if (length < least) this.good = false;
    return length;
  }

  private integer(format: number): number {
    const size = 1 << (format & 3);
    const at = this.take(size);
    if (at < 0) return 0;
    const signed = format >= 0xd0;
    let value: number;
    if (size === 1) value = signed ? this.view.getInt8(at) : this.view.getUint8(at);
    else if (size === 2) value = signed ? this.view.getInt16(at) : this.view.getUint16(at);
    else if (size === 4) value = signed ? this.view.getInt32(at) : this.view.getUint32(at);
    else value = Number(signed ? this.view.getBigInt64(at) : this.view.getBigUint64(at));
    const shortest = signed
      ? size === 1
        ? value < -0x20
        : value < -(2 ** (4 * size - 1))
      : value >= (size === 1 ? 0x80 : 2 ** (4 * size));
    if (!shortest || !Number.isSafeInteger(value)) this.good = false;
    return value;
  }

  private text(length: number): string {
    const at = this.take(length);
    const text = at < 0 ? undefined : fromUtf8(this.bytes.subarray(at, at + length));
    if (text === undefined) this.good = false;
    return text ?? '';
  }

  private binary(length: number): Encodable {
    const at = this.take(length);
    if (at < 0 || !this.withBytes) return this.fail();
    return this.bytes.slice(at, at + length);
  }

  private array(length: number, depth: number): Encodable {
    // Every item takes a byte, so a claimed length cannot cost more than the bytes that came.
    if (depth >= maxDepth || length > this.bytes.length - this.at) return this.fail();
    const items: Encodable[] = [];
    for (let index = 0; index < length && this.good; index++) items.push(this.value(depth + 1));
    return items;
  }

  private map(length: number, depth: number): Encodable {
    if (depth >= maxDepth || length > this.bytes.length - this.at) return this.fail();
    const entries: [string, Encodable][] = [];
    let last: string | undefined;
    for (let index = 0; index < length && this.good; index++) {
      const key = this.value(maxDepth);
      if (typeof key !== 'string' || (last !== undefined && compareUtf8(last, key) >= 0)) return this.fail();
      last = key;
      entries.push([key, this.value(depth + 1)]);
    }
    // `fromEntries` defines own properties, so a key `__proto__` is only a key.
    return Object.fromEntries(entries);
  }
}
