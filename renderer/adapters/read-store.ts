import { toHex, type Bytes } from '../../shared/kernel/bytes.ts';
import type { RecordStore } from '../../shared/ports.ts';
import { recordKinds, type Compartment, type RecordKind } from '../../shared/records/record.ts';
import { recordTable, type Database, type RecordRow } from './database.ts';
import { boxesAbove, countOps, opsIn, readOps, toOps } from './op-rows.ts';
import { pendingRow, pendingRows, pendingWriters, type Pending, type PendingCommits } from './pending-commits.ts';
import type { SeenFacts } from './seen-facts.ts';
import { toDeparture, toSealedRow, toSealedWriter } from './sealed-rows.ts';

type Reader = Omit<RecordStore, 'commit' | 'acknowledge' | 'fold' | 'replaceOps' | 'counts'>;

/** The tables with what is pending laid over them, both as they are at one moment. */
export function makeReader(database: Database, pending: PendingCommits, seen: SeenFacts): Reader {
  const over = <T>(tables: readonly string[], read: (pending: Promise<Pending>) => Promise<T>): Promise<T> =>
    database.transaction('r', ['commits', ...tables], () => read(pending.list()));
  return {
    read: readTogether(database, seen, over),
    readKind: (kind) =>
      over([recordTable(database, kind).name], async (listed) => {
        const [rows, all] = await Promise.all([recordTable(database, kind).toArray(), listed]);
        const later = pendingRows(all, kind);
        if (later.size === 0) return rows.map((row) => toSealedRow(kind, row));
        const merged = new Map([...rows.map((row) => [row.id, row] as const), ...later]);
        return [...merged.values()].map((row) => toSealedRow(kind, row));
      }),
    readSummaries: () =>
      over(['summaries', 'summaryDeltas'], async (listed) => {
        const [segments, deltas, all] = await Promise.all([
          database.summaries.toArray(),
          database.summaryDeltas.toArray(),
          listed,
        ]);
        const later = all.flatMap(({ no, delta }) => (delta === undefined ? [] : [{ no, box: delta }]));
        return {
          segments: segments.map((row) => ({ ...row, box: row.box as Bytes })),
          deltas: [...deltas, ...later].map((row) => ({ ...row, box: row.box as Bytes })),
        };
      }),
    readBlocks: async () =>
      (await database.recordBlocks.toArray()).map((row) => ({
        ...row,
        c: row.c as Compartment,
        box: row.box as Bytes,
      })),
    readWriters: () =>
      over(['writers'], async (listed) => {
        const [rows, all] = await Promise.all([database.writers.toArray(), listed]);
        const merged = new Map(rows.map((row) => [row.w, row]));
        for (const [w, row] of pendingWriters(all)) {
          const { acked, archived } = merged.get(w) ?? row;
          merged.set(w, { ...row, acked, archived });
        }
        return [...merged.values()].map(toSealedWriter);
      }),
    readFeeds: async () =>
      (await database.feeds.toArray()).map((row) => ({ ...row, c: row.c as Compartment, box: row.box as Bytes })),
    readDepartures: () =>
      over(['departures'], async (listed) => {
        const [rows, all] = await Promise.all([database.departures.toArray(), listed]);
        const merged = new Map(rows.map((row) => [row.key, row]));
        for (const { departed, returned } of all) {
          for (const key of returned ?? []) merged.delete(key);
          for (const row of departed ?? []) merged.set(row.key, row);
        }
        return [...merged.values()].map(toDeparture);
      }),
    readPages: async () =>
      (await database.pages.toArray()).map((row) => ({ ...row, c: row.c as Compartment, box: row.box as Bytes })),
    readManifest: () =>
      over(['manifest'], async (listed) => {
        const [row, all] = await Promise.all([database.manifest.get('manifest'), listed]);
        const last = all.at(-1);
        if (last !== undefined) return { vaultCounter: last.no, box: last.manifest as Bytes };
        return row && { vaultCounter: row.vaultCounter, box: row.box as Bytes };
      }),
    readOps: (w, after, limit) =>
      over(['ops'], async (listed) => {
        const key = toHex(w);
        const [ops, all] = await Promise.all([readOps(database.ops, key, after, limit), listed]);
        const later = all.flatMap((commit) => commit.ops.flatMap((row) => (row.w === key ? toOps(row) : [])));
        if (later.length === 0) return ops;
        const byNumber = new Map([...ops, ...later].map((op) => [op.n, op]));
        return boxesAbove(
          [...byNumber.values()].sort((a, b) => a.n - b.n),
          after,
          limit,
        );
      }),
  };
}

/** How many operations and records there are, settled or not. */
export const countAll = (database: Database, pending: PendingCommits): Promise<{ ops: number; rows: number }> =>
  database.transaction(
    'r',
    ['commits', 'ops', ...recordKinds.map((kind) => recordTable(database, kind).name)],
    async () => {
      const [all, ops, ...rows] = await Promise.all([
        pending.list(),
        countOps(database.ops),
        ...recordKinds.map((kind) => recordTable(database, kind).count()),
      ]);
      return {
        ops: ops + all.reduce((sum, commit) => sum + opsIn(commit.ops), 0),
        rows: rows.reduce((sum, some) => sum + some, 0) + all.reduce((sum, commit) => sum + newRowsIn(commit.rows), 0),
      };
    },
  );

export const newRowsIn = (rows: readonly { readonly rev: number }[]): number =>
  rows.reduce((sum, { rev }) => (rev === 1 ? sum + 1 : sum), 0);

/** Rows asked for in one step come in one transaction a kind: a save of many records asks for all of them at once. */
function readTogether(
  database: Database,
  seen: SeenFacts,
  over: <T>(tables: readonly string[], read: (pending: Promise<Pending>) => Promise<T>) => Promise<T>,
): RecordStore['read'] {
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
      const table = recordTable(database, kind);
      const note = seen.beginRead();
      return over([table.name], async (listed) => {
        const [stored, all] = await Promise.all([table.bulkGet(ids), listed]);
        const found = ids.map((id, at) => pendingRow(all, kind, id) ?? stored[at]);
        found.forEach((row, at) => note({ kind, id: ids[at] ?? '' }, row?.rev ?? 0));
        return found;
      });
    });
    const group = { ids, rows };
    asked.set(kind, group);
    return group;
  }
}
