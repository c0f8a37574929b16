import { mkdtemp, chmod, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { deflate, sha256 } from '../../endpoint/server-key.ts';
import { startEndpoint, type Endpoint } from '../../endpoint/start-endpoint.ts';
import { equalBytes, toHex } from '../../shared/kernel/bytes.ts';
import { chainAfter, chainStart } from '../../shared/sync/chain.ts';
import { encodeFrame, maxFrameOps, takeForFrame } from '../../shared/sync/frame.ts';
import { deriveSaveId } from '../../shared/sync/save-id.ts';
import { packWire, type WireNames } from '../../shared/sync/wire-codec.ts';
import type { Change, Dot } from '../../shared/sync/change.ts';
import { TestDevice } from '../integration/endpoint/test-device.ts';
import { Prng } from '../simulation/prng.ts';
import { replicateWithPouch } from './couch.ts';
import { ingestRows } from './ingest.ts';
import { openLink, type Counted, type LinkOptions } from './link.ts';
import type { PeerResult, Row } from './report.ts';
import { summarise, type Summary } from './stats.ts';
import { writeWork, type Written } from './sync-edits.ts';

/** Bytes and requests of an exchange, the part of a bad link it uses, and what the endpoint takes in a second. */
export async function syncSuite(
  edits: number,
  seed: number,
  reps: number,
  withPeers: boolean,
  say: (text: string) => void,
): Promise<readonly Row[]> {
  const work = writeWork(edits, edits, seed);
  const folder = await mkdtemp(path.join(tmpdir(), 'onderdak-bench-'));
  await chmod(folder, 0o711);
  const data = path.join(folder, 'data');
  const endpoint = await startEndpoint({ data, allowReducedProtection: true });
  try {
    const rows: Row[] = [
      bytesRow('demo data', work.demo, nothing),
      bytesRow(`${String(edits)} edits`, work.edits, firstOps(work.demo)),
    ];
    say('the records before');
    const { became } = await sendAll(endpoint, work.demo, seed);
    say('edits over the line');
    const ours = await sendAll(endpoint, work.edits, seed, {}, became);
    const pouch = withPeers ? await replicateWithPouch(work.edits) : null;
    rows.push(...exchangeRows(work.edits.count, ours.counted, pouch));
    say('the same over 50 kbit/s, 300 ms, 2 % lost');
    rows.push(await slowRow(endpoint, work.edits, seed, became));
    say('demo data into PostgreSQL');
    const together = async (works: readonly Written[]) => {
      const prepared = await Promise.all(works.map((one) => prepare(endpoint, one, seed)));
      const start = performance.now();
      await Promise.all(prepared.map(send));
      return (performance.now() - start) / 1_000;
    };
    rows.push(...(await ingestRows({ endpoint, data }, work.demo, seed, reps, together)));
    return rows;
  } finally {
    await endpoint.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

const single = (value: number): Summary => summarise([[value]]);

/** Of each record, as whoever edits it later knows it. */
function firstOps({ writers }: Written): Known {
  const known = new Map<string, Dot>();
  for (const { ops } of writers)
    for (const { id, w, n } of ops) if (!known.has(toHex(id))) known.set(toHex(id), { w, n });
  return known;
}

function bytesRow(name: string, work: Written, known: Known): Row {
  const { writers, count } = work;
  const device = new TestDevice({ url: '', serverKey: '' });
  const frames = framesOf(device, work, known);
  const ours = frames.reduce((sum, { bytes }) => sum + bytes.length, 0) / count;
  const content =
    writers.reduce((sum, { ops }) => sum + deflate(packWire(ops, namesOf(known), sha256)).length, 0) / count;
  const json = writers.reduce((sum, { ops }) => sum + gzipSync(JSON.stringify(ops.map(asJson))).length, 0) / count;
  return {
    ...{ suite: 'sync', work: `bytes of an operation, ${name}`, n: count, unit: 'B', ours: single(ours) },
    limit: { name: 'the columns alone', value: single(content), ratio: ours / content },
    goal: name === 'demo data' ? '<= 22 B in bulk' : null,
    met: name === 'demo data' ? ours <= 22 : null,
    peers: [{ name: 'gzip of JSON', value: single(json), ratio: json / ours, note: 'names of fields, hex and base64' }],
    growth: null,
    note: '8 bytes of an operation are its salt, which does not compress.',
  };
}

/** As short as JSON that a person would still write: bytes in base64. */
function asJson(op: Change): object {
  const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
  return {
    ...{ w: base64(op.w), n: op.n, h: base64(op.h), cq: op.cq, t: op.t, id: base64(op.id), f: op.f, k: op.k, v: op.v },
    ...{ b: op.b.map(({ w, n }) => [base64(w), n]), u: op.u, s: op.s },
    ...{ x: [base64(op.x[0]), op.x[1]], salt: base64(op.salt) },
  };
}

/** An operation of each record that the endpoint has before, by the record. */
type Known = ReadonlyMap<string, Dot>;
const nothing: Known = new Map();

/** As the app names records: by the base of an edit, or by the first operation about them that the endpoint has. */
const namesOf = (known: Known): WireNames => ({ basesKnown: true, anchorOf: (op) => known.get(toHex(op.id)) });

type Sendable = { readonly bytes: Uint8Array; readonly n: number; readonly h: string };

/** As the app does it: from 32 KiB on twice as long after every success of less than ten seconds, over all writers. */
class Pace {
  target = 32 * 1024;
  sent(seconds: number): void {
    if (seconds < 10) this.target = Math.min(256 * 1024, this.target * 2);
  }
}

/** The frames that the app would send, each cut when it is asked for. */
function* cutFrames(device: TestDevice, { writers }: Written, pace: Pace, known: Known): Generator<Sendable> {
  for (const { c, ops } of writers) {
    const [first] = ops;
    let prev = first === undefined ? new Uint8Array(32) : chainStart(first.w, sha256);
    for (let at = 0; at < ops.length;) {
      const taken = takeForFrame(ops.slice(at, at + maxFrameOps), pace.target);
      const header = { device: device.id, user: device.user, c, app: '0.1.0', schema: 1, prev };
      const tools = { sha256, deflate, sign: (digest: Uint8Array) => device.sign(digest) };
      const bytes = encodeFrame({ header, ops: taken }, tools, namesOf(known));
      prev = chainAfter(prev, taken, sha256);
      at += taken.length;
      yield { bytes, n: taken.at(-1)?.n ?? 0, h: toHex(prev) };
    }
  }
}

/** On a line where every frame takes less than ten seconds. */
function framesOf(device: TestDevice, work: Written, known: Known): readonly Sendable[] {
  const frames: Sendable[] = [];
  const pace = new Pace();
  for (const frame of cutFrames(device, work, pace, known)) {
    frames.push(frame);
    pace.sent(0);
  }
  return frames;
}

/** Who wrote the records before: by the writer they were made with, the one of the laptop that sent them. */
type Before = { readonly writers: ReadonlyMap<string, Uint8Array>; readonly known: Known };
const nobody: Before = { writers: new Map(), known: nothing };

/** Every operation under numbers and a writer of this device, so that the same work can be sent again. */
function asWorkOf(
  device: TestDevice,
  work: Written,
  before: Before,
): { readonly own: Written; readonly became: Before } {
  const became = new Map<string, Uint8Array>();
  const known = new Map<string, Dot>();
  const saves = new Map<string, Uint8Array>();
  const moved = work.writers.map(({ c, ops }) => {
    const { w } = device.writer(c);
    const first = ops[0]?.n ?? 1;
    if (ops[0] !== undefined) became.set(toHex(ops[0].w), w);
    const dotOf = (dot: Dot): readonly Dot[] => {
      if (dot.n >= first) return [{ w, n: dot.n - first + 1 }];
      const author = before.writers.get(toHex(dot.w));
      return author === undefined ? [] : [{ w: author, n: dot.n }];
    };
    const own = ops.map((op): Change => {
      const next = { ...op, ...dotOf(op)[0], u: device.user, b: op.b.flatMap(dotOf) };
      const name = toHex(op.x[0]);
      if (equalBytes(op.x[0], deriveSaveId(op, sha256))) saves.set(name, deriveSaveId(next, sha256));
      if (!known.has(toHex(op.id))) known.set(toHex(op.id), { w: next.w, n: next.n });
      return next;
    });
    return { c, ops: own };
  });
  const writers = moved.map(({ c, ops }) => ({
    c,
    ops: ops.map((op): Change => ({ ...op, x: [saves.get(toHex(op.x[0])) ?? op.x[0], op.x[1]] })),
  }));
  return { own: { ...work, writers }, became: { writers: became, known } };
}

type Sent = { readonly counted: Counted; readonly seconds: number; readonly became: Before };

type Prepared = {
  readonly device: TestDevice;
  readonly frames: Iterable<Sendable>;
  readonly pace: Pace;
  readonly link: Awaited<ReturnType<typeof openLink>>;
  readonly became: Before;
};

/** A new laptop with its work, and a line to the endpoint. */
async function prepare(
  endpoint: Endpoint,
  work: Written,
  seed: number,
  options: LinkOptions = {},
  before: Before = nobody,
): Promise<Prepared> {
  const device = new TestDevice(endpoint);
  const joined = await device.enrol(await endpoint.invite());
  if ('err' in joined) throw new Error('the laptop of the benchmark may not join');
  const { own, became } = asWorkOf(device, work, before);
  // On a slow line how much goes into a frame depends on the one before it.
  const pace = new Pace();
  const frames =
    options.bitsPerSecond === undefined
      ? framesOf(device, own, before.known)
      : cutFrames(device, own, pace, before.known);
  const prng = new Prng(seed, 3);
  const link = await openLink(endpoint.url, { ...options, draw: () => prng.int(1e6) / 1e6 });
  device.endpoint = { url: link.url, serverKey: endpoint.serverKey };
  return { device, frames, pace, link, became };
}

/** It greets and sends all of it; every answer has to cover its frame. */
async function send({ device, frames, pace, link, became }: Prepared): Promise<Sent> {
  try {
    const start = performance.now();
    await device.hello();
    for (const { bytes, n, h } of frames) {
      const began = performance.now();
      const answer = await device.push(bytes);
      if (!('ack' in answer) || answer.ack.n !== n || answer.ack.h !== h) throw new Error('a frame was not taken');
      pace.sent((performance.now() - began) / 1_000);
    }
    const seconds = (performance.now() - start) / 1_000;
    return { counted: { ...link.counted }, seconds, became };
  } finally {
    await link.close();
  }
}

const sendAll = async (...given: Parameters<typeof prepare>): Promise<Sent> => send(await prepare(...given));

function exchangeRows(count: number, sent: Counted, pouch: Counted | null): readonly Row[] {
  // They do not compress, and a value that is erased could be guessed without them: they stay, and are shown apart.
  const ours = { ...sent, salts: 8 * count };
  const row = (work: string, of: (counted: Counted & { salts?: number }) => number, least: number | null): Row => {
    const ratio = pouch === null ? null : of(pouch) / of(ours);
    const value = pouch === null ? ('not installed' as const) : single(of(pouch));
    const note = 'batches of 1,000, express-pouchdb; whole documents with their revisions, no signatures';
    const peer: PeerResult = { name: 'PouchDB', value, ratio, note };
    return {
      ...{ suite: 'sync', work, n: count, unit: work.startsWith('req') ? 'requests' : 'B', ours: single(of(ours)) },
      ...{
        limit: null,
        goal: least === null ? null : `PouchDB >= ${String(least)} x`,
        met: ratio === null || least === null ? null : ratio >= least,
      },
      ...{ peers: [peer], growth: null },
    };
  };
  return [
    row('bytes of HTTP an edit, both ways', ({ up, down }) => (up + down) / count, 60),
    row('the same without the salts', ({ up, down, salts = 0 }) => (up + down - salts) / count, null),
    row('requests for all edits', ({ requests }) => requests, 20),
  ];
}

async function slowRow(endpoint: Endpoint, work: Written, seed: number, before: Before): Promise<Row> {
  const link = { bitsPerSecond: 50_000, roundTripMs: 300, loss: 0.02 };
  const { counted, seconds } = await sendAll(endpoint, work, seed, link, before);
  // Of the bare line: headers of packets and what was lost count against us.
  const share = (100 * counted.up) / ((link.bitsPerSecond / 8) * seconds);
  return {
    ...{ suite: 'sync', work: 'share of a link of 50 kbit/s, 300 ms, 2 % lost', n: work.count, unit: '%' },
    ...{ ours: single(share), limit: null, goal: '>= 90 %', met: share >= 90, peers: [], growth: null },
    note: `The link: ${String(Math.round(seconds))} s; a lost packet takes its time twice and holds the line up for a round trip.`,
  };
}
