import { equalBytes, toHex } from '../shared/kernel/bytes.ts';
import { compartments } from '../shared/records/record.ts';
import { chainNext, chainStart } from '../shared/sync/chain.ts';
import type { Change } from '../shared/sync/change.ts';
import { maxFrameRaw, type Frame, type FrameError } from '../shared/sync/frame.ts';
import { decodeAnyFrame, redactFrame } from '../shared/sync/redacted-frame.ts';
import type { ChangeLog } from './change-log.ts';
import { Refusal, type Transaction } from './database.ts';
import { deposit } from './deposit.ts';
import type { Device, Grant } from './devices.ts';
import { routeToFeeds } from './feeds.ts';
import { heldReason, type HeldReason } from './held.ts';
import { leafOnlyOf, setAside } from './leaf-only.ts';
import { leafOnce, packOnce } from './leaves.ts';
import { frameTools, inflate, isSignedBy, sha256 } from './server-key.ts';
import { bigintArray, byteaArray, textArray } from './sql-arrays.ts';

export type Ack = {
  readonly ack: { readonly w: string; readonly n: number; readonly h: string };
  readonly held: readonly { readonly n: number; readonly why: HeldReason }[];
};
export type Known = { readonly device: Device; readonly grants: readonly Grant[] };

/**
 * Takes a frame in: all of it in one transaction, or nothing. The same operations again, cut in any way, are a success
 * that changes nothing. Only structure is refused (as a `Refusal`); what does not fit in meaning is kept and held.
 */
export async function ingestFrame(log: ChangeLog, { device, grants }: Known, bytes: Uint8Array): Promise<Ack> {
  const frame = readFrame(device, bytes);
  const context = { task: 'ingest', municipality: device.municipality, device: device.id } as const;
  if (device.status === 'revoked' || device.status === 'wipe') return deposit(log, device, frame.ops, bytes);
  const grant = grants.find(({ user }) => user === frame.header.user);
  // Before its turn comes: meanwhile the database works on the frame before.
  frame.ops.forEach(packOnce);
  const outcome = await log.record<Ack | Refusal>(context, async (tx, g) => {
    const known = await compareWithKnown(tx, device, frame);
    if (known.type === 'fork') {
      await quarantine(tx, device, 'fork', bytes);
      return { result: new Refusal({ err: 'FORK', at: known.at }), journal: null };
    }
    if (known.fresh.length === 0) return { result: await ackOf(tx, frame), journal: null };
    const kept = await withoutErasedValues(tx, device, frame, bytes);
    const fresh = known.fresh.map(kept.change);
    await store(tx, g, device, grant, frame, { ...known, fresh }, kept.bytes);
    return { result: await ackOf(tx, frame), journal: { kind: 1, bytes: kept.bytes } };
  });
  if (outcome instanceof Refusal) throw outcome;
  return outcome;
}

/** What was erased before it came is taken as leaf only: table, feeds and journal never see the value. */
async function withoutErasedValues(tx: Transaction, { id }: Device, { ops }: Frame, bytes: Uint8Array) {
  const { change, late } = await leafOnlyOf(tx, ops);
  if (late.length === 0) return { change, bytes };
  const redacted = redactFrame(bytes, change, frameTools);
  if (!redacted.ok) throw new Error('Bug: a frame that was read cannot be read');
  await setAside(tx, id, late);
  return { change, bytes: redacted.value };
}

/** Checks in the order length, hash, signature, chain, form. */
export function readFrame(device: Pick<Device, 'id' | 'publicKey'>, bytes: Uint8Array): Frame {
  const decoded = decodeAnyFrame(bytes, {
    sha256,
    inflate,
    leaf: leafOnce,
    verify: (id, digest, signature) => id === device.id && isSignedBy(device.publicKey, digest, signature),
  });
  if (decoded.ok) return decoded.value;
  throw refusalOfFrame(decoded.error);
}

export const refusalOfFrame = ({ type }: FrameError): Refusal =>
  new Refusal(type === 'too-big' ? { err: 'TOO_BIG', raw: maxFrameRaw } : { err: 'BAD_FRAME' });

type Comparison =
  | { readonly type: 'fork'; readonly at: number }
  /** `back`: numbers of `fresh` that are here already, out of a page that a device gave back. */
  | { readonly type: 'fits'; readonly fresh: readonly Change[]; readonly back: ReadonlySet<number> };

/** What of the frame is new. A number with another content, or a chain that goes another way, is a fork. */
async function compareWithKnown(tx: Transaction, device: Device, { header, ops }: Frame): Promise<Comparison> {
  const first = ops[0] as Change;
  const { w } = first;
  const { rows } = await tx.query<{ device: string; user_id: string; c: string; have_n: number; head: Buffer }>(
    'SELECT device, user_id, c, have_n, head FROM writer WHERE w = $1',
    [w],
  );
  const [writer] = rows;
  const have = writer?.have_n ?? 0;
  if (
    writer !== undefined &&
    (writer.device !== device.id || writer.user_id !== header.user || writer.c !== header.c)
  ) {
    return { type: 'fork', at: have };
  }
  if (first.n > have + 1) {
    throw new Refusal({ err: 'GAP', have, h: toHex(writer?.head ?? chainStart(w, sha256)) });
  }
  const before = await chainAt(tx, w, first.n - 1);
  if (before === undefined || !equalBytes(before, header.prev)) return { type: 'fork', at: first.n - 1 };
  const overlap = ops.filter(({ n }) => n <= have);
  const present = await tx.query<{ n: number; leaf: Buffer }>(
    'SELECT n, leaf FROM op WHERE w = $1 AND n BETWEEN $2 AND $3',
    [w, first.n, ops.at(-1)?.n],
  );
  const leaves = new Map(present.rows.map(({ n, leaf }) => [n, leaf]));
  const other = ops.find((op) => {
    const leaf = leaves.get(op.n);
    return leaf === undefined ? op.n <= have : !equalBytes(leaf, leafOnce(op));
  });
  if (other !== undefined) return { type: 'fork', at: other.n };
  return { type: 'fits', fresh: ops.slice(overlap.length), back: new Set(leaves.keys()) };
}

/** The chain hash of a writer after operation `n`; undefined when it is not here. */
export async function chainAt(tx: Transaction, w: Uint8Array, n: number): Promise<Uint8Array | undefined> {
  if (n === 0) return chainStart(w, sha256);
  const { rows } = await tx.query<{ chain: Buffer }>('SELECT chain FROM op WHERE w = $1 AND n = $2', [w, n]);
  return rows[0]?.chain;
}

async function store(
  tx: Transaction,
  g: number,
  device: Device,
  grant: Grant | undefined,
  { header, ops: all }: Frame,
  { fresh, back }: Extract<Comparison, { type: 'fits' }>,
  bytes: Uint8Array,
): Promise<void> {
  const c = compartments.find((one) => one === header.c);
  const first = fresh[0] as Change;
  const last = fresh.at(-1) as Change;
  if (c === undefined) throw new Error('Bug: a frame of no compartment');
  let chain = (await chainAt(tx, first.w, first.n - 1)) ?? new Uint8Array(0);
  const leaves = fresh.map(leafOnce);
  const chains = leaves.map((leaf) => (chain = chainNext(chain, leaf, sha256)));
  const chainOf = new Map(fresh.map(({ n }, at) => [n, chains[at]]));
  const isNew = fresh.map(({ n }) => !back.has(n));
  const added = fresh.filter((_, at) => isNew[at]);
  const held = added.map((op) => heldReason(op, header.user, c, grant));
  await tx.query('INSERT INTO frame (g, device, w, from_n, to_n, bytes) VALUES ($1, $2, $3, $4, $5, $6)', [
    g,
    device.id,
    first.w,
    all[0]?.n,
    last.n,
    bytes,
  ]);
  await tx.query(
    `INSERT INTO op (w, n, g, c, t, id, f, user_id, leaf, chain, body, held)
     SELECT $1, n, $2, $3, t, id, f, user_id, leaf, chain, body, held FROM unnest($4::bigint[], $5::text[], $6::bytea[],
       $7::text[], $8::text[], $9::bytea[], $10::bytea[], $11::bytea[], $12::text[])
       AS new (n, t, id, f, user_id, leaf, chain, body, held)`,
    [
      first.w,
      g,
      c,
      bigintArray(added.map(({ n }) => n)),
      textArray(added.map(({ t }) => t)),
      byteaArray(added.map(({ id }) => id)),
      textArray(added.map(({ f }) => f)),
      textArray(added.map(({ u }) => u)),
      byteaArray(leaves.filter((_, at) => isNew[at])),
      byteaArray(chains.filter((_, at) => isNew[at])),
      byteaArray(added.map(packOnce)),
      textArray(held),
    ],
  );
  const returned = fresh.filter(({ n }) => back.has(n));
  if (returned.length > 0) {
    await tx.query(
      `UPDATE op SET chain = known.chain FROM unnest($2::bigint[], $3::bytea[]) AS known (n, chain)
       WHERE op.w = $1 AND op.n = known.n`,
      [first.w, returned.map(({ n }) => n), returned.map(({ n }) => chainOf.get(n))],
    );
  }
  await tx.query(
    `INSERT INTO writer (w, device, user_id, c, have_n, head) VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (w) DO UPDATE SET have_n = excluded.have_n, head = excluded.head`,
    [first.w, device.id, header.user, c, last.n, chain],
  );
  await routeToFeeds(
    tx,
    g,
    c,
    added.filter((_, at) => held[at] === null),
    true,
  );
}

/** Confirms the frame, not more: the device compares with its own chain up to there. */
async function ackOf(tx: Transaction, { ops }: Frame): Promise<Ack> {
  const last = ops.at(-1) as Change;
  const { rows } = await tx.query<{ n: number; held: HeldReason }>(
    'SELECT n, held FROM op WHERE w = $1 AND n BETWEEN $2 AND $3 AND held IS NOT NULL ORDER BY n',
    [last.w, ops[0]?.n, last.n],
  );
  const h = (await chainAt(tx, last.w, last.n)) ?? new Uint8Array(0);
  return { ack: { w: toHex(last.w), n: last.n, h: toHex(h) }, held: rows.map(({ n, held }) => ({ n, why: held })) };
}

async function quarantine(tx: Transaction, device: Device, why: string, bytes: Uint8Array): Promise<void> {
  await tx.query('INSERT INTO quarantine (device, why, bytes) VALUES ($1, $2, $3)', [device.id, why, bytes]);
}
