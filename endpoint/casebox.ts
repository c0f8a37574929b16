import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fromHex, toHex, toUtf8 } from '../shared/kernel/bytes.ts';
import { err, ok, type Result } from '../shared/kernel/result.ts';
import {
  caseboxRequestSchema,
  decodeCasebox,
  encodeCasebox,
  maxCaseboxBytes,
  partAad,
  readJson,
  type Casebox,
  type CaseboxHead,
  type CaseboxReceipt,
  type CaseboxRequest,
  type Seal,
} from '../shared/sync/casebox.ts';
import { feedStart, placeOfPage } from '../shared/sync/page.ts';
import { signedText } from '../shared/sync/protocol.ts';
import { openFor, sealFor, type TransportPair } from '../shared/vault/sealed-box.ts';
import { signAnswer } from './answers.ts';
import { sealTools } from './box-key.ts';
import { Refusal } from './database.ts';
import { findDevice, type Device, type Grant } from './devices.ts';
import { mayRead, readingContext, readPage } from './feed-pages.ts';
import { toldOf } from './held-decisions.ts';
import { answerHello } from './hello.ts';
import { ingestFrame } from './ingest.ts';
import type { Service } from './route.ts';
import { isSignedBy, sha256 } from './server-key.ts';
import { writeWhole } from './stick-file.ts';

export type CaseboxRefusal = {
  readonly type:
    'foreign' | 'newer' | 'damaged' | 'answer' | 'other-endpoint' | 'unknown-device' | 'not-signed' | 'never-asked';
};
export type Taken = {
  readonly device: string;
  readonly operations: number;
  readonly frames: CaseboxReceipt['frames'];
  readonly answer: Uint8Array;
};
export type CaseboxService = ReturnType<typeof makeCaseboxService>;

const pageBytes = 1024 * 1024;
const forPages = maxCaseboxBytes - 8 * 1024 * 1024;

/**
 * The exchange by file (sync.md §2.17). Frames are taken in as if they came over the network: any order, any number of
 * times. A file with a frame that follows on something unknown is kept as sealed as it came, and tried again.
 */
export function makeCaseboxService({
  service,
  boxKey,
  data,
}: {
  readonly service: Service;
  readonly boxKey: TransportPair;
  readonly data: string;
}) {
  const { database, log, key } = service;
  const folder = (name: string) => join(data, 'casebox', name);

  type Read = {
    readonly request: CaseboxRequest;
    readonly device: Device;
    readonly grants: readonly Grant[];
    readonly frames: readonly Uint8Array[];
  };
  const read = async (bytes: Uint8Array): Promise<Result<Read, CaseboxRefusal>> => {
    const decoded = decodeCasebox(bytes, sha256Bytes);
    if (!decoded.ok) return decoded;
    const { head, parts } = decoded.value;
    if (head.endpoint !== key.publicKey) return err({ type: 'other-endpoint' });
    if (head.way === 'down') return err({ type: 'answer' });
    const [first, ...frames] = parts.map((part, at) => openFor(boxKey, partAad(head, at), part, sealTools));
    // Sealed for a key this endpoint had before its data folder was lost.
    if (first === undefined || !frames.every((frame) => frame !== undefined)) return err({ type: 'other-endpoint' });
    const request = caseboxRequestSchema.safeParse(readJson(first)).data;
    if (request === undefined) return err({ type: 'newer' });
    const known = await deviceOf(head.device);
    if (known === undefined || request.device !== head.device) return err({ type: 'unknown-device' });
    const signature = Buffer.from(request.sig, 'base64url');
    if (!isSignedBy(known.device.publicKey, toUtf8(signedText(request)), signature)) return err({ type: 'not-signed' });
    return ok({ request, ...known, frames });
  };
  const deviceOf = (device: string) => database.within({ task: 'identify', device }, (tx) => findDevice(tx, device));

  const ingestAll = async ({ device, grants, frames }: Read): Promise<CaseboxReceipt['frames']> => {
    const count = { taken: 0, held: 0, parked: 0, quarantined: 0 };
    for (const [at, frame] of frames.entries()) {
      try {
        count.held += (await ingestFrame(log, { device, grants }, frame)).held.length;
        count.taken += 1;
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        const { err: why } = error.answer;
        if (why === 'GAP') count.parked += 1;
        else if (why === 'REVOKED') count.quarantined += 1;
        else if (why === 'FORK') {
          // What follows was made later and may name numbers that stand for something else here: its laptop sends it
          // again, under new numbers where it has to.
          count.quarantined += frames.length - at;
          return count;
        }
        // The device signed the file as a whole: a frame that is no frame is a fault of that app, not of the stick.
        else throw error;
      }
    }
    return count;
  };

  /** After anything was taken in: what waited for it may follow now. */
  const retryParked = async (): Promise<number> => {
    let waiting = 0;
    for (const name of await filesOf(folder('parked'))) {
      const file = join(folder('parked'), name);
      const found = await read(await readFile(file));
      const left = found.ok ? (await ingestAll(found.value)).parked : 0;
      if (left === 0) await rm(file, { force: true });
      else waiting += 1;
    }
    return waiting;
  };

  const answer = async (
    request: CaseboxRequest,
    { device, grants }: { readonly device: Device; readonly grants: readonly Grant[] },
    frames: CaseboxReceipt['frames'],
  ): Promise<Uint8Array> => {
    const context = readingContext(
      device,
      grants.find(({ user }) => user === request.user),
    );
    const hello = { ...(await answerHello(database, device, context, request)), ...(await toldOf(database, context)) };
    const positions = new Map(request.feeds.map(({ site, c, pos, h }) => [`${c}/${site}`, { pos, h: fromHex(h) }]));
    const parts: { readonly seal: Seal; readonly bytes: Uint8Array }[] = [];
    let size = 0;
    let more = false;
    for (const { site, c, st, head } of hello.feeds) {
      if ((st !== 'ok' && st !== 'new') || request.keys[c] === undefined || !mayRead(context, site, c)) continue;
      let { pos, h } = positions.get(`${c}/${site}`) ?? { pos: 0, h: feedStart() };
      while (pos < head && !more) {
        const asked = { site, c, after: pos, h, max: pageBytes };
        const bytes = await readPage(database, context, asked, service.epoch, key);
        const place = placeOfPage(bytes);
        if (place === undefined) throw new Error('Bug: a page without a header');
        size += bytes.length;
        more = size > forPages;
        if (more) break;
        parts.push({ seal: c, bytes });
        pos = place.to;
        h = place.after;
      }
    }
    const about = { nonce: request.nonce, now: service.nowMs(), epoch: service.epoch };
    const receipt = signAnswer({ ...hello, frames, more }, about, key);
    const all = [{ seal: 'device' as const, bytes: toUtf8(JSON.stringify(receipt)) }, ...parts];
    const head: CaseboxHead = {
      ...{ v: 1, way: 'down', endpoint: key.publicKey, device: device.id },
      seals: all.map(({ seal }) => seal),
    };
    return encodeCasebox({ head, parts: sealAll(head, all, request.keys) }, sha256Bytes);
  };

  return {
    /** Takes the frames of a file in and gives the file that goes back. */
    take: async (bytes: Uint8Array): Promise<Result<Taken, CaseboxRefusal>> => {
      const found = await read(bytes);
      if (!found.ok) return found;
      const { request, device } = found.value;
      const first = await ingestAll(found.value);
      if (first.parked > 0) {
        await mkdir(folder('parked'), { recursive: true, mode: 0o700 });
        await writeWhole(join(folder('parked'), `${toHex(sha256(bytes))}.casebox`), bytes);
      }
      await retryParked();
      await mkdir(folder('requests'), { recursive: true, mode: 0o700 });
      await writeWhole(join(folder('requests'), `${device.id}.json`), toUtf8(JSON.stringify(request)));
      return ok({
        device: device.id,
        operations: request.sent,
        frames: first,
        answer: await answer(request, found.value, first),
      });
    },
    /** What is new for a device since the last file it sent, without a new one. */
    answerFor: async (id: string): Promise<Result<Uint8Array, CaseboxRefusal>> => {
      const known = await deviceOf(id);
      if (known === undefined) return err({ type: 'unknown-device' });
      const kept = await readFile(join(folder('requests'), `${known.device.id}.json`)).catch(() => undefined);
      const request = caseboxRequestSchema.safeParse(kept && readJson(kept)).data;
      if (request === undefined) return err({ type: 'never-asked' });
      return ok(await answer(request, known, { taken: 0, held: 0, parked: 0, quarantined: 0 }));
    },
    retryParked,
  };
}

function sealAll(
  head: CaseboxHead,
  all: readonly { readonly seal: Seal; readonly bytes: Uint8Array }[],
  keys: CaseboxRequest['keys'],
): Casebox['parts'] {
  return all.map(({ seal, bytes }, at) => {
    const recipient = seal === 'endpoint' ? undefined : keys[seal];
    const sealed =
      recipient === undefined
        ? undefined
        : sealFor(Buffer.from(recipient, 'base64url'), partAad(head, at), bytes, sealTools);
    // A device that names no key for itself, or one that is no point of the curve, can be answered by nobody.
    if (sealed === undefined) throw new Refusal({ err: 'BAD_REQUEST' });
    return sealed;
  });
}

const sha256Bytes = (bytes: Uint8Array) => Uint8Array.from(sha256(bytes));

async function filesOf(place: string): Promise<readonly string[]> {
  const names = await readdir(place).catch(() => []);
  return names.filter((name) => name.endsWith('.casebox')).sort();
}
