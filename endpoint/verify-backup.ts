import type pg from 'pg';
import { equalBytes, toHex } from '../shared/kernel/bytes.ts';
import { chainNext, chainStart, leafOf } from '../shared/sync/chain.ts';
import { feedNext, feedStart } from '../shared/sync/page.ts';
import { readBackup, tableNames, type Manifest } from './backup-files.ts';
import { unpackOne } from './feeds.ts';
import { StartError } from './postgres.ts';
import { sha256 } from './server-key.ts';

export type Covered = {
  readonly writers: readonly { readonly w: Uint8Array; readonly n: number }[];
  readonly feeds: readonly {
    readonly municipality: string;
    readonly site: string;
    readonly c: string;
    readonly pos: number;
  }[];
};
const batch = 2_000;

/**
 * Restores a backup from the disk into tables that go with the transaction, and proves it there: every operation has
 * its leaf, the chain of every writer and the hashes of every feed end where the backup says. Gives what it covers.
 */
export async function verifyBackup(client: pg.Client, folder: string, manifest: Manifest): Promise<Covered> {
  await client.query('BEGIN');
  try {
    for (const table of tableNames) {
      await client.query(`CREATE TEMP TABLE ${table} (LIKE public.${table} INCLUDING INDEXES) ON COMMIT DROP`);
    }
    await readBackup(client, folder, manifest, 'pg_temp');
    await checkChains(client);
    await checkFeeds(client);
    const writers = await client.query<{ w: Buffer; have_n: string }>('SELECT w, have_n FROM pg_temp.writer');
    const feeds = await client.query<{ municipality: string; site: string; c: string; pos: string }>(
      'SELECT municipality, site, c, pos FROM pg_temp.feed_head',
    );
    return {
      writers: writers.rows.map(({ w, have_n }) => ({ w, n: Number(have_n) })),
      feeds: feeds.rows.map(({ pos, ...place }) => ({ ...place, pos: Number(pos) })),
    };
  } finally {
    await client.query('ROLLBACK');
  }
}

type OpRow = { w: Buffer; n: string; leaf: Buffer; chain: Buffer | null; body: Buffer };
async function checkChains(client: pg.Client): Promise<void> {
  const heads = new Map<string, { n: number; head: Uint8Array }>();
  await eachRow<OpRow>(client, 'SELECT w, n, leaf, chain, body FROM pg_temp.op ORDER BY w, n', (row) => {
    const before = heads.get(toHex(row.w)) ?? { n: 0, head: chainStart(row.w, sha256) };
    const leaf = leafOf(unpackOne(row.body), sha256);
    // Given back in a page; its writer has not sent it yet.
    if (row.chain === null && equalBytes(leaf, row.leaf)) return;
    const head = chainNext(before.head, leaf, sha256);
    if (
      row.chain === null ||
      Number(row.n) !== before.n + 1 ||
      !equalBytes(leaf, row.leaf) ||
      !equalBytes(head, row.chain)
    ) {
      throw new StartError('The backup is damaged: an operation does not fit the chain of its writer.');
    }
    heads.set(toHex(row.w), { n: before.n + 1, head });
  });
  const { rows } = await client.query<{ w: Buffer; have_n: string; head: Buffer }>(
    'SELECT w, have_n, head FROM pg_temp.writer',
  );
  for (const { w, have_n, head } of rows) {
    const found = heads.get(toHex(w)) ?? { n: 0, head: chainStart(w, sha256) };
    if (found.n !== Number(have_n) || !equalBytes(found.head, head)) {
      throw new StartError('The backup is damaged: a writer does not end where its chain ends.');
    }
  }
}

type FeedRow = {
  municipality: string;
  site: string;
  c: string;
  pos: string;
  kind: 'op' | 'place' | 'evict';
  t: string;
  id: Buffer;
  h: Buffer;
  body: Buffer | null;
};
async function checkFeeds(client: pg.Client): Promise<void> {
  const ends = new Map<string, { pos: number; h: Uint8Array }>();
  const keyOf = ({ municipality, site, c }: Pick<FeedRow, 'municipality' | 'site' | 'c'>) =>
    `${municipality}/${site}/${c}`;
  await eachRow<FeedRow>(
    client,
    `SELECT feed.municipality, feed.site, feed.c, feed.pos, feed.kind, feed.t, feed.id, feed.h, op.body
     FROM pg_temp.feed AS feed LEFT JOIN pg_temp.op AS op USING (w, n) ORDER BY municipality, site, c, pos`,
    (row) => {
      const before = ends.get(keyOf(row)) ?? { pos: 0, h: feedStart() };
      const { kind, t, id, body } = row;
      if (kind === 'op' && body === null)
        throw new StartError('The backup is damaged: a feed names what is not there.');
      const entry = kind === 'op' ? ({ kind, op: unpackOne(body ?? new Uint8Array(0)) } as const) : { kind, t, id };
      const h = feedNext(before.h, entry, sha256);
      if (Number(row.pos) !== before.pos + 1 || !equalBytes(h, row.h)) {
        throw new StartError('The backup is damaged: a feed does not fit its hashes.');
      }
      ends.set(keyOf(row), { pos: before.pos + 1, h });
    },
  );
  const { rows } = await client.query<FeedRow>('SELECT municipality, site, c, pos, h FROM pg_temp.feed_head');
  for (const head of rows) {
    const found = ends.get(keyOf(head)) ?? { pos: 0, h: feedStart() };
    if (found.pos !== Number(head.pos) || !equalBytes(found.h, head.h)) {
      throw new StartError('The backup is damaged: a feed does not end where it should.');
    }
  }
}

async function eachRow<Row extends pg.QueryResultRow>(client: pg.Client, query: string, look: (row: Row) => void) {
  await client.query(`DECLARE looked_at NO SCROLL CURSOR FOR ${query}`);
  for (;;) {
    const { rows } = await client.query<Row>(`FETCH ${batch} FROM looked_at`);
    for (const row of rows) look(row);
    if (rows.length < batch) break;
  }
  await client.query('CLOSE looked_at');
}
