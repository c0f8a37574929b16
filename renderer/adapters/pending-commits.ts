import type { Write } from '../../shared/ports.ts';
import type { RecordKind } from '../../shared/records/record.ts';
import type { CommitRow, Database, RecordRow, WriterRow } from './database.ts';
import { opsIn, toOpRow } from './op-rows.ts';
import { departureKey, toDepartureRow, toRecordRow, toWriterRow } from './sealed-rows.ts';

/** What a person changes in one go. */
const atMost = { rows: 24, ops: 256, bytes: 128 * 1024 };

/**
 * The whole commit as one row, or undefined for one that goes into its tables at once: a large one, and what no person
 * did and no audit entry is about. A page, a repair or what comes back out of the second copy may take values away, and
 * nothing is to keep them a moment longer.
 */
export function toCommitRow(write: Write): CommitRow | undefined {
  if (write.audit === null || write.page !== null || write.feed !== null || write.erased !== undefined)
    return undefined;
  if (write.removed !== undefined && write.removed.length > 0) return undefined;
  if (write.rows.length > atMost.rows || opsIn(write.ops) > atMost.ops || bytesOf(write) > atMost.bytes)
    return undefined;
  const { manifest, rows, ops, writers, summaryDelta, moves } = write;
  return {
    no: manifest.vaultCounter,
    manifest: manifest.box,
    rows: rows.map((row) => ({ kind: row.ref.kind, ...toRecordRow(row) })),
    ops: ops.map(toOpRow),
    writers: writers.map((writer) => toWriterRow(writer, undefined)),
    ...(summaryDelta === null ? {} : { delta: summaryDelta }),
    audit: { seq: write.audit.seq, box: write.audit.box },
    ...(moves === undefined
      ? {}
      : {
          departed: moves.departed.map(toDepartureRow),
          returned: moves.returned.map(({ ref, site }) => departureKey(ref, site)),
        }),
  };
}

const bytesOf = ({ rows, ops }: Write): number =>
  rows.reduce((sum, { boxes }) => sum + lengthOf(Object.values(boxes)), 0) + lengthOf(ops.map(({ box }) => box));
const lengthOf = (boxes: readonly Uint8Array[]): number => boxes.reduce((sum, box) => sum + box.length, 0);

/** Commits that are not carried into their tables yet, in order of number: the later word about anything counts. */
export type Pending = readonly CommitRow[];

/** Each is read once. Which of them there are is asked every time: another window may have added some or settled them. */
export class PendingCommits {
  private readonly database: Database;
  private readonly known = new Map<number, CommitRow>();

  constructor(database: Database) {
    this.database = database;
  }

  /** Inside a transaction over `commits` and whatever they are laid over. */
  async list(): Promise<Pending> {
    const { commits } = this.database;
    const numbers = await commits.toCollection().primaryKeys();
    const unread = numbers.filter((no) => !this.known.has(no));
    if (unread.length > 0) for (const row of await commits.bulkGet(unread)) if (row !== undefined) this.note(row);
    const pending = numbers.flatMap((no) => this.known.get(no) ?? []);
    if (this.known.size > pending.length) {
      this.known.clear();
      for (const row of pending) this.note(row);
    }
    return pending;
  }

  note(row: CommitRow): void {
    this.known.set(row.no, row);
  }
}

export function pendingRow(pending: Pending, kind: RecordKind, id: string): RecordRow | undefined {
  for (let at = pending.length - 1; at >= 0; at--) {
    const row = pending[at]?.rows.findLast((one) => one.id === id && one.kind === kind);
    if (row !== undefined) return row;
  }
  return undefined;
}

/** The last version of each that is pending, by id. */
export const pendingRows = (pending: Pending, kind: RecordKind): ReadonlyMap<string, RecordRow> =>
  new Map(pending.flatMap(({ rows }) => rows.flatMap((row) => (row.kind === kind ? [[row.id, row] as const] : []))));

/** By writer in hexadecimal. */
export const pendingWriters = (pending: Pending): ReadonlyMap<string, WriterRow> =>
  new Map(pending.flatMap(({ writers }) => writers.map((row) => [row.w, row] as const)));
