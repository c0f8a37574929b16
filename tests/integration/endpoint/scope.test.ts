import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startEndpoint, type Endpoint } from '../../../endpoint/start-endpoint.ts';
import { compartments, type Compartment } from '../../../shared/records/record.ts';
import { adminUrlOf, enrolled, makeDataFolder, newRecord, type TestDevice } from './test-device.ts';

const [siteA, siteB] = [newRecord().text, newRecord().text];
const places = [siteA, siteB, 'shared'];
const municipalities = ['0000', '0599'];
let endpoint: Endpoint;
let app: pg.Client;
let owner: pg.Client;
let author: TestDevice;
const folder = await makeDataFolder();

beforeAll(async () => {
  endpoint = await startEndpoint({ data: folder.path });
  for (const municipality of municipalities) {
    const device = await enrolled(endpoint, { municipality });
    if (municipality === '0000') author = device;
    for (const place of places) {
      const record = newRecord();
      const core = device.writer('core');
      const site = place === 'shared' ? null : place;
      device.edit(core, { t: 'later', f: 'placement', v: { site }, id: record.id });
      expect(await device.push(device.frameOf(core))).toMatchObject({ held: [] });
      for (const c of compartments.slice(1)) {
        const writer = device.writer(c);
        device.edit(writer, { t: 'later', f: 'field', v: c, id: record.id });
        expect(await device.push(device.frameOf(writer))).toMatchObject({ held: [] });
      }
    }
    await device.push(new Uint8Array(9));
  }
  app = new pg.Client({ connectionString: endpoint.appDatabaseUrl });
  owner = new pg.Client({ connectionString: endpoint.databaseUrl });
  await app.connect();
  await owner.connect();
});
afterAll(async () => {
  await app.end();
  await owner.end();
  await endpoint.stop();
  await folder.remove();
});

const scopes: readonly (readonly string[])[] = [['*'], [siteA], [siteB], [siteA, siteB], []];
const rights: readonly (readonly Compartment[])[] = [compartments, ['core'], ['core', 'health'], ['finance'], []];
const nameOf = (site: string) => (site === siteA ? 'A' : site === siteB ? 'B' : site);

describe.each(
  scopes.flatMap((sites) => rights.map((held) => ({ sites, held, title: sites.map(nameOf).join('+') || 'no site' }))),
)('a device of $title with $held', ({ sites, held }) => {
  const expected = places.flatMap((place) =>
    compartments
      .filter((c) => held.includes(c) && (place === 'shared' || sites.includes('*') || sites.includes(place)))
      .map((c) => `${nameOf(place)}/${c}`),
  );

  it('reads exactly the feeds of its sites and compartments', async () => {
    const device = await enrolled(endpoint, {
      sites: sites.length === 1 && sites[0] === '*' ? '*' : sites,
      compartments: held,
    });
    const read: string[] = [];
    for (const place of places) {
      for (const c of compartments) {
        const page = await device.page(place, c);
        if (!('err' in page)) {
          read.push(`${nameOf(place)}/${c}`);
          expect(page.entries.length).toBeGreaterThan(0);
        } else expect(page.err).toBe('REVOKED');
      }
    }
    expect(read.sort()).toEqual([...expected].sort());
    const { feeds } = await device.hello();
    expect(feeds.map(({ site, c }) => `${nameOf(site)}/${c}`).sort()).toEqual([...expected].sort());
  });

  it('sees no other row in the database, even in a query without conditions', async () => {
    await inContext(
      { task: 'read', municipality: '0000', sites: sites.join(','), compartments: held.join(',') },
      async () => {
        const heads = await app.query<{ site: string; c: string }>('SELECT site, c FROM feed_head');
        expect(heads.rows.map(({ site, c }) => `${nameOf(site)}/${c}`).sort()).toEqual([...expected].sort());
        const entries = await app.query('SELECT DISTINCT municipality, site, c FROM feed');
        expect(entries.rowCount).toBe(expected.length);
        const ops = await app.query<{ municipality: string; c: Compartment }>('SELECT municipality, c FROM op');
        expect(ops.rowCount).toBe(expected.length);
        expect(ops.rows.every(({ municipality, c }) => municipality === '0000' && held.includes(c))).toBe(true);
        for (const table of ['frame', 'placement', 'quarantine', 'device', 'app_user', 'invitation', 'writer']) {
          expect([table, (await app.query(`SELECT FROM ${table}`)).rowCount]).toEqual([table, 0]);
        }
      },
    );
  });
});

async function inContext(
  context: Readonly<Record<string, string>>,
  work: () => Promise<void>,
  by = app,
): Promise<void> {
  await by.query('BEGIN');
  try {
    for (const [name, value] of Object.entries(context))
      await by.query('SELECT set_config($1, $2, true)', [`onderdak.${name}`, value]);
    await work();
  } finally {
    await by.query('ROLLBACK');
  }
}
/** `denied`: no right on the table; a number: rows seen or changed. */
async function attempt(by: pg.Client, sql: string): Promise<number | 'denied'> {
  await by.query('SAVEPOINT attempt');
  try {
    return (await by.query(sql)).rowCount ?? 0;
  } catch (error) {
    const code = (error as { code?: string }).code;
    if (code === '42501') return 'denied';
    throw error;
  } finally {
    await by.query('ROLLBACK TO attempt');
  }
}

const tables = [
  'invitation',
  'device',
  'app_user',
  'seen_nonce',
  'writer',
  'frame',
  'op',
  'placement',
  'feed',
  'feed_head',
  'quarantine',
] as const;
const mayUpdate: readonly string[] = ['invitation', 'writer', 'placement', 'feed_head'];
/** What was held back past its term, or erased, goes from quarantine. */
const mayDelete: readonly string[] = ['seen_nonce', 'quarantine'];
/** Tables that show rows of the municipality while a frame is taken in. */
const ofIngest: readonly string[] = ['writer', 'frame', 'op', 'placement', 'feed', 'feed_head'];

describe.each(tables)('table %s', (table) => {
  it('is secured and forced', async () => {
    const { rows } = await owner.query('SELECT relrowsecurity, relforcerowsecurity FROM pg_class WHERE relname = $1', [
      table,
    ]);
    expect(rows).toEqual([{ relrowsecurity: true, relforcerowsecurity: true }]);
  });

  it.each(['app', 'owner'] as const)('shows and gives nothing to the %s without a context', async (who) => {
    const by = who === 'app' ? app : owner;
    await inContext(
      {},
      async () => {
        expect(await attempt(by, `SELECT FROM ${table}`)).toBe(0);
        expect([0, 'denied']).toContain(await attempt(by, `DELETE FROM ${table}`));
        expect([0, 'denied']).toContain(
          await attempt(
            by,
            `UPDATE ${table} SET municipality = municipality`.replace(
              'municipality = municipality',
              table === 'seen_nonce' ? 'nonce = nonce' : 'municipality = municipality',
            ),
          ),
        );
        // COPY of a secured table as such is refused for the app; of a query it follows the same policies.
        expect(await attempt(by, `COPY (SELECT * FROM ${table}) TO STDOUT`)).toBe(0);
      },
      by,
    );
  });

  it('can be changed by the app only where the grants say so', async () => {
    await inContext({ task: 'ingest', municipality: '0000', device: author.id }, async () => {
      const column = table === 'seen_nonce' ? 'nonce' : 'municipality';
      const updated = await attempt(app, `UPDATE ${table} SET ${column} = ${column}`);
      expect(updated === 'denied').toBe(!mayUpdate.includes(table));
      expect((await attempt(app, `DELETE FROM ${table}`)) === 'denied').toBe(!mayDelete.includes(table));
      expect(await attempt(app, `TRUNCATE ${table}`)).toBe('denied');
    });
  });

  it('shows a municipality its own rows only, and takes none for another', async () => {
    for (const municipality of municipalities) {
      await inContext({ task: 'ingest', municipality }, async () => {
        const all = await attempt(app, `SELECT FROM ${table}`);
        if (ofIngest.includes(table)) {
          expect(all).toBeGreaterThan(0);
          expect(await attempt(app, `SELECT FROM ${table} WHERE municipality <> '${municipality}'`)).toBe(0);
        } else expect(all).toBe(0);
      });
    }
    const columns = table === 'seen_nonce' ? `(device, nonce) VALUES ('d_1', 'x')` : insertOf[table];
    await inContext(
      { task: 'read', municipality: '0000', device: author.id, sites: '*', compartments: compartments.join(',') },
      async () => {
        expect(await attempt(app, `INSERT INTO ${table} ${columns}`)).toBe('denied');
      },
    );
    await inContext({ task: 'ingest', municipality: '0000', device: author.id }, async () => {
      expect(await attempt(app, `INSERT INTO ${table} ${columns}`)).toBe('denied');
    });
  });
});

/** A row of municipality 9999, which no context of these tests has. */
const insertOf: Readonly<Record<Exclude<(typeof tables)[number], 'seen_nonce'>, string>> = {
  invitation: `(municipality, code_hash, sites, role, compartments, expires_at) VALUES ('9999', '\\x00', '{}', 'lead', '{}', now())`,
  device: `(municipality, id, public_key, protection, disk_encryption) VALUES ('9999', 'd_1', '\\x00', 'full', 'on')`,
  app_user: `(municipality, device, id, label, role, compartments, sites) VALUES ('9999', 'd_1', 'u_1', '', 'lead', '{}', '{}')`,
  writer: `(municipality, w, device, user_id, c, have_n, head) VALUES ('9999', '\\x00', 'd_1', 'u_1', 'core', 1, '\\x00')`,
  frame: `(municipality, g, device, w, from_n, to_n, bytes) VALUES ('9999', 99999, 'd_1', '\\x00', 1, 1, '\\x00')`,
  op: `(municipality, w, n, g, c, t, id, f, user_id, leaf, chain, body) VALUES ('9999', '\\x00', 1, 1, 'core', '', '\\x00', '', '', '\\x00', '\\x00', '\\x00')`,
  placement: `(municipality, t, id, site, from_g) VALUES ('9999', '', '\\x00', '', 1)`,
  feed: `(municipality, site, c, pos, kind, t, id, h) VALUES ('9999', '', '', 1, 'op', '', '\\x00', '\\x00')`,
  feed_head: `(municipality, site, c, pos, h) VALUES ('9999', '', '', 1, '\\x00')`,
  quarantine: `(municipality, device, why, bytes) VALUES ('9999', 'd_1', '', '\\x00')`,
};

describe('the roles', () => {
  it('are weak: no superuser, no bypass, and the app owns nothing and grants nothing', async () => {
    const admin = new pg.Client({ connectionString: await adminUrlOf(endpoint, folder.path) });
    await admin.connect();
    const names = [app, owner].map((client) => client.user);
    const roles = await admin.query('SELECT rolname, rolsuper, rolbypassrls FROM pg_roles WHERE rolname = ANY($1)', [
      names,
    ]);
    expect(roles.rows).toHaveLength(2);
    for (const role of roles.rows) expect(role).toMatchObject({ rolsuper: false, rolbypassrls: false });
    const open = await admin.query(`SELECT count(*)::int AS ops FROM op`);
    expect(open.rows).toEqual([{ ops: 24 }]);
    await admin.end();
    await expect(app.query('CREATE TABLE own (x int)')).rejects.toMatchObject({ code: '42501' });
    await expect(app.query('ALTER TABLE op DISABLE ROW LEVEL SECURITY')).rejects.toMatchObject({ code: '42501' });
    await expect(app.query('SET ROLE onderdak_owner')).rejects.toMatchObject({ code: '42501' });
  });

  it('forget the context at the end of a transaction', async () => {
    await inContext({ task: 'ingest', municipality: '0000' }, async () => {
      expect((await app.query('SELECT FROM op')).rowCount).toBeGreaterThan(0);
    });
    expect((await app.query('SELECT FROM op')).rowCount).toBe(0);
  });
});
