import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { copyIn, copyOut } from '../../endpoint/copy.ts';
import type { Endpoint } from '../../endpoint/start-endpoint.ts';
import { adminUrlOf } from '../integration/endpoint/test-device.ts';

/**
 * Seconds of a COPY of the last `count` operations into an empty table of the same columns and key, in one strict
 * transaction: the least that the same rows cost the same server.
 */
export async function copyBare(endpoint: Endpoint, data: string, count: number): Promise<number> {
  const folder = await mkdtemp(path.join(tmpdir(), 'onderdak-bench-copy-'));
  const client = new pg.Client({ connectionString: await adminUrlOf(endpoint, data) });
  await client.connect();
  const file = await open(path.join(folder, 'rows'), 'w+');
  try {
    await copyOut(client, `SELECT * FROM op ORDER BY g DESC, n LIMIT ${String(count)}`, async (chunk) => {
      await file.write(chunk);
    });
    await client.query('CREATE TABLE bare (LIKE op INCLUDING DEFAULTS, PRIMARY KEY (w, n))');
    const again = await open(path.join(folder, 'rows'));
    const start = performance.now();
    await copyIn(client, 'bare', again, () => undefined);
    const seconds = (performance.now() - start) / 1_000;
    await again.close();
    const { rows } = await client.query<{ count: string }>('SELECT count(*) FROM bare');
    if (Number(rows[0]?.count) !== count) throw new Error('the bare COPY did not bring every row');
    return seconds;
  } finally {
    await client.query('DROP TABLE IF EXISTS bare');
    await client.end();
    await file.close();
    await rm(folder, { recursive: true, force: true });
  }
}
