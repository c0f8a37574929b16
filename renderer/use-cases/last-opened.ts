import { refKey, type RecordRef } from '../../shared/records/record.ts';
import type { OpenedRow } from './record-rows.ts';
import type { Vault } from './vault.ts';

/** A page, and what its forms save along. */
const atMost = 8;

/** As the store has them at `counter`. */
type Kept = { counter: number; readonly rows: Map<string, OpenedRow> };
const keptOf = new WeakMap<Vault['memory'], Kept>();

/**
 * The rows that were opened last, so that the save of a form does not read and open again what is on its screen. A commit
 * that is not told of here makes all of them worthless. Gone with the memory of the vault.
 */
export function noteOpened({ memory }: Vault, row: OpenedRow): void {
  const present = keptOf.get(memory);
  const { counter } = memory.known;
  const kept = present?.counter === counter ? present : { counter, rows: new Map<string, OpenedRow>() };
  keptOf.set(memory, kept);
  kept.rows.delete(refKey(row.record));
  kept.rows.set(refKey(row.record), row);
  const [oldest] = kept.rows.keys();
  if (kept.rows.size > atMost && oldest !== undefined) kept.rows.delete(oldest);
}

/** After a commit that wrote these rows, when its counter is known. */
export function noteCommitted({ memory }: Vault, rows: readonly OpenedRow[]): void {
  const kept = keptOf.get(memory);
  if (kept?.counter !== memory.known.counter - 1) return;
  kept.counter = memory.known.counter;
  for (const row of rows) {
    const key = refKey(row.record);
    if (kept.rows.has(key)) kept.rows.set(key, row);
  }
}

export function lastOpened({ memory }: Vault, ref: RecordRef): OpenedRow | undefined {
  const kept = keptOf.get(memory);
  return kept?.counter === memory.known.counter ? kept.rows.get(refKey(ref)) : undefined;
}

export const forgetOpened = ({ memory }: Vault): void => void keptOf.delete(memory);
