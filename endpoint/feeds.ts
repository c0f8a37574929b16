import { toHex } from '../shared/kernel/bytes.ts';
import { isRecordId } from '../shared/kernel/ids.ts';
import type { Compartment } from '../shared/records/record.ts';
import type { Change } from '../shared/sync/change.ts';
import { applyOps } from '../shared/sync/merge.ts';
import { feedNext, feedStart, type PageEntry } from '../shared/sync/page.ts';
import { packOps, unpackOps } from '../shared/sync/row-codec.ts';
import type { Transaction } from './database.ts';
import { sha256 } from './server-key.ts';

/** The feed of records that belong to no site: everybody of the municipality reads it. */
export const sharedFeed = 'shared';
export const packOne = (op: Change): Uint8Array => packOps([op]);
export function unpackOne(body: Uint8Array): Change {
  const unpacked = unpackOps(body);
  const op = unpacked.ok ? unpacked.value[0] : undefined;
  if (op === undefined) throw new Error('Bug: a stored operation cannot be read');
  return op;
}

type Stored = { readonly op: Change; readonly c: Compartment; readonly g: number };
type Move = {
  readonly t: string;
  readonly id: Uint8Array;
  readonly from: readonly string[];
  readonly to: readonly string[];
};
const recordKey = (t: string, id: Uint8Array) => `${t}/${toHex(id)}`;

/**
 * Puts new operations (already in `op`, none of them held) into the feeds of all places of their record. A record
 * that comes to a place brings its history along; where it left stands an `evict`.
 */
export async function routeToFeeds(tx: Transaction, g: number, c: Compartment, ops: readonly Change[]): Promise<void> {
  if (ops.length === 0) return;
  const places = await readPlaces(tx, ops);
  const moves = await findMoves(tx, c, ops, places);
  const history = await readHistory(tx, [...moves.values()]);
  const feeds = new FeedWriter(tx);
  const begun = new Set<string>();
  const changed: Move[] = [];
  for (const op of ops) {
    const key = recordKey(op.t, op.id);
    const move = moves.get(key);
    const staying = (places.get(key) ?? []).filter((site) => move === undefined || move.to.includes(site));
    for (const site of staying) await feeds.append(site, c, { kind: 'op', op });
    if (move === undefined || begun.has(key)) continue;
    // Once per record: at its new places all its operations come along with the history.
    begun.add(key);
    changed.push(move);
    await carryOut(feeds, g, move, history.get(key) ?? []);
  }
  await notePlaces(tx, g, changed);
  for (const { site, t, id } of leftBefore(ops, places, moves)) await feeds.append(site, c, { kind: 'evict', t, id });
  await feeds.flush();
}

/**
 * Sites that an operation names although its record has gone on from there. Such a one can come after the move, given
 * back to an endpoint that was put back; then the record never stood in the feed of that site, and whoever has it from
 * before has to hear that it left.
 */
function leftBefore(
  ops: readonly Change[],
  places: ReadonlyMap<string, readonly string[]>,
  moves: ReadonlyMap<string, Move>,
): readonly { readonly site: string; readonly t: string; readonly id: Uint8Array }[] {
  const left = new Map<string, { readonly site: string; readonly t: string; readonly id: Uint8Array }>();
  for (const op of ops) {
    const { t, id } = op;
    const key = recordKey(t, id);
    const from = places.get(key) ?? [];
    const to = moves.get(key)?.to ?? from;
    for (const site of op.f === 'placement' ? siteOf(op) : []) {
      if (!from.includes(site) && !to.includes(site)) left.set(`${site} ${key}`, { site, t, id });
    }
  }
  return [...left.values()];
}

async function readPlaces(tx: Transaction, ops: readonly Change[]): Promise<ReadonlyMap<string, readonly string[]>> {
  const { rows } = await tx.query<{ t: string; id: Buffer; site: string }>(
    'SELECT t, id, site FROM placement WHERE id = ANY($1) AND to_g IS NULL ORDER BY site',
    [ops.map(({ id }) => id)],
  );
  const places = new Map<string, string[]>();
  for (const { t, id, site } of rows) {
    const key = recordKey(t, id);
    places.set(key, [...(places.get(key) ?? []), site]);
  }
  return places;
}

/** Records whose places are others after `ops`. Several live placements are a conflict: the record is at all of them. */
async function findMoves(
  tx: Transaction,
  c: Compartment,
  ops: readonly Change[],
  places: ReadonlyMap<string, readonly string[]>,
): Promise<ReadonlyMap<string, Move>> {
  const placed = ops.filter(({ f }) => f === 'placement');
  const wanted = new Map<string, readonly string[]>();
  if (placed.length > 0) {
    const { rows } = await tx.query<{ body: Buffer }>(
      `SELECT body FROM op WHERE id = ANY($1) AND f = 'placement' AND held IS NULL`,
      [placed.map(({ id }) => id)],
    );
    for (const { live } of applyOps(rows.map(({ body }) => unpackOne(body))).registers.values()) {
      const [first] = live;
      if (first === undefined) continue;
      wanted.set(recordKey(first.t, first.id), [...new Set(live.flatMap(siteOf))].sort());
    }
  }
  const moves = new Map<string, Move>();
  for (const { t, id } of ops) {
    const key = recordKey(t, id);
    const from = places.get(key) ?? [];
    // Until its placement came nobody can say whose it is, and it waits: an edit may come before the record it is of.
    const said = wanted.get(key) ?? from;
    // A placement that only a newer version can read does not hide what is known already.
    const to = said.length > 0 || !wanted.has(key) ? said : from.length > 0 ? from : [sharedFeed];
    if (to.some((site) => !from.includes(site)) || from.some((site) => !to.includes(site))) {
      moves.set(key, { t, id, from, to });
    }
  }
  return moves;
}

function siteOf({ v }: Change): readonly string[] {
  if (typeof v !== 'object' || v === null || !('site' in v)) return [];
  if (v.site === null) return [sharedFeed];
  return typeof v.site === 'string' && isRecordId(v.site) ? [v.site] : [];
}

async function readHistory(tx: Transaction, moves: readonly Move[]): Promise<ReadonlyMap<string, readonly Stored[]>> {
  const history = new Map<string, Stored[]>();
  if (moves.length === 0) return history;
  const { rows } = await tx.query<{ body: Buffer; c: Compartment; g: number }>(
    'SELECT body, c, g FROM op WHERE id = ANY($1) AND held IS NULL ORDER BY g, n',
    [moves.map(({ id }) => id)],
  );
  for (const { body, c, g } of rows) {
    const op = unpackOne(body);
    const key = recordKey(op.t, op.id);
    const list = history.get(key) ?? [];
    list.push({ op, c, g });
    history.set(key, list);
  }
  return history;
}

async function carryOut(
  feeds: FeedWriter,
  g: number,
  { t, id, from, to }: Move,
  history: readonly Stored[],
): Promise<void> {
  const [arrivals, departures] = [arrivalsOf({ from, to }), departuresOf({ from, to })];
  for (const c of new Set(history.map((stored) => stored.c))) {
    const own = history.filter((stored) => stored.c === c);
    // A record that begins here needs no announcement.
    const isNew = from.length === 0 && own.every((stored) => stored.g === g);
    for (const site of arrivals) {
      if (!isNew) await feeds.append(site, c, { kind: 'place', t, id });
      for (const { op } of own) await feeds.append(site, c, { kind: 'op', op });
    }
    for (const site of departures) await feeds.append(site, c, { kind: 'evict', t, id });
  }
}

type Ends = Pick<Move, 'from' | 'to'>;
const arrivalsOf = ({ from, to }: Ends) => to.filter((site) => !from.includes(site));
const departuresOf = ({ from, to }: Ends) => from.filter((site) => !to.includes(site));

/** Where the records are from now on: all of a frame at once, because a list that was read in moves thousands. */
async function notePlaces(tx: Transaction, g: number, moves: readonly Move[]): Promise<void> {
  const columnsOf = (sitesOf: (ends: Ends) => readonly string[]) => {
    const lines = moves.flatMap((move) => sitesOf(move).map((site) => ({ ...move, site })));
    return [g, lines.map(({ t }) => t), lines.map(({ id }) => id), lines.map(({ site }) => site)] as const;
  };
  const [left, came] = [columnsOf(departuresOf), columnsOf(arrivalsOf)];
  if (left[1].length > 0) {
    await tx.query(
      `UPDATE placement SET to_g = $1 FROM unnest($2::text[], $3::bytea[], $4::text[]) AS gone (t, id, site)
       WHERE placement.t = gone.t AND placement.id = gone.id AND placement.site = gone.site AND to_g IS NULL`,
      [...left],
    );
  }
  if (came[1].length > 0) {
    await tx.query(
      `INSERT INTO placement (t, id, site, from_g)
       SELECT t, id, site, $1 FROM unnest($2::text[], $3::bytea[], $4::text[]) AS came (t, id, site)`,
      [...came],
    );
  }
}

type Head = { pos: number; h: Uint8Array };
type Row = { site: string; c: string; pos: number; entry: PageEntry; h: Uint8Array };

/** Positions without a hole and the hash chain of each feed; one insert at the end. */
class FeedWriter {
  private readonly tx: Transaction;
  private readonly heads = new Map<string, Head & { site: string; c: string }>();
  private readonly rows: Row[] = [];

  constructor(tx: Transaction) {
    this.tx = tx;
  }

  async append(site: string, c: Compartment, entry: PageEntry): Promise<void> {
    const key = `${site}/${c}`;
    let head = this.heads.get(key);
    if (head === undefined) {
      const { rows } = await this.tx.query<Head>('SELECT pos, h FROM feed_head WHERE site = $1 AND c = $2', [site, c]);
      head = { site, c, ...(rows[0] ?? { pos: 0, h: feedStart() }) };
      this.heads.set(key, head);
    }
    head.pos += 1;
    head.h = feedNext(head.h, entry, sha256);
    this.rows.push({ site, c, pos: head.pos, entry, h: head.h });
  }

  async flush(): Promise<void> {
    if (this.rows.length === 0) return;
    const dots = this.rows.map(({ entry }) => (entry.kind === 'op' ? entry.op : null));
    await this.tx.query(
      `INSERT INTO feed (site, c, pos, kind, t, id, w, n, h)
       SELECT * FROM unnest($1::text[], $2::text[], $3::bigint[], $4::text[], $5::text[], $6::bytea[], $7::bytea[],
         $8::bigint[], $9::bytea[])`,
      [
        this.rows.map(({ site }) => site),
        this.rows.map(({ c }) => c),
        this.rows.map(({ pos }) => pos),
        this.rows.map(({ entry }) => entry.kind),
        this.rows.map(({ entry }) => (entry.kind === 'op' ? entry.op.t : entry.t)),
        this.rows.map(({ entry }) => (entry.kind === 'op' ? entry.op.id : entry.id)),
        dots.map((dot) => dot?.w ?? null),
        dots.map((dot) => dot?.n ?? null),
        this.rows.map(({ h }) => h),
      ],
    );
    const heads = [...this.heads.values()];
    await this.tx.query(
      `INSERT INTO feed_head (site, c, pos, h) SELECT * FROM unnest($1::text[], $2::text[], $3::bigint[], $4::bytea[])
       ON CONFLICT (municipality, site, c) DO UPDATE SET pos = excluded.pos, h = excluded.h`,
      [heads.map(({ site }) => site), heads.map(({ c }) => c), heads.map(({ pos }) => pos), heads.map(({ h }) => h)],
    );
  }
}
