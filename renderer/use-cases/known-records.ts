import { compartments, refKey, refOfKey, type Compartment, type RecordKind } from '../../shared/records/record.ts';
import { RecordImage } from '../../shared/sync/record-image.ts';
import type { ReplicaRecord } from '../../shared/sync/replica-record.ts';
import type { OpenedRow } from './record-rows.ts';

/** Version of the row in which the box of a compartment was last sealed, for every box beside `core`. */
export type BoxRevs = Readonly<Partial<Record<Compartment, number>>>;

/**
 * Records by `refKey`, and by the residents they say something about: looking for one person must not walk through the
 * stays of a country. A link that no longer holds stays; whoever reads the record sees that.
 */
export class KnownRecords implements Iterable<[string, ReplicaRecord]> {
  /** As the blocks in the store have them. */
  readonly inBlocks: RecordImage;
  private image: RecordImage;
  private pending = new Map<string, ReplicaRecord | undefined>();
  /** What the blocks do not have; undefined for what was taken away. */
  private readonly laid = new Map<string, BoxRevs | undefined>();
  /** One key for most: a set for each of 100,000 people is more than all the rest of this. */
  private readonly keysByResident = new Map<string, string | Set<string>>();

  constructor(inBlocks: RecordImage = RecordImage.of({})) {
    this.inBlocks = inBlocks;
    this.image = inBlocks;
  }

  /** The record as its row has it now. */
  put({ record, boxes, revs }: Pick<OpenedRow, 'record' | 'boxes' | 'revs'>): void {
    const key = refKey(record);
    for (const resident of peopleIn(record)) this.link(resident, key);
    const others = compartments.filter((c) => c !== 'core' && boxes[c] !== undefined);
    this.laid.set(key, Object.fromEntries(others.map((c) => [c, revs[c] ?? 0])));
    this.pending.set(key, record);
  }

  delete(key: string): void {
    this.laid.set(key, undefined);
    this.pending.set(key, undefined);
  }

  get(key: string): ReplicaRecord | undefined {
    return this.pending.has(key) ? this.pending.get(key) : this.image.get(key);
  }

  /** All of them at this moment, as a map that is never changed. */
  all(): RecordImage {
    if (this.pending.size > 0) {
      this.image = this.image.with(this.pending);
      this.pending = new Map();
    }
    return this.image;
  }

  /** Families, stays and absences in which this resident ever stood, newest versions. */
  about(resident: string): readonly ReplicaRecord[] {
    const own = this.keysByResident.get(resident) ?? [];
    const keys = new Set([...this.inBlocks.keysAbout(resident), ...(typeof own === 'string' ? [own] : own)]);
    return [...keys].flatMap((key) => this.get(key) ?? []);
  }

  ofKind(kind: RecordKind): Iterable<ReplicaRecord> {
    return this.all().ofKind(kind);
  }

  /** Keys of what the blocks do not have as it is now. */
  get changed(): ReadonlyMap<string, BoxRevs | undefined> {
    return this.laid;
  }

  values(): MapIterator<ReplicaRecord> {
    return this.all().values();
  }

  [Symbol.iterator](): MapIterator<[string, ReplicaRecord]> {
    return this.all().entries();
  }

  /** The same records over other blocks. */
  over(inBlocks: RecordImage, isKept: (kind: RecordKind) => boolean): KnownRecords {
    const next = new KnownRecords(inBlocks);
    for (const [key, boxes] of this.laid) {
      const ref = refOfKey(key);
      if (ref === undefined || !isKept(ref.kind)) continue;
      const record = this.get(key);
      if (record === undefined || boxes === undefined) next.delete(key);
      else {
        for (const resident of peopleIn(record)) next.link(resident, key);
        next.laid.set(key, boxes);
        next.pending.set(key, record);
      }
    }
    return next;
  }

  private link(resident: string, key: string): void {
    const keys = this.keysByResident.get(resident);
    if (keys === undefined) this.keysByResident.set(resident, key);
    else if (typeof keys !== 'string') keys.add(key);
    else if (keys !== key) this.keysByResident.set(resident, new Set([keys, key]));
  }
}

/** Straight from the operations: working out the values of a record is not needed for it, and is a hundred times as much. */
export function peopleIn({ kind, ops }: Pick<ReplicaRecord, 'kind' | 'ops'>): readonly string[] {
  if (kind === 'family') return ops.flatMap(({ f }) => (f.startsWith('member.') ? (f.split('.')[1] ?? []) : []));
  const field = kind === 'bedStay' ? 'stay' : kind === 'absence' ? 'notice' : undefined;
  if (field === undefined) return [];
  return ops.flatMap(({ f, v }) => {
    if (f !== field || typeof v !== 'object' || v === null || !('resident' in v)) return [];
    return typeof v.resident === 'string' ? v.resident : [];
  });
}
