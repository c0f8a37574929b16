import { equalBytes } from '../shared/kernel/bytes.ts';
import { compartments } from '../shared/records/record.ts';
import { encodePage, feedStart, type PageEntry } from '../shared/sync/page.ts';
import { Refusal, type Context, type Database, type Transaction } from './database.ts';
import type { Device, Grant } from './devices.ts';
import { sharedFeed, unpackOne } from './feeds.ts';
import { deflate, sha256, type ServerKey } from './server-key.ts';

/** What the unlocked user of a device may read: sites and compartments, and nothing once the device is not active. */
export function readingContext(device: Device, grant: Grant | undefined): Context {
  const { municipality } = device;
  const open = device.status === 'active' ? grant : undefined;
  return {
    task: 'read',
    municipality,
    device: device.id,
    sites: open?.sites ?? [],
    compartments: open?.compartments ?? [],
  };
}

export function mayRead({ sites = [], compartments = [] }: Context, site: string, c: string): boolean {
  const inSites = site === sharedFeed || sites.includes('*') || sites.includes(site);
  return inSites && compartments.includes(c);
}

const rowsPerPage = 2_000;
/** Of stored operations; a page is smaller, because its columns share what they have in common. */
const maxStoredBytes = 512 * 1024;

export type PageRequest = {
  readonly site: string;
  readonly c: string;
  readonly after: number;
  readonly h: Uint8Array;
  readonly max: number;
  /** Format of the columns, as far as the reader knows them. */
  readonly columns?: 1 | 2;
};

/** The signed page after the cursor; `HISTORY` when the cursor is not on this feed. */
export async function readPage(
  database: Database,
  context: Context,
  { site, c, after, h, max, columns = 1 }: PageRequest,
  epoch: string,
  key: ServerKey,
): Promise<Uint8Array> {
  const compartment = compartments.find((one) => one === c);
  // As for a device that lost its rights: whether the feed exists is not said.
  if (compartment === undefined || !mayRead(context, site, c)) {
    throw new Refusal({ err: 'REVOKED', deposit: 'quarantine' });
  }
  return database.within(context, async (tx) => {
    const head = await headOf(tx, site, c);
    if (after > head) throw new Refusal({ err: 'HISTORY', common: head });
    if (!equalBytes(await hashAt(tx, site, c, after), h)) throw new Refusal({ err: 'HISTORY', common: 0 });
    const { rows } = await tx.query<{ kind: 'op' | 'place' | 'evict'; t: string; id: Buffer; body: Buffer | null }>(
      `SELECT feed.kind, feed.t, feed.id, op.body FROM feed LEFT JOIN op ON op.w = feed.w AND op.n = feed.n
       WHERE feed.site = $1 AND feed.c = $2 AND feed.pos > $3 ORDER BY feed.pos LIMIT $4`,
      [site, c, after, rowsPerPage],
    );
    const limit = Math.min(max, maxStoredBytes);
    let size = 0;
    const entries: PageEntry[] = [];
    for (const { kind, t, id, body } of rows) {
      size += 64 + (body?.length ?? 0);
      if (entries.length > 0 && size > limit) break;
      entries.push(kind === 'op' ? { kind, op: unpackOne(body ?? new Uint8Array(0)) } : { kind, t, id });
    }
    const to = after + entries.length;
    const page = { epoch, site, c: compartment, from: after + 1, to, before: h, more: to < head, entries };
    return encodePage(page, { sha256, deflate, sign: (digest) => key.sign(digest) }, columns);
  });
}

async function headOf(tx: Transaction, site: string, c: string): Promise<number> {
  const { rows } = await tx.query<{ pos: number }>('SELECT pos FROM feed_head WHERE site = $1 AND c = $2', [site, c]);
  return rows[0]?.pos ?? 0;
}

async function hashAt(tx: Transaction, site: string, c: string, pos: number): Promise<Uint8Array> {
  if (pos === 0) return feedStart();
  const { rows } = await tx.query<{ h: Buffer }>('SELECT h FROM feed WHERE site = $1 AND c = $2 AND pos = $3', [
    site,
    c,
    pos,
  ]);
  return rows[0]?.h ?? new Uint8Array(0);
}
