import type { Erased, Moves, Write } from '../../shared/ports.ts';
import { toHex } from '../../shared/kernel/bytes.ts';
import { recordTable, type Database } from './database.ts';
import { addOps, replaceOps } from './op-rows.ts';
import { departureKey, toDepartureRow, toRecordRow, toWriterRow } from './sealed-rows.ts';

/** The tables that a commit needs which is not one row: an import, a page of a feed, an erasure. */
export function tablesOf(database: Database, write: Write): readonly string[] {
  const records = new Set(
    [...write.rows, ...(write.removed ?? [])].map(({ ref }) => recordTable(database, ref.kind).name),
  );
  return [
    ...records,
    'commits',
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

/** Inside a transaction over these tables, after the comparison. */
export async function writeTables(database: Database, write: Write): Promise<void> {
  for (const [kind, rows] of Map.groupBy(write.rows, ({ ref }) => ref.kind))
    await recordTable(database, kind).bulkPut(rows.map(toRecordRow));
  const present = await database.writers.bulkGet(write.writers.map(({ w }) => toHex(w)));
  await database.writers.bulkPut(write.writers.map((writer, at) => toWriterRow(writer, present[at])));
  if (write.erased !== undefined) await dropErased(database, write.erased);
  if (write.ops.length > 0) await addOps(database.ops, write.ops);
  if (write.summaryDelta !== null)
    await database.summaryDeltas.put({ no: write.manifest.vaultCounter, box: write.summaryDelta });
  if (write.audit !== null) await database.audit.add({ ...write.audit });
  if (write.page !== null) await database.pages.put({ ...write.page });
  const { feed, erased } = write;
  const isReset = erased?.feeds.some(({ site, c }) => site === feed?.site && c === feed.c) === true;
  if (feed !== null && !isReset) await database.feeds.put({ ...feed });
  if (write.moves !== undefined) await putMoves(database, write.moves);
  for (const { ref } of write.removed ?? []) await recordTable(database, ref.kind).delete(ref.id);
  await database.manifest.put({ id: 'manifest', ...write.manifest });
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

async function putMoves(database: Database, { departed, returned }: Moves): Promise<void> {
  await database.departures.bulkDelete(returned.map(({ ref, site }) => departureKey(ref, site)));
  await database.departures.bulkPut(departed.map(toDepartureRow));
}
