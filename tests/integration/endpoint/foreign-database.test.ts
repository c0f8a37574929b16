import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startPostgres, type PostgresServer } from '../../../endpoint/postgres.ts';
import { startEndpoint } from '../../../endpoint/start-endpoint.ts';
import { enrolled, makeDataFolder, newRecord, valuesOf } from './test-device.ts';

/** A PostgreSQL of somebody else: another folder, another port, a role that owns one database and may make roles. */
const theirs = await makeDataFolder();
const ours = await makeDataFolder();
let server: PostgresServer;
let database = '';
const urlOf = (change: (url: URL) => void) => {
  const url = new URL(server.adminUrl);
  url.username = 'municipality';
  url.password = 'given by them';
  url.pathname = '/register';
  change(url);
  return url.href;
};
beforeAll(async () => {
  server = await startPostgres(theirs.path, () => undefined);
  const admin = new pg.Client({ connectionString: server.adminUrl });
  await admin.connect();
  await admin.query(`CREATE ROLE municipality LOGIN CREATEROLE PASSWORD 'given by them'`);
  await admin.query('CREATE DATABASE register OWNER municipality');
  await admin.query(`CREATE ROLE simple LOGIN PASSWORD 'given by them'`);
  await admin.query('CREATE DATABASE small OWNER simple');
  await admin.end();
  database = urlOf(() => undefined);
});
afterAll(async () => {
  await server.stop();
  await theirs.remove();
  await ours.remove();
});

describe('a PostgreSQL of somebody else', () => {
  it('gets the tables, takes operations in and gives them, and the same again after a new start', async () => {
    const { text: site } = newRecord();
    const first = await startEndpoint({ data: ours.path, databaseUrl: database });
    const device = await enrolled(first);
    const writer = device.writer('core');
    device.fill(writer, 3, site);
    expect(await device.push(device.frameOf(writer))).toMatchObject({ ack: { n: 3 }, held: [] });
    expect(valuesOf(await device.feed(site, 'core'))).toHaveLength(3);
    await first.stop();
    expect(existsSync(`${ours.path}/pg`)).toBe(false);

    const lines: string[] = [];
    const second = await startEndpoint({ data: ours.path, databaseUrl: database, say: (line) => lines.push(line) });
    expect(lines.join('\n')).not.toContain('tables up to date');
    expect(second).toMatchObject({ epoch: first.epoch, serverKey: first.serverKey });
    device.endpoint = { url: second.url, serverKey: second.serverKey };
    expect(await device.feed(site, 'core')).toHaveLength(3);
    await second.stop();
  });

  it('keeps what else is in it', async () => {
    const theirTables = new pg.Client({ connectionString: database });
    await theirTables.connect();
    await theirTables.query('CREATE SCHEMA theirs; CREATE TABLE theirs.letter (text text)');
    await theirTables.query(`INSERT INTO theirs.letter VALUES ('mine')`);
    await (await startEndpoint({ data: ours.path, databaseUrl: database })).stop();
    expect((await theirTables.query('SELECT text FROM theirs.letter')).rows).toEqual([{ text: 'mine' }]);
    await theirTables.end();
  });
});

describe('the program ends with one line that says what to do', () => {
  const run = async (url: string) => {
    const child = spawn(process.execPath, ['endpoint/main.ts', '--data', ours.path], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, DATABASE_URL: url },
    });
    const [out, said, code] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      new Promise((ended) => child.once('exit', (left) => ended(left))),
    ]);
    return { code, out, lines: said.trim().split('\n') };
  };
  const wrong: [string, () => string, RegExp][] = [
    [
      'a wrong password',
      () => urlOf((url) => (url.password = 'guessed')),
      /^The database cannot be reached: .*password authentication failed.*DATABASE_URL/,
    ],
    [
      'a database that is not there',
      () => urlOf((url) => (url.pathname = '/other')),
      /^The database cannot be reached: database "other" does not exist/,
    ],
    ['nobody who listens', () => urlOf((url) => (url.port = '1')), /^The database cannot be reached: .*ECONNREFUSED/],
    ['no address at all', () => 'register on the big machine', /^DATABASE_URL is not an address like postgres:/],
    [
      'a role that may not make the one to run as',
      () => urlOf((url) => ([url.username, url.pathname] = ['simple', '/small'])),
      /APP_DATABASE_URL/,
    ],
  ];
  it.each(wrong)('%s', async (_, url, line) => {
    const { code, out, lines } = await run(url());
    expect({ code, out, count: lines.length }).toEqual({ code: 1, out: '', count: 1 });
    expect(lines[0]).toMatch(line);
    expect(lines[0]).not.toMatch(/guessed|given by them/);
  });
});
