import { invariant } from '../kernel/assert.ts';
import { toHex, type Bytes } from '../kernel/bytes.ts';

/** Whole numbers one after another, 7 bits a byte, low ones first; signed ones folded to 0, -1, 1, -2 … */
export class ColumnWriter {
  private readonly bytes: number[] = [];

  count(value: number): void {
    invariant(Number.isSafeInteger(value) && value >= 0, 'a count is a whole number from 0');
    let rest = value;
    while (rest >= 0x80) {
      this.bytes.push((rest % 0x80) | 0x80);
      rest = Math.floor(rest / 0x80);
    }
    this.bytes.push(rest);
  }

  /** For differences between numbers up to 2^52. */
  difference(value: number): void {
    this.count(value >= 0 ? value * 2 : -value * 2 - 1);
  }

  raw(bytes: Uint8Array): void {
    for (const byte of bytes) this.bytes.push(byte);
  }

  take(): Bytes {
    return new Uint8Array(this.bytes);
  }
}

/** Reads foreign bytes: past the end or above 2^53 it gives 0 and is not good any more; it never throws. */
export class ColumnReader {
  private readonly bytes: Uint8Array;
  private readonly end: number;
  private at: number;
  private good = true;

  constructor(bytes: Uint8Array, from = 0, to = bytes.length) {
    this.bytes = bytes;
    this.at = from;
    this.end = to;
  }

  isGood(): boolean {
    return this.good;
  }

  isComplete(): boolean {
    return this.good && this.at === this.end;
  }

  count(): number {
    let value = 0;
    for (let scale = 1; scale < 2 ** 53; scale *= 0x80) {
      const byte = this.at < this.end ? this.bytes[this.at++] : undefined;
      if (byte === undefined) break;
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) {
        if (!Number.isSafeInteger(value)) break;
        return value;
      }
    }
    this.good = false;
    return 0;
  }

  difference(): number {
    const folded = this.count();
    return folded % 2 === 0 ? folded / 2 : -(folded + 1) / 2;
  }

  raw(length: number): Bytes {
    if (length > this.end - this.at) {
      this.good = false;
      return new Uint8Array(length > 64 ? 0 : length);
    }
    this.at += length;
    return this.bytes.slice(this.at - length, this.at);
  }
}

/** The same value many times in a row as one pair of value and length. */
export class RunWriter {
  private readonly out = new ColumnWriter();
  private value = 0;
  private length = 0;

  push(value: number): void {
    if (value !== this.value && this.length > 0) this.flush();
    this.value = value;
    this.length += 1;
  }

  private flush(): void {
    this.out.count(this.value);
    this.out.count(this.length);
    this.length = 0;
  }

  take(): Bytes {
    if (this.length > 0) this.flush();
    return this.out.take();
  }
}

/** A column of the numbers of all items; those that often stay the same are short as runs. */
export function runsOf<Item>(items: readonly Item[], numberOf: (item: Item) => number): Bytes {
  const column = new RunWriter();
  for (const item of items) column.push(numberOf(item));
  return column.take();
}
export function columnOf<Item>(items: readonly Item[], write: (column: ColumnWriter, item: Item) => void): Bytes {
  const column = new ColumnWriter();
  for (const item of items) write(column, item);
  return column.take();
}

export class RunReader {
  private readonly column: ColumnReader;
  private value = 0;
  private left = 0;

  constructor(bytes: Uint8Array, from = 0, to = bytes.length) {
    this.column = new ColumnReader(bytes, from, to);
  }

  next(): number {
    if (this.left === 0) {
      this.value = this.column.count();
      this.left = this.column.count();
    }
    this.left -= 1;
    return this.value;
  }

  isComplete(): boolean {
    return this.left === 0 && this.column.isComplete();
  }
}

/** Numbers for values in order of first use. */
export class Dictionary<Entry> {
  readonly entries: Entry[] = [];
  private readonly places = new Map<string, number>();
  private readonly keyOf: (entry: Entry) => string;
  /** Operations of one record and writer stand together and share their ids. */
  private last: { readonly entry: Entry; readonly place: number } | undefined;

  constructor(keyOf: (entry: Entry) => string) {
    this.keyOf = keyOf;
  }

  place(entry: Entry): number {
    if (this.last?.entry === entry) return this.last.place;
    const key = this.keyOf(entry);
    const place = this.places.get(key) ?? this.entries.push(entry) - 1;
    this.places.set(key, place);
    this.last = { entry, place };
    return place;
  }
}

export const textDictionary = () => new Dictionary<string>((text) => text);
export const bytesDictionary = () => new Dictionary<Uint8Array>(toHex);
