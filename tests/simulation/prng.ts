import type { Bytes } from '../../shared/kernel/bytes.ts';

/** Numbers that follow from the seed alone (sfc32): the whole history of a run is a function of it. */
export class Prng {
  private a = 0x9e3779b9;
  private b = 0x243f6a88;
  private c: number;
  private d: number;

  constructor(seed: number, stream = 0) {
    this.c = seed | 0;
    this.d = stream | 0;
    for (let at = 0; at < 15; at++) this.next();
  }

  /** 32 bits. */
  next(): number {
    const sum = (((this.a + this.b) | 0) + this.d) | 0;
    this.d = (this.d + 1) | 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) | 0;
    this.c = (this.c << 21) | (this.c >>> 11);
    this.c = (this.c + sum) | 0;
    return sum >>> 0;
  }

  /** 0 … below - 1. */
  int(below: number): number {
    return Math.floor((this.next() / 2 ** 32) * below);
  }

  chance(share: number): boolean {
    return this.next() / 2 ** 32 < share;
  }

  pick<T>(items: readonly T[]): T {
    const item = items[this.int(items.length)];
    if (item === undefined) throw new Error('Bug: nothing to pick from');
    return item;
  }

  /** One of the keys, as often as its number says. */
  weighted<Key extends string>(weights: Readonly<Record<Key, number>>): Key {
    const entries = Object.entries(weights) as [Key, number][];
    let at = this.int(entries.reduce((sum, [, weight]) => sum + weight, 0));
    for (const [key, weight] of entries) {
      if (at < weight) return key;
      at -= weight;
    }
    throw new Error('Bug: weights without a sum');
  }

  readonly bytes = (count: number): Bytes => {
    const bytes = new Uint8Array(count);
    for (let at = 0; at < count; at += 4) {
      let word = this.next();
      for (let part = at; part < Math.min(at + 4, count); part++) {
        bytes[part] = word & 255;
        word >>>= 8;
      }
    }
    return bytes;
  };
}
