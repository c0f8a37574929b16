import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type pg from 'pg';
import { readBackup, readManifest, tableNames, writeBackup } from './backup-files.ts';
import { migrate } from './migrate.ts';
import { StartError } from './postgres.ts';
import { verifyBackup } from './verify-backup.ts';

export type BackupReport = {
  readonly folder: string;
  readonly operations: number;
  readonly writers: number;
  readonly feeds: number;
};

/**
 * Writes a backup, restores it from the disk and proves it, and only then tells the devices, through `archived`, what
 * is covered. The endpoint may run meanwhile: what comes in after the first moment is for the next backup.
 */
export async function makeBackup(client: pg.Client, target: string, now: Date): Promise<BackupReport> {
  const name = `onderdak-${now.toISOString().replaceAll(/[-:]|\.\d+/g, '')}`;
  const folder = join(resolve(target), name);
  if (existsSync(folder)) throw new StartError(`${folder} is there already.`);
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
  try {
    await client.query(`SELECT set_config('onderdak.task', 'keep', true)`);
    await writeBackup(client, folder, now);
  } finally {
    await client.query('ROLLBACK');
  }
  const manifest = await readManifest(folder);
  const { writers, feeds } = await verifyBackup(client, folder, manifest);
  await client.query('BEGIN');
  try {
    await client.query(`SELECT set_config('onderdak.task', 'keep', true)`);
    await client.query(
      `UPDATE writer SET archived = greatest(archived, covered.n)
       FROM unnest($1::bytea[], $2::bigint[]) AS covered (w, n) WHERE writer.w = covered.w`,
      [writers.map(({ w }) => w), writers.map(({ n }) => n)],
    );
    await client.query(
      `UPDATE feed_head SET archived = greatest(archived, covered.pos)
       FROM unnest($1::text[], $2::text[], $3::text[], $4::bigint[]) AS covered (municipality, site, c, pos)
       WHERE (feed_head.municipality, feed_head.site, feed_head.c) = (covered.municipality, covered.site, covered.c)`,
      [
        feeds.map(({ municipality }) => municipality),
        feeds.map(({ site }) => site),
        feeds.map(({ c }) => c),
        feeds.map(({ pos }) => pos),
      ],
    );
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  }
  const operations = manifest.files.find(({ table }) => table === 'op')?.rows ?? 0;
  return { folder, operations, writers: writers.length, feeds: feeds.length };
}

/** Into a database without operations, whose endpoint is stopped; the frame journal brings the rest at its start. */
export async function restoreBackup(client: pg.Client, folder: string, appRole: string): Promise<number> {
  const manifest = await readManifest(folder);
  const { rows: free } = await client.query<{ free: boolean }>('SELECT pg_try_advisory_lock(40) AS free');
  if (free[0]?.free !== true) throw new StartError('An endpoint works on this database. Stop it first.');
  await migrate(client, appRole);
  await verifyBackup(client, folder, manifest);
  await client.query('BEGIN');
  try {
    const { rows } = await client.query<{ migration: number }>('SELECT max(no) AS migration FROM schema_migration');
    if (rows[0]?.migration !== manifest.migration) throw new StartError('The backup is of another version.');
    // The owner passes row security only while it is not forced; nobody else is here, and it comes back with the rest.
    const open: readonly string[] = ['server_state', 'epoch', 'moment'];
    const secured = tableNames.filter((table) => !open.includes(table));
    for (const table of secured) await client.query(`ALTER TABLE ${table} NO FORCE ROW LEVEL SECURITY`);
    const used = await client.query('SELECT FROM op LIMIT 1');
    if (used.rowCount !== 0) throw new StartError('The database holds operations: a backup goes into an empty one.');
    await client.query(`TRUNCATE ${tableNames.join(', ')}`);
    await readBackup(client, folder, manifest, 'public');
    for (const table of ['epoch', 'quarantine']) {
      await client.query(
        `SELECT setval(pg_get_serial_sequence('${table}', 'no'), (SELECT coalesce(max(no), 0) + 1 FROM ${table}), false)`,
      );
    }
    for (const table of secured) await client.query(`ALTER TABLE ${table} FORCE ROW LEVEL SECURITY`);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  }
  return manifest.files.find(({ table }) => table === 'op')?.rows ?? 0;
}
