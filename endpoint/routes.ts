import { parse } from 'secure-json-parse';
import * as z from 'zod';
import { fromHex } from '../shared/kernel/bytes.ts';
import { maxRawLength } from '../shared/sync/envelope.ts';
import {
  ackAnswerSchema,
  enrolAnswerSchema,
  enrolRequestSchema,
  frameMediaType,
  helloAnswerSchema,
  helloRequestSchema,
  protocolVersion,
  redepositAnswerSchema,
} from '../shared/sync/protocol.ts';
import { Refusal } from './database.ts';
import { enrol } from './devices.ts';
import { expandFrame } from './expand-frame.ts';
import { readingContext, readPage } from './feed-pages.ts';
import { toldOf } from './held-decisions.ts';
import { answerHello } from './hello.ts';
import { ingestFrame } from './ingest.ts';
import { openApi } from './openapi.ts';
import { takeBack } from './redeposit.ts';
import { forgetOldNonces, identify, isSignedRequest } from './request-guard.ts';
import { watchCounter } from './put-back.ts';
import type { Route } from './route.ts';
import { isSignedBy } from './server-key.ts';

/** Beside what every signed answer carries. */
const healthSchema = z.looseObject({
  status: z.enum(['ok', 'database-unreachable']),
  proto: z.literal(protocolVersion),
  reducedProtection: z.boolean(),
});
/** `h` is the feed hash at `after`, 64 zeros at 0; `max` bounds the bytes of a page. */
const feedQuerySchema = z.strictObject({
  after: z.coerce.number().int().min(0).default(0),
  h: z.string().regex(/^[0-9a-f]{64}$/),
  max: z.coerce
    .number()
    .int()
    .min(1024)
    .max(1024 * 1024)
    .default(256 * 1024),
});

export const routes: readonly Route[] = [
  {
    method: 'POST',
    path: '/v1/enrol',
    pattern: /^\/v1\/enrol$/,
    summary: 'Registers a device and its user with a one-time code',
    maxBody: 16 * 1024,
    signed: true,
    request: enrolRequestSchema,
    answer: enrolAnswerSchema,
    handle: async ({ log, key, boxKey, allowReducedProtection }, { body, signed }) => {
      const request = parseJson(enrolRequestSchema, body);
      const devicePublicKey = Buffer.from(request.devicePublicKey, 'base64url');
      if (signed?.device !== request.device || !isSignedRequest(signed, devicePublicKey)) {
        throw new Refusal({ err: 'UNKNOWN_DEVICE' });
      }
      const reduced = request.protection === 'reduced';
      if (reduced && !allowReducedProtection) throw new Refusal({ err: 'PROTECTION_REFUSED' });
      const { user, role, compartments, sites } = await enrol(log, signed.user, request);
      const rights = { device: request.device, user, role, compartments, sites };
      const json = { ...rights, serverKey: key.publicKey, boxKey, ...(reduced ? { reducedProtection: true } : {}) };
      return { status: 200, json };
    },
  },
  {
    method: 'POST',
    path: '/v1/hello',
    pattern: /^\/v1\/hello$/,
    summary: 'What the endpoint remembers of writers and feeds',
    maxBody: 4 * 1024 * 1024,
    signed: true,
    request: helloRequestSchema,
    answer: helloAnswerSchema,
    handle: async ({ database, log }, { body, signed }) => {
      const { device: caller, grant } = await identify(database, signed);
      const request = parseJson(helloRequestSchema, body);
      if (request.device !== caller.id || request.nonce !== signed?.nonce) throw new Refusal({ err: 'BAD_REQUEST' });
      const counted = { counter: request.vaultCounter, wall: request.clock.wall };
      const device = await watchCounter({ database, log }, caller, counted);
      await forgetOldNonces(database, device.id);
      const context = readingContext(device, grant);
      const answer = await answerHello(database, device, context, request);
      return { status: 200, json: { ...answer, ...(await toldOf(database, context)) } };
    },
  },
  {
    method: 'POST',
    path: '/v1/batches',
    pattern: /^\/v1\/batches$/,
    summary: 'Takes one frame of operations in and confirms it',
    maxBody: maxRawLength + 8 * 1024,
    signed: true,
    request: frameMediaType,
    answer: ackAnswerSchema,
    handle: async ({ database, log }, { body, signed }) => {
      const caller = await identify(database, signed);
      const frame = await expandFrame(database, caller.device, body);
      return { status: 200, json: await ingestFrame(log, caller, frame) };
    },
  },
  {
    method: 'POST',
    path: '/v1/redeposit',
    pattern: /^\/v1\/redeposit$/,
    summary: 'Takes back a page that this endpoint signed and lost',
    maxBody: maxRawLength + 8 * 1024,
    signed: true,
    request: frameMediaType,
    answer: redepositAnswerSchema,
    handle: async ({ database, log, key }, { body, signed }) => {
      const { device } = await identify(database, signed);
      const publicKey = Buffer.from(key.publicKey, 'base64url');
      const isSigned = (digest: Uint8Array, signature: Uint8Array) => isSignedBy(publicKey, digest, signature);
      return { status: 200, json: await takeBack(log, isSigned, device, body) };
    },
  },
  {
    method: 'GET',
    path: '/v1/feed/{site}/{c}',
    pattern: /^\/v1\/feed\/([^/]{1,200})\/([a-z]{1,20})$/,
    summary: 'The signed page of a feed after a position',
    maxBody: 0,
    signed: true,
    request: null,
    answer: frameMediaType,
    query: feedQuerySchema,
    handle: async ({ database, key, epoch }, { url, match, signed, columns }) => {
      const { device, grant } = await identify(database, signed);
      const query = feedQuerySchema.safeParse(Object.fromEntries(url.searchParams));
      const site = decode(match[1] ?? '');
      if (!query.success || site === undefined) throw new Refusal({ err: 'BAD_REQUEST' });
      const { after, h, max } = query.data;
      const request = { site, c: match[2] ?? '', after, h: fromHex(h), max, columns };
      const bytes = await readPage(database, readingContext(device, grant), request, epoch, key);
      return { status: 200, bytes, type: frameMediaType };
    },
  },
  {
    method: 'GET',
    path: '/health',
    pattern: /^\/health$/,
    summary: 'Whether the endpoint and its database work',
    maxBody: 0,
    signed: false,
    request: null,
    answer: healthSchema,
    handle: async ({ database, allowReducedProtection: reducedProtection }) => {
      const well = await database
        .within({ task: 'identify' }, (tx) => tx.query('SELECT 1'))
        .then(
          () => true,
          () => false,
        );
      const json = { status: well ? 'ok' : 'database-unreachable', reducedProtection };
      return { status: well ? 200 : 503, json };
    },
  },
  {
    method: 'GET',
    path: '/openapi.json',
    pattern: /^\/openapi\.json$/,
    summary: 'This description',
    maxBody: 0,
    signed: false,
    request: null,
    answer: z.looseObject({ openapi: z.literal('3.1.0') }),
    handle: () =>
      Promise.resolve({ status: 200, bytes: Buffer.from(JSON.stringify(openApi(routes))), type: 'application/json' }),
  },
];

function parseJson<Schema extends z.ZodType>(schema: Schema, body: Uint8Array): z.infer<Schema> {
  let value: unknown;
  try {
    value = parse(Buffer.from(body).toString('utf8'), undefined, { protoAction: 'error', constructorAction: 'error' });
  } catch {
    throw new Refusal({ err: 'BAD_REQUEST' });
  }
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw new Refusal({ err: 'BAD_REQUEST' });
  return parsed.data;
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
