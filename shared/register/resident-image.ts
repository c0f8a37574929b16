import { joinBytes, u32At } from '../kernel/bytes.ts';
import { IdTable } from '../kernel/id-table.ts';
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
  private readonly table: IdTable;
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
    this.parts.forEach(({ length }, part) => {
      const start = starts[part] ?? 0;
      this.partOf.fill(part, start, start + length);
    });
    this.table = new IdTable(joinBytes(this.parts.map(({ ids, length }) => ids.subarray(0, length * idLength))));
    let replaced = 0;
    for (let row = 0; row < rowCount; row++) {
      const earlier = this.table.earlierOf(row);
      if (earlier < 0) continue;
      this.dead[earlier] = 1;
      replaced += 1;
    }
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
    const row = this.table.lastPlaceOf(recordIdBytes(id));
    return row < 0 || this.dead[row] === 1 ? undefined : row;
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
    return recordIdOf(this.table.idAt(row));
  }

  /** The first four bytes of the id as a number. */
  idStartAt(row: number): number {
    return u32At(this.table.idAt(row), 0);
  }

  compareIds(a: number, b: number): number {
    return this.table.compare(a, b);
  }

  statusAt(row: number): SummaryStatus {
    return this.parts[this.partOf[row] ?? 0]?.statusAt(this.localOf(row)) ?? 'departed';
  }

  siteAt(row: number): string | null {
    return this.parts[this.partOf[row] ?? 0]?.siteAt(this.localOf(row)) ?? null;
  }

  lacksGuardianAt(row: number): boolean {
    return this.parts[this.partOf[row] ?? 0]?.lacksGuardianAt(this.localOf(row)) ?? false;
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
