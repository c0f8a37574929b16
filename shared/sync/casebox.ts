import * as z from 'zod';
import { invariant } from '../kernel/assert.ts';
import { equalBytes, fromUtf8, joinBytes, toUtf8, type Bytes } from '../kernel/bytes.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import { compartments, type Compartment } from '../records/record.ts';
import { canonicalJson } from '../vault/canonical-json.ts';
import type { Sha256 } from './chain.ts';
import { helloAnswerSchema, helloRequestSchema } from './protocol.ts';

/**
 * A file that is carried on a stick (sync.md §2.17):
 * magic "CSX1" | head length u32 | head JSON | { part length u32 | sealed part }* | SHA-256 of all before it.
 * Up: a request, then frames. Down: a receipt, then pages. Each part is sealed for whom `seals` names at its place.
 */
export type Seal = 'endpoint' | 'device' | Compartment;
export type CaseboxHead = {
  readonly v: 1;
  readonly way: 'up' | 'down';
  /** The key the endpoint signs with, base64url: two endpoints never share it. */
  readonly endpoint: string;
  readonly device: string;
  readonly seals: readonly Seal[];
};
export type Casebox = { readonly head: CaseboxHead; readonly parts: readonly Uint8Array[] };
/** `foreign`: not a file of this kind. `newer`: of an app that came later. `damaged`: cut off or changed. */
export type CaseboxError = { readonly type: 'foreign' | 'newer' | 'damaged' };

const magic = toUtf8('CSX1');
const hashLength = 32;
const maxHeadLength = 1024 * 1024;
/** FAT32 takes 4 GB; this is what an old laptop holds in memory with ease. What is more goes with the next file. */
export const maxCaseboxBytes = 64 * 1024 * 1024;

/** Additional data of the part at this place: it opens in no other file and at no other place. */
export const partAad = ({ way, endpoint, device, seals }: CaseboxHead, at: number): Bytes =>
  toUtf8(['onderdak/v1/casebox', way, endpoint, device, seals[at], at, seals.length].join('|'));

/** The bytes of the file; `parts` are sealed already, in the order of `head.seals`. */
export function encodeCasebox({ head, parts }: Casebox, sha256: Sha256): Bytes {
  invariant(head.seals.length === parts.length, 'one name for each part');
  const headBytes = toUtf8(canonicalJson({ ...head, seals: [...head.seals] }));
  invariant(headBytes.length <= maxHeadLength, 'a head within the limit');
  const content = joinBytes([magic, withLength(headBytes), ...parts.map(withLength)]);
  return joinBytes([content, sha256(content)]);
}

/** Never throws on foreign bytes. A file that is not whole is `damaged`, whatever of it could be read. */
export function decodeCasebox(bytes: Uint8Array, sha256: Sha256): Result<Casebox, CaseboxError> {
  if (!equalBytes(bytes.subarray(0, 3), magic.subarray(0, 3))) return err({ type: 'foreign' });
  if (!equalBytes(bytes.subarray(0, 4), magic)) return err({ type: 'newer' });
  if (bytes.length > maxCaseboxBytes + maxHeadLength) return err({ type: 'damaged' });
  const content = bytes.subarray(0, -hashLength);
  if (!equalBytes(sha256(content), bytes.subarray(-hashLength))) return err({ type: 'damaged' });
  const cut: Uint8Array[] = [];
  const view = new DataView(content.buffer, content.byteOffset, content.length);
  for (let at = magic.length; at < content.length;) {
    if (at + 4 > content.length) return err({ type: 'damaged' });
    const end = at + 4 + view.getUint32(at);
    if (end > content.length) return err({ type: 'damaged' });
    cut.push(content.subarray(at + 4, end));
    at = end;
  }
  const [headBytes, ...parts] = cut;
  const head = headBytes === undefined ? undefined : readJson(headBytes);
  if (typeof head === 'object' && head !== null && 'v' in head && head.v !== 1) return err({ type: 'newer' });
  const read = headSchema.safeParse(head);
  return read.success && read.data.seals.length === parts.length
    ? ok({ head: read.data, parts })
    : err({ type: 'damaged' });
}

function withLength(part: Uint8Array): Uint8Array {
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, part.length);
  return joinBytes([length, part]);
}

/** The value of JSON in UTF-8; undefined for anything else. Never throws. */
export function readJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(fromUtf8(bytes) ?? '');
  } catch {
    return undefined;
  }
}

const key = z.string().regex(/^[A-Za-z0-9_-]{43}$/);
const device = z.string().regex(/^d_[0-9a-f]{16}$/);
const headSchema = z.strictObject({
  v: z.literal(1),
  way: z.enum(['up', 'down']),
  endpoint: key,
  device,
  seals: z.array(z.enum(['endpoint', 'device', ...compartments])).max(20_000),
});

/**
 * What a device asks beside the frames it brings: the first part of a file up. `keys` are X25519 keys to seal the answer
 * with, those of compartments open only while somebody with the right is unlocked. `sig` by the device over `signedText`.
 */
export const caseboxRequestSchema = helloRequestSchema.extend({
  user: z.string().regex(/^u_[0-9a-f]{16}$/),
  sent: z.int().min(0),
  keys: z.partialRecord(z.enum(['device', ...compartments]), key),
  sig: z.string().max(200),
});
export type CaseboxRequest = z.infer<typeof caseboxRequestSchema>;

/** The first part of a file down: the answer to that request, after all its frames. `frames` counts them by outcome. */
export const caseboxReceiptSchema = helloAnswerSchema.extend({
  frames: z.strictObject({
    taken: z.int().min(0),
    held: z.int().min(0),
    /** They follow on something that is not there yet; taken in once it is. */
    parked: z.int().min(0),
    /** Of a device that may not write any more, or that go another way than what is there: for a person to look at. */
    quarantined: z.int().min(0),
  }),
  /** More pages than one file holds: the next exchange goes on. */
  more: z.boolean(),
});
export type CaseboxReceipt = z.infer<typeof caseboxReceiptSchema>;
