import { equalBytes, fromHex, toHex } from '../shared/kernel/bytes.ts';
import type { Compartment } from '../shared/records/record.ts';
import { maxFrameOps, maxFrameRaw } from '../shared/sync/frame.ts';
import { feedStart } from '../shared/sync/page.ts';
import type { HelloAnswer, HelloRequest } from '../shared/sync/protocol.ts';
import type { Context, Database, Transaction } from './database.ts';
import type { Device } from './devices.ts';
import { mayRead } from './feed-pages.ts';
import { chainAt } from './ingest.ts';
import { leasesOf } from './lease-terms.ts';
import { areMoments, latestMoment } from './moments.ts';

const minApp = '0.1.0';
type FeedAnswer = HelloAnswer['feeds'][number];

/** What the endpoint remembers of the writers and feeds a device names; feeds it does not name yet are `new`. */
export function answerHello(
  database: Database,
  device: Device,
  context: Context,
  request: HelloRequest,
): Promise<Omit<HelloAnswer, 'proto' | 'nonce' | 'now' | 'epoch' | 'sig' | 'waiting'>> {
  return database.within(context, async (tx) => ({
    device: device.status,
    reason: device.reason,
    writers: await compareWriters(tx, request.writers),
    feeds: await compareFeeds(tx, context, request.feeds),
    seen: await areMoments(tx, request.seen),
    // Last: what was compared before is not of a later moment.
    at: await latestMoment(tx),
    limits: { ops: maxFrameOps, raw: maxFrameRaw, minApp },
    retryAfter: 0,
    ...(await leasesOf(tx)),
  }));
}

async function compareWriters(tx: Transaction, asked: HelloRequest['writers']): Promise<HelloAnswer['writers']> {
  const { rows } = await tx.query<{ w: Buffer; have_n: number; archived: number }>(
    'SELECT w, have_n, archived FROM writer WHERE w = ANY($1)',
    [asked.map(({ w }) => fromHex(w))],
  );
  const have = new Map(rows.map(({ w, have_n: n, archived }) => [toHex(w), { n, archived }]));
  const answers: HelloAnswer['writers'] = [];
  for (const { w, n: there } of asked) {
    const { n, archived } = have.get(w) ?? { n: 0, archived: 0 };
    const at = Math.min(n, there);
    const h = (await chainAt(tx, fromHex(w), at)) ?? new Uint8Array(32);
    answers.push({ w, n, at, h: toHex(h), archived });
  }
  return answers;
}

async function compareFeeds(
  tx: Transaction,
  context: Context,
  asked: HelloRequest['feeds'],
): Promise<HelloAnswer['feeds']> {
  const heads = await tx.query<{ site: string; c: Compartment; pos: number; h: Buffer; archived: number }>(
    'SELECT site, c, pos, h, archived FROM feed_head ORDER BY site, c',
  );
  const keyOf = ({ site, c }: { site: string; c: string }) => `${c}/${site}`;
  const headOf = new Map(heads.rows.map((head) => [keyOf(head), head]));
  const marks = await tx.query<{ site: string; c: Compartment; pos: number; h: Buffer }>(
    `SELECT feed.site, feed.c, feed.pos, feed.h FROM feed
     JOIN unnest($1::text[], $2::text[], $3::bigint[]) AS asked (site, c, pos) USING (site, c, pos)`,
    [asked.map(({ site }) => site), asked.map(({ c }) => c), asked.map(({ pos }) => pos)],
  );
  const markOf = new Map(marks.rows.map((mark) => [`${keyOf(mark)}/${mark.pos}`, mark.h as Uint8Array]));
  const named = asked.map((feed): FeedAnswer => {
    const { site, c, pos, h } = feed;
    const found = headOf.get(keyOf(feed));
    const head = { site, c, head: found?.pos ?? 0, h: toHex(found?.h ?? feedStart()), archived: found?.archived ?? 0 };
    if (!mayRead(context, site, c)) return { ...head, st: 'gone' };
    if (pos > head.head) return { ...head, st: 'rewound' };
    const mark = pos === 0 ? feedStart() : (markOf.get(`${keyOf(feed)}/${pos}`) ?? new Uint8Array(0));
    return { ...head, st: equalBytes(mark, fromHex(h)) ? 'ok' : 'diverged' };
  });
  const names = new Set(asked.map(keyOf));
  const others = heads.rows
    .filter((head) => !names.has(keyOf(head)))
    .map(({ site, c, pos, h, archived }): FeedAnswer => ({ site, c, st: 'new', head: pos, h: toHex(h), archived }));
  return [...named, ...others];
}
