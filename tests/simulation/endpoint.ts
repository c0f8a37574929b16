import { generateKeyPairSync, hash as hashOf } from 'node:crypto';
import type { ChangeLog, Point } from '../../endpoint/change-log.ts';
import { makeChangeLog } from '../../endpoint/change-log.ts';
import type { Database } from '../../endpoint/database.ts';
import { findDevice, type Grant } from '../../endpoint/devices.ts';
import { checkHistory } from '../../endpoint/epoch.ts';
import type { Erasure, ErasureList } from '../../endpoint/erasure-list.ts';
import { applyErasures, replayErasures, type Keepers } from '../../endpoint/erasures.ts';
import { expandFrame } from '../../endpoint/expand-frame.ts';
import { readingContext, readPage, type PageRequest } from '../../endpoint/feed-pages.ts';
import type { FrameJournal, JournalEntry } from '../../endpoint/frame-journal.ts';
import { answerHello } from '../../endpoint/hello.ts';
import { ingestFrame, type Ack } from '../../endpoint/ingest.ts';
import { takeBack } from '../../endpoint/redeposit.ts';
import type { ServerKey } from '../../endpoint/server-key.ts';
import { joinBytes } from '../../shared/kernel/bytes.ts';
import type { Sha256 } from '../../shared/ports.ts';
import type { HelloRequest } from '../../shared/sync/protocol.ts';
import { copyRows, memoryDatabase, noRows, type Rows } from './tables.ts';
import { nameOfDot } from './reference.ts';
import type { Variant } from './variant.ts';

export const sha256: Sha256 = (bytes) => new Uint8Array(hashOf('sha256', bytes, 'buffer'));

/** The pages of a simulated endpoint are read by simulated laptops only: a checksum is enough of a signature. */
const signatureOf = (digest: Uint8Array): Uint8Array => joinBytes([digest, digest]);
export const isPageSignature = (digest: Uint8Array, signature: Uint8Array): boolean =>
  Buffer.from(signature).equals(Buffer.from(signatureOf(digest)));
const serverKey: ServerKey = { publicKey: 'simulated', sign: signatureOf };

/** One key pair per laptop number, the same in all histories: making them takes longer than a history. */
const keys = [0, 1, 2, 3].map(() => generateKeyPairSync('ed25519'));
export const privateKeyOf = (laptop: number) => {
  const pair = keys[laptop];
  if (pair === undefined) throw new Error('Bug: no such laptop');
  return pair.privateKey;
};
const publicKeyOf = (laptop: number): Uint8Array =>
  Buffer.from(keys[laptop]?.publicKey.export({ format: 'jwk' }).x ?? '', 'base64url');

/** The endpoint stopped while it worked on a request: there is no answer. */
export class EndpointKilled extends Error {}

/**
 * The code of the endpoint over tables in memory. A kill undoes the open transaction; tables can be put back to a
 * backup; the frame journal beside them is never lost, as sync.md §2.9 asks.
 */
export class SimulatedEndpoint {
  readonly database: Database & { rows: Rows };
  readonly used: Database;
  /** Every erasure there was: outside of what can be put back. */
  readonly erasures: Erasure[] = [];
  /** Every operation that ever was in a proved backup. */
  readonly proved = new Set<string>();
  private readonly list: ErasureList;
  private readonly nowMs: () => number;
  private readonly entries: JournalEntry[] = [];
  /** The frame journal as a backup of the whole machine has it. */
  private readonly journalsOf = new WeakMap<Rows, readonly JournalEntry[]>();
  private log: ChangeLog | undefined;
  private epoch = '';
  private killAt: Point | null = null;

  constructor(variant: Pick<Variant, 'database' | 'erasures'>, nowMs: () => number) {
    this.database = memoryDatabase(noRows());
    this.used = variant.database?.(this.database) ?? this.database;
    const list: ErasureList = {
      read: () => Promise.resolve([...this.erasures]),
      add: (erasure) => Promise.resolve(void this.erasures.push(erasure)),
    };
    this.list = variant.erasures?.(list) ?? list;
    this.nowMs = nowMs;
  }

  enrol(laptop: number, device: string, grants: readonly Grant[]): void {
    const { rows } = this.database;
    const public_key = publicKeyOf(laptop);
    rows.devices.set(device, { id: device, municipality: '0000', public_key, status: 'active', reason: null });
    rows.grants.set(device, [...grants]);
  }

  get isUp(): boolean {
    return this.log !== undefined;
  }

  async start(): Promise<void> {
    this.killAt = null;
    this.epoch = await checkHistory(this.used, this.journal, 'simulated', () => undefined);
    this.log = makeChangeLog(this.used, this.journal, (point) => {
      if (point !== this.killAt) return;
      this.stop();
      throw new EndpointKilled();
    });
    const keepers = this.keepers(this.log);
    await replayErasures(keepers);
    await applyErasures(keepers, this.nowMs());
  }

  private keepers(log: ChangeLog): Keepers {
    return { database: this.used, log, journal: this.journal, list: this.list };
  }

  /** Of a record, or of one field of it. An endpoint that is down, or stops meanwhile, does it at its next start. */
  async erase(t: string, record: Uint8Array, f: string): Promise<void> {
    const { rows } = this.database;
    const asked = { no: rows.requests.length + 1, municipality: '0000', t, record, f, reason: 'asked', isDone: false };
    rows.requests = [...rows.requests, asked];
    try {
      if (this.log !== undefined) await applyErasures(this.keepers(this.log), this.nowMs());
    } catch (error) {
      if (!(error instanceof EndpointKilled)) throw error;
    }
  }

  readonly isErased = (name: string, field: string): boolean =>
    this.erasures.some(({ t, record, f }) => `${t}/${record}` === name && (f === field || f === '_erased'));

  /** Entries of the frame journal. */
  get kept(): readonly JournalEntry[] {
    return this.entries;
  }

  stop(): void {
    this.log = undefined;
  }

  /** At the next request that passes there. */
  killAtNext(point: Point): void {
    this.killAt = point;
  }

  /** Proved at once: only what comes after it is not archived. */
  backup(): Rows {
    const { rows } = this.database;
    const backup = copyRows(rows);
    for (const [w, { have_n }] of rows.writers) rows.archived.set(w, have_n);
    for (const [key, feed] of rows.feeds) rows.archivedFeeds.set(key, feed.length);
    for (const ops of rows.ops.values()) for (const op of ops) this.proved.add(nameOfDot(op));
    this.journalsOf.set(backup, [...this.entries]);
    return backup;
  }

  /**
   * The tables of an earlier day. `kept`: what they forgot is in the frame journal. `lost`: that is gone as well.
   * `image`: it is of the same earlier day, so that the endpoint itself cannot know.
   */
  async restore(backup: Rows, journal: 'kept' | 'lost' | 'image'): Promise<void> {
    this.stop();
    this.database.rows = copyRows(backup);
    if (journal === 'lost') this.entries.splice(0);
    if (journal === 'image') this.entries.splice(0, this.entries.length, ...(this.journalsOf.get(backup) ?? []));
    await this.start();
  }

  async hello(device: string, user: string, request: HelloRequest) {
    const { known, context } = await this.identify(device, user);
    return { ...(await answerHello(this.used, known.device, context, request)), epoch: this.epoch };
  }

  async ingest(device: string, bytes: Uint8Array): Promise<Ack> {
    const { known } = await this.identify(device, '');
    if (this.log === undefined) throw new EndpointKilled();
    return ingestFrame(this.log, known, await expandFrame(this.used, known.device, bytes));
  }

  async redeposit(device: string, bytes: Uint8Array): ReturnType<typeof takeBack> {
    const { known } = await this.identify(device, '');
    if (this.log === undefined) throw new EndpointKilled();
    return takeBack(this.log, isPageSignature, known.device, bytes);
  }

  async page(device: string, user: string, request: PageRequest): Promise<Uint8Array> {
    const { context } = await this.identify(device, user);
    return readPage(this.used, context, request, this.epoch, serverKey);
  }

  private async identify(id: string, user: string) {
    if (!this.isUp) throw new EndpointKilled();
    const known = await this.used.within({ task: 'identify', device: id }, (tx) => findDevice(tx, id));
    if (known === undefined) throw new Error('Bug: a laptop that was not enrolled');
    return {
      known,
      context: readingContext(
        known.device,
        known.grants.find((grant) => grant.user === user),
      ),
    };
  }

  private readonly journal: FrameJournal = {
    lastG: () => this.entries.at(-1)?.g ?? 0,
    append: (entry) => {
      if (entry.g === this.entries.at(-1)?.g) this.entries.pop();
      if (entry.g <= (this.entries.at(-1)?.g ?? 0)) throw new Error('The database is behind the frame journal.');
      this.entries.push(entry);
      return Promise.resolve();
    },
    entriesAfter: (after) => entriesOf(this.entries.filter(({ g }) => g > after)),
    rewrite: (change) => {
      for (const [at, entry] of this.entries.entries()) this.entries[at] = { ...entry, bytes: change(entry) };
      return Promise.resolve();
    },
    close: () => Promise.resolve(),
  };
}

// eslint-disable-next-line @typescript-eslint/require-await -- the port is asynchronous
async function* entriesOf(entries: readonly JournalEntry[]): AsyncGenerator<JournalEntry> {
  yield* entries;
}
