const none = 255;
/** With fewer of them marked, sorting those is quicker than going through all rows. */
const fewRows = 64;

/** What each row costs by the terms read so far, and which rows have a cost: most queries mark a few of a country. */
export class RowCosts {
  private readonly costs: Uint8Array;
  /** The same bytes in fours, so that what has no cost is passed by quickly. */
  private readonly fours: Uint32Array;
  private readonly marked: Uint32Array;
  private count = 0;

  constructor(rowCount: number) {
    const buffer = new ArrayBuffer(Math.ceil(rowCount / 4) * 4);
    this.costs = new Uint8Array(buffer);
    this.fours = new Uint32Array(buffer);
    this.costs.fill(none);
    this.marked = new Uint32Array(rowCount);
  }

  get size(): number {
    return this.count;
  }

  clear(): void {
    const { costs, marked, count } = this;
    if (this.isFew) for (let at = 0; at < count; at++) costs[marked[at] ?? 0] = none;
    else costs.fill(none);
    this.count = 0;
  }

  /** The lowest of what was said of a row holds. */
  mark(row: number, cost: number): void {
    const before = this.costs[row] ?? 0;
    if (before === none) this.marked[this.count++] = row;
    if (cost < before) this.costs[row] = cost;
  }

  /** Only rows that have a cost in both stay. */
  add({ costs: others }: RowCosts): void {
    const { costs, marked, count } = this;
    let kept = 0;
    for (let at = 0; at < count; at++) {
      const row = marked[at] ?? 0;
      const sum = (costs[row] ?? none) + (others[row] ?? none);
      costs[row] = sum < none ? sum : none;
      if (sum < none) marked[kept++] = row;
    }
    this.count = kept;
  }

  /** The marked rows by cost, then those that are 1 in `first`, then by number. */
  inOrder(first?: Uint8Array): Uint32Array {
    const rows = this.isFew ? this.sorted() : this.counted();
    return first === undefined ? rows : this.withFirst(rows, first);
  }

  private withFirst(rows: Uint32Array, first: Uint8Array): Uint32Array {
    const { costs } = this;
    const ordered = new Uint32Array(rows.length);
    let start = 0;
    while (start < rows.length) {
      const cost = costs[rows[start] ?? 0];
      let end = start;
      let front = start;
      for (; end < rows.length && costs[rows[end] ?? 0] === cost; end++) front += first[rows[end] ?? 0] ?? 0;
      if (front === start) {
        ordered.set(rows.subarray(start, end), start);
        start = end;
        continue;
      }
      let back = front;
      front = start;
      for (; start < end; start++) {
        const row = rows[start] ?? 0;
        if (first[row] === 1) ordered[front++] = row;
        else ordered[back++] = row;
      }
    }
    return ordered;
  }

  private get isFew(): boolean {
    return this.count * fewRows < this.costs.length;
  }

  private sorted(): Uint32Array {
    const keys = new Float64Array(this.count);
    const size = this.costs.length;
    for (let at = 0; at < keys.length; at++) {
      const row = this.marked[at] ?? 0;
      keys[at] = (this.costs[row] ?? 0) * size + row;
    }
    return Uint32Array.from(keys.sort(), (key) => key % size);
  }

  private counted(): Uint32Array {
    const { costs, fours, marked, count } = this;
    const ends = new Uint32Array(none);
    for (let at = 0; at < count; at++) {
      const cost = costs[marked[at] ?? 0] ?? 0;
      ends[cost] = (ends[cost] ?? 0) + 1;
    }
    let total = 0;
    for (let cost = 0; cost < none; cost++) {
      const ofCost = ends[cost] ?? 0;
      ends[cost] = total;
      total += ofCost;
    }
    const rows = new Uint32Array(total);
    for (let four = 0; four < fours.length; four++) {
      if (fours[four] === 0xffff_ffff) continue;
      for (let row = four * 4; row < four * 4 + 4; row++) {
        const cost = costs[row] ?? none;
        if (cost === none) continue;
        const place = ends[cost] ?? 0;
        rows[place] = row;
        ends[cost] = place + 1;
      }
    }
    return rows;
  }
}
