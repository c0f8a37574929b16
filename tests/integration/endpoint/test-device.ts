import { spawn } from 'node:child_process';
import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect } from 'vitest';
import { deflate, inflate, isSignedBy, sha256 } from '../../../endpoint/server-key.ts';
import type { Endpoint } from '../../../endpoint/start-endpoint.ts';
import { fromHex, toHex, toUtf8 } from '../../../shared/kernel/bytes.ts';
import type { Compartment } from '../../../shared/records/record.ts';
import { chainAfter, chainStart } from '../../../shared/sync/chain.ts';
import type { Change, Dot, Value } from '../../../shared/sync/change.ts';
import { encodeFrame } from '../../../shared/sync/frame.ts';
import { decodePage, feedStart, type Page } from '../../../shared/sync/page.ts';
import type { WireNames } from '../../../shared/sync/wire-codec.ts';
import {
  ackAnswerSchema,
  enrolAnswerSchema,
  errorAnswerSchema,
  frameMediaType,
  helloAnswerSchema,
  requestHeaders,
  requestText,
  signedText,
  type AckAnswer,
  type EnrolAnswer,
  type ErrorAnswer,
  type HelloAnswer,
  type HelloRequest,
} from '../../../shared/sync/protocol.ts';
import type { Json } from '../../../shared/vault/canonical-json.ts';

/** A folder that the user postgres can reach when the tests run as root. */
export async function makeDataFolder(): Promise<{ readonly path: string; readonly remove: () => Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'onderdak-endpoint-'));
  await chmod(path, 0o711);
  return { path: join(path, 'data'), remove: () => rm(path, { recursive: true, force: true }) };
}

/** The superuser of the endpoint's own PostgreSQL. */
export async function adminUrlOf(endpoint: Pick<Endpoint, 'databaseUrl'>, data: string): Promise<string> {
  const url = new URL(endpoint.databaseUrl);
  url.username = 'postgres';
  url.password = await readFile(join(data, 'postgres-password'), 'utf8');
  return url.href;
}

export type Writer = { readonly w: Uint8Array; readonly c: Compartment; ops: Change[] };
export type Sent = { readonly status: number; readonly headers: Headers; readonly bytes: Uint8Array };
type Edit = Pick<Change, 't' | 'f'> & Partial<Omit<Change, 't' | 'f' | 'w' | 'n' | 'v'>> & { readonly v: Value };

/** A laptop as the endpoint sees it: keys, writers, signed requests; checks the signature of every answer. */
export class TestDevice {
  readonly id = `d_${randomBytes(8).toString('hex')}`;
  user = `u_${randomBytes(8).toString('hex')}`;
  readonly keys = generateKeyPairSync('ed25519');
  readonly publicKey = this.keys.publicKey.export({ format: 'jwk' }).x ?? '';
  endpoint: Pick<Endpoint, 'url' | 'serverKey'>;

  constructor(endpoint: Pick<Endpoint, 'url' | 'serverKey'>) {
    this.endpoint = endpoint;
  }

  sign(bytes: Uint8Array): Uint8Array {
    return sign(null, bytes, this.keys.privateKey);
  }

  headers(method: 'GET' | 'POST', target: string, body: Uint8Array, nonce = randomBytes(16).toString('hex')) {
    const { id: device, user } = this;
    const text = requestText({ method, target, device, user, nonce, bodySha256: toHex(sha256(body)) });
    return {
      [requestHeaders.device]: device,
      [requestHeaders.user]: user,
      [requestHeaders.nonce]: nonce,
      [requestHeaders.signature]: Buffer.from(this.sign(toUtf8(text))).toString('base64url'),
    };
  }

  async send(
    method: 'GET' | 'POST',
    target: string,
    body: Uint8Array,
    headers = this.headers(method, target, body),
  ): Promise<Sent> {
    const response = await fetch(this.endpoint.url + target, {
      method,
      headers,
      ...(method === 'POST' ? { body: Buffer.from(body) } : {}),
    });
    return { status: response.status, headers: response.headers, bytes: new Uint8Array(await response.arrayBuffer()) };
  }

  /** The answer, after its signature and its nonce were found right. */
  readJson(sent: Sent, nonce: string): unknown {
    const json = JSON.parse(Buffer.from(sent.bytes).toString('utf8')) as { [key: string]: Json };
    expect(sent.headers.get('cache-control')).toBe('no-store');
    expect(json.nonce).toBe(nonce);
    const signature = Buffer.from(typeof json.sig === 'string' ? json.sig : '', 'base64url');
    const key = Buffer.from(this.endpoint.serverKey, 'base64url');
    expect(isSignedBy(key, toUtf8(signedText(json)), signature)).toBe(true);
    return json;
  }

  async ask<T>(
    method: 'GET' | 'POST',
    target: string,
    body: Uint8Array,
    parse: (json: unknown) => T,
  ): Promise<T | ErrorAnswer> {
    const headers = this.headers(method, target, body);
    const sent = await this.send(method, target, body, headers);
    const json = this.readJson(sent, headers[requestHeaders.nonce] ?? '');
    return sent.status === 200 ? parse(json) : errorAnswerSchema.parse(json);
  }

  enrol(
    code: string,
    more: { protection?: 'full' | 'reduced'; devicePublicKey?: string } = {},
  ): Promise<EnrolAnswer | ErrorAnswer> {
    const request = {
      proto: 1,
      nonce: randomBytes(16).toString('hex'),
      code,
      device: this.id,
      devicePublicKey: this.publicKey,
      label: 'Test',
      protection: 'full',
      diskEncryption: 'unknown',
      ...more,
    };
    return this.ask('POST', '/v1/enrol', toUtf8(JSON.stringify(request)), (json) => enrolAnswerSchema.parse(json));
  }

  async hello(asked: Partial<HelloRequest> = {}): Promise<HelloAnswer> {
    const nonce = randomBytes(16).toString('hex');
    const request: HelloRequest = {
      proto: 1,
      device: this.id,
      app: '0.1.0',
      schema: 1,
      nonce,
      clock: { wall: 1_000, cq: 2 },
      vaultCounter: 1,
      epoch: null,
      writers: [],
      feeds: [],
      seen: [],
      ...asked,
    };
    const body = toUtf8(JSON.stringify(request));
    const sent = await this.send('POST', '/v1/hello', body, this.headers('POST', '/v1/hello', body, nonce));
    return helloAnswerSchema.parse(this.readJson(sent, nonce));
  }

  frameOf(
    writer: Writer,
    from = 1,
    to = writer.ops.length,
    prev = chainAfter(chainStart(writer.w, sha256), writer.ops.slice(0, from - 1), sha256),
    names?: WireNames,
  ): Uint8Array {
    const { id: device, user } = this;
    const header = { device, user, c: writer.c, app: '0.1.0', schema: 1, prev };
    const tools = { sha256, deflate, sign: (digest: Uint8Array) => this.sign(digest) };
    return encodeFrame({ header, ops: writer.ops.slice(from - 1, to) }, tools, names);
  }

  push(frame: Uint8Array): Promise<AckAnswer | ErrorAnswer> {
    return this.ask('POST', '/v1/batches', frame, (json) => ackAnswerSchema.parse(json));
  }

  /** One page after a cursor, verified; or the error. */
  async page(site: string, c: Compartment, after = 0, h = feedStart(), max = 262_144): Promise<Page | ErrorAnswer> {
    const target = `/v1/feed/${site}/${c}?after=${after}&h=${toHex(h)}&max=${max}`;
    const headers = this.headers('GET', target, new Uint8Array(0));
    const sent = await this.send('GET', target, new Uint8Array(0), headers);
    if (sent.headers.get('content-type') !== frameMediaType) {
      return errorAnswerSchema.parse(this.readJson(sent, headers[requestHeaders.nonce] ?? ''));
    }
    const page = this.open(sent.bytes);
    if (!page.ok) throw new Error(page.error.type);
    expect(page.value).toMatchObject({ site, c, from: after + 1 });
    expect(toHex(page.value.before)).toBe(toHex(h));
    return page.value;
  }

  open(bytes: Uint8Array) {
    const key = Buffer.from(this.endpoint.serverKey, 'base64url');
    return decodePage(bytes, { sha256, inflate, verify: (digest, signature) => isSignedBy(key, digest, signature) });
  }

  /** The whole feed, page by page. */
  async feed(site: string, c: Compartment, max?: number): Promise<Page['entries']> {
    const entries: Page['entries'][number][] = [];
    let h = feedStart();
    for (let more = true; more;) {
      const page = await this.page(site, c, entries.length, h, max);
      if ('err' in page) throw new Error(page.err);
      entries.push(...page.entries);
      ({ after: h, more } = page);
    }
    return entries;
  }

  writer(c: Compartment): Writer {
    return { w: new Uint8Array(randomBytes(8)), c, ops: [] };
  }

  /** The next operation of a writer. */
  edit(writer: Writer, edit: Edit): Change {
    const n = writer.ops.length + 1;
    const h = fromHex((1_790_000_000_000 + n).toString(16).padStart(12, '0') + '0000');
    const save: [Uint8Array, number] = [new Uint8Array(8), 1];
    const salt = new Uint8Array(randomBytes(8));
    const id = new Uint8Array(randomBytes(16));
    const fixed = { w: writer.w, n };
    const op: Change = { h, cq: 0, id, k: 'set', b: [], u: this.user, s: 1, x: save, salt, ...edit, ...fixed };
    writer.ops.push(op);
    return op;
  }

  /** `count` records of one field each, at a site or at none. */
  fill(writer: Writer, count: number, site: string | null = null): void {
    for (let at = 0; at < count; at++) this.edit(writer, { t: 'family', f: 'placement', v: { site } });
  }
}

/** An id as records have them, and its text. */
export function newRecord(): { readonly id: Uint8Array; readonly text: string } {
  const bytes = new Uint8Array(randomBytes(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = toHex(bytes);
  return { id: bytes, text: hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5') };
}

export async function enrolled(
  endpoint: Endpoint,
  options: Parameters<Endpoint['invite']>[0] = {},
): Promise<TestDevice> {
  const device = new TestDevice(endpoint);
  const answer = await device.enrol(await endpoint.invite(options));
  expect(answer).not.toHaveProperty('err');
  return device;
}

/** What the command line says and ends with, beside an endpoint or without one. */
export async function runCommand(
  data: string,
  ...args: readonly string[]
): Promise<{ readonly code: unknown; readonly lines: readonly string[] }> {
  const child = spawn(process.execPath, ['endpoint/main.ts', ...args, '--data', data], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const ended = new Promise((done) => child.once('exit', done));
  const [said, code] = await Promise.all([text(child.stderr), ended]);
  return { code, lines: said.trim().split('\n') };
}

/** The values of the operations of a feed, and `place`/`evict` by their kind. */
export const valuesOf = (entries: Page['entries']): readonly (Value | undefined)[] =>
  entries.map((entry) => (entry.kind === 'op' ? entry.op.v : entry.kind));
export const dotText = ({ w, n }: Dot): string => `${toHex(w)}:${n}`;
