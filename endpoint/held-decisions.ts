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
