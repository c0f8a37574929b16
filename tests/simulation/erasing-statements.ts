import { equalBytes, toHex } from '../../shared/kernel/bytes.ts';
import { append, put, replaceOp, type Statement } from './statements.ts';
import type { Access, ErasureRow, FrameRow, OpRow, QuarantineRow, Rows } from './tables.ts';

type Bytes = Uint8Array;

/** Lists are shared with backups: a change makes a new one. */
function change<Key extends 'erasures' | 'requests' | 'frames' | 'quarantine'>(
  { rows, undo }: Access,
  key: Key,
  next: (before: Rows[Key]) => Rows[Key],
): void {
  const before = rows[key];
  rows[key] = next(before);
  undo.push(() => (rows[key] = before));
}

/** Those of an erasure: what the endpoint does when it was asked to, and after it was put back. */
export const erasingStatements: ReadonlyMap<string, Statement> = new Map<string, Statement>([
  [
    'SELECT no, municipality, t, record, f, reason FROM erasure_request WHERE done_at IS NULL ORDER BY no',
    ({ rows }) => rows.requests.filter(({ isDone }) => !isDone),
  ],
  [
    'UPDATE erasure_request SET done_at = now(), operations = $2 WHERE no = $1',
    (access, [no]) => {
      change(access, 'requests', (before) => before.map((one) => (one.no === no ? { ...one, isDone: true } : one)));
      return [];
    },
  ],
  ['SELECT FROM erasure WHERE id = $1', ({ rows }, [id]) => rows.erasures.filter((one) => one.id === id)],
  [
    'SELECT t, record, f FROM erasure WHERE record = ANY($1::bytea[])',
    ({ rows }, [records]) => {
      if (rows.erasures.length === 0) return [];
      const wanted = new Set((records as readonly Bytes[]).map(toHex));
      return rows.erasures.filter(({ record }) => wanted.has(toHex(record)));
    },
  ],
  [
    'SELECT id, municipality, t, record, f FROM erasure WHERE NOT files_done',
    ({ rows }) => rows.erasures.filter(({ files_done }) => !files_done),
  ],
  [
    'UPDATE erasure SET files_done = true WHERE id = $1',
    (access, [id]) => {
      const done = (one: ErasureRow) => (one.id === id ? { ...one, files_done: true } : one);
      change(access, 'erasures', (before) => before.map(done));
      return [];
    },
  ],
  [
    'INSERT INTO erasure (id, t, record, f) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING',
    (access, values) => {
      const [id, t, record, f] = values as [string, string, Bytes, string];
      if (access.rows.erasures.some((one) => one.id === id)) return [];
      const row: ErasureRow = { id, municipality: '0000', t, record, f, files_done: false };
      change(access, 'erasures', (before) => [...before, row]);
      return [];
    },
  ],
  [
    'SELECT c, body FROM op WHERE t = $1 AND id = $2 ORDER BY g, n',
    ({ rows }, [t, id]) =>
      (rows.opsOfRecord.get(toHex(id as Bytes)) ?? [])
        .filter((op) => op.t === t)
        .sort((a, b) => a.g - b.g || a.n - b.n),
  ],
  ['SELECT n FROM op WHERE w = $1', ({ rows }, [w]) => rows.ops.get(toHex(w as Bytes)) ?? []],
  [
    'UPDATE op SET body = left_over.body FROM unnest($1::bytea[], $2::bigint[], $3::bytea[]) AS left_over (w, n, body) WHERE op.w = left_over.w AND op.n = left_over.n',
    (access, values) => {
      const [ws, ns, bodies] = values as [readonly Bytes[], readonly number[], readonly Bytes[]];
      for (const [at, w] of ws.entries()) {
        const row = access.rows.ops.get(toHex(w))?.find(({ n }) => n === ns[at]);
        if (row !== undefined) replaceOp(access, row, { ...row, body: bodies[at] as Bytes });
      }
      return [];
    },
  ],
  [
    'INSERT INTO op (w, n, g, c, t, id, f, user_id, leaf, chain, body) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)',
    (access, values) => {
      const [w, n, g, c, t, id, f, , leaf, chain, body] = values as never as OwnOp;
      const row: OpRow = { w, n, g, c, t, id, f, leaf, chain, body, held: null };
      append(access, access.rows.ops, toHex(w), row);
      append(access, access.rows.opsOfRecord, toHex(id), row);
      return [];
    },
  ],
  [
    'INSERT INTO writer (w, device, user_id, c, have_n, head) VALUES ($1, $2, $2, $3, $4, $5) ON CONFLICT (w) DO NOTHING',
    (access, values) => {
      const [w, device, c, have_n, head] = values as [Bytes, string, string, number, Bytes];
      const { writers } = access.rows;
      if (!writers.has(toHex(w))) put(access, writers, toHex(w), { w, device, user_id: device, c, have_n, head });
      return [];
    },
  ],
  [
    'INSERT INTO frame (g, device, w, from_n, to_n, bytes) VALUES ($1, $2, $3, $4, $5, $6)',
    (access, values) => {
      const [g, , w, from_n, to_n, bytes] = values as [number, string, Bytes, number, number, Bytes];
      change(access, 'frames', (before) => [...before, { g, w, from_n, to_n, bytes }]);
      return [];
    },
  ],
  [
    'SELECT DISTINCT frame.g, frame.bytes FROM frame JOIN unnest($1::bytea[], $2::bigint[]) AS gone (w, n) ON frame.w = gone.w AND gone.n BETWEEN frame.from_n AND frame.to_n',
    ({ rows }, values) => {
      const [ws, ns] = values as [readonly Bytes[], readonly number[]];
      const holds = ({ w, from_n, to_n }: FrameRow) =>
        ws.some((gone, at) => equalBytes(gone, w) && from_n <= (ns[at] ?? 0) && (ns[at] ?? 0) <= to_n);
      return rows.frames.filter(holds);
    },
  ],
  [
    'UPDATE frame SET bytes = $2 WHERE g = $1',
    (access, [g, bytes]) => {
      const next = (row: FrameRow) => (row.g === g ? { ...row, bytes: bytes as Bytes } : row);
      change(access, 'frames', (before) => before.map(next));
      return [];
    },
  ],
  ['SELECT no, why, bytes FROM quarantine', ({ rows }) => rows.quarantine],
  [
    'INSERT INTO quarantine (device, why, bytes) VALUES ($1, $2, $3)',
    (access, [, why, bytes]) => setAside(access, why as string, bytes as Bytes),
  ],
  [
    "INSERT INTO quarantine (device, why, bytes) VALUES ($1, 'erased', $2)",
    (access, [, bytes]) => setAside(access, 'erased', bytes as Bytes),
  ],
  [
    'DELETE FROM quarantine WHERE no = $1',
    (access, [no]) => {
      change(access, 'quarantine', (before) => before.filter((row) => row.no !== no));
      return [];
    },
  ],
  [
    'UPDATE quarantine SET bytes = $2 WHERE no = $1',
    (access, [no, bytes]) => {
      const next = (row: QuarantineRow) => (row.no === no ? { ...row, bytes: bytes as Bytes } : row);
      change(access, 'quarantine', (before) => before.map(next));
      return [];
    },
  ],
]);

function setAside(access: Access, why: string, bytes: Bytes): readonly object[] {
  change(access, 'quarantine', (before) => [...before, { no: (before.at(-1)?.no ?? 0) + 1, why, bytes }]);
  return [];
}

type OwnOp = [
  w: Bytes,
  n: number,
  g: number,
  c: string,
  t: string,
  id: Bytes,
  f: string,
  user: string,
  leaf: Bytes,
  chain: Bytes,
  body: Bytes,
];
