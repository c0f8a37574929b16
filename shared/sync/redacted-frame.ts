import { equalBytes, fromUtf8, joinBytes, toHex, toUtf8, fromHex, type Bytes } from '../kernel/bytes.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import { chainAfter } from './chain.ts';
import type { Change, Dot } from './change.ts';
import { maxRawLength } from './envelope.ts';
import { decodeFrame, openFrame, readFrameHeader, type Frame, type FrameError, type FrameReader } from './frame.ts';
import { packOps, unpackOps } from './row-codec.ts';
import { readWire, type Find } from './wire-reader.ts';

/**
 * A frame after an erasure: the header and its signature as they came, the operations with hashes in the place of
 * erased values. The body is another than the one that was signed for, but header and leaves lead from `prev` to
 * `head` as before, and nothing else would (sync.md §2.18).
 * Bytes: "CSR1" | header length u32 | header JSON | signature (64) | packed operations.
 */
const magic = toUtf8('CSR1');
/** The same with the operations deflated: a frame that named records by what only this endpoint has (`expandFrame`). */
const deflatedMagic = toUtf8('CSR2');
const signatureLength = 64;
const headerAt = 8;

/** Whether these are bytes of a frame whose body is another than was signed; says nothing of whether they are whole. */
export const isRedacted = (bytes: Uint8Array): boolean => startsWith(bytes, magic) || startsWith(bytes, deflatedMagic);

const startsWith = (bytes: Uint8Array, start: Uint8Array) => equalBytes(bytes.subarray(0, start.length), start);

/** The frame with `change` done to every operation; the same bytes when it changes none. Works on a redacted one too. */
export function redactFrame(
  bytes: Uint8Array,
  change: (op: Change) => Change,
  tools: FrameReader,
): Result<Uint8Array, FrameError> {
  const decoded = decodeAnyFrame(bytes, tools);
  if (!decoded.ok) return decoded;
  const ops = decoded.value.ops.map(change);
  if (ops.every((op, at) => op === decoded.value.ops[at])) return ok(bytes);
  const { header, signature } = isRedacted(bytes) ? cutRedacted(bytes) : cutWhole(bytes);
  return ok(joinBytes([magic, u32(header.length), header, signature, packOps(ops)]));
}

/** A frame as it came, or as an erasure left it; checked against the signature and the chain in both forms. */
export function decodeAnyFrame(bytes: Uint8Array, tools: FrameReader): Result<Frame, FrameError> {
  if (!isRedacted(bytes)) return decodeFrame(bytes, tools);
  if (bytes.length < headerAt + signatureLength) return err({ type: 'bad-length' });
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(4);
  if (headerAt + length + signatureLength > bytes.length) return err({ type: 'bad-length' });
  const { header: headerBytes, signature, packed } = cutRedacted(bytes);
  const header = readFrameHeader(parseJson(headerBytes));
  if (header === undefined) return err({ type: 'bad-schema' });
  const digest = tools.sha256(joinBytes([toUtf8('CSB1'), headerBytes]));
  if (!tools.verify(header.device, digest, signature)) return err({ type: 'bad-signature' });
  const raw = startsWith(bytes, magic) ? packed : tools.inflate(packed, maxRawLength);
  if (raw === null) return err({ type: 'too-big' });
  const unpacked = unpackOps(raw);
  if (!unpacked.ok) return err({ type: 'bad-schema' });
  const ops = unpacked.value;
  const { device, user, c, app, schema, w, from, to, count } = header;
  const prev = fromHex(header.prev);
  const isWhole = ops.length === count && ops[0]?.n === from && ops.at(-1)?.n === to;
  if (!isWhole || ops.some((op) => toHex(op.w) !== w)) return err({ type: 'bad-chain' });
  if (toHex(chainAfter(prev, ops, tools.sha256, tools.leaf)) !== header.head) return err({ type: 'bad-chain' });
  return ok({ header: { device, user, c, app, schema, prev }, ops });
}

/** `wanted`: the operations by which the frame names records; with them it can be made to stand alone. */
export type Incoming = {
  readonly wanted: readonly Dot[];
  readonly expand: (find: Find, deflate: (bytes: Uint8Array) => Uint8Array) => Result<Uint8Array, FrameError>;
};

/**
 * A frame as it comes over the line: whole and signed, or an error. Expanded it says by itself what it says, so that it
 * can be kept and read again in another life of the endpoint; whether the right was put back the chain will tell.
 */
export function openIncoming(bytes: Uint8Array, tools: FrameReader): Result<Incoming, FrameError> {
  if (isRedacted(bytes)) return ok({ wanted: [], expand: () => ok(bytes) });
  const opened = openFrame(bytes, tools);
  if (!opened.ok) return opened;
  const wire = readWire(opened.value.raw);
  if (!wire.ok) return err({ type: 'bad-schema' });
  const { wanted, ops: readOps } = wire.value;
  if (wanted.length === 0) return ok({ wanted, expand: () => ok(bytes) });
  const expand: Incoming['expand'] = (find, deflate) => {
    const ops = readOps(find, tools.sha256);
    if (!ops.ok) return err({ type: 'bad-chain' });
    const { header, signature } = cutWhole(bytes);
    return ok(joinBytes([deflatedMagic, u32(header.length), header, signature, deflate(packOps(ops.value))]));
  };
  return ok({ wanted, expand });
}

const headerLength = (bytes: Uint8Array, at: number) =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.length).getUint32(at);

function cutRedacted(bytes: Uint8Array) {
  const end = headerAt + headerLength(bytes, 4);
  return {
    header: bytes.subarray(headerAt, end),
    signature: bytes.subarray(end, end + signatureLength),
    packed: bytes.subarray(end + signatureLength),
  };
}

const cutWhole = (bytes: Uint8Array) => ({
  header: bytes.subarray(10, 10 + headerLength(bytes, 6)),
  signature: bytes.subarray(bytes.length - signatureLength),
});

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(fromUtf8(bytes) ?? '');
  } catch {
    return undefined;
  }
}

function u32(value: number): Bytes {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value);
  return bytes;
}
