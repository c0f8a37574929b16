import type pg from 'pg';
import * as z from 'zod';
import { recordIdOf } from '../shared/kernel/ids.ts';
import { compartments, type Compartment } from '../shared/records/record.ts';
import type { ChangeLog } from './change-log.ts';
import type { Database, Transaction } from './database.ts';
import { decisionEntry, type DecisionOf } from './decision-entry.ts';
import { routeToFeeds, unpackOne } from './feeds.ts';
import { rejectNow } from './held-decisions.ts';
import { heldReason } from './held.ts';

export type HeldGroup = {
  readonly municipality: string;
  readonly user: string;
  readonly device: string;
  readonly why: string;
  readonly operations: number;
  readonly kinds: readonly string[];
};

/** Operations that wait for a person, by whose they are and why; for the owner of the tables. */
export async function listHeld(client: pg.Client): Promise<readonly HeldGroup[]> {
  const { rows } = await client.query<Omit<HeldGroup, 'operations'> & { operations: string }>(
    `SELECT op.municipality, writer.user_id AS "user", writer.device, op.held AS why, count(*) AS operations,
       array_agg(DISTINCT op.t ORDER BY op.t) AS kinds
     FROM op JOIN writer USING (w)
     WHERE op.held IS NOT NULL AND NOT EXISTS (SELECT FROM held_decision WHERE (w, n) = (op.w, op.n))
     GROUP BY op.municipality, writer.user_id, writer.device, op.held ORDER BY min(op.g), op.held`,
  );
  return rows.map((row) => ({ ...row, operations: Number(row.operations) }));
}

export type HeldOperation = { readonly record: string; readonly field: string; readonly why: string };

/** What of one user waits, field by field, without any value; for the owner of the tables. */
export async function listHeldOf(client: pg.Client, user: string): Promise<readonly HeldOperation[]> {
  const { rows } = await client.query<{ t: string; id: Buffer; f: string; why: string }>(
    `SELECT op.t, op.id, op.f, op.held AS why FROM op JOIN writer USING (w)
     WHERE op.held IS NOT NULL AND writer.user_id = $1
       AND NOT EXISTS (SELECT FROM held_decision WHERE (w, n) = (op.w, op.n)) ORDER BY op.g, op.n`,
    [user],
  );
  return rows.map(({ t, id, f, why }) => ({ record: `${t}/${recordIdOf(id)}`, field: f, why }));
}

/**
 * Notes that the operations of a user are to be released, or to stay out; the running endpoint, the only writer, does
 * it. `record`: KIND/ID, when only those of one record are not let through.
 */
export async function askAboutHeld(
  client: pg.Client,
  outcome: 'release' | 'reject',
  { municipality, user }: Pick<HeldGroup, 'municipality' | 'user'>,
  record?: string,
): Promise<number> {
  const { rows } = await client.query<{ no: string }>(
    `INSERT INTO held_request (outcome, whose) VALUES ($1, $2) RETURNING no`,
    [outcome, [municipality, user, record].join(' ').trim()],
  );
  return Number(rows[0]?.no);
}

export type Released = { readonly released: number; readonly kept: number };
/** What became of a request; undefined while it waits. */
export async function heldDone(
  client: pg.Client,
  no: number,
): Promise<(Released & { readonly rejected: number }) | undefined> {
  const { rows } = await client.query<{ released: string; rejected: string; kept: string }>(
    'SELECT released, rejected, kept FROM held_request WHERE no = $1 AND done_at IS NOT NULL',
    [no],
  );
  const [row] = rows;
  return row && { released: Number(row.released), rejected: Number(row.rejected), kept: Number(row.kept) };
}

/** What the journal keeps of a release: an endpoint that was put back has to do it again at the same place. */
const releaseSchema = z.strictObject({ municipality: z.string(), user: z.string(), upTo: z.int() });
type Release = z.infer<typeof releaseSchema>;

/** Does what was asked for at the command line, in the order of asking. */
export async function applyRequests(database: Database, log: ChangeLog): Promise<void> {
  const open = await database.within({ task: 'identify' }, (tx) =>
    tx.query<{ no: number; outcome: 'release' | 'reject'; whose: string }>(
      'SELECT no, outcome, whose FROM held_request WHERE done_at IS NULL ORDER BY no',
    ),
  );
  for (const { no, outcome, whose } of open.rows) {
    const [municipality = '', user = '', record = null] = whose.split(' ');
    await log.record({ task: 'ingest', municipality }, async (tx, g) => {
      if (outcome === 'reject') {
        const decision: DecisionOf<'reject'> = { type: 'reject', municipality, user, record, upTo: g };
        const rejected = await rejectNow(tx, g, decision);
        await tx.query('UPDATE held_request SET done_at = now(), rejected = $2 WHERE no = $1', [no, rejected]);
        return { result: undefined, journal: rejected === 0 ? null : decisionEntry(decision) };
      }
      const release: Release = { municipality, user, upTo: g };
      const done = await releaseNow(tx, g, release);
      await tx.query('UPDATE held_request SET done_at = now(), released = $2, kept = $3 WHERE no = $1', [
        no,
        done.released,
        done.kept,
      ]);
      // Nothing released: nothing for the history either.
      const journal = done.released === 0 ? null : ({ kind: 3, bytes: Buffer.from(JSON.stringify(release)) } as const);
      return { result: undefined, journal };
    });
  }
}

/** A release of the journal, into a database that has forgotten it. */
export async function replayRelease(log: ChangeLog, bytes: Uint8Array): Promise<void> {
  const release = releaseSchema.parse(JSON.parse(Buffer.from(bytes).toString('utf8')));
  await log.record({ task: 'ingest', municipality: release.municipality }, async (tx, g) => {
    await releaseNow(tx, g, release);
    return { result: undefined, journal: { kind: 3, bytes } };
  });
}

/**
 * A person may say that somebody was entitled; not that a value belongs into another compartment, has another form or
 * was written by somebody else. Compartment by compartment, so that a record brings no operation along twice.
 */
async function releaseNow(tx: Transaction, g: number, { user, upTo }: Release): Promise<Released> {
  let released = 0;
  let kept = 0;
  for (const c of compartments) {
    const { rows } = await tx.query<{ w: Buffer; n: number; body: Buffer }>(
      `SELECT op.w, op.n, op.body FROM op JOIN writer USING (w)
       WHERE op.held IS NOT NULL AND writer.user_id = $1 AND op.c = $2 AND op.g < $3
         AND NOT EXISTS (SELECT FROM held_decision WHERE (w, n) = (op.w, op.n)) ORDER BY op.g, op.n`,
      [user, c, upTo],
    );
    const waiting = rows.map(({ w, n, body }) => ({ w, n, op: unpackOne(body) }));
    const entitled = { user, role: 'lead', sites: ['*'], compartments: [c] as readonly Compartment[] };
    const fit = waiting.filter(({ op }) => heldReason(op, user, c, entitled) === null);
    kept += waiting.length - fit.length;
    released += fit.length;
    await tx.query(
      `UPDATE op SET held = NULL FROM unnest($1::bytea[], $2::bigint[]) AS fit (w, n)
       WHERE op.w = fit.w AND op.n = fit.n`,
      [fit.map(({ w }) => w), fit.map(({ n }) => n)],
    );
    await routeToFeeds(
      tx,
      g,
      c,
      fit.map(({ op }) => op),
    );
  }
  return { released, kept };
}
