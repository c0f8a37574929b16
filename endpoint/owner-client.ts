import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import pg from 'pg';
import { makeOwner } from './database.ts';
import { lockData } from './data-lock.ts';
import { runningPostgres, startPostgres, StartError } from './postgres.ts';

export type Place = {
  readonly data: string;
  readonly databaseUrl?: string | undefined;
  readonly say: (line: string) => void;
};

/**
 * Work of a command, as the owner of the tables: beside the endpoint that runs on this data folder, or with its
 * PostgreSQL started for the while. Only a command that fills a database may find none.
 */
export async function withOwner<T>(
  { data: given, databaseUrl, say }: Place,
  work: (client: pg.Client, ownerUrl: string) => Promise<T>,
  mayBeNew = false,
): Promise<T> {
  if (databaseUrl !== undefined) return withClientOf(databaseUrl, false, work);
  const data = resolve(given);
  if (!mayBeNew && !existsSync(join(data, 'pg', 'PG_VERSION'))) {
    throw new StartError(`There is no database in ${data}. Name its data folder with --data, or give DATABASE_URL.`);
  }
  await mkdir(data, { recursive: true, mode: 0o700 });
  const running = await runningPostgres(data);
  if (running !== undefined) return withClientOf(running, true, work);
  const unlock = await lockData(data);
  try {
    const postgres = await startPostgres(data, say);
    try {
      await makeOwner(postgres.adminUrl);
      return await withClientOf(postgres.adminUrl, true, work);
    } finally {
      await postgres.stop();
    }
  } finally {
    await unlock();
  }
}

/** On our own cluster the owner's password is new at every start, so the superuser becomes the owner. */
async function withClientOf<T>(
  url: string,
  isOwnCluster: boolean,
  work: (client: pg.Client, ownerUrl: string) => Promise<T>,
): Promise<T> {
  const address = new URL(url);
  if (isOwnCluster) address.pathname = '/onderdak';
  const client = new pg.Client({ connectionString: address.href });
  client.on('error', () => undefined);
  await client.connect().catch((error: unknown) => {
    throw new StartError(
      `The database cannot be reached: ${error instanceof Error ? error.message : 'unknown reason'}.`,
    );
  });
  try {
    if (isOwnCluster) await client.query('SET ROLE onderdak_owner');
    return await work(client, address.href);
  } finally {
    await client.end().catch(() => undefined);
  }
}
