import { fromHex, toHex, toUtf8 } from '../shared/kernel/bytes.ts';
import type { Request, Response } from '../shared/ipc-contract.ts';
import { chainAfter } from '../shared/sync/chain.ts';
import { maxFrameRaw, takeForFrame } from '../shared/sync/frame.ts';
import {
  ackAnswerSchema,
  columns2MediaType,
  enrolAnswerSchema,
  frameMediaType,
  helloAnswerSchema,
  protocolVersion,
  redepositAnswerSchema,
  requestHeaders,
  requestText,
  type EnrolRequest,
  type HelloAnswer,
  type HelloRequest,
} from '../shared/sync/protocol.ts';
import { boundedRetryMs, parseEndpointAddress, sendRequest, type HttpAnswer } from './http-request.ts';
import type { DeviceVault } from './device-vault.ts';
import {
  errorOf,
  failure,
  fromBase64url,
  isSigned,
  ofHttpError,
  ofOddAnswer,
  ofRefusal,
  readSigned,
  toBase64url,
  type SyncFailure,
} from './endpoint-answer.ts';
import type { EventLog } from './event-log.ts';
import { parseForeignJson } from './foreign-json.ts';
import { randomOf, sha256, toBytes } from './node-crypto.ts';
import { FrameSender } from './frame-sender.ts';
import type { LeaseKeeper } from './lease-keeper.ts';
import { readPulled } from './pulled-page.ts';
import type { Settings, SettingsFile, Standing } from './settings.ts';
import { joinRanges, rangesOf, unsentOf, withoutWaiting } from './told-numbers.ts';

/** Version of the values in operations; raised when a newer app must be able to tell. */
export const schemaVersion = 1;
const json = 'application/json';
type Asked = { readonly answer: HttpAnswer; readonly nonce: string };
/** `serverKey`, base64url: the key that the endpoint has to answer with, when it is known beforehand. */
export type Invitation = Request<'sync:enrol'> & { readonly serverKey?: string };

export type SyncClient = ReturnType<typeof makeSyncClient>;

/** The only network of the app. What counts as an answer is signed by the endpoint this device was enrolled with. */
export function makeSyncClient(settings: {
  readonly vault: DeviceVault;
  readonly file: SettingsFile;
  readonly version: string;
  readonly nowMs: () => number;
  readonly log: EventLog;
  readonly lease: LeaseKeeper;
  /** PEM: the only authorities that may vouch for the endpoint. */
  readonly ca: string | null;
  /** Asked for without waiting for anything: `unsent` operations are lost with it. */
  readonly empty: (reason: 'stolen', unsent: number) => void;
}) {
  const { vault, file, version, nowMs, log, lease, ca, empty } = settings;
  const frames = new FrameSender();
  const fail = (failed: SyncFailure): SyncFailure => {
    log('sync-failed', { kind: failed.failed });
    return failed;
  };

  type Question = {
    readonly method: 'GET' | 'POST';
    readonly base: string;
    /** Path with query. */
    readonly path: string;
    /** A body may have to name the nonce. */
    readonly body: (nonce: string) => { readonly type: string; readonly bytes: Uint8Array } | null;
    /** By the device alone, whoever is unlocked or nobody. */
    readonly isLocked?: true;
  };

  /** Sends, signed by the device for the user who is unlocked. */
  const ask = async ({ method, base, path, body, isLocked }: Question): Promise<Asked | SyncFailure> => {
    const device = (await vault.device())?.id;
    const address = parseEndpointAddress(base);
    const user = isLocked ? nobody : vault.current()?.user;
    if (device === undefined || user === undefined) return failure('unauthorised');
    if (address === undefined) return failure('wrong-endpoint');
    const nonce = toHex(randomOf(16));
    const content = body(nonce);
    const bodySha256 = toHex(sha256(content?.bytes ?? new Uint8Array(0)));
    const text = requestText({ method, target: path, device, user, nonce, bodySha256 });
    const signature = isLocked ? vault.signLocked(toUtf8(text)) : vault.signAsDevice(toUtf8(text));
    if (signature === undefined) return failure('unauthorised');
    const sent = await sendRequest({
      method,
      url: new URL(path, address),
      headers: {
        accept: `${json}, ${columns2MediaType}`,
        ...(content === null ? {} : { 'content-type': content.type }),
        [requestHeaders.device]: device,
        [requestHeaders.user]: user,
        [requestHeaders.nonce]: nonce,
        [requestHeaders.signature]: toBase64url(signature),
      },
      body: content?.bytes ?? null,
      ca,
    });
    if (!sent.ok) return ofHttpError(sent.error);
    return { answer: sent.value, nonce };
  };

  /** The most commits of the store that were ever seen here: one that came back from the second copy begins at 0. */
  const counted = (counter: number): number => {
    const before = vault.state()?.vaultCounter ?? 0;
    // Before it is named: an endpoint never knows more than this disk.
    if (counter > before) vault.update({ vaultCounter: counter });
    return Math.max(before, counter);
  };

  const asJson = (value: object) => ({ type: json, bytes: toUtf8(JSON.stringify(value)) });

  const enrol = async ({ url, code, serverKey }: Invitation): Promise<Response<'sync:enrol'>> => {
    const device = await vault.device();
    const address = parseEndpointAddress(url.trim());
    if (address === undefined) return { refused: 'address' };
    if (device === undefined || vault.current() === undefined) return fail(failure('unauthorised'));
    const request: Omit<EnrolRequest, 'nonce'> = {
      proto: protocolVersion,
      code: code.trim(),
      device: device.id,
      devicePublicKey: toBase64url(device.publicKey),
      // The name of a person is not needed to know a laptop by.
      label: device.id,
      protection: await vault.protection(),
      diskEncryption: 'unknown',
    };
    const body = (nonce: string) => asJson({ ...request, nonce });
    const asked = await ask({ method: 'POST', base: address.origin, path: '/v1/enrol', body });
    if ('failed' in asked) return fail(asked);
    const { nonce } = asked;
    const refusal = errorOf(asked.answer, null, nonce);
    if (refusal?.err === 'CODE_REFUSED') return { refused: 'code' };
    if (refusal?.err === 'PROTECTION_REFUSED') return { refused: 'protection' };
    if (refusal !== undefined) return fail(ofRefusal(refusal));
    if (asked.answer.status !== 200 || asked.answer.type !== json) return fail(ofOddAnswer(asked.answer));
    const answer = parseForeignJson(asked.answer.body, enrolAnswerSchema);
    // The key in the answer is the one that is pinned from now on; the code vouches for the address.
    const key = answer && fromBase64url(answer.serverKey);
    if (answer === undefined || key?.length !== 32 || answer.device !== device.id || !isSigned(answer, key, nonce))
      return fail(failure('wrong-endpoint'));
    if (serverKey !== undefined && toBase64url(key) !== serverKey) return fail(failure('wrong-endpoint'));
    const { sites, epoch, boxKey } = answer;
    file.change({
      endpoint: {
        ...{ url: address.origin, serverKey: toBase64url(key), sites, epoch },
        ...(boxKey === undefined ? {} : { boxKey }),
      },
    });
    vault.update({ policy: toHex(sha256(asked.answer.body)) });
    lease.begin(answer.now);
    log('device-enrolled');
    return { sites: answer.sites };
  };

  /** Written only when something is another than before. */
  const noteStanding = (endpoint: NonNullable<Settings['endpoint']>, answer: HelloAnswer): void => {
    const { device: status, reason, epoch, waiting = [], rejected } = answer;
    const { standing: before } = endpoint;
    const isSame = before !== undefined && before.status === status && before.reason === reason;
    const sinceMs = isSame ? before.sinceMs : Math.max(0, nowMs());
    const standing: Standing = { status, reason, sinceMs, waiting, ...(rejected === undefined ? {} : { rejected }) };
    const next = { ...endpoint, epoch, standing };
    if (JSON.stringify(next) !== JSON.stringify(endpoint)) file.change({ endpoint: next });
  };

  /** What an answer on a stick says of this laptop. What was not let through stays so, however old the stick is. */
  const noteReceipt = (receipt: HelloAnswer): void => {
    const { endpoint } = file.get();
    if (endpoint === null) return;
    const isLater = lease.read(receipt);
    const { standing } = endpoint;
    const rejected = joinRanges(standing?.rejected ?? [], receipt.rejected ?? []);
    const told = rejected.length === 0 ? {} : { rejected };
    if (isLater || standing === undefined) noteStanding(endpoint, { ...receipt, epoch: endpoint.epoch, ...told });
    else file.change({ endpoint: { ...endpoint, standing: { ...standing, ...told } } });
  };

  const hello = async (request: Request<'sync:hello'>): Promise<Response<'sync:hello'>> => {
    const endpoint = file.get().endpoint;
    const device = await vault.device();
    if (endpoint === null || device === undefined) return fail(failure('unauthorised'));
    let sentAt = nowMs();
    const content = {
      proto: protocolVersion,
      device: device.id,
      app: version,
      schema: schemaVersion,
      vaultCounter: counted(request.vaultCounter),
      epoch: endpoint.epoch,
      writers: request.writers.map(({ w, n, h }) => ({ w: toHex(w), n, h: toHex(h) })),
      feeds: request.feeds.map(({ site, c, pos, h }) => ({ site, c, pos, h: toHex(h) })),
      seen: request.seen,
    } as const;
    const body = (nonce: string) => {
      sentAt = nowMs();
      return asJson({ ...content, nonce, clock: { wall: sentAt, cq: 0 } } satisfies HelloRequest);
    };
    const asked = await ask({ method: 'POST', base: endpoint.url, path: '/v1/hello', body });
    if ('failed' in asked) return fail(asked);
    const read = readSigned(asked.answer, helloAnswerSchema, fromBase64url(endpoint.serverKey), asked.nonce);
    if (!read.ok) return fail(read.error);
    const answer = read.value;
    if (answer.retryAfter > 0) log('sync-failed', { count: boundedRetryMs(answer.retryAfter) });
    noteStanding(endpoint, answer);
    lease.heard(answer);
    if (answer.device === 'wipe' && answer.reason === 'stolen') {
      empty(
        'stolen',
        answer.writers.reduce((sum, { w, n }, at) => sum + unsentOf(content.writers[at], w, n), 0),
      );
    }
    return {
      epoch: answer.epoch,
      seen: answer.seen,
      at: answer.at,
      status: answer.device,
      clockOffsetMs: Math.round(answer.now - (sentAt + nowMs()) / 2),
      writers: answer.writers.map(({ w, n, at, h, archived }) => ({ w: fromHex(w), n, at, h: fromHex(h), archived })),
      feeds: answer.feeds.map(({ site, c, st, head, archived }) => ({ site, c, state: st, head, archived })),
      rejected: rangesOf(answer.rejected),
    };
  };

  /**
   * Whether this laptop was closed, asked while nobody is unlocked: it names no user, no writer and no feed, and only how
   * it stands is taken from the answer. One that was stolen is emptied at once.
   */
  const askStanding = async (): Promise<void> => {
    const endpoint = file.get().endpoint;
    const device = await vault.device();
    if (endpoint === null || device === undefined || vault.current() !== undefined) return;
    const body = (nonce: string) =>
      asJson({
        ...{ proto: protocolVersion, device: device.id, app: version, schema: schemaVersion, nonce },
        clock: { wall: Math.max(0, nowMs()), cq: 0 },
        ...{ vaultCounter: counted(0), epoch: endpoint.epoch, writers: [], feeds: [], seen: [] },
      } satisfies HelloRequest);
    const asked = await ask({ method: 'POST', base: endpoint.url, path: '/v1/hello', body, isLocked: true });
    if ('failed' in asked) return;
    const read = readSigned(asked.answer, helloAnswerSchema, fromBase64url(endpoint.serverKey), asked.nonce);
    // Whoever was let in meanwhile asks for themselves.
    if (!read.ok || vault.current() !== undefined) return;
    const { waiting = [], rejected } = endpoint.standing ?? {};
    const { device: status, reason } = read.value;
    noteStanding(endpoint, {
      ...{ ...read.value, epoch: endpoint.epoch, waiting: [...waiting] },
      ...(rejected === undefined ? {} : { rejected }),
    });
    if (status === 'wipe' && reason === 'stolen') empty('stolen', 0);
  };

  /** Sends as many of the operations as one frame takes; the answer says up to which number they are safe. */
  const push = async (request: Request<'sync:push'>): Promise<Response<'sync:push'>> => {
    const endpoint = file.get().endpoint;
    const device = await vault.device();
    if (endpoint === null || device === undefined) return fail(failure('unauthorised'));
    const ops = takeForFrame(request.ops, maxFrameRaw);
    const { user, c, prev } = request;
    const sign = (digest: Uint8Array): Uint8Array => vault.signAsDevice(digest) ?? new Uint8Array(0);
    if (vault.current() === undefined) return fail(failure('unauthorised'));
    const header = { device: device.id, user, c, app: version, schema: schemaVersion, prev };
    const anchors = new Map((request.anchors ?? []).map(({ n, by }) => [n, by]));
    const names = { basesKnown: true, anchorOf: ({ n }: { readonly n: number }) => anchors.get(n) };
    const asked = await frames.send({ header, ops }, names, sign, async (bytes) => {
      const body = () => ({ type: frameMediaType, bytes });
      const sent = await ask({ method: 'POST', base: endpoint.url, path: '/v1/batches', body });
      const refusal =
        'failed' in sent ? undefined : errorOf(sent.answer, fromBase64url(endpoint.serverKey), sent.nonce);
      return { answer: sent, isUnreadable: refusal?.err === 'BAD_FRAME' };
    });
    if ('failed' in asked) return fail(asked);
    const refusal = errorOf(asked.answer, fromBase64url(endpoint.serverKey), asked.nonce);
    if (refusal?.err === 'REVOKED') return fail(failure('revoked'));
    const read = readSigned(asked.answer, ackAnswerSchema, fromBase64url(endpoint.serverKey), asked.nonce);
    if (!read.ok) return fail(read.error);
    const { ack, held } = read.value;
    const first = ops[0];
    if (first === undefined || ack.w !== toHex(first.w)) return fail(failure('wrong-endpoint'));
    // Only what our own chain confirms is sent; a number beyond it is for the next hello to explain.
    const covered = ops.slice(0, ack.n - first.n + 1);
    if (ack.n < first.n - 1 || covered.length !== ack.n - first.n + 1) return fail(failure('rewound'));
    if (toHex(chainAfter(prev, covered, sha256)) !== ack.h) return fail(failure('rewound'));
    return { w: toBytes(first.w), n: ack.n, held };
  };

  const pull = async (request: Request<'sync:pull'>): Promise<Response<'sync:pull'>> => {
    const endpoint = file.get().endpoint;
    if (endpoint === null) return fail(failure('unauthorised'));
    const { site, c, pos, h } = request;
    const path = `/v1/feed/${encodeURIComponent(site)}/${c}?after=${pos}&h=${toHex(h)}&max=${maxFrameRaw}`;
    const asked = await ask({ method: 'GET', base: endpoint.url, path, body: () => null });
    if ('failed' in asked) return fail(asked);
    const serverKey = fromBase64url(endpoint.serverKey);
    const { answer, nonce } = asked;
    const refusal = errorOf(answer, serverKey, nonce);
    if (refusal !== undefined) return fail(ofRefusal(refusal));
    if (answer.status !== 200 || answer.type !== frameMediaType) return fail(ofOddAnswer(answer));
    const page = readPulled(answer.body, request, serverKey);
    return 'failed' in page ? fail(page) : page;
  };

  const redeposit = async ({ page }: Request<'sync:redeposit'>): Promise<Response<'sync:redeposit'>> => {
    const endpoint = file.get().endpoint;
    if (endpoint === null) return fail(failure('unauthorised'));
    const body = () => ({ type: frameMediaType, bytes: page });
    const asked = await ask({ method: 'POST', base: endpoint.url, path: '/v1/redeposit', body });
    if ('failed' in asked) return fail(asked);
    const read = readSigned(asked.answer, redepositAnswerSchema, fromBase64url(endpoint.serverKey), asked.nonce);
    return read.ok ? { took: read.value.took, at: read.value.at } : fail(read.error);
  };

  return {
    status: async (): Promise<Response<'sync:status'>> => {
      const endpoint = file.get().endpoint;
      const standing = endpoint?.standing;
      return {
        endpoint: endpoint?.url ?? null,
        device: (await vault.device())?.id ?? '',
        sites: endpoint?.sites ?? [],
        standing: standing === undefined ? null : withoutWaiting(standing),
        lease: endpoint === null || vault.state() === undefined ? null : lease.standing(),
        waiting: (standing?.waiting ?? []).map(({ w, ...rest }) => ({ w: fromHex(w), ...rest })),
        rejected: rangesOf(standing?.rejected),
      };
    },
    askStanding,
    noteReceipt,
    /** All that is known not to have been let through. */
    rejected: () => rangesOf(file.get().endpoint?.standing?.rejected),
    enrol,
    hello,
    push,
    pull,
    redeposit,
  };
}

/** Stands for no person: what a device asks alone is of nobody. */
const nobody = 'u_0000000000000000';
