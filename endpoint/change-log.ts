import type { Context, Database, Transaction } from './database.ts';
import type { Moment } from '../shared/vault/moment.ts';
import type { FrameJournal, JournalEntry } from './frame-journal.ts';
import { momentAt, noteMoment } from './moments.ts';

/** Places in the life of a frame where tests break something (sync.md §6, level 3). */
export type Point = 'before_journal' | 'after_journal' | 'before_commit' | 'after_commit' | 'after_sign';
export type OnPoint = (point: Point) => Promise<void> | void;

export type Recorded<T> = { readonly result: T; readonly journal: Pick<JournalEntry, 'kind' | 'bytes'> | null };
type Work<T> = (tx: Transaction, g: number, moment: Moment) => Promise<Recorded<T>>;
export type ChangeLog = {
  /**
   * Runs `work` as the only writer: the order of commits is the order of `g` and of the positions in every feed. What
   * it returns as `journal` is on disk outside the database before the commit; without it nothing was recorded, and
   * `moment` is none of the history. Resolves after the commit.
   */
  readonly record: <T>(context: Context, work: Work<T>) => Promise<T>;
};

/** `journal` null: what is recorded comes from the journal, under the number it had there. */
export function makeChangeLog(
  database: Database,
  journal: FrameJournal | null,
  onPoint: OnPoint,
  numberAfter: (lastG: number) => number = (lastG) => lastG + 1,
): ChangeLog {
  let queue: Promise<unknown> = Promise.resolve();
  const recordNow = async <T>(context: Context, work: Work<T>): Promise<T> => {
    const result = await database.within(context, async (tx) => {
      await tx.query('SELECT pg_advisory_xact_lock(42)');
      const { rows } = await tx.query<{ last_g: number }>('SELECT last_g FROM server_state');
      const g = numberAfter(rows[0]?.last_g ?? 0);
      const moment = momentAt(g);
      const recorded = await work(tx, g, moment);
      if (recorded.journal !== null) {
        await tx.query('UPDATE server_state SET last_g = $1', [g]);
        await noteMoment(tx, moment);
        await onPoint('before_journal');
        await journal?.append({ ...recorded.journal, g });
        await onPoint('after_journal');
      }
      await onPoint('before_commit');
      return recorded.result;
    });
    await onPoint('after_commit');
    return result;
  };
  return {
    record: (context, work) => {
      // The lock in the database guards against another process; waiting here keeps its connections free for readers.
      const next = queue.then(() => recordNow(context, work));
      queue = next.catch(() => undefined);
      return next;
    },
  };
}
