import * as z from 'zod';
import { invariant } from '../kernel/assert.ts';
import { equalBytes, fromHex, toHex } from '../kernel/bytes.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import { compartments } from '../records/record.ts';
import { chainAfter, type LeafOf } from './chain.ts';
import type { Change } from './change.ts';
import { maxRawLength, openEnvelope, sealEnvelope } from './envelope.ts';
import { packOps } from './row-codec.ts';
import { packWire, type WireNames } from './wire-codec.ts';
import { unpackAlone } from './wire-reader.ts';

/** `prev` = chain hash before the first operation. `c` = compartment of the writer. */
export type FrameHeader = {
  readonly device: string;
  readonly user: string;
  readonly c: string;
  readonly app: string;
  readonly schema: number;
  readonly prev: Uint8Array;
};
export type Frame = { readonly header: FrameHeader; readonly ops: readonly Change[] };
type Bytes = (bytes: Uint8Array) => Uint8Array;
export type FrameWriter = { readonly sha256: Bytes; readonly deflate: Bytes; readonly sign: Bytes };
/** `inflate` gives null when the result would exceed `maxBytes` or is no deflate; `verify` knows the key of each device. */
export type FrameReader = {
  readonly sha256: Bytes;
  readonly inflate: (bytes: Uint8Array, maxBytes: number) => Uint8Array | null;
  readonly verify: (device: string, digest: Uint8Array, signature: Uint8Array) => boolean;
  /** In the place of `leafOf`, for a reader that needs the leaves again. */
  readonly leaf?: LeafOf;
};
export type FrameError = {
  readonly type: 'bad-length' | 'bad-hash' | 'bad-signature' | 'bad-chain' | 'bad-schema' | 'too-big';
};

/** A list that was read in goes in few requests; on a slow line the sender keeps its frames shorter than this. */
export const maxFrameOps = 5_000;
/** Raw bytes of a frame. One operation alone may be larger, up to 1 MiB: it could not be sent otherwise. */
export const maxFrameRaw = 256 * 1024;

/** Columns alone, which every endpoint reads, or without what the endpoint puts back (`wire-codec.ts`). */
const encodings = ['msgpack-col', 'msgpack-col-2'] as const;

/**
 * Operations of one writer without a gap, within the limits of sync.md §2.7. The bytes of an HTTP body and of a USB
 * file. With `names` it is shorter, and nothing for an endpoint of before; what it names must be known there.
 */
export function encodeFrame(frame: Frame, tools: FrameWriter, names?: WireNames): Uint8Array {
  const { header, ops } = frame;
  const [first] = ops;
  const last = ops.at(-1);
  invariant(first !== undefined && last !== undefined && ops.length <= maxFrameOps, '1 to 5,000 operations in a frame');
  invariant(isOneWriter(ops), 'operations of one writer without a gap');
  invariant(header.prev.length === 32, 'a chain hash has 32 bytes');
  const short = names === undefined ? undefined : packWire(ops, names, tools.sha256);
  const isShort = short !== undefined && isWithinLimit(short.length, ops.length, encodings[1]);
  const raw = isShort ? short : packOps(ops);
  const enc = encodings[isShort ? 1 : 0];
  invariant(isWithinLimit(raw.length, ops.length, enc), 'a frame of at most 256 KiB');
  const { device, user, c, app, schema } = header;
  const range = { w: toHex(first.w), from: first.n, to: last.n, count: ops.length };
  const chain = { prev: toHex(header.prev), head: toHex(chainAfter(header.prev, ops, tools.sha256)) };
  const json = { device, user, c, app, schema, ...range, ...chain, enc };
  invariant(ownPartOfHeader.safeParse(json).success, 'a header as its schema says');
  return sealEnvelope('CSB1', json, raw, tools);
}

/** Every flipped bit, cut or surplus byte is an error; never throws on foreign bytes. */
export function decodeFrame(bytes: Uint8Array, tools: FrameReader): Result<Frame, FrameError> {
  const opened = openFrame(bytes, tools);
  if (!opened.ok) return opened;
  const { header, raw } = opened.value;
  const unpacked = unpackAlone(raw, tools.sha256);
  if (!unpacked.ok) return err({ type: 'bad-schema' });
  const ops = unpacked.value;
  const prev = fromHex(header.prev);
  const isInRange =
    ops.length === header.count && ops[0]?.n === header.from && ops.at(-1)?.n === header.to && isOneWriter(ops);
  if (!isInRange || toHex(ops[0]?.w ?? new Uint8Array(0)) !== header.w) return err({ type: 'bad-chain' });
  if (toHex(chainAfter(prev, ops, tools.sha256, tools.leaf)) !== header.head) return err({ type: 'bad-chain' });
  const { device, user, c, app, schema } = header;
  return ok({ header: { device, user, c, app, schema, prev }, ops });
}

/** Header and body of a frame that is whole and signed; what it says is not looked at. */
export function openFrame(
  bytes: Uint8Array,
  tools: FrameReader,
): Result<{ readonly header: z.infer<typeof headerSchema>; readonly raw: Uint8Array }, FrameError> {
  const opened = openEnvelope(
    'CSB1',
    bytes,
    readFrameHeader,
    (header, digest, signature) => tools.verify(header.device, digest, signature),
    tools,
  );
  if (!opened.ok) return opened;
  const { header, raw } = opened.value;
  const fits = header.count <= maxFrameOps && isWithinLimit(raw.length, header.count, header.enc);
  return fits ? opened : err({ type: 'too-big' });
}

/**
 * The longest beginning of `ops` (one writer, no gap) that fits a frame of `rawTarget` bytes; at least one operation.
 * A save is not split unless it alone is larger.
 */
export function takeForFrame(ops: readonly Change[], rawTarget = maxFrameRaw): readonly Change[] {
  let low = 1;
  let high = Math.min(ops.length, maxFrameOps);
  // Packing is what costs: first all, then where the length so far says the end should be, then halves.
  let next = high;
  for (let tries = 0; low < high; tries++) {
    const length = packOps(ops.slice(0, next)).length;
    if (length <= rawTarget) low = next;
    else high = next - 1;
    const guess = tries < 4 ? Math.floor((next * rawTarget) / length) : Math.ceil((low + high) / 2);
    next = Math.max(low + 1, Math.min(high, guess));
  }
  const whole = saveBorder(ops, low);
  return ops.slice(0, whole > 0 ? whole : low);
}

/** The last place at or before `end` where no save is cut in two; 0 when there is none. */
function saveBorder(ops: readonly Change[], end: number): number {
  for (let at = end; at > 0; at--) {
    const [before, after] = [ops[at - 1], ops[at]];
    if (before === undefined || after === undefined || !equalBytes(before.x[0], after.x[0])) return at;
  }
  return 0;
}

/** Before it is deflated the short form can be a little longer: frames are cut by the length of the other one. */
const isWithinLimit = (rawLength: number, count: number, enc: (typeof encodings)[number]) =>
  rawLength <= (count === 1 ? maxRawLength : maxFrameRaw + (enc === encodings[1] ? 8 * count : 0));

function isOneWriter(ops: readonly Change[]): boolean {
  return ops.every((op, at) => {
    const before = ops[at - 1];
    return before === undefined || (op.n === before.n + 1 && equalBytes(op.w, before.w));
  });
}

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const name = z.string().min(1).max(200);
const number = z.int().min(1);
const bodyFacts = { comp: true, rawLen: true, bodySha256: true } as const;
const headerSchema = z.strictObject({
  device: name,
  w: z.string().regex(/^[0-9a-f]{16}$/),
  user: name,
  c: z.enum(compartments),
  from: number,
  to: number,
  count: number,
  prev: hash,
  head: hash,
  app: name,
  schema: z.int().min(0),
  enc: z.enum(encodings),
  comp: z.enum(['deflate-raw', 'none']),
  rawLen: z.int().min(1),
  bodySha256: hash,
});
const ownPartOfHeader = headerSchema.omit(bodyFacts);

/** The header of a frame; undefined for anything else. */
export const readFrameHeader = (json: unknown): z.infer<typeof headerSchema> | undefined =>
  headerSchema.safeParse(json).data;
