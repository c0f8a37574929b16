import { toHex } from '../../shared/kernel/bytes.ts';
import { mayRead } from '../../endpoint/feed-pages.ts';
import { feedHeads } from './feed-heads.ts';
import type { Access, FeedRow, OpRow, PlacementRow } from './tables.ts';

export type Statement = (access: Access, values: readonly unknown[]) => readonly object[];

type Bytes = Uint8Array;
const hexOf = (value: unknown): string => toHex(value as Bytes);
const hexesOf = (value: unknown): ReadonlySet<string> => new Set((value as readonly Bytes[]).map(toHex));
const isInFeedScope = ({ context }: Access, site: string, c: string): boolean =>
  context.task === 'ingest' || (context.task === 'read' && mayRead(context, site, c));
const isOwnWriter = ({ context }: Access, device: string): boolean =>
  context.task === 'ingest' || (context.task === 'read' && context.device === device);

export function append<T>(access: Access, lists: Map<string, T[]>, key: string, item: T): void {
  const list = lists.get(key) ?? [];
  if (list.length === 0) lists.set(key, list);
  list.push(item);
  access.undo.push(() => list.pop());
}
export function put<T>(access: Access, map: Map<string, T>, key: string, value: T): void {
  const before = map.get(key);
  map.set(key, value);
  access.undo.push(() => (before === undefined ? map.delete(key) : map.set(key, before)));
}
/** Rows are shared with backups: a change makes a new one. */
export function replaceOp({ rows, undo }: Access, row: OpRow, next: OpRow): void {
  for (const list of [rows.ops.get(toHex(row.w)), rows.opsOfRecord.get(toHex(row.id))]) {
    const at = list?.indexOf(row) ?? -1;
    if (list === undefined || at < 0) continue;
    list[at] = next;
    undo.push(() => (list[list.indexOf(next)] = row));
  }
}
const opsOf = ({ rows }: Access, w: unknown): readonly OpRow[] => rows.ops.get(hexOf(w)) ?? [];
const between = (ops: readonly OpRow[], from: unknown, to: unknown): readonly OpRow[] =>
  ops.filter(({ n }) => n >= (from as number) && n <= (to as number));
const opsOfRecords = ({ rows }: Access, ids: unknown): readonly OpRow[] =>
  [...hexesOf(ids)].flatMap((id) => rows.opsOfRecord.get(id) ?? []).filter(({ held }) => held === null);

/** Row security included, as far as the endpoint's code counts on it (schema.sql). */
export const statements: ReadonlyMap<string, Statement> = new Map<string, Statement>([
  ['SELECT pg_advisory_xact_lock(42)', () => []],
  ['SELECT last_g FROM server_state', ({ rows }) => [{ last_g: rows.lastG }]],
  // No municipality of the histories sets a term.
  [`SELECT to_char(since, 'YYYY-MM-DD') AS "from", days FROM lease_term ORDER BY since DESC LIMIT 100`, () => []],
  [
    'UPDATE server_state SET last_g = $1',
    ({ rows, undo }, [g]) => {
      const before = rows.lastG;
      rows.lastG = g as number;
      undo.push(() => (rows.lastG = before));
      return [];
    },
  ],
  [
    'UPDATE server_state SET server_key = coalesce(server_key, $1) RETURNING last_g, server_key',
    ({ rows }, [key]) => {
      rows.serverKey ??= key as string;
      return [{ last_g: rows.lastG, server_key: rows.serverKey }];
    },
  ],
  ['SELECT id FROM epoch ORDER BY no DESC LIMIT 1', ({ rows }) => rows.epochs.slice(-1).map((id) => ({ id }))],
  [
    'INSERT INTO epoch (id, reason) VALUES ($1, $2)',
    ({ rows }, [id]) => {
      rows.epochs.push(id as string);
      return [];
    },
  ],
  [
    'INSERT INTO moment (g, mark) VALUES ($1, $2)',
    (access, [g, mark]) => {
      put(access, access.rows.moments, String(g), { g: g as number, mark: mark as string });
      return [];
    },
  ],
  [
    'SELECT g, mark FROM moment WHERE g = ANY($1)',
    ({ rows }, [asked]) => (asked as readonly number[]).flatMap((g) => rows.moments.get(String(g)) ?? []),
  ],
  [
    'SELECT g, mark FROM moment ORDER BY g DESC LIMIT 1',
    ({ rows }) => [rows.moments.get(String(rows.lastG))].filter((row) => row !== undefined),
  ],
  [
    'SELECT id, municipality, public_key, status, reason FROM device WHERE id = $1',
    ({ rows }, [id]) => [rows.devices.get(id as string)].filter((row) => row !== undefined),
  ],
  [
    'SELECT id AS "user", role, compartments, sites FROM app_user WHERE device = $1',
    ({ rows }, [device]) => rows.grants.get(device as string) ?? [],
  ],
  [
    'SELECT device, user_id, c, have_n, head FROM writer WHERE w = $1',
    ({ rows }, [w]) => [rows.writers.get(hexOf(w))].filter((row) => row !== undefined),
  ],
  [
    'SELECT w, have_n, archived FROM writer WHERE w = ANY($1)',
    (access, [ws]) =>
      [...hexesOf(ws)].flatMap((w) => {
        const row = access.rows.writers.get(w);
        const archived = access.rows.archived.get(w) ?? 0;
        return row !== undefined && isOwnWriter(access, row.device) ? [{ ...row, archived }] : [];
      }),
  ],
  [
    `INSERT INTO writer (w, device, user_id, c, have_n, head) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (w) DO UPDATE SET have_n = excluded.have_n, head = excluded.head`,
    (access, values) => {
      const [w, device, user_id, c, have_n, head] = values as [Bytes, string, string, string, number, Bytes];
      put(access, access.rows.writers, toHex(w), { w, device, user_id, c, have_n, head });
      return [];
    },
  ],
  [
    'SELECT n, leaf FROM op WHERE w = $1 AND n BETWEEN $2 AND $3',
    (access, [w, from, to]) => between(opsOf(access, w), from, to),
  ],
  ['SELECT chain FROM op WHERE w = $1 AND n = $2', (access, [w, n]) => opsOf(access, w).filter((op) => op.n === n)],
  [
    'SELECT n, held FROM op WHERE w = $1 AND n BETWEEN $2 AND $3 AND held IS NOT NULL ORDER BY n',
    (access, [w, from, to]) => between(opsOf(access, w), from, to).filter(({ held }) => held !== null),
  ],
  [
    'INSERT INTO op (w, n, g, c, t, id, f, user_id, leaf, chain, body, held) SELECT $1, n, $2, $3, t, id, f, user_id, leaf, chain, body, held FROM unnest($4::bigint[], $5::text[], $6::bytea[], $7::text[], $8::text[], $9::bytea[], $10::bytea[], $11::bytea[], $12::text[]) AS new (n, t, id, f, user_id, leaf, chain, body, held)',
    (access, values) => {
      const [w, g, c, ns, ts, ids, fs, , leaves, chains, bodies, helds] = values as never as OpColumns;
      const key = toHex(w);
      const present = new Set(opsOf(access, w).map(({ n }) => n));
      ns.forEach((n, at) => {
        if (present.has(n)) throw new Error('duplicate key value violates unique constraint "op_pkey"');
        const [t, id, f] = [ts[at] as string, ids[at] as Bytes, fs[at] as string];
        const [leaf, chain, body] = [leaves[at] as Bytes, chains[at] as Bytes, bodies[at] as Bytes];
        const row: OpRow = { w, n, g, c, t, id, f, leaf, chain, body, held: helds[at] ?? null };
        append(access, access.rows.ops, key, row);
        append(access, access.rows.opsOfRecord, toHex(id), row);
      });
      return [];
    },
  ],
  [
    'SELECT op.w, op.n, op.t, op.id, op.f FROM op JOIN unnest($1::bytea[], $2::bigint[]) AS asked (w, n) USING (w, n)',
    (access, [ws, ns]) =>
      (ws as readonly Bytes[]).flatMap((w, at) => opsOf(access, w).filter(({ n }) => n === (ns as number[])[at])),
  ],
  [
    'SELECT op.w, op.n, op.leaf FROM op JOIN unnest($1::bytea[], $2::bigint[]) AS asked (w, n) USING (w, n)',
    (access, [ws, ns]) =>
      (ws as readonly Bytes[]).flatMap((w, at) => opsOf(access, w).filter(({ n }) => n === (ns as number[])[at])),
  ],
  [
    'INSERT INTO op (w, n, g, c, t, id, f, user_id, leaf, body, held) SELECT w, n, $1, $2, t, id, f, user_id, leaf, body, held FROM unnest($3::bytea[], $4::bigint[], $5::text[], $6::bytea[], $7::text[], $8::text[], $9::bytea[], $10::bytea[], $11::text[]) AS new (w, n, t, id, f, user_id, leaf, body, held)',
    (access, values) => {
      const [g, c, ws, ns, ts, ids, fs, , leaves, bodies, helds] = values as never as ReturnedColumns;
      ws.forEach((w, at) => {
        const [n, id] = [ns[at] as number, ids[at] as Bytes];
        if (opsOf(access, w).some((op) => op.n === n)) throw new Error('duplicate key in op_pkey');
        const [t, f] = [ts[at] as string, fs[at] as string];
        const [leaf, body] = [leaves[at] as Bytes, bodies[at] as Bytes];
        const row: OpRow = { w, n, g, c, t, id, f, leaf, chain: null, body, held: helds[at] ?? null };
        append(access, access.rows.ops, toHex(w), row);
        append(access, access.rows.opsOfRecord, toHex(id), row);
      });
      return [];
    },
  ],
  [
    'UPDATE op SET chain = known.chain FROM unnest($2::bigint[], $3::bytea[]) AS known (n, chain) WHERE op.w = $1 AND op.n = known.n',
    (access, [w, ns, chains]) => {
      for (const [at, n] of (ns as readonly number[]).entries()) {
        const row = opsOf(access, w).find((op) => op.n === n);
        if (row !== undefined) replaceOp(access, row, { ...row, chain: (chains as readonly Bytes[])[at] as Bytes });
      }
      return [];
    },
  ],
  [
    'SELECT t, id, site FROM placement WHERE id = ANY($1::bytea[]) AND to_g IS NULL ORDER BY site',
    ({ rows }, [ids]) =>
      [...hexesOf(ids)]
        .flatMap((id) => rows.placements.get(id) ?? [])
        .filter(({ to_g }) => to_g === null)
        .sort((a, b) => (a.site < b.site ? -1 : 1)),
  ],
  [
    `SELECT body FROM op WHERE id = ANY($1::bytea[]) AND f = 'placement' AND held IS NULL AND ($2::bigint IS NULL OR g <> $2)`,
    (access, [ids, own]) => opsOfRecords(access, ids).filter(({ f, g }) => f === 'placement' && g !== own),
  ],
  [
    'SELECT body, c, g FROM op WHERE id = ANY($1::bytea[]) AND held IS NULL AND ($2::bigint IS NULL OR g <> $2) ORDER BY g, n',
    (access, [ids, own]) =>
      opsOfRecords(access, ids)
        .filter(({ g }) => g !== own)
        .toSorted((a, b) => a.g - b.g || a.n - b.n),
  ],
  [
    'UPDATE placement SET to_g = $1 FROM unnest($2::text[], $3::bytea[], $4::text[]) AS gone (t, id, site) WHERE placement.t = gone.t AND placement.id = gone.id AND placement.site = gone.site AND to_g IS NULL',
    ({ rows, undo }, values) => {
      const [g, ts, ids, sites] = values as PlacementColumns;
      ids.forEach((id, at) => {
        for (const row of rows.placements.get(toHex(id)) ?? []) {
          if (row.t !== ts[at] || row.to_g !== null || row.site !== sites[at]) continue;
          row.to_g = g;
          undo.push(() => (row.to_g = null));
        }
      });
      return [];
    },
  ],
  [
    'INSERT INTO placement (t, id, site, from_g) SELECT t, id, site, $1 FROM unnest($2::text[], $3::bytea[], $4::text[]) AS came (t, id, site)',
    (access, values) => {
      const [, ts, ids, sites] = values as PlacementColumns;
      ids.forEach((id, at) => {
        const row: PlacementRow = { t: ts[at] ?? '', id, site: sites[at] ?? '', to_g: null };
        append(access, access.rows.placements, toHex(id), row);
      });
      return [];
    },
  ],
  [
    'SELECT site, c, pos, h FROM feed_head JOIN unnest($1::text[], $2::text[]) AS asked (site, c) USING (site, c)',
    (access, values) => {
      const [sites, cs] = values as [readonly string[], readonly string[]];
      return sites.flatMap((site, at) => {
        const c = cs[at] ?? '';
        const last = isInFeedScope(access, site, c) ? access.rows.feeds.get(`${site}/${c}`)?.at(-1) : undefined;
        return last === undefined ? [] : [{ site, c, pos: last.pos, h: last.h }];
      });
    },
  ],
  [
    'SELECT pos FROM feed_head WHERE site = $1 AND c = $2',
    (access, [site, c]) =>
      isInFeedScope(access, site as string, c as string)
        ? (access.rows.feeds.get(`${site as string}/${c as string}`) ?? []).slice(-1)
        : [],
  ],
  [
    'SELECT site, c, pos, h, archived FROM feed_head ORDER BY site, c',
    (access) =>
      feedHeads(access.rows)
        .filter(({ site, c, pos }) => pos > 0 && isInFeedScope(access, site, c))
        .sort((a, b) => (a.site === b.site ? (a.c < b.c ? -1 : 1) : a.site < b.site ? -1 : 1)),
  ],
  [
    'INSERT INTO feed (site, c, pos, kind, t, id, w, n, h) SELECT * FROM unnest($1::text[], $2::text[], $3::bigint[], $4::text[], $5::text[], $6::bytea[], $7::bytea[], $8::bigint[], $9::bytea[])',
    (access, values) => {
      const [sites, cs, poss, kinds, ts, ids, ws, ns, hs] = values as never as FeedColumns;
      sites.forEach((site, at) => {
        const key = `${site}/${cs[at] ?? ''}`;
        const pos = poss[at] as number;
        if ((access.rows.feeds.get(key)?.length ?? 0) !== pos - 1) throw new Error('a hole in a feed');
        const row: FeedRow = {
          pos,
          kind: kinds[at] as string,
          t: ts[at] as string,
          id: ids[at] as Bytes,
          w: ws[at] ?? null,
          n: ns[at] ?? null,
          h: hs[at] as Bytes,
        };
        append(access, access.rows.feeds, key, row);
      });
      return [];
    },
  ],
  [
    'INSERT INTO feed_head (site, c, pos, h) SELECT * FROM unnest($1::text[], $2::text[], $3::bigint[], $4::bytea[]) ON CONFLICT (municipality, site, c) DO UPDATE SET pos = excluded.pos, h = excluded.h',
    ({ rows }, [sites, cs, poss]) => {
      // The head is the last row of the feed here; the endpoint must have meant the same.
      (sites as readonly string[]).forEach((site, at) => {
        const last = rows.feeds.get(`${site}/${(cs as readonly string[])[at] ?? ''}`)?.at(-1);
        if (last !== undefined && last.pos !== (poss as readonly number[])[at])
          throw new Error('a head beside its feed');
      });
      return [];
    },
  ],
  [
    'SELECT feed.site, feed.c, feed.pos, feed.h FROM feed JOIN unnest($1::text[], $2::text[], $3::bigint[]) AS asked (site, c, pos) USING (site, c, pos)',
    (access, values) => {
      const [sites, cs, poss] = values as [readonly string[], readonly string[], readonly number[]];
      return sites.flatMap((site, at) => {
        const [c, pos] = [cs[at] ?? '', poss[at] ?? 0];
        const row = access.rows.feeds.get(`${site}/${c}`)?.[pos - 1];
        return row !== undefined && isInFeedScope(access, site, c) ? [{ site, c, pos, h: row.h }] : [];
      });
    },
  ],
  [
    'SELECT feed.kind, feed.t, feed.id, op.body FROM feed LEFT JOIN op ON op.w = feed.w AND op.n = feed.n WHERE feed.site = $1 AND feed.c = $2 AND feed.pos > $3 ORDER BY feed.pos LIMIT $4',
    (access, values) => {
      const [site, c, after, limit] = values as [string, string, number, number];
      if (!isInFeedScope(access, site, c)) return [];
      return (access.rows.feeds.get(`${site}/${c}`) ?? []).slice(after, after + limit).map(({ kind, t, id, w, n }) => {
        const op = w === null ? undefined : opsOf(access, w).find((row) => row.n === n);
        return { kind, t, id, body: op?.body ?? null };
      });
    },
  ],
  [
    'SELECT h FROM feed WHERE site = $1 AND c = $2 AND pos = $3',
    ({ rows }, [site, c, pos]) =>
      [rows.feeds.get(`${site as string}/${c as string}`)?.[(pos as number) - 1]].filter((row) => row !== undefined),
  ],
]);

type OpColumns = [
  w: Bytes,
  g: number,
  c: string,
  ns: readonly number[],
  ts: readonly string[],
  ids: readonly Bytes[],
  fs: readonly string[],
  users: readonly string[],
  leaves: readonly Bytes[],
  chains: readonly Bytes[],
  bodies: readonly Bytes[],
  helds: readonly (string | null)[],
];
type PlacementColumns = [g: number, ts: readonly string[], ids: readonly Bytes[], sites: readonly string[]];
type ReturnedColumns = [
  g: number,
  c: string,
  ws: readonly Bytes[],
  ns: readonly number[],
  ts: readonly string[],
  ids: readonly Bytes[],
  fs: readonly string[],
  users: readonly string[],
  leaves: readonly Bytes[],
  bodies: readonly Bytes[],
  helds: readonly (string | null)[],
];
type FeedColumns = [
  sites: readonly string[],
  cs: readonly string[],
  poss: readonly number[],
  kinds: readonly string[],
  ts: readonly string[],
  ids: readonly Bytes[],
  ws: readonly (Bytes | null)[],
  ns: readonly (number | null)[],
  hs: readonly Bytes[],
];
