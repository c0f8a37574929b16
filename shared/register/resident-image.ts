import { joinBytes } from '../kernel/bytes.ts';
import { recordIdBytes, recordIdOf } from '../kernel/ids.ts';
import type { ResidentSummary, SummaryStatus } from './resident-summary.ts';
import { columnsOf, type SummaryColumns, type TextColumn } from './summary-columns.ts';

const idLength = 16;

/**
 * The list of a whole register: parts with columns, and a table that finds a line by the bytes of its id. A map that is
 * never changed. `get` keeps the object of a line; walking through all of them keeps none.
 */
export class ResidentImage implements ReadonlyMap<string, ResidentSummary> {
  readonly size: number;
  /** Lines of all parts together, also those that a later part replaces: lines are numbered over the parts. */
  readonly rowCount: number;
  readonly parts: readonly SummaryColumns[];
  private readonly starts: readonly number[];
  private readonly partOf: Uint16Array;
  /** Line + 1 at the place that the id says, or the next free one. */
  private readonly places: Uint32Array;
  private readonly dead: Uint8Array;
  private readonly gone: ReadonlySet<string>;

  /** Of two lines with one id the later holds; those of `without` are not there. */
  constructor(parts: readonly SummaryColumns[], without: ReadonlySet<string> = new Set()) {
    this.gone = without;
    this.parts = parts.filter(({ length }) => length > 0);
    const starts: number[] = [];
    let rowCount = 0;
    for (const { length } of this.parts) {
      starts.push(rowCount);
      rowCount += length;
    }
    this.starts = starts;
    this.rowCount = rowCount;
    this.partOf = new Uint16Array(rowCount);
    this.dead = new Uint8Array(rowCount);
    this.places = new Uint32Array(placeCount(rowCount));
    let replaced = 0;
    this.parts.forEach(({ ids, length }, part) => {
      const start = starts[part] ?? 0;
      this.partOf.fill(part, start, start + length);
      for (let at = 0; at < length; at++) if (this.put(ids, at * idLength, start + at)) replaced += 1;
    });
    for (const id of without) {
      const row = this.rowOf(id);
      if (row === undefined) continue;
      this.dead[row] = 1;
      replaced += 1;
    }
    this.size = rowCount - replaced;
  }

  /** The list after these changes; undefined takes a line away. */
  with(changes: ReadonlyMap<string, ResidentSummary | undefined>): ResidentImage {
    const laid = [...changes.values()].flatMap((summary) => summary ?? []);
    const gone = new Set(this.gone);
    for (const [id, summary] of changes) {
      if (summary === undefined) gone.add(id);
      else gone.delete(id);
    }
    return new ResidentImage([...this.parts.map((part, at) => this.shortened(part, at)), imagePart(laid)], gone);
  }

  /** The number of the line; undefined when it is not in the list. */
  rowOf(id: string): number | undefined {
    if (id.length !== 36) return undefined;
    const bytes = recordIdBytes(id);
    const mask = this.places.length - 1;
    for (let place = hashAt(bytes, 0) & mask; ; place = (place + 1) & mask) {
      const row = (this.places[place] ?? 0) - 1;
      if (row < 0) return undefined;
      if (this.hasId(row, bytes, 0)) return this.dead[row] === 1 ? undefined : row;
    }
  }

  isDead(row: number): boolean {
    return this.dead[row] === 1;
  }

  at(row: number): ResidentSummary | undefined {
    return this.parts[this.partOf[row] ?? 0]?.at(this.localOf(row));
  }

  peek(row: number): ResidentSummary | undefined {
    return this.parts[this.partOf[row] ?? 0]?.peek(this.localOf(row));
  }

  idAt(row: number): string {
    const start = this.localOf(row) * idLength;
    return recordIdOf(this.idsOf(row).subarray(start, start + idLength));
  }

  /** The first four bytes of the id as a number. */
  idStartAt(row: number): number {
    return u32At(this.idsOf(row), this.localOf(row) * idLength);
  }

  compareIds(a: number, b: number): number {
    const [ofA, ofB] = [this.idsOf(a), this.idsOf(b)];
    const [startA, startB] = [this.localOf(a) * idLength, this.localOf(b) * idLength];
    for (let at = 0; at < idLength; at++) {
      const difference = (ofA[startA + at] ?? 0) - (ofB[startB + at] ?? 0);
      if (difference !== 0) return difference;
    }
    return 0;
  }

  statusAt(row: number): SummaryStatus {
    return this.parts[this.partOf[row] ?? 0]?.statusAt(this.localOf(row)) ?? 'departed';
  }

  siteAt(row: number): string | null {
    return this.parts[this.partOf[row] ?? 0]?.siteAt(this.localOf(row)) ?? null;
  }

  textAt(name: TextColumn, row: number): string {
    const part = this.parts[this.partOf[row] ?? 0];
    return part?.text(part.column(name)[this.localOf(row)] ?? 0) ?? '';
  }

  /** Lines that went into another record. */
  *merged(): Generator<ResidentSummary> {
    let row = 0;
    for (const part of this.parts) {
      for (let at = 0; at < part.length; at++, row++) {
        const summary = part.isMergedAt(at) && this.dead[row] === 0 ? part.at(at) : undefined;
        if (summary !== undefined) yield summary;
      }
    }
  }

  get(id: string): ResidentSummary | undefined {
    const row = this.rowOf(id);
    return row === undefined ? undefined : this.at(row);
  }

  has(id: string): boolean {
    return this.rowOf(id) !== undefined;
  }

  *keys(): MapIterator<string> {
    for (let row = 0; row < this.rowCount; row++) if (this.dead[row] === 0) yield this.idAt(row);
  }

  *values(): MapIterator<ResidentSummary> {
    for (let row = 0; row < this.rowCount; row++) {
      const summary = this.dead[row] === 0 ? this.peek(row) : undefined;
      if (summary !== undefined) yield summary;
    }
  }

  *entries(): MapIterator<[string, ResidentSummary]> {
    for (const summary of this.values()) yield [summary.id, summary];
  }

  forEach(visit: (value: ResidentSummary, key: string, map: ReadonlyMap<string, ResidentSummary>) => void): void {
    for (const summary of this.values()) visit(summary, summary.id, this);
  }

  [Symbol.iterator](): MapIterator<[string, ResidentSummary]> {
    return this.entries();
  }

  private localOf(row: number): number {
    return row - (this.starts[this.partOf[row] ?? 0] ?? 0);
  }

  private idsOf(row: number): Uint8Array {
    return this.parts[this.partOf[row] ?? 0]?.ids ?? noIds;
  }

  private hasId(row: number, bytes: Uint8Array, start: number): boolean {
    const ids = this.idsOf(row);
    const own = this.localOf(row) * idLength;
    for (let at = 0; at < idLength; at++) if (ids[own + at] !== bytes[start + at]) return false;
    return true;
  }

  /** True when an earlier line had this id. */
  private put(ids: Uint8Array, start: number, row: number): boolean {
    const mask = this.places.length - 1;
    for (let place = hashAt(ids, start) & mask; ; place = (place + 1) & mask) {
      const present = (this.places[place] ?? 0) - 1;
      if (present >= 0 && !this.hasId(present, ids, start)) continue;
      this.places[place] = row + 1;
      if (present >= 0) this.dead[present] = 1;
      return present >= 0;
    }
  }

  /** A part that is mostly replaced is made anew, so that lines do not pile up over a long day. */
  private shortened(part: SummaryColumns, at: number): SummaryColumns {
    const start = this.starts[at] ?? 0;
    const dead = this.dead.subarray(start, start + part.length);
    const count = dead.reduce((sum, one) => sum + one, 0);
    if (count * 2 <= part.length) return part;
    const live: ResidentSummary[] = [];
    for (let row = 0; row < part.length; row++) {
      const summary = dead[row] === 0 ? part.peek(row) : undefined;
      if (summary !== undefined) live.push(summary);
    }
    return imagePart(live);
  }
}

/** A part of lines that are objects already. */
export const imagePart = (residents: readonly ResidentSummary[]): SummaryColumns =>
  columnsOf(residents, joinBytes(residents.map(({ id }) => recordIdBytes(id))));

const noIds = new Uint8Array();
/** A power of two, at most two thirds full. */
function placeCount(rows: number): number {
  let count = 16;
  while (count * 2 < rows * 3) count *= 2;
  return count;
}

const u32At = (ids: Uint8Array, at: number): number =>
  (((ids[at] ?? 0) << 24) | ((ids[at + 1] ?? 0) << 16) | ((ids[at + 2] ?? 0) << 8) | (ids[at + 3] ?? 0)) >>> 0;
/** Both ends, because ids that count up differ at one of them only. */
const hashAt = (ids: Uint8Array, at: number): number =>
  (u32At(ids, at) ^ Math.imul(u32At(ids, at + 12), 0x9e3779b1)) >>> 0;
