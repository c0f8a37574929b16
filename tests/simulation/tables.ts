import { toHex } from '../../shared/kernel/bytes.ts';
import type { Context, Database, Transaction } from '../../endpoint/database.ts';
import type { Moment } from '../../shared/vault/moment.ts';
import type { Grant } from '../../endpoint/devices.ts';
import { erasingStatements } from './erasing-statements.ts';
import { readValue } from './sql-values.ts';
import { statements, type Statement } from './statements.ts';

export type OpRow = {
  readonly w: Uint8Array;
  readonly n: number;
  readonly g: number;
  readonly c: string;
  readonly t: string;
  readonly id: Uint8Array;
  readonly f: string;
  readonly leaf: Uint8Array;
  /** Null: given back in a page, and not by its writer yet. */
  readonly chain: Uint8Array | null;
  readonly body: Uint8Array;
  readonly held: string | null;
};
export type WriterRow = {
  readonly w: Uint8Array;
  readonly device: string;
  readonly user_id: string;
  readonly c: string;
  readonly have_n: number;
  readonly head: Uint8Array;
};
export type FeedRow = {
  readonly pos: number;
  readonly kind: string;
  readonly t: string;
  readonly id: Uint8Array;
  readonly w: Uint8Array | null;
  readonly n: number | null;
  readonly h: Uint8Array;
};
export type PlacementRow = { readonly t: string; readonly id: Uint8Array; readonly site: string; to_g: number | null };
export type DeviceRow = {
  readonly id: string;
  readonly municipality: string;
  readonly public_key: Uint8Array;
  readonly status: 'active';
  readonly reason: null;
};

export type QuarantineRow = { readonly no: number; readonly why: string; readonly bytes: Uint8Array };
export type FrameRow = {
  readonly g: number;
  readonly w: Uint8Array;
  readonly from_n: number;
  readonly to_n: number;
  readonly bytes: Uint8Array;
};
type Target = { readonly municipality: string; readonly t: string; readonly record: Uint8Array; readonly f: string };
export type ErasureRow = Target & { readonly id: string; readonly files_done: boolean };
export type ErasureRequest = Target & { readonly no: number; readonly reason: string; readonly isDone: boolean };

/** What PostgreSQL holds. Feeds by `site/c`, position p at index p - 1. */
export type Rows = {
  lastG: number;
  serverKey: string | null;
  readonly epochs: string[];
  /** Marks by g. */
  readonly moments: Map<string, Moment>;
  readonly ops: Map<string, OpRow[]>;
  readonly opsOfRecord: Map<string, OpRow[]>;
  readonly writers: Map<string, WriterRow>;
  /** Up to where a backup that was proved covers a writer. */
  readonly archived: Map<string, number>;
  /** The same of a feed. */
  readonly archivedFeeds: Map<string, number>;
  readonly feeds: Map<string, FeedRow[]>;
  readonly placements: Map<string, PlacementRow[]>;
  quarantine: readonly QuarantineRow[];
  frames: readonly FrameRow[];
  erasures: readonly ErasureRow[];
  requests: readonly ErasureRequest[];
  readonly devices: Map<string, DeviceRow>;
  readonly grants: Map<string, Grant[]>;
};

export const noRows = (): Rows => ({
  lastG: 0,
  serverKey: null,
  epochs: [],
  moments: new Map(),
  ops: new Map(),
  opsOfRecord: new Map(),
  writers: new Map(),
  archived: new Map(),
  archivedFeeds: new Map(),
  feeds: new Map(),
  placements: new Map(),
  quarantine: [],
  frames: [],
  erasures: [],
  requests: [],
  devices: new Map(),
  grants: new Map(),
});

const copyLists = <T>(lists: ReadonlyMap<string, readonly T[]>): Map<string, T[]> =>
  new Map([...lists].map(([key, list]) => [key, [...list]]));

/** A backup. */
export const copyRows = (rows: Rows): Rows => ({
  ...rows,
  epochs: [...rows.epochs],
  moments: new Map(rows.moments),
  ops: copyLists(rows.ops),
  opsOfRecord: copyLists(rows.opsOfRecord),
  writers: new Map(rows.writers),
  archived: new Map(rows.archived),
  archivedFeeds: new Map(rows.archivedFeeds),
  feeds: copyLists(rows.feeds),
  placements: new Map([...rows.placements].map(([key, list]) => [key, list.map((row) => ({ ...row }))])),
  devices: new Map(rows.devices),
  grants: new Map(rows.grants),
});

/** What a statement may touch; `undo` brings back what it changed when the transaction fails. */
export type Access = { readonly rows: Rows; readonly context: Context; readonly undo: (() => void)[] };

/**
 * The endpoint's own statements over tables in memory: its ingest, feeds and pages run as they are. A statement that is
 * not in the list is a bug of this list.
 */
export function memoryDatabase(initial: Rows): Database & { rows: Rows } {
  const database = {
    rows: initial,
    appUrl: 'memory',
    stop: () => Promise.resolve(),
    within: async <T>(context: Context, work: (tx: Transaction) => Promise<T>): Promise<T> => {
      const access: Access = { rows: database.rows, context, undo: [] };
      const query = (text: string, values: readonly unknown[] = []) => {
        const rows = statementOf(text)(access, values.map(readValue));
        return Promise.resolve({ rows, rowCount: rows.length });
      };
      try {
        return await work({ query } as unknown as Transaction);
      } catch (error) {
        for (const back of access.undo.reverse()) back();
        throw error;
      }
    },
  };
  return database;
}

const found = new Map<string, Statement>();
function statementOf(text: string): Statement {
  const present = found.get(text);
  if (present !== undefined) return present;
  const plain = text.replaceAll(/\s+/g, ' ').trim();
  const statement = statements.get(plain) ?? erasingStatements.get(plain);
  if (statement === undefined) throw new Error(`The simulator does not know this statement yet: ${plain}`);
  found.set(text, statement);
  return statement;
}

export const recordKey = (t: string, id: Uint8Array): string => `${t}/${toHex(id)}`;
