import { u32At } from './bytes.ts';

const idLength = 16;

/** Finds the places of ids in a long row of them, 16 bytes each, without an object per id. */
export class IdTable {
  readonly count: number;
  private readonly ids: Uint8Array;
  /** Place + 1 of the last id with this hash, and of the one before it. */
  private readonly heads: Uint32Array;
  private readonly before: Uint32Array;

  /** Keeps `ids`; bytes after the last whole id are not looked at. */
  constructor(ids: Uint8Array) {
    this.ids = ids;
    this.count = Math.floor(ids.length / idLength);
    let buckets = 16;
    while (buckets < this.count) buckets *= 2;
    this.heads = new Uint32Array(buckets);
    this.before = new Uint32Array(this.count);
    for (let place = 0; place < this.count; place++) {
      const bucket = hashAt(ids, place * idLength) & (buckets - 1);
      this.before[place] = this.heads[bucket] ?? 0;
      this.heads[bucket] = place + 1;
    }
  }

  /** Every place of `id`, the last first. */
  placesOf(id: Uint8Array): readonly number[] {
    const places: number[] = [];
    let next = this.heads[hashAt(id, 0) & (this.heads.length - 1)] ?? 0;
    for (; next > 0; next = this.before[next - 1] ?? 0) if (this.isAt(next - 1, id)) places.push(next - 1);
    return places;
  }

  /** The last place, -1 where the id is not there. */
  lastPlaceOf(id: Uint8Array): number {
    let next = this.heads[hashAt(id, 0) & (this.heads.length - 1)] ?? 0;
    while (next > 0 && !this.isAt(next - 1, id)) next = this.before[next - 1] ?? 0;
    return next - 1;
  }

  /** The place before `place` with the same id, -1 where it is the first. */
  earlierOf(place: number): number {
    let next = this.before[place] ?? 0;
    while (next > 0 && this.compare(next - 1, place) !== 0) next = this.before[next - 1] ?? 0;
    return next - 1;
  }

  idAt(place: number): Uint8Array {
    return this.ids.subarray(place * idLength, (place + 1) * idLength);
  }

  /** As `compareBytes` of two of them. */
  compare(a: number, b: number): number {
    for (let at = 0; at < idLength; at++) {
      const difference = (this.ids[a * idLength + at] ?? 0) - (this.ids[b * idLength + at] ?? 0);
      if (difference !== 0) return difference;
    }
    return 0;
  }

  private isAt(place: number, id: Uint8Array): boolean {
    for (let at = 0; at < idLength; at++) if (this.ids[place * idLength + at] !== id[at]) return false;
    return true;
  }
}

/** Both ends, because ids that count up differ at one of them only. */
const hashAt = (ids: Uint8Array, at: number): number =>
  (u32At(ids, at) ^ Math.imul(u32At(ids, at + 12), 0x9e3779b1)) >>> 0;
