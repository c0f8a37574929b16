import { randomBytes } from 'node:crypto';
import pg from 'pg';
import type { errorStatus } from '../shared/sync/protocol.ts';
import { migrate } from './migrate.ts';
import { StartError, withClient } from './postgres.ts';

/** What a transaction may see; schema.sql says what each of these opens. */
export type Context = {
  readonly task: 'invite' | 'enrol' | 'ingest' | 'read' | 'identify';
  readonly municipality?: string;
  readonly device?: string;
  readonly code?: string;
  readonly sites?: readonly string[];
  readonly compartments?: readonly string[];
};
export type Transaction = pg.PoolClient;
export type Database = {
  readonly appUrl: string;
  /** One transaction in one context; rolled back when `work` throws. */
  readonly within: <T>(context: Context, work: (tx: Transaction) => Promise<T>) => Promise<T>;
  readonly stop: () => Promise<void>;
};

/** Makes the role and the database that own the tables on a cluster of our own; gives the owner's address. */
export async function makeOwner(adminUrl: string): Promise<string> {
  const owner = 'onderdak_owner';
  const password = randomBytes(24).toString('base64url');
  await withClient(adminUrl, async (client) => {
    await ensureRole(client, owner, password, 'CREATEROLE');
    const found = await client.query(`SELECT FROM pg_database WHERE datname = 'onderdak'`);
    if (found.rowCount === 0) await client.query(`CREATE DATABASE onderdak OWNER ${owner}`);
  });
  const url = new URL(adminUrl);
  url.username = owner;
  url.password = password;
  url.pathname = '/onderdak';
  return url.href;
}

/**
 * Migrates as the owner and then works as a role that owns nothing. Refuses settings under which PostgreSQL
 * confirms what a power cut can still take away.
 */
export async function openDatabase(
  ownerUrl: string,
  givenAppUrl: string | undefined,
  say: (line: string) => void,
): Promise<Database> {
  if (!/^postgres(ql)?:$/.test(URL.canParse(ownerUrl) ? new URL(ownerUrl).protocol : '')) {
    throw new StartError('DATABASE_URL is not an address like postgres://owner:password@host/database.');
  }
  const keeper = new pg.Client({ connectionString: ownerUrl });
  keeper.on('error', () => say('Lost the connection that keeps a second endpoint away'));
  await keeper.connect().catch((error: unknown) => {
    throw new StartError(`The database cannot be reached: ${reasonOf(error)}. Check DATABASE_URL.`);
  });
  try {
    const { rows } = await keeper.query<{ free: boolean; name: string }>(
      'SELECT pg_try_advisory_lock(40) AS free, current_database() AS name',
    );
    if (rows[0]?.free !== true) throw new StartError('Another endpoint works on this database. Stop it first.');
    const appUrl = givenAppUrl ?? (await makeAppRole(keeper, ownerUrl, rows[0].name));
    const appRole = decodeURIComponent(new URL(appUrl).username);
    const done = await migrate(keeper, appRole);
    if (done > 0) say(`Brought the tables up to date (${done})`);
    const pool = makePool(appUrl);
    await withClient(appUrl, (client) => refuseUnsafe(client)).catch(async (error: unknown) => {
      await pool.end();
      throw error;
    });
    return {
      appUrl,
      within: (context, work) => within(pool, context, work),
      stop: async () => {
        await pool.end();
        await keeper.end();
      },
    };
  } catch (error) {
    await keeper.end().catch(() => undefined);
    throw error;
  }
}

/** Several addresses of one name fail together, and that error has no message of its own. */
function reasonOf(error: unknown): string {
  const one = error instanceof AggregateError ? (error.errors[0] as unknown) : error;
  return one instanceof Error ? one.message : 'unknown reason';
}

/** The role to run as, made when it is not there; gives its address. */
export async function makeAppRole(owner: pg.Client, ownerUrl: string, database: string): Promise<string> {
  const name = `${database}_app`;
  const password = randomBytes(24).toString('base64url');
  await ensureRole(owner, name, password, '').catch(() => {
    throw new StartError(
      'The role of DATABASE_URL may not make the role the endpoint runs as. Give it CREATEROLE, or make a role ' +
        'without rights and name it in APP_DATABASE_URL.',
    );
  });
  const url = new URL(ownerUrl);
  url.username = name;
  url.password = password;
  return url.href;
}

/** A new password at every start: it is kept nowhere. */
async function ensureRole(client: pg.Client, name: string, password: string, rights: string): Promise<void> {
  const role = pg.escapeIdentifier(name);
  const found = await client.query('SELECT FROM pg_roles WHERE rolname = $1', [name]);
  if (found.rowCount === 0) await client.query(`CREATE ROLE ${role} LOGIN ${rights}`);
  await client.query(`ALTER ROLE ${role} PASSWORD ${pg.escapeLiteral(password)}`);
}

async function refuseUnsafe(client: pg.Client): Promise<void> {
  for (const setting of ['fsync', 'full_page_writes', 'synchronous_commit']) {
    const { rows } = await client.query<Record<string, string>>(`SHOW ${setting}`);
    const value = rows[0]?.[setting];
    if (value === 'off') {
      throw new StartError(
        `PostgreSQL runs with ${setting} = ${value}: a power cut could take away what was confirmed. ` +
          `Set ${setting} = on and start again.`,
      );
    }
  }
  const { rows } = await client.query<{ strong: boolean; owns: boolean }>(
    `SELECT rolsuper OR rolbypassrls AS strong,
       EXISTS (SELECT FROM pg_class WHERE relowner = pg_roles.oid AND relkind = 'r') AS owns
     FROM pg_roles WHERE rolname = current_user`,
  );
  if (rows[0]?.strong !== false || rows[0].owns) {
    throw new StartError('The role of the running endpoint must own nothing and may not pass row-level security.');
  }
}

const poolSize = 8;

function makePool(connectionString: string): pg.Pool {
  const bigint = 20;
  const types = {
    getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
      oid === bigint ? Number : (pg.types.getTypeParser(oid, format) as unknown)) as typeof pg.types.getTypeParser,
  };
  const pool = new pg.Pool({ connectionString, max: poolSize, types });
  pool.on('error', () => undefined);
  return pool;
}

async function within<T>(pool: pg.Pool, context: Context, work: (tx: Transaction) => Promise<T>): Promise<T> {
  const tx = await begin(pool);
  // A connection that breaks while it is lent reports here too; the query in hand fails by itself.
  const broken = () => undefined;
  tx.on('error', broken);
  let failed: Error | undefined;
  try {
    const { task, municipality = '', device = '', code = '', sites = [], compartments = [] } = context;
    await tx.query(
      `SELECT set_config('onderdak.task', $1, true), set_config('onderdak.municipality', $2, true),
         set_config('onderdak.device', $3, true), set_config('onderdak.code', $4, true),
         set_config('onderdak.sites', $5, true), set_config('onderdak.compartments', $6, true)`,
      [task, municipality, device, code, sites.join(','), compartments.join(',')],
    );
    const result = await work(tx);
    await tx.query('COMMIT');
    return result;
  } catch (error) {
    failed = error instanceof Error ? error : new Error('unknown');
    await tx.query('ROLLBACK').catch(() => undefined);
    throw error;
  } finally {
    tx.removeListener('error', broken);
    tx.release(failed !== undefined && !isOrdinary(failed) ? failed : undefined);
  }
}

/** An idle connection may have died unnoticed; nothing has begun on it, so the next one is as good. */
async function begin(pool: pg.Pool): Promise<Transaction> {
  for (let attempts = 0; ; attempts++) {
    const tx = await pool.connect();
    try {
      await tx.query('BEGIN');
      return tx;
    } catch (error) {
      tx.release(true);
      if (attempts >= poolSize) throw error;
    }
  }
}

/** After a refusal of our own the connection is good; after anything else it is thrown away. */
const isOrdinary = (error: Error) => error instanceof Refusal;

export type RefusalFacts = { readonly err: keyof typeof errorStatus } & Readonly<
  Record<string, string | number | boolean>
>;
/** Ends a transaction with an answer that is not a fault. */
export class Refusal extends Error {
  readonly answer: RefusalFacts;
  constructor(answer: RefusalFacts) {
    super(answer.err);
    this.answer = answer;
  }
}
