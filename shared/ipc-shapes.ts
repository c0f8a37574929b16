import * as z from 'zod';
import type { Bytes as ByteString } from './kernel/bytes.ts';
import type { Change as Operation } from './sync/change.ts';
import { maxFrameOps } from './sync/frame.ts';

export const Bytes = z.custom<ByteString>((value) => value instanceof Uint8Array);
export const bytesOf = (length: number) =>
  z.custom<ByteString>((value) => value instanceof Uint8Array && value.length === length);
export const Compartment = z.enum(['core', 'bsn', 'health', 'finance']);
export const Count = z.int().min(0);
export const Writer = bytesOf(8);
export const SealedLocal = z.strictObject({ w: Writer, n: z.int().min(1), c: Compartment, box: Bytes });
export const SealedOp = z.strictObject({ ...SealedLocal.shape, m: z.int().min(2).max(5_000).optional() });
/** Foreign bytes inside are checked by the codec of the operations; here only the shape of a list matters. */
const Change = z.custom<Operation>(
  (value) => typeof value === 'object' && value !== null && 'w' in value && 'n' in value && 'salt' in value,
);
export const FileName = z.string().regex(/^[\p{L}\p{N}][\p{L}\p{N} _.-]{0,118}\p{L}$/u);
/** A letter in a folder; it has no letters beside a-z, so that nothing of a name can be in it. */
export const LetterName = z.string().regex(/^[a-z0-9][A-Za-z0-9-]{0,100}\.pdf$/);
/** Of a file that leaves the app; a new one is long enough not to be guessed. */
export const NewFilePassphrase = z.string().min(12).max(500);
export const FilePassphrase = z.string().min(1).max(500);
export const Saved = z.enum(['saved', 'cancelled']);
export const Label = z.string().trim().min(1).max(80);
export const KdfSettings = z.strictObject({
  m: z.int().min(19_456).max(262_144),
  t: z.int().min(1).max(10),
  salt: bytesOf(16),
});
export const Opened = z.strictObject({
  user: z.string(),
  label: z.string(),
  role: z.enum(['caseworker', 'interviewer', 'finance', 'coordinator', 'lead']),
  keys: z.array(z.strictObject({ c: Compartment, epoch: z.int(), key: bytesOf(32) })),
  ownKey: bytesOf(32),
  device: z.string(),
});
/** What the endpoint says of a laptop. */
export const Standing = z.enum(['active', 'deposit_only', 'revoked', 'wipe']);
/** `over`: nothing is shown or written before this laptop has had contact; what is unsent can always be delivered. */
export const LeaseState = z.strictObject({
  stage: z.enum(['open', 'warned', 'read-only', 'over']),
  days: Count,
  of: Count,
  daysLeft: Count,
});
export const SyncFailure = z.strictObject({
  failed: z.enum([
    'offline',
    'captive-portal',
    'wrong-endpoint',
    'untrusted',
    'unauthorised',
    'revoked',
    'upgrade-needed',
    'too-big',
    'rewound',
    'endpoint-failed',
  ]),
  retryAfterMs: Count,
});
export const FeedState = z.strictObject({ site: z.string(), c: Compartment, pos: Count, h: bytesOf(32) });
export const Rejected = z.strictObject({ w: Writer, from: Count, to: Count });
export const WriterAnswer = z.strictObject({ w: Writer, n: Count, at: Count, h: bytesOf(32), archived: Count });
export const Batch = z.strictObject({
  user: z.string(),
  c: Compartment,
  prev: bytesOf(32),
  ops: z.array(Change).min(1).max(maxFrameOps),
  anchors: z
    .array(z.strictObject({ n: Count, by: z.strictObject({ w: Writer, n: Count }) }))
    .max(maxFrameOps)
    .exactOptional(),
});
export const FeedPageAnswer = z.strictObject({
  from: Count,
  to: Count,
  h: bytesOf(32),
  more: z.boolean(),
  entries: z.array(
    z.union([
      z.strictObject({ kind: z.literal('op'), c: Compartment, op: Change }),
      z.strictObject({
        kind: z.enum(['place', 'evict']),
        record: z.strictObject({ kind: z.string(), id: z.string() }),
      }),
    ]),
  ),
  raw: Bytes,
});
/** Why a file on a stick could not be written or taken in. */
export const CaseboxRefusal = z.strictObject({
  refused: z.enum([
    'cancelled',
    'not-connected',
    'no-key',
    ...(['full', 'read-only', 'unplugged', 'not-written'] as const),
    ...(['foreign', 'newer', 'damaged', 'own-file', 'other-municipality', 'other-laptop', 'not-signed'] as const),
  ]),
});
