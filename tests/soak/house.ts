import { chmodSync, cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { unpackOne } from '../../endpoint/feeds.ts';
import { startEndpoint, type Endpoint } from '../../endpoint/start-endpoint.ts';
import type { Change } from '../../shared/sync/change.ts';
import { ensureBuilt } from '../built-app.ts';

export type House = {
  readonly folder: string;
  readonly endpoint: Endpoint;
  /** The built app as it was when this began: a build of somebody else does not change it under way. */
  readonly appPath: string;
  /** Everything the endpoint holds, whatever may be read of it by whom. */
  readonly everyOp: () => Promise<readonly Change[]>;
  readonly stop: () => Promise<void>;
};

const root = path.resolve(import.meta.dirname, '../..');

/** A real endpoint on its own PostgreSQL, and a folder for the laptops. */
export async function openHouse(): Promise<House> {
  const folder = mkdtempSync(path.join(tmpdir(), 'onderdak-soak-'));
  // As root PostgreSQL runs as a user of its own, who has to pass through here.
  chmodSync(folder, 0o711);
  const data = path.join(folder, 'endpoint');
  const [endpoint] = await Promise.all([startEndpoint({ data, allowReducedProtection: true }), ensureBuilt()]);
  const appPath = path.join(folder, 'app');
  for (const part of ['package.json', 'out'])
    cpSync(path.join(root, part), path.join(appPath, part), { recursive: true });
  return {
    folder,
    endpoint,
    appPath,
    everyOp: async () => {
      const url = new URL(endpoint.databaseUrl);
      url.username = 'postgres';
      url.password = readFileSync(path.join(data, 'postgres-password'), 'utf8');
      const client = new pg.Client({ connectionString: url.href });
      await client.connect();
      try {
        const { rows } = await client.query<{ body: Buffer }>('SELECT body FROM op ORDER BY w, n');
        return rows.map(({ body }) => unpackOne(body));
      } finally {
        await client.end();
      }
    },
    stop: async () => {
      await endpoint.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
