import { ok, err, type Result } from '../../shared/kernel/result.ts';
import type { StorageError } from '../../shared/ports.ts';
import type { Database } from './database.ts';
import { toStorageError } from './in-transaction.ts';
import { settleCommits } from './settle-commits.ts';

/** Calls back when nothing was asked for a while; what it returns takes the wish back. */
export type Idle = (work: () => void) => () => void;

/** Above this many, reading over them begins to cost more than a save gains. */
const manyPending = 200;

/** Decides when pending commits are carried into the tables. A failure leaves them where they are, and readable. */
export class Settler {
  private readonly database: Database;
  private readonly idle: Idle;
  private cancel: () => void = () => undefined;
  /** Since the last time that all went well. */
  private commits = 0;
  private running: Promise<Result<void, StorageError>> | undefined;

  constructor(database: Database, idle: Idle) {
    this.database = database;
    this.idle = idle;
  }

  /** A commit that was just made waits until nothing else happens, or until there are many. */
  noteCommit(): void {
    this.cancel();
    this.cancel = () => undefined;
    this.commits += 1;
    if (this.commits % manyPending === 0) void this.run();
    else this.cancel = this.idle(() => void this.run());
  }

  /** Everything that was committed before this call. */
  async settle(): Promise<Result<void, StorageError>> {
    // What is running may have looked before the last commit.
    await this.running;
    return this.run();
  }

  private run(): Promise<Result<void, StorageError>> {
    this.running ??= settleCommits(this.database)
      .then(() => {
        this.commits = 0;
        return ok(undefined);
      })
      .catch((error: unknown) => err(toStorageError(error)))
      .finally(() => {
        this.running = undefined;
      });
    return this.running;
  }
}
