import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { deflateRawSync } from 'node:zlib';
import * as z from 'zod';
import { toHex, toUtf8 } from '../shared/kernel/bytes.ts';
import type { Request, Response } from '../shared/ipc-contract.ts';
import {
  encodeCasebox,
  maxCaseboxBytes,
  partAad,
  type CaseboxHead,
  type CaseboxRequest,
} from '../shared/sync/casebox.ts';
import { encodeFrame } from '../shared/sync/frame.ts';
import { protocolVersion, signedText } from '../shared/sync/protocol.ts';
import { sealFor } from '../shared/vault/sealed-box.ts';
import { openAnswers, pageAfter, readAnswer, tellAnswers } from './casebox-answers.ts';
import type { DeviceVault } from './device-vault.ts';
import { replaceFile } from './durable-file.ts';
import { fromBase64url, toBase64url } from './endpoint-answer.ts';
import type { EventLog } from './event-log.ts';
import { parseForeignJson } from './foreign-json.ts';
import { randomOf, sealTools, sha256 } from './node-crypto.ts';
import type { SettingsFile } from './settings.ts';
import { readFromStick, writeToStick } from './stick-file.ts';
import { schemaVersion, type SyncClient } from './sync-client.ts';

const noteSchema = z.strictObject({
  v: z.literal(1),
  no: z.int().min(0),
  exportedMs: z.int().nullable(),
  exportedOps: z.int().min(0),
  importedMs: z.int().nullable(),
});
type Note = z.infer<typeof noteSchema>;

/** Room for the request and what the seals add. */
const forFrames = maxCaseboxBytes - 4 * 1024 * 1024;

/** The exchange without a network (sync.md §2.17): the same frames and pages, in a file that only its receiver opens. */
export function makeCasebox(settings: {
  readonly userData: string;
  readonly vault: DeviceVault;
  readonly file: SettingsFile;
  readonly version: string;
  readonly nowMs: () => number;
  readonly log: EventLog;
  readonly sync: Pick<SyncClient, 'noteReceipt' | 'rejected'>;
  readonly chooseTarget: (suggestedName: string) => Promise<string | undefined>;
  readonly chooseSource: () => Promise<string | undefined>;
}) {
  const { userData, vault, file, version, nowMs, log, sync } = settings;
  const noteFile = path.join(userData, 'casebox', 'note.json');
  const answers = openAnswers(userData, vault, () => {
    const endpoint = file.get().endpoint;
    const device = vault.state()?.device;
    return endpoint === null || device === undefined ? undefined : { serverKey: endpoint.serverKey, device };
  });
  const refuse = <Reason extends string>(refused: Reason): { refused: Reason } => {
    if (refused !== 'cancelled') log('casebox-refused', { kind: refused });
    return { refused };
  };
  const readNote = (): Note => {
    try {
      const found = parseForeignJson(readFileSync(noteFile), noteSchema);
      if (found !== undefined) return found;
    } catch {
      // None yet.
    }
    return { v: 1, no: 0, exportedMs: null, exportedOps: 0, importedMs: null };
  };
  const note = (to: Partial<Note>): void => {
    mkdirSync(path.dirname(noteFile), { recursive: true, mode: 0o700 });
    replaceFile(noteFile, toUtf8(JSON.stringify({ ...readNote(), ...to })));
  };

  const exportNow = async (request: Request<'casebox:export'>): Promise<Response<'casebox:export'>> => {
    const endpoint = file.get().endpoint;
    const device = (await vault.device())?.id;
    const user = vault.current()?.user;
    if (endpoint === null || device === undefined || user === undefined) return refuse('not-connected');
    if (endpoint.boxKey === undefined) return refuse('no-key');
    const boxKey = fromBase64url(endpoint.boxKey);
    const pairs = vault.transportPairs();
    const sign = (bytes: Uint8Array) => vault.signAsDevice(bytes) ?? new Uint8Array(0);

    const frames: Uint8Array[] = [];
    let bytes = 0;
    let sent = 0;
    for (const { user: author, c, prev, ops } of request.batches) {
      const frame = encodeFrame(
        { header: { device, user: author, c, app: version, schema: schemaVersion, prev }, ops },
        { sha256, deflate: (raw) => deflateRawSync(raw), sign },
      );
      bytes += frame.length;
      if (bytes > forFrames) break;
      frames.push(frame);
      sent += ops.length;
    }
    const asked: Omit<CaseboxRequest, 'sig'> = {
      proto: protocolVersion,
      device,
      user,
      app: version,
      schema: schemaVersion,
      nonce: toHex(randomOf(16)),
      clock: { wall: Math.max(0, nowMs()), cq: 0 },
      vaultCounter: request.vaultCounter,
      epoch: endpoint.epoch,
      writers: request.writers.map(({ w, n, h }) => ({ w: toHex(w), n, h: toHex(h) })),
      feeds: request.feeds.map(({ site, c, pos, h }) => ({ site, c, pos, h: toHex(h) })),
      // A file is under way for days: what comes back says itself which life of the endpoint it is of.
      seen: [],
      sent,
      // The newest key of each; the first of a kind stands.
      keys: Object.fromEntries(pairs.toReversed().map(({ seal, publicKey }) => [seal, toBase64url(publicKey)])),
    };
    const signed = { ...asked, sig: toBase64url(sign(toUtf8(signedText(asked)))) };
    const plain = [toUtf8(JSON.stringify(signed)), ...frames];
    const head: CaseboxHead = {
      ...{ v: 1, way: 'up', endpoint: endpoint.serverKey, device },
      seals: plain.map(() => 'endpoint' as const),
    };
    const parts = plain.map((part, at) => sealFor(boxKey, partAad(head, at), part, sealTools));
    if (!parts.every((part) => part !== undefined)) return refuse('no-key');

    const no = readNote().no + 1;
    const day = new Date(nowMs()).toISOString().slice(0, 10).replaceAll('-', '');
    const target = await settings.chooseTarget(`${day}-${device}-${no}.casebox`);
    if (target === undefined) return refuse('cancelled');
    const written = writeToStick(target, encodeCasebox({ head, parts }, sha256));
    if (!written.ok) return refuse(written.error.type);
    note({ no, exportedMs: nowMs(), exportedOps: sent });
    log('casebox-written', { count: sent });
    return { saved: sent, left: request.batches.reduce((sum, { ops }) => sum + ops.length, 0) - sent };
  };

  const importNow = async (): Promise<Response<'casebox:import'>> => {
    const endpoint = file.get().endpoint;
    const device = (await vault.device())?.id;
    if (endpoint === null || device === undefined || vault.current() === undefined) return refuse('not-connected');
    const source = await settings.chooseSource();
    if (source === undefined) return refuse('cancelled');
    const found = readFromStick(source);
    if (!found.ok) return refuse(found.error.type);
    if (found.value === undefined) return refuse('foreign');
    const read = readAnswer(found.value, { serverKey: endpoint.serverKey, device }, vault.transportPairs());
    if (!read.ok) return refuse(read.error);
    answers.keep(found.value);
    note({ importedMs: nowMs() });
    sync.noteReceipt(read.value.receipt);
    log('casebox-read');
    return { ...tellAnswers(read.value.receipt, answers.answers()), rejected: sync.rejected() };
  };

  return {
    status: (): Response<'casebox:status'> => {
      const { exportedMs, exportedOps, importedMs } = readNote();
      const endpoint = file.get().endpoint;
      const ready = endpoint === null ? 'not-connected' : endpoint.boxKey === undefined ? 'no-key' : 'yes';
      return { ready, exportedMs, exportedOps, importedMs, waiting: answers.count() };
    },
    export: exportNow,
    import: importNow,
    pull: (request: Request<'casebox:pull'>): Response<'casebox:pull'> =>
      pageAfter(answers.answers(), request) ?? {
        ...{ from: request.pos + 1, to: request.pos, h: request.h, more: false, entries: [] },
        raw: new Uint8Array(0),
      },
    settle: ({ feeds }: Request<'casebox:settle'>): Response<'casebox:settle'> => {
      answers.settle(feeds);
      return { waiting: answers.count() };
    },
    forget: () => answers.forget(),
  };
}
