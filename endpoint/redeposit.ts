import * as z from 'zod';
import { equalBytes, toHex } from '../shared/kernel/bytes.ts';
import type { Compartment } from '../shared/records/record.ts';
import { leafOf } from '../shared/sync/chain.ts';
import type { Change } from '../shared/sync/change.ts';
import type { Moment } from '../shared/vault/moment.ts';
import { decodePage } from '../shared/sync/page.ts';
import { packOne } from '../shared/sync/pack-one.ts';
import type { ChangeLog } from './change-log.ts';
import { Refusal, type Transaction } from './database.ts';
import type { Device } from './devices.ts';
import { routeToFeeds } from './feeds.ts';
import type { HeldReason } from './held.ts';
import { leafOnlyOf } from './leaf-only.ts';
import { latestMoment } from './moments.ts';
import { opsOfEntries, opsOfJournal, redactEntry } from './redact-journal.ts';
import { inflate, sha256 } from './server-key.ts';

/** What the journal keeps of a page that came back: the page does not say whose it is. */
const entrySchema = z.strictObject({
  municipality: z.string(),
  device: z.string(),
  page: z.base64().optional(),
  /** In the place of a page that held what was erased since: its operations without the values. */
  c: z.string().optional(),
  ops: z.base64().optional(),
});

/** `took`: operations that were not here; at the moment `at` all of the page is here. */
type Back = { readonly took: number; readonly at: Moment | null };

/**
 * Takes back a page that this endpoint once signed, from any device of the municipality, in any order and as often as
 * it comes. Its operations stand in the feeds again at once; their chain is known when their writer sends them too.
 */
export async function takeBack(
  log: ChangeLog,
  isSigned: (digest: Uint8Array, signature: Uint8Array) => boolean,
  { municipality, id: device, status }: Device,
  bytes: Uint8Array,
): Promise<Back> {
  if (status === 'revoked' || status === 'wipe') throw new Refusal({ err: 'REVOKED', deposit: 'quarantine' });
  const page = decodePage(bytes, { sha256, inflate, verify: isSigned });
  if (!page.ok) throw new Refusal({ err: 'BAD_FRAME' });
  const entry = { municipality, device, page: Buffer.from(bytes).toString('base64') };
  const { c, entries } = page.value;
  return record(log, { municipality, device }, { c, ops: opsOfEntries(entries) }, Buffer.from(JSON.stringify(entry)));
}

/** A page of the journal, into a database that has forgotten it; what is in the journal was checked before. */
export async function replayPage(log: ChangeLog, entry: Uint8Array): Promise<void> {
  const { municipality, device, ...kept } = entrySchema.parse(JSON.parse(Buffer.from(entry).toString('utf8')));
  await record(log, { municipality, device }, opsOfJournal(kept), entry);
}

function record(
  log: ChangeLog,
  from: { readonly municipality: string; readonly device: string },
  came: Came,
  journal: Uint8Array,
): Promise<Back> {
  return log.record({ task: 'ingest', ...from }, async (tx, g, moment) => {
    const { change, late } = await leafOnlyOf(tx, came.ops);
    // What stands in a feed was not held.
    const { took, others } = await storeAlone(tx, g, { c: came.c, ops: came.ops.map(change) }, () => null);
    const bytes = late.length === 0 ? journal : redactEntry({ kind: 4, g, bytes: journal }, change);
    // What finds its number taken stays in the journal with its page.
    const isNew = took + others > 0;
    const at = isNew ? moment : await latestMoment(tx);
    return { result: { took, at }, journal: isNew ? { kind: 4, bytes } : null };
  });
}

type Came = { readonly c: Compartment; readonly ops: readonly Change[] };

/**
 * Operations without what was before them of their writers: each stands alone, and twice the same is one. `others` found
 * their number taken by something else since, by another copy of their laptop: both lives of this endpoint cannot be
 * right. Whoever gives them back goes on all the same; the laptop that wrote them sends them again under new numbers.
 */
export async function storeAlone(
  tx: Transaction,
  g: number,
  { c, ops: all }: Came,
  heldOf: (op: Change) => HeldReason | null,
): Promise<{ readonly took: number; readonly others: number }> {
  const byName = new Map<string, Change>();
  for (const op of all) byName.set(`${toHex(op.w)}.${op.n}`, op);
  const ops = [...byName.values()];
  const known = await tx.query<{ w: Buffer; n: number; leaf: Buffer }>(
    'SELECT op.w, op.n, op.leaf FROM op JOIN unnest($1::bytea[], $2::bigint[]) AS asked (w, n) USING (w, n)',
    [ops.map(({ w }) => w), ops.map(({ n }) => n)],
  );
  const present = new Map(known.rows.map(({ w, n, leaf }) => [`${toHex(w)}.${n}`, leaf]));
  const fresh = [...byName].flatMap(([name, op]) => (present.has(name) ? [] : [op]));
  const held = fresh.map(heldOf);
  const others = [...byName].filter(([name, op]) => {
    const leaf = present.get(name);
    return leaf !== undefined && !equalBytes(leaf, leafOf(op, sha256));
  }).length;
  if (fresh.length === 0) return { took: 0, others };
  await tx.query(
    `INSERT INTO op (w, n, g, c, t, id, f, user_id, leaf, body, held)
     SELECT w, n, $1, $2, t, id, f, user_id, leaf, body, held FROM unnest($3::bytea[], $4::bigint[], $5::text[],
       $6::bytea[], $7::text[], $8::text[], $9::bytea[], $10::bytea[], $11::text[])
       AS new (w, n, t, id, f, user_id, leaf, body, held)`,
    [
      g,
      c,
      fresh.map(({ w }) => w),
      fresh.map(({ n }) => n),
      fresh.map(({ t }) => t),
      fresh.map(({ id }) => id),
      fresh.map(({ f }) => f),
      fresh.map(({ u }) => u),
      fresh.map((op) => leafOf(op, sha256)),
      fresh.map(packOne),
      held,
    ],
  );
  await routeToFeeds(
    tx,
    g,
    c,
    fresh.filter((_, at) => held[at] === null),
    true,
  );
  return { took: fresh.length, others };
}
