import { toHex } from '../shared/kernel/bytes.ts';
import type { Change } from '../shared/sync/change.ts';
import { withoutErased, type ErasedFields } from '../shared/sync/erasure.ts';
import { erasedField } from '../shared/sync/rule-of-field.ts';
import { packOne } from '../shared/sync/pack-one.ts';
import type { Database, Transaction } from './database.ts';
import { recordIdsOf } from './feeds.ts';
import { sha256 } from './server-key.ts';

/** How long a value waits that somebody typed into what had been erased meanwhile; nobody sees it. */
export const lateValueDays = 30;

export type LeafOnly = { readonly change: (op: Change) => Change; readonly late: readonly Change[] };

/** What has to come in without its value, because it was erased before it came: late edits, pages and sticks. */
export async function leafOnlyOf(tx: Transaction, ops: readonly Change[]): Promise<LeafOnly> {
  const { rows } = await tx.query<{ t: string; record: Buffer; f: string }>(
    'SELECT t, record, f FROM erasure WHERE record = ANY($1::bytea[])',
    [recordIdsOf(ops)],
  );
  if (rows.length === 0) return { change: (op) => op, late: [] };
  const erased = new Map<string, { whole: boolean; fields: Set<string> }>();
  for (const { t, record, f } of rows) {
    const key = `${t}/${toHex(record)}`;
    const present = erased.get(key) ?? { whole: false, fields: new Set<string>() };
    present.fields.add(f);
    erased.set(key, { ...present, whole: present.whole || f === erasedField });
  }
  const change = (op: Change) => {
    const fields: ErasedFields | undefined = erased.get(`${op.t}/${toHex(op.id)}`);
    return fields === undefined ? op : withoutErased(op, fields, sha256);
  };
  return { change, late: ops.filter((op) => change(op) !== op) };
}

/** The values of late edits, out of every feed, until a person has looked or `lateValueDays` are over. */
export async function setAside(tx: Transaction, device: string, late: readonly Change[]): Promise<void> {
  for (const op of late) {
    await tx.query(`INSERT INTO quarantine (device, why, bytes) VALUES ($1, 'erased', $2)`, [device, packOne(op)]);
  }
}

/** Takes those away whose time is over, whoever they are of; from time to time. */
export async function dropLateValues(database: Database): Promise<void> {
  const { rows } = await database.within({ task: 'identify' }, (tx) =>
    tx.query<{ municipality: string }>('SELECT DISTINCT municipality FROM erasure'),
  );
  for (const { municipality } of rows) {
    await database.within({ task: 'ingest', municipality }, (tx) =>
      tx.query(`DELETE FROM quarantine WHERE why = 'erased' AND recv_at < now() - make_interval(days => $1)`, [
        lateValueDays,
      ]),
    );
  }
}
