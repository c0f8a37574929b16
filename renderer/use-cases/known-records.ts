import type { ReplicaRecord } from '../../shared/sync/replica-record.ts';

/**
 * Records by `refKey`, and by the residents they say something about: looking for one person must not walk through the
 * stays of a country. A link that no longer holds stays; whoever reads the record sees that.
 */
export class KnownRecords extends Map<string, ReplicaRecord> {
  /** One key for most: a set for each of 100,000 people is more than all the rest of this. */
  private readonly keysByResident = new Map<string, string | Set<string>>();

  override set(key: string, record: ReplicaRecord): this {
    for (const resident of residentsIn(record)) {
      const keys = this.keysByResident.get(resident);
      if (keys === undefined) this.keysByResident.set(resident, key);
      else if (typeof keys !== 'string') keys.add(key);
      else if (keys !== key) this.keysByResident.set(resident, new Set([keys, key]));
    }
    return super.set(key, record);
  }

  /** Families, stays and absences in which this resident ever stood, newest versions. */
  about(resident: string): readonly ReplicaRecord[] {
    const keys = this.keysByResident.get(resident) ?? [];
    return (typeof keys === 'string' ? [keys] : [...keys]).flatMap((key) => this.get(key) ?? []);
  }
}

/** Straight from the operations: working out the values of a record is not needed for it, and is a hundred times as much. */
function residentsIn({ kind, ops }: ReplicaRecord): readonly string[] {
  if (kind === 'family') return ops.flatMap(({ f }) => (f.startsWith('member.') ? (f.split('.')[1] ?? []) : []));
  const field = kind === 'bedStay' ? 'stay' : kind === 'absence' ? 'notice' : undefined;
  if (field === undefined) return [];
  return ops.flatMap(({ f, v }) => {
    if (f !== field || typeof v !== 'object' || v === null || !('resident' in v)) return [];
    return typeof v.resident === 'string' ? v.resident : [];
  });
}
