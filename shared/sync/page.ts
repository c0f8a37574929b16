import * as z from 'zod';
import { invariant } from '../kernel/assert.ts';
import { fromHex, joinBytes, toHex } from '../kernel/bytes.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import { compartments, type Compartment } from '../records/record.ts';
import { decodeEncodable, encodeCanonical } from './canonical.ts';
import { leafOf, type LeafOf, type Sha256 } from './chain.ts';
import type { Change } from './change.ts';
import { openEnvelope, readHeaderOf, sealEnvelope, type EnvelopeError, type Opener, type Sealer } from './envelope.ts';
import { packOps } from './row-codec.ts';
import { packWire, standingAlone } from './wire-codec.ts';
import { unpackAlone } from './wire-reader.ts';

/** `place`: the record comes into the feed, its live history follows. `evict`: it leaves. */
export type PageEntry =
  | { readonly kind: 'op'; readonly op: Change }
  | { readonly kind: 'place' | 'evict'; readonly t: string; readonly id: Uint8Array };

/**
 * A signed slice of the feed of one site and compartment: the entries at positions `from … to` without a hole.
 * `before` and `after` are the feed hashes at `from - 1` and `to`. An empty page has `to` = `from - 1`.
 */
export type Page = {
  readonly epoch: string;
  readonly site: string;
  readonly c: Compartment;
  readonly from: number;
  readonly to: number;
  readonly before: Uint8Array;
  readonly after: Uint8Array;
  readonly more: boolean;
  readonly entries: readonly PageEntry[];
};

export type PageReader = Opener & { readonly verify: (digest: Uint8Array, signature: Uint8Array) => boolean };
export type PageError = EnvelopeError | { readonly type: 'bad-chain' };

export const maxPageEntries = 5000;

const entryKinds = ['op', 'place', 'evict'] as const;

/** The feed hash at position 0. */
export const feedStart = (): Uint8Array => new Uint8Array(32);

/** `h(pos)` of `h(pos - 1)` and the entry: what was sent is hashed, not its number (sync.md §2.8). */
export function feedNext(
  previous: Uint8Array,
  entry: PageEntry,
  sha256: Sha256,
  leafOfOp: LeafOf = leafOf,
): Uint8Array {
  const leaf = entry.kind === 'op' ? leafOfOp(entry.op, sha256) : sha256(encodeCanonical([entry.t, entry.id]));
  const kind = entryKinds.indexOf(entry.kind);
  if (previous.length !== 32 || leaf.length !== 32) return sha256(joinBytes([previous, Uint8Array.of(kind), leaf]));
  marked.set(previous);
  marked[32] = kind;
  marked.set(leaf, 33);
  return sha256(marked);
}
/** Hash, kind and leaf of each entry in turn. */
const marked = new Uint8Array(65);

export function feedAfter(before: Uint8Array, entries: readonly PageEntry[], sha256: Sha256): Uint8Array {
  return entries.reduce((hash, entry) => feedNext(hash, entry, sha256), before);
}

/**
 * The endpoint's bytes of a page: sealed and kept, they prove to anyone what the endpoint once had, also to the endpoint
 * when it has lost it. So a page stands alone, and is shorter for who reads the columns of format 2.
 */
export function encodePage(page: Omit<Page, 'after'>, tools: Sealer, format: 1 | 2 = 1): Uint8Array {
  const { epoch, site, c, from, to, before, more, entries } = page;
  invariant(to === from + entries.length - 1, 'a page without a hole');
  invariant(entries.length <= maxPageEntries, 'a page within the limit');
  const after = toHex(feedAfter(before, entries, tools.sha256));
  const header = { epoch, site, c, from, to, before: toHex(before), after, more };
  const kinds = Uint8Array.from(entries, ({ kind }) => entryKinds.indexOf(kind));
  const moved = entries.flatMap((entry) => (entry.kind === 'op' ? [] : [[entry.t, entry.id]]));
  const ops = entries.flatMap((entry) => (entry.kind === 'op' ? [entry.op] : []));
  const packed = format === 1 ? packOps(ops) : packWire(ops, standingAlone, tools.sha256);
  return sealEnvelope('CSP1', header, encodeCanonical([kinds, moved, packed]), tools);
}

/** Every flipped bit, cut or surplus byte is an error, and so are entries that do not lead from `before` to `after`. */
export function decodePage(bytes: Uint8Array, tools: PageReader): Result<Page, PageError> {
  const opened = openEnvelope(
    'CSP1',
    bytes,
    (json) => headerSchema.safeParse(json).data,
    (_header, digest, signature) => tools.verify(digest, signature),
    tools,
  );
  if (!opened.ok) return opened;
  const { header, raw } = opened.value;
  const entries = readEntries(raw, tools.sha256);
  if (entries === undefined) return err({ type: 'bad-schema' });
  const before = fromHex(header.before);
  const after = fromHex(header.after);
  const fits = header.to === header.from + entries.length - 1;
  if (!fits || toHex(feedAfter(before, entries, tools.sha256)) !== header.after) return err({ type: 'bad-chain' });
  const { epoch, site, c, from, to, more } = header;
  return ok({ epoch, site, c, from, to, before, after, more, entries });
}

/** Where a page stands, by its own word: for pages that were checked when they came. Undefined for other bytes. */
export function placeOfPage(
  bytes: Uint8Array,
): (Pick<Page, 'epoch' | 'site' | 'c' | 'from' | 'to'> & { readonly after: Uint8Array }) | undefined {
  const header = headerSchema.safeParse(readHeaderOf('CSP1', bytes)).data;
  if (header === undefined) return undefined;
  const { epoch, site, c, from, to, after } = header;
  return { epoch, site, c, from, to, after: fromHex(after) };
}

function readEntries(raw: Uint8Array, sha256: Sha256): readonly PageEntry[] | undefined {
  const decoded = decodeEncodable(raw);
  if (!decoded.ok || !Array.isArray(decoded.value)) return undefined;
  const [kinds, moved, packed, ...rest] = decoded.value as readonly unknown[];
  if (!(kinds instanceof Uint8Array) || !Array.isArray(moved) || !(packed instanceof Uint8Array)) return undefined;
  const unpacked = unpackAlone(packed, sha256);
  if (!unpacked.ok || rest.length > 0 || kinds.length !== moved.length + unpacked.value.length) return undefined;
  const ops = unpacked.value.values();
  const records = (moved as readonly unknown[]).values();
  const entries: PageEntry[] = [];
  for (const place of kinds) {
    const kind = entryKinds[place];
    const entry = kind === 'op' ? { kind, op: ops.next().value } : { kind, ...readRecord(records.next().value) };
    if (!isEntry(entry)) return undefined;
    entries.push(entry);
  }
  return entries;
}

function readRecord(record: unknown): { readonly t?: unknown; readonly id?: unknown } {
  if (!Array.isArray(record) || record.length !== 2) return {};
  const [t, id] = record as readonly unknown[];
  return { t, id };
}

function isEntry(entry: { kind: string | undefined; op?: unknown; t?: unknown; id?: unknown }): entry is PageEntry {
  if (entry.kind === 'op') return entry.op !== undefined;
  return (
    entry.kind !== undefined && typeof entry.t === 'string' && entry.id instanceof Uint8Array && entry.id.length === 16
  );
}

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const headerSchema = z.strictObject({
  epoch: z.string().min(1).max(200),
  site: z.string().min(1).max(200),
  c: z.enum(compartments),
  from: z.int().min(1),
  to: z.int().min(0),
  before: hash,
  after: hash,
  more: z.boolean(),
  comp: z.enum(['deflate-raw', 'none']),
  rawLen: z.int().min(1),
  bodySha256: hash,
});
