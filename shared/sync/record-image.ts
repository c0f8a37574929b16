import { joinBytes } from '../kernel/bytes.ts';
import { IdTable } from '../kernel/id-table.ts';
import { isRecordId, recordIdBytes } from '../kernel/ids.ts';
import { isRecordKind, type Compartment, type RecordKind } from '../records/record.ts';
import { compareDots } from './dots.ts';
import { besideCore, type BesideCore, type RecordBlock } from './record-block.ts';
import { RecordPart } from './record-part.ts';
import type { ReplicaRecord } from './replica-record.ts';

export type Blocks = Readonly<Partial<Record<Compartment, readonly RecordBlock[]>>>;
type Records = ReadonlyMap<string, ReplicaRecord | undefined>;

/** Above so many records those that were looked at longest ago are forgotten, and made again when they are wanted. */
const keptRecords = 8_192;

/**
 * Records of the small kinds by `refKey`, as columns until somebody looks: a country in memory must not cost an object
 * per operation. A map that is never changed.
 */
export class RecordImage implements ReadonlyMap<string, ReplicaRecord> {
  readonly size: number;
  readonly parts: Readonly<Record<Compartment, RecordPart>>;
  private readonly base: Base;
  /** Over the blocks; undefined takes a record away. */
  private readonly laid: Records;
  /** Records of the blocks that something lies over. */
  private readonly covered: ReadonlySet<number>;

  private constructor(base: Base, laid: Records, covered: ReadonlySet<number>, size: number) {
    this.base = base;
    this.parts = base.parts;
    this.laid = laid;
    this.covered = covered;
    this.size = size;
  }

  static of(blocks: Blocks): RecordImage {
    const partOf = (c: Compartment) => new RecordPart(blocks[c] ?? []);
    const parts = { core: partOf('core'), bsn: partOf('bsn'), health: partOf('health'), finance: partOf('finance') };
    const people = joinBytes(parts.core.blocks.map((block) => block.people));
    const recordOf = new Uint32Array(people.length / 16);
    let person = 0;
    let at = 0;
    for (const { peopleCounts } of parts.core.blocks) {
      for (const count of peopleCounts) {
        recordOf.fill(at, person, person + count);
        person += count;
        at += 1;
      }
    }
    const base = { parts, people: new IdTable(people), recordOf, made: new Map<number, ReplicaRecord>() };
    return new RecordImage(base, new Map(), new Set(), parts.core.count);
  }

  /** The map after these changes; undefined takes a record away. */
  with(changes: Records): RecordImage {
    const laid = new Map(this.laid);
    const covered = new Set(this.covered);
    let size = this.size;
    for (const [key, record] of changes) {
      size += Number(record !== undefined) - Number(this.has(key));
      if (!laid.has(key)) {
        const at = this.placeOf(key);
        if (at >= 0) covered.add(at);
      }
      laid.set(key, record);
    }
    return new RecordImage(this.base, laid, covered, size);
  }

  get(key: string): ReplicaRecord | undefined {
    if (this.laid.has(key)) return this.laid.get(key);
    const at = this.placeOf(key);
    return at < 0 ? undefined : this.keep(at);
  }

  has(key: string): boolean {
    if (this.laid.has(key)) return this.laid.get(key) !== undefined;
    return this.placeOf(key) >= 0;
  }

  /** Records of a kind among which are all that ever said something about a resident. */
  *ofKindNear(kind: RecordKind, resident: string): Generator<ReplicaRecord> {
    for (const key of this.keysAbout(resident)) {
      const record = key.startsWith(`${kind}/`) && !this.laid.has(key) ? this.get(key) : undefined;
      if (record !== undefined) yield record;
    }
    for (const record of this.laid.values()) if (record?.kind === kind) yield record;
  }

  /** Keys of the records that ever said something about a resident when the blocks were written. */
  *keysAbout(resident: string): Generator<string> {
    if (!isRecordId(resident)) return;
    const { people, recordOf } = this.base;
    for (const place of people.placesOf(recordIdBytes(resident))) yield this.parts.core.keyAt(recordOf[place] ?? 0);
  }

  /** The same of a record of the blocks; 0 where they do not have it. */
  revBeside(kind: RecordKind, id: Uint8Array, c: BesideCore): number {
    const at = this.parts.core.find(kind, id);
    return at === undefined ? 0 : this.otherRev(at, c);
  }

  /** Records of the blocks whose part in a compartment of the reader is another one than the row has: to be read there. */
  *incomplete(readable: readonly Compartment[]): Generator<string> {
    for (let at = 0; at < this.parts.core.count; at++) {
      const wanted = besideCore.filter((c) => readable.includes(c));
      if (wanted.some((c) => this.otherRev(at, c) > 0 && this.otherPlace(at, c) === undefined)) {
        yield this.parts.core.keyAt(at);
      }
    }
  }

  /** Every record of a kind; of a large map none is kept for it. */
  *ofKind(kind: RecordKind): Generator<ReplicaRecord> {
    for (const at of this.parts.core.ofKind(kind)) if (!this.covered.has(at)) yield this.look(at);
    for (const record of this.laid.values()) if (record?.kind === kind) yield record;
  }

  /** How many records of these kinds the blocks hold: about as many as `ofKind` gives. */
  countOf(kinds: readonly RecordKind[]): number {
    return this.parts.core.countOf(kinds);
  }

  *keys(): MapIterator<string> {
    for (let at = 0; at < this.parts.core.count; at++) if (!this.covered.has(at)) yield this.parts.core.keyAt(at);
    for (const [key, record] of this.laid) if (record !== undefined) yield key;
  }

  *entries(): MapIterator<[string, ReplicaRecord]> {
    for (let at = 0; at < this.parts.core.count; at++) {
      if (!this.covered.has(at)) yield [this.parts.core.keyAt(at), this.look(at)];
    }
    for (const [key, record] of this.laid) if (record !== undefined) yield [key, record];
  }

  *values(): MapIterator<ReplicaRecord> {
    for (const [, record] of this.entries()) yield record;
  }

  forEach(visit: (value: ReplicaRecord, key: string, map: ReadonlyMap<string, ReplicaRecord>) => void): void {
    for (const [key, record] of this.entries()) visit(record, key, this);
  }

  [Symbol.iterator](): MapIterator<[string, ReplicaRecord]> {
    return this.entries();
  }

  /** The number of a record among the blocks, -1 for none. */
  private placeOf(key: string): number {
    const slash = key.indexOf('/');
    const [kind, id] = [key.slice(0, slash), key.slice(slash + 1)];
    if (!isRecordKind(kind) || !isRecordId(id)) return -1;
    return this.parts.core.find(kind, recordIdBytes(id)) ?? -1;
  }

  /** The same object as long as few others were looked at since. */
  private keep(at: number): ReplicaRecord {
    const known = this.base.made.get(at);
    if (known !== undefined) {
      // Looked at again: it is the newest now.
      if (this.parts.core.count > keptRecords) {
        this.base.made.delete(at);
        this.base.made.set(at, known);
      }
      return known;
    }
    const record = this.make(at);
    this.base.made.set(at, record);
    const oldest = this.base.made.size > keptRecords ? this.base.made.keys().next().value : undefined;
    if (oldest !== undefined) this.base.made.delete(oldest);
    return record;
  }

  private look(at: number): ReplicaRecord {
    return this.parts.core.count > keptRecords ? (this.base.made.get(at) ?? this.make(at)) : this.keep(at);
  }

  private make(at: number): ReplicaRecord {
    const { core } = this.parts;
    const ops = [...core.opsAt(at)];
    for (const c of besideCore) {
      const place = this.otherPlace(at, c);
      if (place !== undefined) ops.push(...this.parts[c].opsAt(place));
    }
    ops.sort(compareDots);
    return { kind: core.kindAt(at), id: core.idAt(at), rev: core.revAt(at), ops, local: {} };
  }

  /** By the number of a record among the blocks: the version of its box in another compartment, 0 without one. */
  otherRev(at: number, c: BesideCore): number {
    const { block, local } = this.parts.core.placeOf(at);
    return block.otherRevs[local * besideCore.length + besideCore.indexOf(c)] ?? 0;
  }

  /** Where a compartment has the part of a record that its row has; undefined without one. */
  private otherPlace(at: number, c: BesideCore): number | undefined {
    const rev = this.otherRev(at, c);
    if (rev === 0) return undefined;
    const place = this.parts[c].find(this.parts.core.kindAt(at), this.parts.core.idBytesAt(at));
    return place !== undefined && this.parts[c].revAt(place) === rev ? place : undefined;
  }
}

type Base = {
  readonly parts: Readonly<Record<Compartment, RecordPart>>;
  readonly people: IdTable;
  /** The record of each place in `people`. */
  readonly recordOf: Uint32Array;
  readonly made: Map<number, ReplicaRecord>;
};

/** Records of one kind in a map of records of any kind. */
export function recordsOf(records: ReadonlyMap<string, ReplicaRecord>, kind: RecordKind): readonly ReplicaRecord[] {
  if (records instanceof RecordImage) return [...records.ofKind(kind)];
  return [...records.values()].filter((record) => record.kind === kind);
}
