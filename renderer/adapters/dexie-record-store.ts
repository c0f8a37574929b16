import { fromHex, toHex, type Bytes } from '../../shared/kernel/bytes.ts';
import { err, ok, type Result } from '../../shared/kernel/result.ts';
import type {
  Erased,
  MovedError,
  Moves,
  RecordStore,
  SealedAudit,
  SealedManifest,
  SealedRow,
  SealedWriter,
  StorageError,
  Write,
} from '../../shared/ports.ts';
import { recordKinds, type Compartment, type RecordKind, type RecordRef } from '../../shared/records/record.ts';
import { addOps, countOps, readOps, replaceOps } from './op-rows.ts';
import { recordTable, type Database, type RecordRow, type WriterRow } from './database.ts';

/** Rolls the transaction back; it never leaves this file. */
class Moved extends Error {
  readonly ref: RecordRef | null;
  constructor(ref: RecordRef | null) {
    super('moved');
    this.ref = ref;
  }
}

/** One commit is one strict transaction with IndexedDB calls only; everything in it was sealed before. */
export function makeDexieRecordStore(database: Database, storeId: string): RecordStore {
  // Counted once: every save reports them, and counting a register takes longer than saving.
  let counted: Promise<{ ops: number; rows: number }> | undefined;
  const count = async () => {
    const rows = await Promise.all(recordKinds.map((kind) => recordTable(database, kind).count()));
    return { ops: await countOps(database.ops), rows: rows.reduce((sum, some) => sum + some, 0) };
  };
  const countOnce = () =>
    (counted ??= count().catch((error: unknown) => {
      counted = undefined;
      throw error;
    }));
  return {
    read: readTogether(database),
    readKind: async (kind) => {
      const rows = await recordTable(database, kind).toArray();
      return rows.map((row) => toSealedRow(kind, row));
    },
    readSummaries: async () => {
      const [segments, deltas] = await Promise.all([database.summaries.toArray(), database.summaryDeltas.toArray()]);
      return {
        segments: segments.map((row) => ({ ...row, box: row.box as Bytes })),
        deltas: deltas.map((row) => ({ ...row, box: row.box as Bytes })),
      };
    },
    readBlocks: async () =>
      (await database.recordBlocks.toArray()).map((row) => ({
        ...row,
        c: row.c as Compartment,
        box: row.box as Bytes,
      })),
    readWriters: async () => (await database.writers.toArray()).map(toSealedWriter),
    readFeeds: async () =>
      (await database.feeds.toArray()).map((row) => ({ ...row, c: row.c as Compartment, box: row.box as Bytes })),
    readDepartures: async () =>
      (await database.departures.toArray()).map(({ kind, id, site, since }) => ({
        ref: { kind: kind as RecordKind, id },
        site,
        sinceMs: since,
      })),
    readPages: async () =>
      (await database.pages.toArray()).map((row) => ({ ...row, c: row.c as Compartment, box: row.box as Bytes })),
    readManifest: async () => {
      const row = await database.manifest.get('manifest');
      return row && { vaultCounter: row.vaultCounter, box: row.box as Bytes };
    },
    readOps: (w, after, limit) => readOps(database.ops, toHex(w), after, limit),
    commit: async (write) => {
      const present = await countOnce();
      const committed = await inTransaction(database, tablesOf(database, write), async () => {
        await expectManifest(database, write.manifest);
        for (const [kind, rows] of Map.groupBy(write.rows, ({ ref }) => ref.kind)) await putRows(database, kind, rows);
        await putWriters(database, write.writers);
        if (write.erased !== undefined) await dropErased(database, write.erased);
        if (write.ops.length > 0) await addOps(database.ops, write.ops);
        if (write.summaryDelta !== null) {
          await database.summaryDeltas.put({ no: write.manifest.vaultCounter, box: write.summaryDelta });
        }
        if (write.audit !== null) await addAudit(database, write.audit);
        if (write.page !== null) await database.pages.put({ ...write.page });
        const { feed, erased } = write;
        const isReset = erased?.feeds.some(({ site, c }) => site === feed?.site && c === feed.c) === true;
        if (feed !== null && !isReset) await database.feeds.put({ ...feed });
        if (write.moves !== undefined) await putMoves(database, write.moves);
        for (const { ref, rev } of write.removed ?? []) await removeRow(database, ref, rev);
        await database.manifest.put({ id: 'manifest', ...write.manifest });
      });
      if (committed.ok) {
        present.ops += write.ops.reduce((sum, { m }) => sum + (m ?? 1), 0);
        present.rows += write.rows.filter(({ rev }) => rev === 1).length - (write.removed?.length ?? 0);
      }
      return committed;
    },
    acknowledge: (w, acked, archived) =>
      inTransaction(database, ['writers'], async () => {
        await database.writers.update(toHex(w), { acked, archived });
      }) as Promise<Result<void, StorageError>>,
    fold: ({ segments, goneSegments, blocks, goneBlocks, upTo, manifest }) =>
      inTransaction(database, ['summaries', 'summaryDeltas', 'recordBlocks', 'manifest'], async () => {
        await expectManifest(database, manifest);
        await database.summaries.bulkDelete([...goneSegments]);
        await database.summaries.bulkPut(segments.map((segment) => ({ ...segment })));
        await database.recordBlocks.bulkDelete([...goneBlocks]);
        await database.recordBlocks.bulkPut(blocks.map((block) => ({ ...block })));
        await database.summaryDeltas.where('no').belowOrEqual(upTo).delete();
        await database.manifest.put({ id: 'manifest', ...manifest });
      }),
    replaceOps: (ops) =>
      inTransaction(database, ['ops'], async () => {
        await replaceOps(database.ops, ops);
      }) as Promise<Result<void, StorageError>>,
    counts: async () => ({ store: storeId, ...(await countOnce()) }),
  };
}

/** Rows asked for in one step come in one transaction a kind: a save of many records asks for all of them at once. */
function readTogether(database: Database): RecordStore['read'] {
  const asked = new Map<RecordKind, { ids: string[]; rows: Promise<readonly (RecordRow | undefined)[]> }>();
  return async ({ kind, id }) => {
    const present = asked.get(kind);
    const group = present ?? startGroup(kind);
    const place = group.ids.push(id) - 1;
    const row = (await group.rows)[place];
    return row && toSealedRow(kind, row);
  };

  function startGroup(kind: RecordKind) {
    const ids: string[] = [];
    // After everything that is asked for in this step.
    const rows = Promise.resolve().then(() => {
      asked.delete(kind);
      return recordTable(database, kind).bulkGet(ids);
    });
    const group = { ids, rows };
    asked.set(kind, group);
    return group;
  }
}

async function inTransaction(
  database: Database,
  tables: readonly string[],
  write: () => Promise<void>,
): Promise<Result<void, MovedError | StorageError>> {
  try {
    await database.transaction('rw', [...tables], write);
    return ok(undefined);
  } catch (error) {
    if (error instanceof Moved) return err({ type: 'moved', ref: error.ref });
    return err(toStorageError(error));
  }
}

/** Only the kind of failure leaves the adapter: messages of a browser can quote what was being written. */
export function toStorageError(error: unknown): StorageError {
  const names = [error, (error as { inner?: unknown }).inner].map(
    (one) => (one as { name?: unknown } | undefined)?.name,
  );
  return { type: names.includes('QuotaExceededError') ? 'storage-full' : 'storage-failed' };
}

function tablesOf(database: Database, write: Write): readonly string[] {
  const records = new Set(
    [...write.rows, ...(write.removed ?? [])].map(({ ref }) => recordTable(database, ref.kind).name),
  );
  return [
    ...records,
    'writers',
    'ops',
    'summaryDeltas',
    'audit',
    'manifest',
    ...(write.moves === undefined ? [] : ['departures']),
    ...(write.page === null && write.erased === undefined ? [] : ['pages']),
    ...(write.feed === null && write.erased === undefined ? [] : ['feeds']),
    ...(write.erased === undefined ? [] : ['drafts']),
  ];
}

async function dropErased(database: Database, { ops, feeds, records }: Erased): Promise<void> {
  await replaceOps(database.ops, ops);
  await database.feeds.bulkPut(feeds.map((feed) => ({ ...feed })));
  const pages = await database.pages.toCollection().primaryKeys();
  // The site of a page has the beginning of its hash at the end.
  const isOf = (name: string, c: string) => feeds.some((feed) => feed.c === c && name.split('#')[0] === feed.site);
  await database.pages.bulkDelete(pages.filter(([name, c]) => isOf(name, c)));
  const drafts = await database.drafts.toCollection().primaryKeys();
  await database.drafts.bulkDelete(drafts.filter((key) => records.some((id) => key.includes(id))));
}

/** Every commit raises the counter by one, so whoever else wrote since is noticed. */
async function expectManifest(database: Database, { vaultCounter }: SealedManifest): Promise<void> {
  const present = await database.manifest.get('manifest');
  if ((present?.vaultCounter ?? 0) !== vaultCounter - 1) throw new Moved(null);
}

const departureKey = ({ kind, id }: RecordRef, site: string) => `${kind}/${id}/${site}`;

async function putMoves(database: Database, { departed, returned }: Moves): Promise<void> {
  await database.departures.bulkDelete(returned.map(({ ref, site }) => departureKey(ref, site)));
  await database.departures.bulkPut(
    departed.map(({ ref, site, sinceMs }) => ({ key: departureKey(ref, site), ...ref, site, since: sinceMs })),
  );
}

async function removeRow(database: Database, ref: RecordRef, rev: number): Promise<void> {
  const table = recordTable(database, ref.kind);
  if ((await table.get(ref.id))?.rev !== rev) throw new Moved(ref);
  await table.delete(ref.id);
}

async function putRows(database: Database, kind: RecordKind, rows: readonly SealedRow[]): Promise<void> {
  const table = recordTable(database, kind);
  const present = await table.bulkGet(rows.map(({ ref }) => ref.id));
  rows.forEach(({ ref, rev }, at) => {
    if ((present[at]?.rev ?? 0) !== rev - 1) throw new Moved(ref);
  });
  await table.bulkPut(
    rows.map(({ ref, rev, deleted, boxes }) => ({ id: ref.id, rev, d: 0, t: deleted ? 1 : 0, boxes: { ...boxes } })),
  );
}

async function putWriters(database: Database, writers: readonly SealedWriter[]): Promise<void> {
  for (const writer of writers) {
    const present = await database.writers.get(toHex(writer.w));
    // What a writer stands for may become known later than its operations did.
    const least = writer.standsFor === undefined ? writer.next : writer.next + 1;
    if (present !== undefined && present.next >= least) throw new Moved(null);
    const { acked, archived } = present ?? writer;
    await database.writers.put({ ...writer, w: toHex(writer.w), acked, archived });
  }
}

/**
 * The next number, or the last one again: the main process signs it anew when the second copy of it failed. A number
 * further on follows entries that this store lost and the journal kept; only a lower one would be somebody else's.
 */
async function addAudit(database: Database, { seq, box }: SealedAudit): Promise<void> {
  const last = await database.audit.orderBy('seq').last();
  if (last !== undefined && seq < last.seq) throw new Moved(null);
  await database.audit.add({ seq, box });
}

const toSealedRow = (kind: RecordKind, row: RecordRow): SealedRow => ({
  ref: { kind, id: row.id },
  rev: row.rev,
  deleted: row.t === 1,
  boxes: row.boxes,
});
const toSealedWriter = (row: WriterRow): SealedWriter => ({
  ...row,
  w: fromHex(row.w),
  c: row.c as Compartment,
  box: row.box as Bytes,
});
