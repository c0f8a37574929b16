import type pg from 'pg';
import { recordIdOf } from '../shared/kernel/ids.ts';
import type { ChangeLog } from './change-log.ts';
import { Refusal, type Context, type Database, type Transaction } from './database.ts';
import { decisionEntry, type DecisionOf } from './decision-entry.ts';
import { findDevice } from './devices.ts';
import { ingestFrame, readFrame, type Known } from './ingest.ts';

export type QuarantinedFrame = {
  readonly no: number;
  readonly municipality: string;
  readonly device: string;
  readonly why: 'revoked' | 'fork';
  readonly at: Date;
  readonly user: string;
  readonly operations: number;
  /** KIND/ID of the records, in the order of the frame; no value. */
  readonly records: readonly string[];
};

/** Frames that wait for a person; for the owner of the tables. */
export async function listQuarantine(client: pg.Client): Promise<readonly QuarantinedFrame[]> {
  const { rows } = await client.query<QuarantineRow>(
    `SELECT quarantine.no, quarantine.municipality, quarantine.device, why, bytes, recv_at, public_key
     FROM quarantine JOIN device ON device.id = quarantine.device
     WHERE why IN ('revoked', 'fork') AND outcome IS NULL ORDER BY quarantine.device, quarantine.no`,
  );
  return rows.map(({ no, municipality, device, why, bytes, recv_at: at, public_key: publicKey }) => {
    const { header, ops } = readFrame({ id: device, publicKey }, bytes);
    const records = [...new Set(ops.map(({ t, id }) => `${t}/${recordIdOf(id)}`))];
    const { user } = header;
    return { no: Number(no), municipality, device, why, at, user, operations: ops.length, records };
  });
}

type QuarantineRow = {
  no: string;
  municipality: string;
  device: string;
  why: 'revoked' | 'fork';
  bytes: Buffer;
  recv_at: Date;
  public_key: Buffer;
};

export type Asked = { readonly municipality: string; readonly device: string; readonly upTo: number };

/** Notes what a person decided about the frames of a laptop up to the last one that was listed. */
export async function askQuarantine(client: pg.Client, outcome: 'release' | 'reject', asked: Asked): Promise<number> {
  const { rows } = await client.query<{ no: string }>(
    'INSERT INTO quarantine_request (municipality, device, outcome, up_to) VALUES ($1, $2, $3, $4) RETURNING no',
    [asked.municipality, asked.device, outcome, asked.upTo],
  );
  return Number(rows[0]?.no);
}

/** In frames, and `held` in operations of the released ones that wait for a person by themselves. */
export type Settled = { released: number; rejected: number; kept: number; held: number };

export async function quarantineDone(client: pg.Client, no: number): Promise<Settled | undefined> {
  const { rows } = await client.query<Record<keyof Settled, string>>(
    'SELECT released, rejected, kept, held FROM quarantine_request WHERE no = $1 AND done_at IS NOT NULL',
    [no],
  );
  const [row] = rows;
  if (row === undefined) return undefined;
  const { released, rejected, kept, held } = row;
  return { released: Number(released), rejected: Number(rejected), kept: Number(kept), held: Number(held) };
}

/**
 * Does what was asked for at the command line. Released frames are taken in as if they came from a laptop in good
 * standing: what their user may not write is held by itself. A stop in between leaves the request open, and what is
 * taken in already is a success that changes nothing.
 */
export async function applyQuarantineRequests(database: Database, log: ChangeLog): Promise<void> {
  const open = await database.within({ task: 'identify' }, (tx) =>
    tx.query<Asked & { no: number; outcome: 'release' | 'reject' }>(
      `SELECT no, municipality, device, outcome, up_to AS "upTo" FROM quarantine_request
       WHERE done_at IS NULL ORDER BY no`,
    ),
  );
  for (const { no, outcome, municipality, device, upTo } of open.rows) {
    const context = { task: 'ingest', municipality, device } as const;
    const { known, frames } = await database.within(context, async (tx) => ({
      known: await findDevice(tx, device),
      frames: await tx.query<Frame>(
        `SELECT no, g, why, bytes FROM quarantine
         WHERE device = $1 AND no <= $2 AND why IN ('revoked', 'fork') AND outcome IS NULL ORDER BY no`,
        [device, upTo],
      ),
    }));
    const settled = { released: 0, rejected: 0, kept: 0, held: 0 };
    let left: readonly Frame[] = known === undefined ? [] : frames.rows;
    // Again for those that followed on one of the same turn: sticks bring frames in any order.
    for (let before = -1; left.length > 0 && left.length !== before;) {
      before = left.length;
      const later: Frame[] = [];
      for (const frame of left) {
        const became = outcome === 'reject' ? rejected : await take(log, known, frame);
        if (became === undefined) {
          later.push(frame);
          continue;
        }
        settled.held += became.held;
        settled[became.outcome === 'fork' ? 'kept' : became.outcome] += 1;
        await settle(log, context, frame, became.outcome);
      }
      left = later;
    }
    settled.kept += left.length;
    await database.within(context, (tx) =>
      tx.query(
        `UPDATE quarantine_request SET done_at = now(), released = $2, rejected = $3, kept = $4, held = $5
         WHERE no = $1`,
        [no, settled.released, settled.rejected, settled.kept, settled.held],
      ),
    );
  }
}

const rejected = { outcome: 'rejected', held: 0 } as const;

function settle(
  log: ChangeLog,
  context: Context & { readonly municipality: string; readonly device: string },
  { no, g }: Frame,
  outcome: DecisionOf<'settled'>['outcome'],
): Promise<void> {
  const { municipality, device } = context;
  return log.record(context, async (tx) => {
    await tx.query('UPDATE quarantine SET outcome = $2 WHERE no = $1', [no, outcome]);
    // A frame of a fork is in no journal: nothing of it comes again.
    if (g === null) return { result: undefined, journal: null };
    const decision: DecisionOf<'settled'> = { type: 'settled', municipality, device, outcome, deposits: [g] };
    return { result: undefined, journal: decisionEntry(decision) };
  });
}

type Frame = { no: number; g: number | null; why: 'revoked' | 'fork'; bytes: Buffer };

/** Undefined when it stays where it is: another life of its numbers is here, or something before it is missing. */
async function take(
  log: ChangeLog,
  known: Known | undefined,
  { why, bytes }: Frame,
): Promise<{ readonly outcome: 'released' | 'fork'; readonly held: number } | undefined> {
  // The laptop itself sends what is only in a fork again, under numbers of its own.
  if (known === undefined || why === 'fork') return undefined;
  try {
    const ack = await ingestFrame(log, { ...known, device: { ...known.device, status: 'active' } }, bytes);
    return { outcome: 'released', held: ack.held.length };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    // The frame stands in the quarantine once more then, as a fork.
    if (error.answer.err === 'FORK') return { outcome: 'fork', held: 0 };
    if (error.answer.err === 'GAP') return undefined;
    throw error;
  }
}

export async function settleDeposits(
  tx: Transaction,
  { device, deposits, outcome }: DecisionOf<'settled'>,
): Promise<void> {
  await tx.query('UPDATE quarantine SET outcome = $3 WHERE device = $1 AND g = ANY($2)', [device, deposits, outcome]);
}
