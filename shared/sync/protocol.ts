import * as z from 'zod';
import { compartments } from '../records/record.ts';
import { canonicalJson, type Json } from '../vault/canonical-json.ts';
import { momentSchema } from '../vault/moment.ts';

/** Requests and answers of the endpoint (sync.md §2.8). Strict: a field nobody knows is an answer of somebody else. */
export const protocolVersion = 1;
export const frameMediaType = 'application/vnd.casesync';
/** In `accept`, by a laptop that reads pages with columns of format 2; who does not know it reads over it. */
export const columns2MediaType = `${frameMediaType};columns=2`;
export const readsColumns2 = (accept: string | undefined): boolean =>
  (accept ?? '').split(',').some((type) => type.trim() === columns2MediaType);

const shortText = z.string().min(1).max(200);
const nonce = z.string().min(16).max(64);
const writer = z.string().regex(/^[0-9a-f]{16}$/);
const hash = z.string().regex(/^[0-9a-f]{64}$/);
const number = z.int().min(0);
const base64url = z
  .string()
  .regex(/^[A-Za-z0-9_-]+$/)
  .max(200);
const compartment = z.enum(compartments);
const user = z.string().regex(/^u_[0-9a-f]{16}$/);
const device = z.string().regex(/^d_[0-9a-f]{16}$/);

/** What every answer carries. `sig` = Ed25519 of the pinned key of the endpoint over `signedText`, base64url. */
const answer = {
  proto: z.literal(protocolVersion),
  nonce,
  now: number,
  epoch: shortText,
  sig: base64url,
};

export const helloRequestSchema = z.strictObject({
  proto: z.literal(protocolVersion),
  device,
  app: shortText,
  schema: number,
  nonce,
  clock: z.strictObject({ wall: number, cq: z.union([z.literal(0), z.literal(1), z.literal(2)]) }),
  vaultCounter: number,
  /** Null before the first answer. */
  epoch: shortText.nullable(),
  /** Own writers that are not fully archived. */
  writers: z.array(z.strictObject({ w: writer, n: number, h: hash })).max(10_000),
  /** Feeds of the compartments of the unlocked user. */
  feeds: z.array(z.strictObject({ site: shortText, c: compartment, pos: number, h: hash })).max(10_000),
  /** What this device saw of the history; the answer says of each whether it is still part of it. */
  seen: z.array(momentSchema).max(10_000),
});
export type HelloRequest = z.infer<typeof helloRequestSchema>;

export const helloAnswerSchema = z.strictObject({
  ...answer,
  device: z.enum(['active', 'deposit_only', 'revoked', 'wipe']),
  reason: z.enum(['returned', 'stolen', 'put-back']).nullable(),
  /** `at` = the smaller of the numbers here and there, `h` = the chain hash at it. */
  writers: z.array(z.strictObject({ w: writer, n: number, at: number, h: hash, archived: number })).max(10_000),
  feeds: z
    .array(
      z.strictObject({
        site: shortText,
        c: compartment,
        st: z.enum(['ok', 'rewound', 'diverged', 'gone', 'new']),
        head: number,
        h: hash,
        archived: number,
      }),
    )
    .max(10_000),
  seen: z.array(z.boolean()).max(10_000),
  /** The latest moment that all of this answer is part of; null in a history without any. */
  at: momentSchema.nullable(),
  limits: z.strictObject({ ops: z.int().min(1), raw: z.int().min(1), minApp: shortText }),
  retryAfter: number,
  /** How many days a laptop may be without contact, from which day (UTC) on. Absent: the usual 14. */
  lease: z
    .array(z.strictObject({ from: z.iso.date(), days: z.int().min(1).max(30) }))
    .max(100)
    .exactOptional(),
  /** Operations of this device that stand in no feed: they wait for a person, or were not let through. Absent: none. */
  waiting: z
    .array(
      z.strictObject({
        w: writer,
        n: number,
        why: z.enum(['schema', 'rights', 'rule']),
        state: z.enum(['held', 'rejected']),
      }),
    )
    .max(1_000)
    .exactOptional(),
  /** All that a person did not let through, from a number to a number of a writer: no record shows it. Absent: none. */
  rejected: z
    .array(z.strictObject({ w: writer, from: number, to: number }))
    .max(100_000)
    .exactOptional(),
});
export type HelloAnswer = z.infer<typeof helloAnswerSchema>;

/** Cumulative: everything of the writer up to `n` is durable, and `h` is its chain hash there. */
export const ackAnswerSchema = z.strictObject({
  ...answer,
  ack: z.strictObject({ w: writer, n: number, h: hash }),
  held: z.array(z.strictObject({ n: number, why: z.enum(['schema', 'rights', 'rule']) })),
});
export type AckAnswer = z.infer<typeof ackAnswerSchema>;

/**
 * `POST /v1/redeposit` takes one page that this endpoint once signed; `took` operations of it were not here any more. At
 * `at` all of it is here.
 */
export const redepositAnswerSchema = z.strictObject({ ...answer, took: number, at: momentSchema.nullable() });

/** The status an error comes with; each is signed like any other answer. */
export const errorStatus = {
  GAP: 409,
  FORK: 409,
  HISTORY: 409,
  TOO_BIG: 413,
  BAD_FRAME: 422,
  BAD_REQUEST: 422,
  UNKNOWN_DEVICE: 401,
  REVOKED: 403,
  CODE_REFUSED: 403,
  PROTECTION_REFUSED: 403,
  APP_TOO_OLD: 426,
  TOO_MANY: 429,
  BUSY: 503,
} as const;

const failure = <Code extends keyof typeof errorStatus, Facts extends z.core.$ZodLooseShape>(
  code: Code,
  facts: Facts,
) => z.strictObject({ ...answer, err: z.literal(code), ...facts });

export const errorAnswerSchema = z.discriminatedUnion('err', [
  failure('GAP', { have: number, h: hash }),
  failure('FORK', { at: number }),
  failure('HISTORY', { common: number }),
  failure('TOO_BIG', { raw: number }),
  failure('BAD_FRAME', {}),
  failure('BAD_REQUEST', {}),
  failure('UNKNOWN_DEVICE', {}),
  failure('REVOKED', { deposit: z.literal('quarantine') }),
  failure('CODE_REFUSED', {}),
  failure('PROTECTION_REFUSED', {}),
  failure('APP_TOO_OLD', { deposit: z.literal(true) }),
  failure('TOO_MANY', { retryAfter: number }),
  failure('BUSY', { retryAfter: number }),
]);
export type ErrorAnswer = z.infer<typeof errorAnswerSchema>;

/** `POST /v1/enrol`: a one-time code makes this device known. */
export const enrolRequestSchema = z.strictObject({
  proto: z.literal(protocolVersion),
  nonce,
  code: shortText,
  device,
  devicePublicKey: base64url,
  label: shortText,
  protection: z.enum(['full', 'reduced']),
  diskEncryption: z.enum(['on', 'off', 'unknown']),
});
export type EnrolRequest = z.infer<typeof enrolRequestSchema>;

export const enrolAnswerSchema = z.strictObject({
  ...answer,
  device,
  user,
  role: shortText,
  compartments: z.array(compartment),
  sites: z.array(shortText),
  serverKey: base64url,
  /** X25519: files on a stick are sealed for it. An endpoint of before has none. */
  boxKey: base64url.optional(),
  /** The device keeps its key less well than it should, and this endpoint accepts that: a trial, not real work. */
  reducedProtection: z.literal(true).optional(),
});
export type EnrolAnswer = z.infer<typeof enrolAnswerSchema>;

/** The text that a signature covers: canonical JSON (RFC 8785) of everything but `sig`. */
export function signedText(message: { readonly [key: string]: Json }): string {
  return canonicalJson(Object.fromEntries(Object.entries(message).filter(([key]) => key !== 'sig')));
}

/**
 * Headers of every request, enrolment included: the device that asks, the user who is unlocked, the nonce that a JSON
 * answer repeats, and base64url of the Ed25519 signature of the device over UTF-8 `requestText`.
 */
export const requestHeaders = {
  device: 'onderdak-device',
  user: 'onderdak-user',
  nonce: 'onderdak-nonce',
  signature: 'onderdak-signature',
} as const;

/** What a device signs of a request; `target` is path with query, `bodySha256` hexadecimal (of nothing for GET). */
export function requestText(of: {
  readonly method: 'GET' | 'POST';
  readonly target: string;
  readonly device: string;
  readonly user: string;
  readonly nonce: string;
  readonly bodySha256: string;
}): string {
  return ['onderdak/v1/request', of.method, of.target, of.device, of.user, of.nonce, of.bodySha256].join('\n');
}
