import { toHex } from '../../shared/kernel/bytes.ts';
import type { Result } from '../../shared/kernel/result.ts';
import type { MovedError, RecordStore, StorageError, Write } from '../../shared/ports.ts';
import { appendCommit } from './append-commit.ts';
import type { CommitRow, Database } from './database.ts';
import { expectCounter, expectUnmoved } from './expect-unmoved.ts';
import { inTransaction, Moved } from './in-transaction.ts';
import { opsIn, replaceOps } from './op-rows.ts';
import { PendingCommits, toCommitRow, type Pending } from './pending-commits.ts';
import { countAll, makeReader, newRowsIn } from './read-store.ts';
import { Settler, type Idle } from './settler.ts';
import { SeenFacts } from './seen-facts.ts';
import { tablesOf, writeTables } from './write-tables.ts';

export type DexieRecordStore = RecordStore & {
  /** Carries every small commit into its tables; the store reads the same before and after. */
  readonly settle: () => Promise<Result<void, StorageError>>;
};

/**
 * A small commit is one row, which is what makes a save quick (performance.md §3.3); it is carried into the tables
 * later, and everything that is read has it laid over them. `idle` says when; without it only when something needs the
 * tables themselves. Everything that is written was sealed before.
 */
export function makeDexieRecordStore(
  database: Database,
  storeId: string,
  idle: Idle = () => () => undefined,
): DexieRecordStore {
  const pending = new PendingCommits(database);
  const seen = new SeenFacts();
  const settler = new Settler(database, idle);
  // Counted once: every save reports them, and counting a register takes longer than saving.
  let counted: Promise<{ ops: number; rows: number }> | undefined;
  const countOnce = () =>
    (counted ??= countAll(database, pending).catch((error: unknown) => {
      counted = undefined;
      throw error;
    }));
  /** For what works on the tables themselves. */
  const whenSettled = async (
    tables: readonly string[],
    write: (none: Pending) => Promise<void>,
  ): Promise<Result<void, MovedError | StorageError>> => {
    for (;;) {
      const settled = await settler.settle();
      if (!settled.ok) return settled;
      let others: Pending = [];
      const written = await inTransaction(database, [...new Set(['commits', ...tables])], async () => {
        others = await pending.list();
        if (others.length > 0) throw new Moved(null);
        await write(others);
      });
      // Another window committed in between: its work goes into the tables first.
      if (others.length === 0) return written;
    }
  };
  /** With what was seen before it is one request there and back; without, the tables are compared first. */
  const commitRow = (row: CommitRow, write: Write): Promise<Result<void, MovedError | StorageError>> =>
    seen.vouchFor(write) && database.isOpen()
      ? appendCommit(database, row)
      : inTransaction(database, tablesOf(database, write), async () => {
          await expectUnmoved(database, write, pending.list());
          await database.commits.add(row);
        });
  const commitToTables = (write: Write) =>
    whenSettled(tablesOf(database, write), async (none) => {
      await expectUnmoved(database, write, Promise.resolve(none));
      await writeTables(database, write);
    });
  return {
    ...makeReader(database, pending, seen),
    commit: async (write) => {
      const present = await countOnce();
      const row = toCommitRow(write);
      const committed = row === undefined ? await commitToTables(write) : await commitRow(row, write);
      if (!committed.ok) {
        seen.forget();
        return committed;
      }
      seen.noteWrite(write);
      if (row !== undefined) {
        pending.note(row);
        settler.noteCommit();
      }
      present.ops += opsIn(write.ops);
      present.rows += newRowsIn(write.rows) - (write.removed?.length ?? 0);
      return committed;
    },
    acknowledge: (w, acked, archived) =>
      whenSettled(['writers'], async () => {
        await database.writers.update(toHex(w), { acked, archived });
      }) as Promise<Result<void, StorageError>>,
    fold: async ({ segments, goneSegments, blocks, goneBlocks, upTo, manifest }) => {
      const tables = ['summaries', 'summaryDeltas', 'recordBlocks', 'manifest'];
      const folded = await whenSettled(tables, async (none) => {
        await expectCounter(database, manifest.vaultCounter, none);
        await database.summaries.bulkDelete([...goneSegments]);
        await database.summaries.bulkPut(segments.map((segment) => ({ ...segment })));
        await database.recordBlocks.bulkDelete([...goneBlocks]);
        await database.recordBlocks.bulkPut(blocks.map((block) => ({ ...block })));
        await database.summaryDeltas.where('no').belowOrEqual(upTo).delete();
        await database.manifest.put({ id: 'manifest', ...manifest });
      });
      if (folded.ok) seen.noteCounter(manifest.vaultCounter);
      return folded;
    },
    replaceOps: (ops) =>
      whenSettled(['ops'], async () => {
        await replaceOps(database.ops, ops);
      }) as Promise<Result<void, StorageError>>,
    counts: async () => ({ store: storeId, ...(await countOnce()) }),
    settle: () => settler.settle(),
  };
}
