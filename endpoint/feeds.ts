import { toHex } from '../shared/kernel/bytes.ts';
import { isRecordId } from '../shared/kernel/ids.ts';
import type { Compartment } from '../shared/records/record.ts';
import type { Change } from '../shared/sync/change.ts';
import { applyOps } from '../shared/sync/merge.ts';
import { unpackOps } from '../shared/sync/row-codec.ts';
import type { Transaction } from './database.ts';
import { FeedWriter } from './feed-writer.ts';
import { byteaArray, textArray } from './sql-arrays.ts';

/** The feed of records that belong to no site: everybody of the municipality reads it. */
export const sharedFeed = 'shared';
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
/** Each once: most operations of a frame are of few records. */
export const recordIdsOf = (ops: readonly { readonly id: Uint8Array }[]): Buffer =>
  byteaArray([...new Map(ops.map(({ id }) => [toHex(id), id])).values()]);

/**
 * Puts new operations (already in `op`, none of them held) into the feeds of all places of their record. A record
 * that comes to a place brings its history along; where it left stands an `evict`. `areNew`: they stand in `op` under `g`
 * and are all that stands there of it without being held, so they are not read again.
 */
export async function routeToFeeds(
  tx: Transaction,
  g: number,
  c: Compartment,
  ops: readonly Change[],
  areNew = false,
): Promise<void> {
  if (ops.length === 0) return;
  const own = areNew ? ops.map((op): Stored => ({ op, c, g })) : [];
  const places = await readPlaces(tx, ops);
  const moves = await findMoves(tx, ops, places, areNew ? g : null);
  const history = await readHistory(tx, [...moves.values()], own);
  const feeds = new FeedWriter(tx);
  const begun = new Set<string>();
  const changed: Move[] = [];
  for (const op of ops) {
    const key = recordKey(op.t, op.id);
    const move = moves.get(key);
    const staying = (places.get(key) ?? []).filter((site) => move === undefined || move.to.includes(site));
    for (const site of staying) feeds.append(site, c, { kind: 'op', op });
    if (move === undefined || begun.has(key)) continue;
    // Once per record: at its new places all its operations come along with the history.
    begun.add(key);
    changed.push(move);
    carryOut(feeds, g, move, history.get(key) ?? []);
  }
  await notePlaces(tx, g, changed);
  for (const { site, t, id } of leftBefore(ops, places, moves)) feeds.append(site, c, { kind: 'evict', t, id });
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

/**
 * Erasing operations into the feeds of the sites that the record has left: whoever read it there, or wrote it, has values
 * of it still. An `evict` follows, so that it is no record of those sites again.
 */
export async function routeToFormer(tx: Transaction, c: Compartment, ops: readonly Change[]): Promise<void> {
  const [first] = ops;
  if (first === undefined) return;
  const { t, id } = first;
  const { rows } = await tx.query<{ body: Buffer }>(
    `SELECT body FROM op WHERE id = ANY($1::bytea[]) AND f = 'placement' AND held IS NULL
       AND ($2::bigint IS NULL OR g <> $2)`,
    [recordIdsOf(ops), null],
  );
  const named = rows.map(({ body }) => unpackOne(body)).filter((op) => op.t === t);
  const present = (await readPlaces(tx, ops)).get(recordKey(t, id)) ?? [];
  const former = [...new Set(named.flatMap(siteOf))].filter((site) => !present.includes(site)).sort();
  const feeds = new FeedWriter(tx);
  for (const site of former) {
    for (const op of ops) feeds.append(site, c, { kind: 'op', op });
    feeds.append(site, c, { kind: 'evict', t, id });
  }
  await feeds.flush();
}

async function readPlaces(tx: Transaction, ops: readonly Change[]): Promise<ReadonlyMap<string, readonly string[]>> {
  const { rows } = await tx.query<{ t: string; id: Buffer; site: string }>(
    'SELECT t, id, site FROM placement WHERE id = ANY($1::bytea[]) AND to_g IS NULL ORDER BY site',
    [recordIdsOf(ops)],
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
  ops: readonly Change[],
  places: ReadonlyMap<string, readonly string[]>,
  ownG: number | null,
): Promise<ReadonlyMap<string, Move>> {
  const placed = ops.filter(({ f }) => f === 'placement');
  const wanted = new Map<string, readonly string[]>();
  if (placed.length > 0) {
    const { rows } = await tx.query<{ body: Buffer }>(
      `SELECT body FROM op WHERE id = ANY($1::bytea[]) AND f = 'placement' AND held IS NULL
         AND ($2::bigint IS NULL OR g <> $2)`,
      [recordIdsOf(placed), ownG],
    );
    const all = [...rows.map(({ body }) => unpackOne(body)), ...(ownG === null ? [] : placed)];
    for (const { live } of applyOps(all).registers.values()) {
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

async function readHistory(
  tx: Transaction,
  moves: readonly Move[],
  own: readonly Stored[],
): Promise<ReadonlyMap<string, readonly Stored[]>> {
  const history = new Map<string, Stored[]>();
  if (moves.length === 0) return history;
  const { rows } = await tx.query<{ body: Buffer; c: Compartment; g: number }>(
    `SELECT body, c, g FROM op WHERE id = ANY($1::bytea[]) AND held IS NULL AND ($2::bigint IS NULL OR g <> $2)
     ORDER BY g, n`,
    [recordIdsOf(moves), own[0]?.g ?? null],
  );
  const before = rows.map(({ body, c, g }): Stored => ({ op: unpackOne(body), c, g }));
  for (const stored of [...before, ...own]) {
    const key = recordKey(stored.op.t, stored.op.id);
    const list = history.get(key) ?? [];
    list.push(stored);
    history.set(key, list);
  }
  return history;
}

function carryOut(feeds: FeedWriter, g: number, { t, id, from, to }: Move, history: readonly Stored[]): void {
  const [arrivals, departures] = [arrivalsOf({ from, to }), departuresOf({ from, to })];
  for (const c of new Set(history.map((stored) => stored.c))) {
    const own = history.filter((stored) => stored.c === c);
    // A record that begins here needs no announcement.
    const isNew = from.length === 0 && own.every((stored) => stored.g === g);
    for (const site of arrivals) {
      if (!isNew) feeds.append(site, c, { kind: 'place', t, id });
      for (const { op } of own) feeds.append(site, c, { kind: 'op', op });
    }
    for (const site of departures) feeds.append(site, c, { kind: 'evict', t, id });
  }
}

type Ends = Pick<Move, 'from' | 'to'>;
const arrivalsOf = ({ from, to }: Ends) => to.filter((site) => !from.includes(site));
const departuresOf = ({ from, to }: Ends) => from.filter((site) => !to.includes(site));

/** Where the records are from now on: all of a frame at once, because a list that was read in moves thousands. */
async function notePlaces(tx: Transaction, g: number, moves: readonly Move[]): Promise<void> {
  const columnsOf = (sitesOf: (ends: Ends) => readonly string[]) => {
    const lines = moves.flatMap((move) => sitesOf(move).map((site) => ({ ...move, site })));
    return {
      count: lines.length,
      values: [
        g,
        textArray(lines.map(({ t }) => t)),
        byteaArray(lines.map(({ id }) => id)),
        textArray(lines.map(({ site }) => site)),
      ],
    };
  };
  const [left, came] = [columnsOf(departuresOf), columnsOf(arrivalsOf)];
  if (left.count > 0) {
    await tx.query(
      `UPDATE placement SET to_g = $1 FROM unnest($2::text[], $3::bytea[], $4::text[]) AS gone (t, id, site)
       WHERE placement.t = gone.t AND placement.id = gone.id AND placement.site = gone.site AND to_g IS NULL`,
      left.values,
    );
  }
  if (came.count > 0) {
    await tx.query(
      `INSERT INTO placement (t, id, site, from_g)
       SELECT t, id, site, $1 FROM unnest($2::text[], $3::bytea[], $4::text[]) AS came (t, id, site)`,
      came.values,
    );
  }
}
