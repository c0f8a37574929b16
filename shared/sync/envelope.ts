import { invariant } from '../kernel/assert.ts';
import { equalBytes, fromUtf8, joinBytes, toHex, toUtf8, type Bytes } from '../kernel/bytes.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import { canonicalJson, type Json } from '../vault/canonical-json.ts';
import type { Sha256 } from './chain.ts';

/**
 * The outside of frames and pages (sync.md §2.7):
 * magic (4) | flags u16 = 0 | header length u32 | header JSON | body length u32 | body | signature (64).
 */
export type Magic = 'CSB1' | 'CSP1';

const signatureLength = 64;
const maxHeaderLength = 4096;
/** A body that claims more than this is not unpacked. */
export const maxRawLength = 1024 * 1024;

export type Sealer = {
  readonly sha256: Sha256;
  readonly deflate: (bytes: Uint8Array) => Uint8Array;
  readonly sign: (digest: Uint8Array) => Uint8Array;
};

/** What the header says about the body, beside what the body is about. */
export type BodyFacts = {
  readonly comp: 'deflate-raw' | 'none';
  readonly rawLen: number;
  readonly bodySha256: string;
};

/** Packs, hashes and signs. The header is signed, and by its hash the body. */
export function sealEnvelope(
  magic: Magic,
  header: { readonly [key: string]: Json },
  raw: Uint8Array,
  { sha256, deflate, sign }: Sealer,
): Bytes {
  invariant(raw.length <= maxRawLength, 'a body within the limit');
  const deflated = deflate(raw);
  const isSmaller = deflated.length < raw.length;
  const body = isSmaller ? deflated : raw;
  const facts: BodyFacts = {
    comp: isSmaller ? 'deflate-raw' : 'none',
    rawLen: raw.length,
    bodySha256: toHex(sha256(body)),
  };
  const headerBytes = toUtf8(canonicalJson({ ...header, ...facts }));
  invariant(headerBytes.length <= maxHeaderLength, 'a header within the limit');
  const signature = sign(signedDigest(magic, headerBytes, sha256));
  invariant(signature.length === signatureLength, 'a signature of 64 bytes');
  return joinBytes([toUtf8(magic), u16(0), u32(headerBytes.length), headerBytes, u32(body.length), body, signature]);
}

const signedDigest = (magic: Magic, header: Uint8Array, sha256: Sha256) => sha256(joinBytes([toUtf8(magic), header]));

export type EnvelopeError = { readonly type: 'bad-length' | 'bad-hash' | 'bad-signature' | 'bad-schema' | 'too-big' };
export type Opener = {
  readonly sha256: Sha256;
  readonly inflate: (bytes: Uint8Array, maxBytes: number) => Uint8Array | null;
};

/**
 * Checks length, hash and signature in this order and gives header and raw body. `readHeader` gives undefined for a
 * header it does not know. Never throws on foreign bytes.
 */
export function openEnvelope<Header extends BodyFacts>(
  magic: Magic,
  bytes: Uint8Array,
  readHeader: (json: unknown) => Header | undefined,
  verify: (header: Header, digest: Uint8Array, signature: Uint8Array) => boolean,
  { sha256, inflate }: Opener,
): Result<{ readonly header: Header; readonly raw: Uint8Array }, EnvelopeError> {
  const parts = cut(magic, bytes);
  if (parts === undefined) return err({ type: 'bad-length' });
  const header = readHeader(parseJson(parts.header));
  if (header === undefined) return err({ type: 'bad-schema' });
  if (header.rawLen > maxRawLength) return err({ type: 'too-big' });
  if (toHex(sha256(parts.body)) !== header.bodySha256) return err({ type: 'bad-hash' });
  if (!verify(header, signedDigest(magic, parts.header, sha256), parts.signature))
    return err({ type: 'bad-signature' });
  const raw = header.comp === 'none' ? parts.body : inflate(parts.body, header.rawLen);
  if (raw === null) return err({ type: 'too-big' });
  return raw.length === header.rawLen ? ok({ header, raw }) : err({ type: 'bad-length' });
}

/** The header as JSON, with nothing checked: for bytes that were checked when they came and kept under seal since. */
export function readHeaderOf(magic: Magic, bytes: Uint8Array): unknown {
  const parts = cut(magic, bytes);
  return parts && parseJson(parts.header);
}

type Parts = { readonly header: Uint8Array; readonly body: Uint8Array; readonly signature: Uint8Array };

function cut(magic: Magic, bytes: Uint8Array): Parts | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (bytes.length < 14 + signatureLength || !equalBytes(bytes.subarray(0, 4), toUtf8(magic))) return undefined;
  const headerLength = view.getUint32(6);
  if (view.getUint16(4) !== 0 || headerLength > Math.min(maxHeaderLength, bytes.length - 14 - signatureLength)) {
    return undefined;
  }
  const bodyAt = 14 + headerLength;
  const bodyLength = view.getUint32(bodyAt - 4);
  if (bodyAt + bodyLength + signatureLength !== bytes.length) return undefined;
  return {
    header: bytes.subarray(10, bodyAt - 4),
    body: bytes.subarray(bodyAt, bodyAt + bodyLength),
    signature: bytes.subarray(bodyAt + bodyLength),
  };
}

/** Undefined for what is not JSON; the signature covers the bytes as they came. */
function parseJson(bytes: Uint8Array): unknown {
  const text = fromUtf8(bytes);
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function u16(value: number): Uint8Array {
  return Uint8Array.of(value >> 8, value & 0xff);
}

function u32(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value);
  return bytes;
}
