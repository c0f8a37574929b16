import { describe, expect, it } from 'vitest';
import {
  ackAnswerSchema,
  enrolRequestSchema,
  errorAnswerSchema,
  errorStatus,
  helloAnswerSchema,
  helloRequestSchema,
  signedText,
} from '../../../shared/sync/protocol.ts';

const hash = 'ab'.repeat(32);
const carried = { proto: 1, nonce: 'nonce-of-22-characters', now: 1_764_000_000_000, epoch: 'e_1', sig: 'c2ln' };
const hello = {
  proto: 1,
  device: 'd_0123456789abcdef',
  app: '0.1.0',
  schema: 1,
  nonce: carried.nonce,
  clock: { wall: 1_764_000_000_000, cq: 0 },
  vaultCounter: 12,
  epoch: null,
  writers: [{ w: '0123456789abcdef', n: 3, h: hash }],
  feeds: [{ site: 's12', c: 'core', pos: 0, h: hash }],
  seen: [{ g: 1, mark: '0123456789abcdef' }],
};

describe('schemas', () => {
  it('read what they should', () => {
    expect(helloRequestSchema.safeParse(hello).success).toBe(true);
    const answer = {
      ...carried,
      device: 'active',
      reason: null,
      writers: [{ w: '0123456789abcdef', n: 3, at: 3, h: hash, archived: 0 }],
      feeds: [{ site: 's12', c: 'core', st: 'new', head: 0, h: hash, archived: 0 }],
      seen: [true],
      at: null,
      limits: { ops: 500, raw: 262_144, minApp: '0.1' },
      retryAfter: 0,
    };
    expect(helloAnswerSchema.safeParse(answer).success).toBe(true);
    const ack = { ...carried, ack: { w: '0123456789abcdef', n: 3, h: hash }, held: [{ n: 2, why: 'rights' }] };
    expect(ackAnswerSchema.safeParse(ack).success).toBe(true);
    expect(errorAnswerSchema.safeParse({ ...carried, err: 'GAP', have: 2, h: hash }).success).toBe(true);
    const enrol = {
      proto: 1,
      nonce: carried.nonce,
      code: 'ABCD-EFGH',
      device: 'd_0123456789abcdef',
      devicePublicKey: 'A_-9',
      label: 'laptop 1',
      protection: 'reduced',
      diskEncryption: 'unknown',
    };
    expect(enrolRequestSchema.safeParse(enrol).success).toBe(true);
  });

  it.each([
    ['an unknown field', { ...hello, extra: 1 }],
    ['another protocol', { ...hello, proto: 2 }],
    ['a short nonce', { ...hello, nonce: 'x' }],
    ['a fraction', { ...hello, vaultCounter: 0.5 }],
    ['an unknown compartment', { ...hello, feeds: [{ site: 's', c: 'all', pos: 0, h: hash }] }],
    ['a login page', '<html>'],
  ])('refuse %s', (_name, request) => {
    expect(helloRequestSchema.safeParse(request).success).toBe(false);
  });

  it('refuse an acknowledgement without a signature', () => {
    const { sig: _sig, ...unsigned } = { ...carried, ack: { w: '0123456789abcdef', n: 3, h: hash }, held: [] };
    expect(_sig).toBe('c2ln');
    expect(ackAnswerSchema.safeParse(unsigned).success).toBe(false);
  });

  it('give every error a status', () => {
    expect(errorStatus).toMatchObject({
      GAP: 409,
      FORK: 409,
      TOO_BIG: 413,
      BAD_FRAME: 422,
      REVOKED: 403,
      APP_TOO_OLD: 426,
    });
    expect(errorAnswerSchema.options.map((option) => option.shape.err.value).toSorted()).toEqual(
      Object.keys(errorStatus).toSorted(),
    );
  });
});

it('signs one text, whatever the order of keys, without the signature', () => {
  expect(signedText({ b: [1, { d: null, c: 'é' }], sig: 'x', a: true })).toBe('{"a":true,"b":[1,{"c":"é","d":null}]}');
});
