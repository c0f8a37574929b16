import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { copyIn, copyOut } from '../../endpoint/copy.ts';
import type { Endpoint } from '../../endpoint/start-endpoint.ts';
import { adminUrlOf } from '../integration/endpoint/test-device.ts';

/** The rows that an endpoint keeps of every operation: the operation, and its place in a feed. */
const kept = [
  { table: 'op', newest: 'SELECT * FROM op ORDER BY g DESC, n' },
  { table: 'feed', newest: 'SELECT feed.* FROM feed JOIN op USING (w, n) ORDER BY op.g DESC, op.n' },
] as const;

export type BareSeconds = {
  /** Operations and feed, into tables with the indexes that the endpoint's have. */
  readonly sameRows: number;
  /** Operations alone, and no index but their key. */
  readonly opsOnly: number;
};

/**
 * Seconds of a COPY of the rows of the last `count` operations into empty tables, in one strict transaction: the least
 * that they cost the same server.
 */
export async function copyBare(endpoint: Endpoint, data: string, count: number): Promise<BareSeconds> {
  const folder = await mkdtemp(path.join(tmpdir(), 'onderdak-bench-copy-'));
  const client = new pg.Client({ connectionString: await adminUrlOf(endpoint, data) });
  await client.connect();
  const fileOf = (table: string) => path.join(folder, table);
  /** Of tables that are made for it and dropped again. */
  const copied = async (tables: readonly string[], like: string) => {
    for (const table of tables) await client.query(`CREATE TABLE bare_${table} (LIKE ${table} ${like})`);
    const files = await Promise.all(tables.map(async (table) => ({ table, file: await open(fileOf(table)) })));
    const start = performance.now();
    await client.query('BEGIN');
    for (const { table, file } of files) await copyIn(client, `bare_${table}`, file, () => undefined);
    await client.query('COMMIT');
    const seconds = (performance.now() - start) / 1_000;
    for (const { table, file } of files) {
      await file.close();
      const { rows } = await client.query<{ count: string }>(`SELECT count(*) FROM bare_${table}`);
      if (Number(rows[0]?.count) !== count) throw new Error('the bare COPY did not bring every row');
      await client.query(`DROP TABLE bare_${table}`);
    }
    return seconds;
  };
  try {
    for (const { table, newest } of kept) {
      const file = await open(fileOf(table), 'w+');
      await copyOut(client, `${newest} LIMIT ${String(count)}`, async (chunk) => {
        await file.write(chunk);
      });
      await file.close();
    }
    const sameRows = await copied(
      kept.map(({ table }) => table),
      'INCLUDING INDEXES',
    );
    return { sameRows, opsOnly: await copied(['op'], ', PRIMARY KEY (w, n)') };
  } finally {
    await client.end();
    await rm(folder, { recursive: true, force: true });
  }
}
