import { Dexie, type EntityTable, type Table } from 'dexie';
import type { RecordKind } from '../../shared/records/record.ts';
import { tableOf } from '../../shared/records/tables.ts';

/** Boxes by compartment; everything else in a row is an id or a counter (security.md §2.8). */
export type RecordRow = { id: string; rev: number; d: 0 | 1; t: 0 | 1; boxes: Record<string, Uint8Array> };
/**
 * `w` in hexadecimal: byte strings are awkward keys. A row of several operations has the box of number `n` in `box`,
 * those of the numbers that follow in `more`, and says in `m` how many there are.
 */
export type OpRow = { w: string; n: number; c: string; box: Uint8Array; m?: number; more?: Uint8Array[] };
export type WriterRow = {
  w: string;
  c: string;
  user: string;
  next: number;
  acked: number;
  archived: number;
  box: Uint8Array;
  standsFor?: { readonly w: Uint8Array; readonly after: number } | undefined;
};
export type PageRow = { site: string; c: string; from: number; to: number; box: Uint8Array };
/** `key` is kind, record and site. */
export type DepartureRow = { key: string; kind: string; id: string; site: string; since: number };
export type FeedRow = { site: string; c: string; pos: number; box: Uint8Array };
export type SegmentRow = { no: number; version: number; box: Uint8Array };
export type BlockRow = SegmentRow & { c: string };
export type DeltaRow = { no: number; box: Uint8Array };
/** A number stands twice where an entry was signed again because the second copy of the first could not be written. */
export type AuditRow = { key?: number; seq: number; box: Uint8Array };
export type ManifestRow = { id: 'manifest'; vaultCounter: number; box: Uint8Array };
/** A small commit as a whole, until its parts are carried into their tables; `no` is its vault counter. */
export type CommitRow = {
  no: number;
  manifest: Uint8Array;
  rows: (RecordRow & { kind: RecordKind })[];
  ops: OpRow[];
  writers: WriterRow[];
  delta?: Uint8Array;
  audit: { seq: number; box: Uint8Array };
  departed?: DepartureRow[];
  /** Keys of departures that are over. */
  returned?: string[];
};

export type Database = Dexie & {
  ops: Table<OpRow, [string, number]>;
  writers: EntityTable<WriterRow, 'w'>;
  pages: Table<PageRow, [string, string, number]>;
  feeds: Table<FeedRow, [string, string]>;
  departures: Table<DepartureRow, string>;
  meta: Table<{ key: string; value: string }, string>;
  summaries: EntityTable<SegmentRow, 'no'>;
  summaryDeltas: EntityTable<DeltaRow, 'no'>;
  recordBlocks: EntityTable<BlockRow, 'no'>;
  drafts: Table<{ key: string; box: Uint8Array }, string>;
  audit: Table<AuditRow, number>;
  manifest: EntityTable<ManifestRow, 'id'>;
  commits: EntityTable<CommitRow, 'no'>;
};

const siteReports = { siteReports: 'id' };
const departures = { departures: 'key' };
const lettersAndFollowUps = { letterTexts: 'id', followUps: 'id' };
/** Only rows of several operations have an `m`: counting them tells how many operations there are. */
const severalOpsInARow = { ops: '[w+n], m' };
const recordBlocks = { recordBlocks: 'no' };
const commitsAsARow = { commits: 'no' };
const later = { ...siteReports, ...lettersAndFollowUps };

/** A released version is never edited; a new one copies the shapes it upgrades (architecture.md §9). */
const version1: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    Object.values(tableOf)
      .filter((table) => !Object.hasOwn(later, table))
      .map((table) => [table, 'id']),
  ),
  ops: '[w+n]',
  writers: 'w',
  pages: '[site+c+from]',
  feeds: '[site+c]',
  meta: 'key',
  summaries: 'no',
  summaryDeltas: 'no',
  drafts: 'key',
  audit: '++key, seq',
  manifest: 'id',
};

/** `strict`: without it a commit that was acknowledged can be lost with the power (sync.md F2). */
export function makeDatabase(name = 'onderdak'): Database {
  const database = new Dexie(name, { chromeTransactionDurability: 'strict' }) as Database;
  database.version(1).stores(version1);
  database.version(2).stores(siteReports);
  database.version(3).stores(departures);
  database.version(3).stores(lettersAndFollowUps);
  database.version(4).stores(severalOpsInARow);
  database.version(5).stores(recordBlocks);
  database.version(5).stores(commitsAsARow);
  return database;
}

export const recordTable = (database: Database, kind: RecordKind): Table<RecordRow, string> =>
  database.table<RecordRow, string>(tableOf[kind]);

/** Ids of a store are random; a new one means that the old one is gone. */
export async function storeIdOf(database: Database, newId: () => string): Promise<string> {
  const known = await database.meta.get('store');
  if (known !== undefined) return known.value;
  const value = newId();
  await database.meta.put({ key: 'store', value });
  return value;
}
