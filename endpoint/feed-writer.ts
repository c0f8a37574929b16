import type { Compartment } from '../shared/records/record.ts';
import { feedNext, feedStart, type PageEntry } from '../shared/sync/page.ts';
import type { Transaction } from './database.ts';
import { leafOnce } from './leaves.ts';
import { sha256 } from './server-key.ts';
import { bigintArray, byteaArray, textArray } from './sql-arrays.ts';

type Line = { readonly site: string; readonly c: string; readonly entry: PageEntry };
type Head = { readonly site: string; readonly c: string; pos: number; h: Uint8Array };

/** Positions without a hole and the hash chain of each feed; all of a transaction in one insert at the end. */
export class FeedWriter {
  private readonly tx: Transaction;
  private readonly lines: Line[] = [];

  constructor(tx: Transaction) {
    this.tx = tx;
  }

  append(site: string, c: Compartment, entry: PageEntry): void {
    this.lines.push({ site, c, entry });
  }

  async flush(): Promise<void> {
    if (this.lines.length === 0) return;
    const heads = await this.readHeads();
    const rows = this.lines.map(({ site, c, entry }) => {
      const head = heads.get(`${site}/${c}`) as Head;
      head.pos += 1;
      head.h = feedNext(head.h, entry, sha256, leafOnce);
      return { site, c, pos: head.pos, h: head.h, entry };
    });
    await this.tx.query(
      `INSERT INTO feed (site, c, pos, kind, t, id, w, n, h)
       SELECT * FROM unnest($1::text[], $2::text[], $3::bigint[], $4::text[], $5::text[], $6::bytea[], $7::bytea[],
         $8::bigint[], $9::bytea[])`,
      [
        textArray(rows.map(({ site }) => site)),
        textArray(rows.map(({ c }) => c)),
        bigintArray(rows.map(({ pos }) => pos)),
        textArray(rows.map(({ entry }) => entry.kind)),
        textArray(rows.map(({ entry }) => (entry.kind === 'op' ? entry.op.t : entry.t))),
        byteaArray(rows.map(({ entry }) => (entry.kind === 'op' ? entry.op.id : entry.id))),
        byteaArray(rows.map(({ entry }) => (entry.kind === 'op' ? entry.op.w : null))),
        bigintArray(rows.map(({ entry }) => (entry.kind === 'op' ? entry.op.n : null))),
        byteaArray(rows.map(({ h }) => h)),
      ],
    );
    const moved = [...heads.values()];
    await this.tx.query(
      `INSERT INTO feed_head (site, c, pos, h) SELECT * FROM unnest($1::text[], $2::text[], $3::bigint[], $4::bytea[])
       ON CONFLICT (municipality, site, c) DO UPDATE SET pos = excluded.pos, h = excluded.h`,
      [
        textArray(moved.map(({ site }) => site)),
        textArray(moved.map(({ c }) => c)),
        bigintArray(moved.map(({ pos }) => pos)),
        byteaArray(moved.map(({ h }) => h)),
      ],
    );
  }

  private async readHeads(): Promise<ReadonlyMap<string, Head>> {
    const heads = new Map<string, Head>();
    for (const { site, c } of this.lines) {
      const key = `${site}/${c}`;
      if (!heads.has(key)) heads.set(key, { site, c, pos: 0, h: feedStart() });
    }
    const asked = [...heads.values()];
    const { rows } = await this.tx.query<Head>(
      `SELECT site, c, pos, h FROM feed_head JOIN unnest($1::text[], $2::text[]) AS asked (site, c) USING (site, c)`,
      [textArray(asked.map(({ site }) => site)), textArray(asked.map(({ c }) => c))],
    );
    for (const row of rows) heads.set(`${row.site}/${row.c}`, row);
    return heads;
  }
}
