import { randomBytes } from 'node:crypto';
import type pg from 'pg';
import { fromHex, toHex } from '../shared/kernel/bytes.ts';
import { stampBytes } from '../shared/kernel/hybrid-clock.ts';
import { compartments } from '../shared/records/record.ts';
import { chainNext, chainStart, leafOf } from '../shared/sync/chain.ts';
import type { Change } from '../shared/sync/change.ts';
import { dotOf } from '../shared/sync/dots.ts';
import { mustBeErased, withoutErased } from '../shared/sync/erasure.ts';
import { redactFrame } from '../shared/sync/redacted-frame.ts';
import { packOps, unpackOps } from '../shared/sync/row-codec.ts';
import { erasedField } from '../shared/sync/rule-of-field.ts';
import { packOne } from '../shared/sync/pack-one.ts';
import type { ChangeLog } from './change-log.ts';
import type { Database, Transaction } from './database.ts';
import { erasureSchema, type Erasure, type ErasureList } from './erasure-list.ts';
import { routeToFeeds, routeToFormer, unpackOne } from './feeds.ts';
import type { FrameJournal } from './frame-journal.ts';
import { redactEntry } from './redact-journal.ts';
import { frameTools, sha256 } from './server-key.ts';

/** Who an erasure is by: no device and no person of one writes it. */
const author = 'endpoint';

type Target = { readonly municipality: string; readonly t: string; readonly record: Uint8Array; readonly f: string };
type StoredOp = { readonly c: string; readonly op: Change };

/** Notes that a record, or one field of it, is to be erased; the running endpoint, the only writer, does it. */
export async function askErasure(client: pg.Client, target: Target, reason: string): Promise<number> {
  const { rows } = await client.query<{ no: string }>(
    'INSERT INTO erasure_request (municipality, t, record, f, reason) VALUES ($1, $2, $3, $4, $5) RETURNING no',
    [target.municipality, target.t, target.record, target.f, reason],
  );
  return Number(rows[0]?.no);
}

/** How many operations lost their value; undefined while it waits. */
export async function erasureDone(client: pg.Client, no: number): Promise<number | undefined> {
  const { rows } = await client.query<{ operations: string }>(
    'SELECT operations FROM erasure_request WHERE no = $1 AND done_at IS NOT NULL',
    [no],
  );
  return rows[0] && Number(rows[0].operations);
}

/** Whose the record is, and how many operations with a value an erasure would take; for the owner of the tables. */
export async function findRecord(
  client: pg.Client,
  t: string,
  record: Uint8Array,
): Promise<{ readonly municipality: string; readonly operations: number } | undefined> {
  const { rows } = await client.query<{ municipality: string; operations: string }>(
    'SELECT municipality, count(*) AS operations FROM op WHERE t = $1 AND id = $2 GROUP BY municipality',
    [t, record],
  );
  return rows[0] && { municipality: rows[0].municipality, operations: Number(rows[0].operations) };
}

export type Keepers = {
  readonly database: Database;
  readonly log: ChangeLog;
  readonly journal: FrameJournal;
  readonly list: ErasureList;
};

/** Does what was asked for at the command line, in the order of asking, and finishes what a stop left half done. */
export async function applyErasures({ database, log, journal, list }: Keepers, now: number): Promise<void> {
  const open = await database.within({ task: 'identify' }, (tx) =>
    tx.query<Target & { no: number; reason: string }>(
      'SELECT no, municipality, t, record, f, reason FROM erasure_request WHERE done_at IS NULL ORDER BY no',
    ),
  );
  for (const { no, reason, ...target } of open.rows) {
    await log.record({ task: 'ingest', municipality: target.municipality }, async (tx, g) => {
      const erasure = makeErasure(target, reason, await opsOf(tx, target), now);
      // Before the commit: a database that forgets this erasure must find it here.
      await list.add(erasure);
      const operations = await eraseNow(tx, g, erasure);
      await tx.query('UPDATE erasure_request SET done_at = now(), operations = $2 WHERE no = $1', [no, operations]);
      return { result: undefined, journal: { kind: 5, bytes: Buffer.from(JSON.stringify(erasure)) } };
    });
  }
  await rewriteFiles(database, log, journal);
}

/** Erases again what a database that was put back shows once more; before the first request is served. */
export async function replayErasures({ database, log, journal, list }: Keepers): Promise<number> {
  let done = 0;
  for (const erasure of await list.read()) {
    const isNew = await log.record({ task: 'ingest', municipality: erasure.municipality }, async (tx, g) => {
      const known = await tx.query('SELECT FROM erasure WHERE id = $1', [erasure.id]);
      if (known.rowCount !== 0) return { result: false, journal: null };
      await eraseNow(tx, g, erasure);
      return { result: true, journal: { kind: 5, bytes: Buffer.from(JSON.stringify(erasure)) } };
    });
    if (isNew) done += 1;
  }
  await rewriteFiles(database, log, journal);
  return done;
}

/** An erasure of the journal, into a database that has forgotten it. */
export async function replayErasure(log: ChangeLog, bytes: Uint8Array): Promise<void> {
  const erasure = erasureSchema.parse(JSON.parse(Buffer.from(bytes).toString('utf8')));
  await log.record({ task: 'ingest', municipality: erasure.municipality }, async (tx, g) => {
    await eraseNow(tx, g, erasure);
    return { result: undefined, journal: { kind: 5, bytes } };
  });
}

/** The erasing operations: one for every field that has something to erase, in the compartment it stands in. */
function makeErasure(target: Target, reason: string, stored: readonly StoredOp[], now: number): Erasure {
  const { municipality, t, record, f } = target;
  const erased = { whole: f === erasedField, fields: new Set([f]) };
  const parts = compartments.flatMap((c) => {
    const doomed = stored.filter((one) => one.c === c && mustBeErased(one.op, erased)).map(({ op }) => op);
    const byField = Map.groupBy(doomed, (op) => op.f);
    // In every compartment: whoever holds its key finds it in that feed, and drops what never left the laptop as well.
    if (erased.whole) byField.set(erasedField, []);
    if (byField.size === 0) return [];
    const w = randomBytes(8);
    const save = randomBytes(8);
    const ops = [...byField].map(([field, named], at): Change => ({
      ...{ w, n: at + 1, h: stampBytes({ ms: now, counter: at }), cq: 0, t, id: record, f: field, k: 'erase' },
      ...{ b: named.map(dotOf), u: author, s: 1, x: [save, byField.size], salt: randomBytes(8) },
    }));
    return [{ c, ops: Buffer.from(packOps(ops)).toString('base64') }];
  });
  return { id: `x_${randomBytes(8).toString('hex')}`, municipality, t, record: toHex(record), f, reason, parts };
}

async function opsOf(tx: Transaction, { t, record }: Pick<Target, 't' | 'record'>): Promise<readonly StoredOp[]> {
  const { rows } = await tx.query<{ c: string; body: Buffer }>(
    'SELECT c, body FROM op WHERE t = $1 AND id = $2 ORDER BY g, n',
    [t, record],
  );
  return rows.map(({ c, body }) => ({ c, op: unpackOne(body) }));
}

/** Everything in the database, and the erasing operations into the feeds. Twice is as once. */
async function eraseNow(tx: Transaction, g: number, erasure: Erasure): Promise<number> {
  const { id, t, f } = erasure;
  const record = fromHex(erasure.record);
  const erased = { whole: f === erasedField, fields: new Set([f]) };
  const change = (op: Change): Change =>
    op.t === t && toHex(op.id) === erasure.record ? withoutErased(op, erased, sha256) : op;
  const stored = await opsOf(tx, { t, record });
  const gone = stored.map(({ op }) => op).filter((op) => change(op) !== op);
  await tx.query(
    `UPDATE op SET body = left_over.body FROM unnest($1::bytea[], $2::bigint[], $3::bytea[]) AS left_over (w, n, body)
     WHERE op.w = left_over.w AND op.n = left_over.n`,
    [gone.map(({ w }) => w), gone.map(({ n }) => n), gone.map((op) => packOne(change(op)))],
  );
  await redactFrames(tx, gone, change);
  await redactQuarantine(tx, change);
  await tx.query('INSERT INTO erasure (id, t, record, f) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING', [
    id,
    t,
    record,
    f,
  ]);
  for (const { c, ops: packed } of erasure.parts) await addOwn(tx, g, c, Buffer.from(packed, 'base64'));
  return gone.length;
}

async function redactFrames(tx: Transaction, gone: readonly Change[], change: (op: Change) => Change): Promise<void> {
  const { rows } = await tx.query<{ g: number; bytes: Buffer }>(
    `SELECT DISTINCT frame.g, frame.bytes FROM frame JOIN unnest($1::bytea[], $2::bigint[]) AS gone (w, n)
     ON frame.w = gone.w AND gone.n BETWEEN frame.from_n AND frame.to_n`,
    [gone.map(({ w }) => w), gone.map(({ n }) => n)],
  );
  for (const { g, bytes } of rows) {
    const redacted = redactFrame(bytes, change, frameTools);
    if (!redacted.ok) throw new Error('Bug: a stored frame cannot be read');
    await tx.query('UPDATE frame SET bytes = $2 WHERE g = $1', [g, redacted.value]);
  }
}

/** Frames of forks and of revoked devices may hold the same values; late values of the record go with it. */
async function redactQuarantine(tx: Transaction, change: (op: Change) => Change): Promise<void> {
  const { rows } = await tx.query<{ no: number; why: string; bytes: Buffer }>('SELECT no, why, bytes FROM quarantine');
  for (const { no, why, bytes } of rows) {
    if (why === 'erased') {
      const late = unpackOne(bytes);
      if (change(late) !== late) await tx.query('DELETE FROM quarantine WHERE no = $1', [no]);
      continue;
    }
    const redacted = redactFrame(bytes, change, frameTools);
    if (redacted.ok && redacted.value !== bytes) {
      await tx.query('UPDATE quarantine SET bytes = $2 WHERE no = $1', [no, redacted.value]);
    }
  }
}

async function addOwn(tx: Transaction, g: number, c: Erasure['parts'][number]['c'], packed: Uint8Array): Promise<void> {
  const unpacked = unpackOps(packed);
  if (!unpacked.ok) throw new Error('The erasure list holds operations that cannot be read.');
  const ops = unpacked.value;
  const [first] = ops;
  if (first === undefined) return;
  const known = await tx.query<{ n: number }>('SELECT n FROM op WHERE w = $1', [first.w]);
  const present = new Set(known.rows.map(({ n }) => n));
  let chain = chainStart(first.w, sha256);
  const fresh: Change[] = [];
  for (const op of ops) {
    const leaf = leafOf(op, sha256);
    chain = chainNext(chain, leaf, sha256);
    if (present.has(op.n)) continue;
    fresh.push(op);
    await tx.query(
      `INSERT INTO op (w, n, g, c, t, id, f, user_id, leaf, chain, body)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
      [op.w, op.n, g, c, op.t, op.id, op.f, op.u, leaf, chain, packOne(op)],
    );
  }
  await tx.query(
    `INSERT INTO writer (w, device, user_id, c, have_n, head) VALUES ($1, $2, $2, $3, $4, $5) ON CONFLICT (w) DO NOTHING`,
    [first.w, author, c, ops.length, chain],
  );
  await routeToFeeds(tx, g, c, fresh);
  await routeToFormer(tx, c, fresh);
}

/** The frame journal without the values, once per erasure; what a stop left half done is done at the next start. */
async function rewriteFiles(database: Database, log: ChangeLog, journal: FrameJournal): Promise<void> {
  const open = await database.within({ task: 'identify' }, (tx) =>
    tx.query<{ id: string; municipality: string; t: string; record: Buffer; f: string }>(
      'SELECT id, municipality, t, record, f FROM erasure WHERE NOT files_done',
    ),
  );
  if (open.rows.length === 0) return;
  const change = (op: Change): Change =>
    open.rows
      .filter(({ t, record }) => op.t === t && toHex(op.id) === toHex(record))
      .reduce((left, { f }) => withoutErased(left, { whole: f === erasedField, fields: new Set([f]) }, sha256), op);
  // In the turn of the only writer: nothing is appended while the files are exchanged.
  const [first] = open.rows;
  await log.record({ task: 'ingest', municipality: first?.municipality ?? '' }, async () => {
    await journal.rewrite((entry) => redactEntry(entry, change));
    return { result: undefined, journal: null };
  });
  for (const { id, municipality } of open.rows) {
    await database.within({ task: 'ingest', municipality }, (tx) =>
      tx.query('UPDATE erasure SET files_done = true WHERE id = $1', [id]),
    );
  }
}
