import type { Context, Database, Transaction } from './database.ts';
import type { DecisionOf } from './decision-entry.ts';
import type { HeldReason } from './held.ts';

/**
 * What of a user waits is never let through: it is kept, marked, and stands in no feed. What somebody decided about
 * before stays as it is.
 */
export async function rejectNow(
  tx: Transaction,
  g: number,
  { user, record, upTo }: Pick<DecisionOf<'reject'>, 'user' | 'record' | 'upTo'>,
): Promise<number> {
  const [t = null, id = null] = record?.split('/') ?? [];
  const { rowCount } = await tx.query(
    `INSERT INTO held_decision (w, n, g, outcome)
     SELECT op.w, op.n, $2, 'rejected' FROM op JOIN writer USING (w)
     WHERE op.held IS NOT NULL AND writer.user_id = $1 AND op.g < $3
       AND ($4::text IS NULL OR op.t = $4 AND op.id = decode(replace($5, '-', ''), 'hex'))
     ON CONFLICT DO NOTHING`,
    [user, g, upTo, t, id],
  );
  return rowCount ?? 0;
}

/** An operation of a device that stands in no feed. */
export type Waiting = {
  readonly w: string;
  readonly n: number;
  readonly why: HeldReason;
  readonly state: 'held' | 'rejected';
};

/** From a number to a number of a writer. */
export type Rejected = { readonly w: string; readonly from: number; readonly to: number };

/** All that a person did not let through of a device: it counts nowhere, and its own laptop must not show it either. */
export async function rejectedOf(database: Database, context: Context): Promise<Rejected[]> {
  return database.within(context, async (tx) => {
    const { rows } = await tx.query<{ w: Buffer; from: number; to: number }>(
      `SELECT w, min(n) AS from, max(n) AS to
       FROM (SELECT w, n, n - row_number() OVER (PARTITION BY w ORDER BY n) AS run
             FROM held_decision WHERE outcome = 'rejected') AS numbered
       GROUP BY w, run ORDER BY w, run LIMIT $1`,
      [maxRejected],
    );
    return rows.map(({ w, from, to }) => ({ w: w.toString('hex'), from, to }));
  });
}
const maxRejected = 100_000;

/** Both, as an answer carries them: nothing where there is nothing. */
export async function toldOf(
  database: Database,
  context: Context,
): Promise<{ readonly waiting?: Waiting[]; readonly rejected?: Rejected[] }> {
  const waiting = await waitingOf(database, context);
  const rejected = await rejectedOf(database, context);
  return { ...(waiting.length === 0 ? {} : { waiting }), ...(rejected.length === 0 ? {} : { rejected }) };
}

/** As many as a list on a screen can show; what is decided makes room for the rest. */
const maxWaiting = 200;

/** What of a device waits for a person, and what a person did not let through, the latest first. */
export async function waitingOf(database: Database, context: Context): Promise<Waiting[]> {
  return database.within(context, async (tx) => {
    const { rows } = await tx.query<{ w: Buffer; n: number; why: HeldReason; rejected: boolean }>(
      `SELECT op.w, op.n, op.held AS why, held_decision.w IS NOT NULL AS rejected
       FROM op JOIN writer USING (w) LEFT JOIN held_decision USING (w, n)
       WHERE op.held IS NOT NULL ORDER BY op.g DESC, op.n DESC LIMIT $1`,
      [maxWaiting],
    );
    return rows.map(({ w, n, why, rejected }) => {
      const state = rejected ? ('rejected' as const) : ('held' as const);
      return { w: w.toString('hex'), n, why, state };
    });
  });
}
