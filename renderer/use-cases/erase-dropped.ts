import { toHex } from '../../shared/kernel/bytes.ts';
import type { Change } from '../../shared/sync/change.ts';
import { withGoneOps } from '../../shared/sync/compact.ts';
import { erasedFieldsOf, mustBeErased } from '../../shared/sync/erasure.ts';
import { goneOf } from '../../shared/sync/replica-record.ts';
import { readChanges } from './own-ops.ts';
import type { OpenedRow } from './record-rows.ts';
import { lastOf } from './reissues.ts';
import type { Vault } from './vault.ts';

/**
 * The row with what this device wrote, dropped from it, and still has among its own operations, where an erasure that
 * arrived covers it: so that it loses its value there as well. The same row in every other case.
 */
export async function withOwnOfErased(vault: Vault, row: OpenedRow, arriving: readonly Change[]): Promise<OpenedRow> {
  const gone = goneOf(row.record);
  if (gone.length === 0) return row;
  const erased = erasedFieldsOf([...row.record.ops, ...arriving]);
  if (erased === undefined) return row;
  const { writers } = vault.memory.known;
  const own: Change[] = [];
  for (const { w, n } of gone) {
    const writer = writers.get(toHex(w));
    if (writer === undefined || n > lastOf(writers, writer)) continue;
    const [op] = await readChanges(vault, w, n - 1, 1);
    if (op !== undefined && mustBeErased(op, erased)) own.push(op);
  }
  const record = withGoneOps(row.record, own);
  return record === row.record ? row : { ...row, record };
}
