import { utf8Between } from '../kernel/bytes.ts';
import { compareUtf8, maxDepth, type Encodable } from './canonical-form.ts';

/** From the byte at `from` to before the one at `to`. */
export type Span = { readonly from: number; readonly to: number };

/** Reads foreign bytes: after the first fault it gives null and `isGood` is false; it never throws. */
export class CanonicalReader {
  private readonly bytes: Uint8Array;
  private readonly withBytes: boolean;
  private readonly end: number;
  private at: number;
  private good = true;

  constructor(bytes: Uint8Array, withBytes: boolean, { from, to }: Span = { from: 0, to: bytes.length }) {
    this.bytes = bytes;
    this.withBytes = withBytes;
    this.at = from;
    this.end = to;
  }

  isGood(): boolean {
    return this.good;
  }

  isComplete(): boolean {
    return this.good && this.at === this.end;
  }

  private fail(): null {
    this.good = false;
    return null;
  }

  /** The place of the next `count` bytes, or -1 when there are fewer. */
  private take(count: number): number {
    if (!this.good || count > this.end - this.at) {
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
    return this.numberAt(at, size);
  }

  /** Unsigned, high bytes first. */
  private numberAt(at: number, size: number): number {
    let value = 0;
    for (let offset = 0; offset < size; offset++) value = value * 0x100 + (this.bytes[at + offset] ?? 0);
    return value;
  }

  /** How many items the list has that stands here; they are read after it. -1 for anything else. */
  listLength(): number {
    const at = this.take(1);
    const format = at < 0 ? 0 : (this.bytes[at] ?? 0);
    if (format >= 0x90 && format < 0xa0) return format & 15;
    if (format === 0xdc) return this.atLeast(16, this.unsigned(2));
    if (format === 0xdd) return this.atLeast(0x10000, this.unsigned(4));
    this.good = false;
    return -1;
  }

  /** Where the byte string stands that is next, without a copy of it; nowhere for anything else. */
  binarySpan(): Span {
    const format = this.take(1);
    const kind = format < 0 ? 0 : (this.bytes[format] ?? 0);
    let length = -1;
    if (kind === 0xc4) length = this.unsigned(1);
    else if (kind === 0xc5) length = this.atLeast(0x100, this.unsigned(2));
    else if (kind === 0xc6) length = this.atLeast(0x10000, this.unsigned(4));
    const from = length < 0 ? -1 : this.take(length);
    if (from < 0) this.good = false;
    return from < 0 ? { from: 0, to: 0 } : { from, to: from + length };
  }

  value(depth = 0): Encodable {
    const at = this.take(1);
    if (at < 0) return null;
    const format = this.bytes[at] ?? 0;
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
    if (size === 8) {
      const view = new DataView(this.bytes.buffer, this.bytes.byteOffset + at, size);
      value = Number(signed ? view.getBigInt64(0) : view.getBigUint64(0));
    } else {
      value = this.numberAt(at, size);
      if (signed && value >= 2 ** (8 * size - 1)) value -= 2 ** (8 * size);
    }
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
    const text = at < 0 ? undefined : utf8Between(this.bytes, at, at + length);
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
    if (depth >= maxDepth || length > this.end - this.at) return this.fail();
    const items: Encodable[] = [];
    for (let index = 0; index < length && this.good; index++) items.push(this.value(depth + 1));
    return items;
  }

  private map(length: number, depth: number): Encodable {
    if (depth >= maxDepth || length > this.end - this.at) return this.fail();
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
