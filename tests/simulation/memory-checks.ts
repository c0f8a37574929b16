import { openRow } from '../../renderer/use-cases/record-rows.ts';
import type { Vault } from '../../renderer/use-cases/vault.ts';
import { refKey } from '../../shared/records/record.ts';
import type { ReplicaRecord } from '../../shared/sync/replica-record.ts';
import type { Laptop } from './laptop.ts';
import { must } from './oracle.ts';
import { nameOfDot } from './reference.ts';

const textOf = ({ rev, ops }: ReplicaRecord): string =>
  [rev, ...ops.map((op) => `${nameOfDot(op)}${op.vh === undefined ? '' : '-'}`)].join();

/** I14: what a window that was just opened has in memory of the small kinds is what their rows say, and nothing else. */
export async function checkMemory(laptop: Laptop, { memory, cipher }: Vault): Promise<void> {
  const shown = new Map([...memory.records].map(([key, record]) => [key, textOf(record)]));
  for (const row of laptop.disk.store.rows.values()) {
    if (row.ref.kind === 'resident') continue;
    const opened = await openRow(cipher, row);
    const key = refKey(row.ref);
    must(opened.ok, 'I14', `laptop ${laptop.no} cannot open ${key}`);
    const text = textOf(opened.value.record);
    must(shown.get(key) === text, 'I14', `laptop ${laptop.no} shows ${key} as ${shown.get(key)}, its row says ${text}`);
    shown.delete(key);
  }
  must(shown.size === 0, 'I14', `laptop ${laptop.no} shows ${[...shown.keys()].join()} without a row`);
}
