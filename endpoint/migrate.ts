import { readFile } from 'node:fs/promises';
import pg from 'pg';

/** In order; a released file is never edited, a change is a new number. */
const migrations = [
  { no: 1, file: 'schema.sql' },
  { no: 2, file: 'schema-2.sql' },
  { no: 3, file: 'schema-3.sql' },
  { no: 4, file: 'schema-4.sql' },
  { no: 5, file: 'schema-5.sql' },
  { no: 6, file: 'schema-6.sql' },
  { no: 7, file: 'schema-7.sql' },
  { no: 8, file: 'schema-8.sql' },
] as const;

/** Brings the tables up to date in one transaction: all of it or nothing. `appRole` gets only what the files grant. */
export async function migrate(client: pg.Client, appRole: string): Promise<number> {
  await client.query('BEGIN');
  try {
    await client.query('SELECT pg_advisory_xact_lock(41)');
    await client.query(
      'CREATE TABLE IF NOT EXISTS schema_migration (no int PRIMARY KEY, at timestamptz DEFAULT now())',
    );
    const { rows } = await client.query<{ no: number }>('SELECT no FROM schema_migration');
    const done = new Set(rows.map(({ no }) => no));
    const newer = [...done].find((no) => !migrations.some((migration) => migration.no === no));
    if (newer !== undefined) throw new Error(`The database is of a newer version (migration ${newer}).`);
    const open = migrations.filter(({ no }) => !done.has(no));
    for (const { no, file } of open) {
      const sql = await readFile(new URL(file, import.meta.url), 'utf8');
      await client.query(sql.replaceAll(':app', pg.escapeIdentifier(appRole)));
      await client.query('INSERT INTO schema_migration (no) VALUES ($1)', [no]);
    }
    await client.query('COMMIT');
    return open.length;
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  }
}
