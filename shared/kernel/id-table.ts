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

  private isAt(place: number, id: Uint8Array): boolean {
    for (let at = 0; at < idLength; at++) if (this.ids[place * idLength + at] !== id[at]) return false;
    return true;
  }
}

const u32At = (ids: Uint8Array, at: number): number =>
  (((ids[at] ?? 0) << 24) | ((ids[at + 1] ?? 0) << 16) | ((ids[at + 2] ?? 0) << 8) | (ids[at + 3] ?? 0)) >>> 0;
/** Both ends, because ids that count up differ at one of them only. */
const hashAt = (ids: Uint8Array, at: number): number =>
  (u32At(ids, at) ^ Math.imul(u32At(ids, at + 12), 0x9e3779b1)) >>> 0;
