import type pg from 'pg';
import type { ChangeLog } from './change-log.ts';
import type { Database, Transaction } from './database.ts';
import { decisionEntry, type DecisionOf } from './decision-entry.ts';
import type { Device } from './devices.ts';

export type Standing = Pick<Device, 'status' | 'reason'>;
export type KnownDevice = Standing & {
  readonly id: string;
  readonly municipality: string;
  readonly users: readonly string[];
  readonly enrolledAt: Date;
  readonly statusAt: Date | null;
  /** Of its last request; null for a device that only ever enrolled. */
  readonly heardAt: Date | null;
  readonly held: number;
  readonly quarantined: number;
};

/** Every laptop with what waits of it; for the owner of the tables. */
export async function listDevices(client: pg.Client): Promise<readonly KnownDevice[]> {
  const { rows } = await client.query<
    Omit<KnownDevice, 'held' | 'quarantined'> & { held: string; quarantined: string }
  >(
    `SELECT id, municipality, status, reason, enrolled_at AS "enrolledAt", status_at AS "statusAt",
       (SELECT coalesce(array_agg(app_user.id ORDER BY app_user.id), '{}') FROM app_user
          WHERE app_user.device = device.id) AS users,
       (SELECT max(seen_at) FROM seen_nonce WHERE seen_nonce.device = device.id) AS "heardAt",
       (SELECT count(*) FROM op JOIN writer USING (w) WHERE writer.device = device.id AND op.held IS NOT NULL
          AND NOT EXISTS (SELECT FROM held_decision WHERE (held_decision.w, held_decision.n) = (op.w, op.n))) AS held,
       (SELECT count(*) FROM quarantine
          WHERE quarantine.device = device.id AND why <> 'erased' AND outcome IS NULL) AS quarantined
     FROM device ORDER BY municipality, enrolled_at, id`,
  );
  return rows.map((row) => ({ ...row, held: Number(row.held), quarantined: Number(row.quarantined) }));
}

/** Notes how a laptop stands from now on; the running endpoint, the only writer, does it. */
export async function askStatus(
  client: pg.Client,
  { id, municipality }: Pick<KnownDevice, 'id' | 'municipality'>,
  { status, reason }: Standing,
): Promise<number> {
  const { rows } = await client.query<{ no: string }>(
    'INSERT INTO device_request (municipality, device, status, reason) VALUES ($1, $2, $3, $4) RETURNING no',
    [municipality, id, status, reason],
  );
  return Number(rows[0]?.no);
}

/** Undefined while it waits. */
export async function statusDone(client: pg.Client, no: number): Promise<true | undefined> {
  const { rowCount } = await client.query('SELECT FROM device_request WHERE no = $1 AND done_at IS NOT NULL', [no]);
  return rowCount === 1 ? true : undefined;
}

/** Does what was asked for at the command line, in the order of asking. */
export async function applyStatusRequests(database: Database, log: ChangeLog): Promise<void> {
  const open = await database.within({ task: 'identify' }, (tx) =>
    tx.query<Standing & { no: number; municipality: string; device: string }>(
      'SELECT no, municipality, device, status, reason FROM device_request WHERE done_at IS NULL ORDER BY no',
    ),
  );
  for (const { no, ...asked } of open.rows) {
    const { municipality, device } = asked;
    await log.record({ task: 'ingest', municipality, device }, async (tx) => {
      const decision: DecisionOf<'status'> = { type: 'status', ...asked };
      await setStatus(tx, decision);
      await tx.query('UPDATE device_request SET done_at = now() WHERE no = $1', [no]);
      return { result: undefined, journal: decisionEntry(decision) };
    });
  }
}

export async function setStatus(
  tx: Transaction,
  { device, status, reason }: Pick<DecisionOf<'status'>, 'device' | 'status' | 'reason'>,
): Promise<void> {
  await tx.query('UPDATE device SET status = $2, reason = $3, status_at = now() WHERE id = $1', [
    device,
    status,
    reason,
  ]);
}
