import { sign } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { Refusal } from '../../endpoint/database.ts';
import { FrameSender } from '../../electron/frame-sender.ts';
import { ofRefusal } from '../../electron/endpoint-answer.ts';
import { equalBytes, fromHex, toHex } from '../../shared/kernel/bytes.ts';
import { recordIdOf } from '../../shared/kernel/ids.ts';
import { err, ok, type Result } from '../../shared/kernel/result.ts';
import type { FeedEntry, SyncError, SyncTransport } from '../../shared/transport-ports.ts';
import { isRecordKind } from '../../shared/records/record.ts';
import { chainAfter } from '../../shared/sync/chain.ts';
import { encodeFrame, maxFrameRaw, takeForFrame } from '../../shared/sync/frame.ts';
import { decodePage } from '../../shared/sync/page.ts';
import type { ErrorAnswer, HelloRequest } from '../../shared/sync/protocol.ts';
import { EndpointKilled, isPageSignature, privateKeyOf, sha256, type SimulatedEndpoint } from './endpoint.ts';
import type { Process } from './process.ts';
import type { Prng } from './prng.ts';

/** What happens to one request. `twice`: it arrives two times. `damaged`: cut or a bit turned, in one direction. */
export type NetworkFault = 'none' | 'lost' | 'answer-lost' | 'twice' | 'damaged' | 'too-big';
type Caller = {
  readonly no: number;
  /** Whose key signs: a copied laptop has that of the other one. */
  readonly key: number;
  readonly device: string;
  readonly user: string;
  readonly process: Process;
  readonly wallMs: () => number;
};
type Stray = { readonly device: string; readonly bytes: Uint8Array };

const failed = (type: SyncError['type']) => err({ type, retryAfterMs: 0 } as const);
const inflate = (bytes: Uint8Array, maxOutputLength: number): Uint8Array | null => {
  try {
    return Uint8Array.from(inflateRawSync(bytes, { maxOutputLength }));
  } catch {
    return null;
  }
};

/** An app of before the short form, neither frames nor pages, until it is upgraded in the middle of its work. */
const laptopOfBefore = 2;
const inFull: Pick<FrameSender, 'send'> = {
  send: async (frame, _names, sign, send) =>
    (await send(encodeFrame(frame, { sha256, deflate: deflateRawSync, sign }))).answer,
};

/** Between laptops and endpoint: the bytes and checks of the real sync client, on a line that a seed disturbs. */
export class Network {
  /** Frames as they were sent, to arrive once more on another day. */
  strays: Stray[] = [];
  isCalm = false;
  private readonly endpoint: SimulatedEndpoint;
  private readonly prng: Prng;
  private readonly drawFault: () => NetworkFault;
  private readonly nowMs: () => number;
  /** Runs while a request is on its way: other work goes on meanwhile. */
  private readonly meanwhile: (caller: Caller) => Promise<void>;
  private readonly makeSender: () => Pick<FrameSender, 'send'>;
  private windowsOfBefore = 3;

  constructor(parts: {
    readonly endpoint: SimulatedEndpoint;
    readonly prng: Prng;
    readonly drawFault: () => NetworkFault;
    readonly nowMs: () => number;
    readonly meanwhile: (caller: Caller) => Promise<void>;
    readonly makeSender?: (() => Pick<FrameSender, 'send'>) | undefined;
  }) {
    this.endpoint = parts.endpoint;
    this.prng = parts.prng;
    this.drawFault = parts.drawFault;
    this.nowMs = parts.nowMs;
    this.meanwhile = parts.meanwhile;
    this.makeSender = parts.makeSender ?? (() => new FrameSender());
  }

  transportOf(caller: Caller): SyncTransport {
    const { device, user, process } = caller;
    const isOfBefore = caller.no === laptopOfBefore && this.windowsOfBefore-- > 0;
    const frames = isOfBefore ? inFull : this.makeSender();
    return {
      hello: (writers, feeds, vaultCounter, seen) =>
        process.call(async () => {
          const request: HelloRequest = {
            proto: 1,
            device,
            app: '0',
            schema: 1,
            nonce: '0000000000000000',
            clock: { wall: Math.max(0, caller.wallMs()), cq: 0 },
            vaultCounter,
            epoch: null,
            writers: writers.map(({ w, n, h }) => ({ w: toHex(w), n, h: toHex(h) })),
            feeds: feeds.map(({ site, c, pos, h }) => ({ site, c, pos, h: toHex(h) })),
            seen: [...seen],
          };
          const answer = await this.exchange(caller, () => this.endpoint.hello(device, user, request));
          if (!answer.ok) return answer;
          const { value } = answer;
          return ok({
            epoch: value.epoch,
            seen: value.seen,
            at: value.at,
            status: value.device,
            clockOffsetMs: this.nowMs() - caller.wallMs(),
            writers: value.writers.map((one) => ({ ...one, w: fromHex(one.w), h: fromHex(one.h) })),
            feeds: value.feeds.map(({ site, c, st, head, archived }) => ({ site, c, state: st, head, archived })),
          });
        }),
      push: ({ user: author, c, prev, ops: asked, anchors = [] }) =>
        process.call(async () => {
          const ops = takeForFrame(asked, this.isCalm ? maxFrameRaw : this.prng.pick([300, 600, maxFrameRaw]));
          const header = { device, user: author, c, app: '0', schema: 1, prev };
          const anchorOf = ({ n }: { readonly n: number }) => anchors.find((anchor) => anchor.n === n)?.by;
          const sign = (digest: Uint8Array) => this.signAs(caller, digest);
          const answer = await frames.send({ header, ops }, { basesKnown: true, anchorOf }, sign, (bytes) =>
            this.sendFrame(caller, bytes, ops.length > 1),
          );
          if (!answer.ok) return answer;
          const { ack, held } = answer.value;
          const first = ops[0];
          const covered = ops.slice(0, ack.n - (first?.n ?? 0) + 1);
          if (first === undefined || ack.w !== toHex(first.w)) return failed('wrong-endpoint');
          if (ack.n < first.n - 1 || covered.length !== ack.n - first.n + 1) return failed('rewound');
          if (toHex(chainAfter(prev, covered, sha256)) !== ack.h) return failed('rewound');
          return ok({ acked: { w: Uint8Array.from(first.w), n: ack.n }, held });
        }),
      pull: ({ site, c, pos, h }) =>
        process.call(async () => {
          const max = this.isCalm ? maxFrameRaw : this.prng.pick([200, 700, maxFrameRaw]);
          const columns = isOfBefore ? 1 : 2;
          const answer = await this.exchange(caller, async (damage) =>
            damage(await this.endpoint.page(device, user, { site, c, after: pos, h, max, columns })),
          );
          if (!answer.ok) return answer;
          const raw = Uint8Array.from(answer.value);
          const page = decodePage(raw, { sha256, inflate, verify: isPageSignature });
          if (!page.ok) return failed(page.error.type === 'bad-signature' ? 'wrong-endpoint' : 'endpoint-failed');
          const { value } = page;
          if (value.site !== site || value.c !== c) return failed('wrong-endpoint');
          if (value.from !== pos + 1 || !equalBytes(value.before, h)) return failed('rewound');
          const entries = value.entries.flatMap((entry): FeedEntry[] => {
            if (entry.kind === 'op') return [{ kind: 'op', c, op: entry.op }];
            const { kind, t, id } = entry;
            return isRecordKind(t) ? [{ kind, record: { kind: t, id: recordIdOf(id) } }] : [];
          });
          return ok({ from: value.from, to: value.to, h: value.after, more: value.more, entries, raw });
        }),
      redeposit: (page) =>
        process.call(() => this.exchange(caller, (damage) => this.endpoint.redeposit(device, damage(page)))),
    };
  }

  private async sendFrame(caller: Caller, bytes: Uint8Array, canBeTooBig: boolean) {
    const { device } = caller;
    this.strays.push({ device, bytes });
    let isUnreadable = false;
    const ingest = async (damage: (whole: Uint8Array) => Uint8Array) => {
      try {
        return await this.endpoint.ingest(device, damage(bytes));
      } catch (error) {
        if (error instanceof Refusal && error.answer.err === 'BAD_FRAME') isUnreadable = true;
        throw error;
      }
    };
    const answer = await this.exchange(caller, ingest, canBeTooBig);
    return { answer, isUnreadable };
  }

  /** Late copies of frames: the endpoint has to take them as what it knows already. */
  async deliverStray(): Promise<'none' | 'taken' | 'refused'> {
    if (this.strays.length === 0 || !this.endpoint.isUp) return 'none';
    const { device, bytes } = this.prng.pick(this.strays);
    try {
      await this.endpoint.ingest(device, bytes);
      return 'taken';
    } catch (error) {
      if (error instanceof Refusal) return 'refused';
      if (error instanceof EndpointKilled) return 'none';
      throw error;
    }
  }

  private signAs({ key }: Caller, digest: Uint8Array): Uint8Array {
    return sign(null, digest, privateKeyOf(key));
  }

  private async exchange<T>(
    caller: Caller,
    ask: (damage: (bytes: Uint8Array) => Uint8Array) => Promise<T>,
    canBeTooBig = false,
  ): Promise<Result<T, SyncError>> {
    const fault = this.isCalm ? 'none' : this.drawFault();
    if (fault === 'lost') return failed('offline');
    if (fault === 'too-big' && canBeTooBig) return failed('too-big');
    if (!this.isCalm) await this.meanwhile(caller);
    try {
      if (fault === 'twice') await ask((bytes) => bytes);
      const answer = await ask(fault === 'damaged' ? (bytes) => this.damage(bytes) : (bytes) => bytes);
      if (!this.isCalm) await this.meanwhile(caller);
      return fault === 'answer-lost' ? failed('offline') : ok(answer);
    } catch (error) {
      if (error instanceof EndpointKilled) return failed('offline');
      if (!(error instanceof Refusal)) throw error;
      const { failed: type, retryAfterMs } = ofRefusal(error.answer as unknown as ErrorAnswer);
      return err({ type, retryAfterMs });
    }
  }

  private damage(bytes: Uint8Array): Uint8Array {
    const at = this.prng.int(bytes.length);
    if (this.prng.chance(0.5)) return bytes.subarray(0, at);
    const turned = Uint8Array.from(bytes);
    turned[at] = (turned[at] ?? 0) ^ (1 << this.prng.int(8));
    return turned;
  }
}
