import { setTimeout as wait } from 'node:timers/promises';
import type pg from 'pg';
import type { Place } from './owner-client.ts';

export type Given = Place & {
  readonly appDatabaseUrl?: string | undefined;
  /** Where backups and answers go. */
  readonly to?: string | undefined;
  /** Whose answer to write. */
  readonly device?: string | undefined;
  /** What stands after the subject. */
  readonly more?: readonly string[];
};
export type Command = (given: Given, subject: string | undefined) => Promise<void>;

/** In a transaction that may read everything and changes nothing. */
export async function asKeeper<T>(client: pg.Client, work: () => Promise<T>): Promise<T> {
  await client.query('BEGIN READ ONLY');
  try {
    await client.query(`SELECT set_config('onderdak.task', 'keep', true)`);
    return await work();
  } finally {
    await client.query('ROLLBACK');
  }
}

/** What the running endpoint made of a request; undefined when none runs, or it does not answer in half a minute. */
export async function waitFor<T>(client: pg.Client, look: () => Promise<T | undefined>): Promise<T | undefined> {
  const { rows } = await client.query<{ free: boolean }>('SELECT pg_try_advisory_lock(40) AS free');
  if (rows[0]?.free === true) return undefined;
  for (let waited = 0; waited < 150; waited++) {
    const done = await look();
    if (done !== undefined) return done;
    await wait(200);
  }
  return undefined;
}
