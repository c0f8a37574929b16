import { isoDate } from '../../shared/kernel/dates.ts';
import type { Cipher, RecordStore, Repair, SealedOp, WritingClock } from '../../shared/ports.ts';
import type { SyncTransport } from '../../shared/transport-ports.ts';
import type { Compartment } from '../../shared/records/record.ts';
import { makeRecordId } from '../../shared/kernel/ids.ts';
import { makeSecondCopy } from '../../renderer/adapters/host-client.ts';
import { summaryCodec } from '../../renderer/adapters/summary-segments.ts';
import { makeSystemClock } from '../../renderer/adapters/system-clock.ts';
import { copyPending } from '../../renderer/use-cases/commit-changes.ts';
import { reconcile } from '../../renderer/use-cases/recover-store.ts';
import { foldSummaries, refreshSummaries } from '../../renderer/use-cases/summaries-upkeep.ts';
import { SyncTimes } from '../../renderer/use-cases/sync-times.ts';
import { openWorkspace } from '../../renderer/use-cases/unlock-workspace.ts';
import { KnownResidents } from '../../renderer/use-cases/known-residents.ts';
import { Queue, type Memory, type Ports, type Vault } from '../../renderer/use-cases/vault.ts';
import { clearCipher } from '../fakes/clear-cipher.ts';
import { checkMemory } from './memory-checks.ts';
import { copyDisk, emptyStore, journalOn, storeOn, tearJournal, type Disk, type StoreImage } from './disk.ts';
import { sha256 } from './endpoint.ts';
import type { Form } from './forms.ts';
import type { Prng } from './prng.ts';
import { Process } from './process.ts';
import type { Variant } from './variant.ts';

export type SimulatedUser = {
  readonly id: string;
  readonly compartments: readonly Compartment[];
  readonly sites: readonly string[];
};
/** One page of the app: everything it knows is in its vault. */
export type Window = {
  readonly vault: Vault;
  readonly transport: SyncTransport;
  readonly times: SyncTimes;
  readonly forms: Form[];
};
type Hooks = {
  readonly prng: Prng;
  readonly variant: Variant;
  readonly nowMs: () => number;
  readonly transportFor: (laptop: Laptop, user: SimulatedUser, process: Process, vault: Vault) => SyncTransport;
  /** Whether the next commit finds the disk full. */
  readonly isFull: () => boolean;
  readonly committed: (laptop: Laptop, ops: readonly SealedOp[]) => Promise<void>;
  readonly told: (laptop: Laptop, repair: Repair) => void;
};
/** A laptop in the middle of its work, as a virtual machine is stored: its disk, and what its windows have in memory. */
export type Shot = {
  readonly disk: Disk;
  readonly user: SimulatedUser;
  readonly windows: readonly { readonly memory: Memory; readonly forms: readonly Form[] }[];
};

/** Sooner than in the app (open-session), so that blocks are made, and made again, within one history. */
const fewDeltas = 6;

/** A laptop: its disk outlives its processes. */
export class Laptop {
  readonly no: number;
  /** Of the laptop whose name and key this one has: another one where it is a copy. */
  readonly key: number;
  readonly device: string;
  readonly users: readonly SimulatedUser[];
  readonly disk: Disk;
  readonly images: StoreImage[] = [];
  skewMs = 0;
  user: SimulatedUser;
  process = new Process();
  windows: Window[] = [];
  private readonly hooks: Hooks;

  constructor(no: number, users: readonly SimulatedUser[], hooks: Hooks, key = no) {
    const [first] = users;
    if (first === undefined) throw new Error('Bug: a laptop without users');
    this.no = no;
    this.key = key;
    this.device = `d_${String(key).padStart(16, '0')}`;
    this.users = users;
    this.user = first;
    this.hooks = hooks;
    this.disk = {
      store: emptyStore(`store-${no}-0`),
      journal: new Map(),
      locals: new Map(),
      journalAnswers: 'fsynced',
    };
    this.process.kill();
  }

  /** The same laptop once more, with its name and key: what a copied disk makes. */
  twin(no: number): Laptop {
    const twin = new Laptop(no, this.users, this.hooks, this.key);
    twin.skewMs = this.skewMs;
    twin.goBackTo(this.shot());
    return twin;
  }

  shot(): Shot {
    const windows = this.process.isAlive ? this.windows : [];
    return {
      disk: copyDisk(this.disk),
      user: this.user,
      windows: windows.map(({ vault, forms }) => ({ memory: copyMemory(vault.memory), forms: [...forms] })),
    };
  }

  /** Goes on from there, with the processes that ran then. */
  goBackTo({ disk, user, windows }: Shot): void {
    this.stop();
    Object.assign(this.disk, copyDisk(disk));
    this.user = user;
    if (windows.length === 0) return;
    this.process = new Process();
    for (const { memory, forms } of windows) {
      const cipher = clearCipher(user.compartments);
      const queue = new Queue();
      const person = { id: user.id, label: 'Test', role: 'lead' };
      const vault = { ...this.portsOf(this.process), cipher, user: person, memory: copyMemory(memory), queue };
      this.windows.push(this.windowOf(vault, forms));
    }
  }

  private windowOf(vault: Vault, forms: readonly Form[]): Window {
    const transport = this.hooks.transportFor(this, this.user, this.process, vault);
    const times = this.hooks.variant.times?.(this.hooks.nowMs) ?? new SyncTimes(this.hooks.nowMs);
    return { vault, transport, times, forms: [...forms] };
  }

  readonly wallMs = (): number => this.hooks.nowMs() + this.skewMs;

  stop(): void {
    this.process.kill();
    this.windows = [];
  }

  /** A new process with one window, in the order of the app's own start (open-session). May be killed meanwhile. */
  async start(user: SimulatedUser, prepare: (process: Process) => void = () => undefined): Promise<void> {
    this.stop();
    this.user = user;
    this.process = new Process();
    prepare(this.process);
    await this.openWindow();
  }

  async openWindow(): Promise<Window> {
    const { process, user } = this;
    const ports = this.portsOf(process);
    const cipher: Cipher = clearCipher(user.compartments);
    const report = await openWorkspace(ports, cipher, { id: user.id, label: 'Test', role: 'lead' });
    const { vault } = report;
    const journal = this.journalOf(process);
    const recovered = await reconcile(vault, journal);
    await vault.queue.run(() => copyPending(vault));
    await ports.secondCopy.append([], null, []);
    const restored = recovered.ok ? recovered.value.restored : 0;
    if (report.mustRefresh || restored > 0) await refreshSummaries(vault, () => Promise.resolve());
    else if (report.mustFold || this.disk.store.deltas.size > fewDeltas) await foldSummaries(vault);
    if (this.disk.store.blocks.size > 0) await checkMemory(this, vault);
    await this.hooks.variant.started?.(vault);
    const window = this.windowOf(vault, []);
    this.windows.push(window);
    return window;
  }

  private portsOf(process: Process): Ports {
    const store = this.storeOf(process);
    const { prng } = this.hooks;
    let audits = 0;
    return {
      store,
      secondCopy: makeSecondCopy(this.journalOf(process), store.counts),
      audit: {
        prepare: () => process.call(() => ({ seq: ++audits, box: new Uint8Array(0) })),
      },
      clock: this.clockOf(),
      random: { bytes: prng.bytes, newId: () => makeRecordId(prng.bytes(16)) },
      workspace: {
        list: () => undefined,
        fill: () => undefined,
        apply: () => undefined,
        remove: () => undefined,
        clear: () => undefined,
      },
      sha256,
      codec: summaryCodec,
      tell: (repair) => this.hooks.told(this, repair),
    };
  }

  /** The real clock over a wall clock that can be set wrong; its days are those of UTC wherever this runs. */
  private clockOf(): WritingClock {
    const clock = makeSystemClock({ wallMs: this.wallMs, monotonicMs: this.hooks.nowMs });
    return { ...clock, today: () => isoDate(new Date(this.wallMs()).toISOString().slice(0, 10)) };
  }

  private storeOf(process: Process): RecordStore {
    const plain = storeOn(this.disk);
    const inner: RecordStore = {
      ...plain,
      commit: async (write) => {
        if (this.hooks.isFull()) return { ok: false, error: { type: 'storage-full' } };
        const done = await plain.commit(write);
        if (done.ok) await this.hooks.committed(this, write.ops);
        return done;
      },
    };
    const store = this.hooks.variant.store?.(inner, process, this.disk.store, this.disk) ?? inner;
    return {
      read: (ref) => process.call(() => store.read(ref)),
      readKind: (kind) => process.call(() => store.readKind(kind)),
      readSummaries: () => process.call(() => store.readSummaries()),
      readBlocks: () => process.call(() => store.readBlocks()),
      readWriters: () => process.call(() => store.readWriters()),
      readDepartures: () => process.call(() => store.readDepartures()),
      readPages: () => process.call(() => store.readPages()),
      readFeeds: () => process.call(() => store.readFeeds()),
      readManifest: () => process.call(() => store.readManifest()),
      readOps: (w, after, limit) => process.call(() => store.readOps(w, after, limit)),
      commit: (write) => process.call(() => store.commit(write)),
      acknowledge: (w, acked, archived) => process.call(() => store.acknowledge(w, acked, archived)),
      replaceOps: (ops) => process.call(() => store.replaceOps(ops)),
      fold: (folded) => process.call(() => store.fold(folded)),
      counts: () => process.call(() => store.counts()),
    };
  }

  private journalOf(process: Process) {
    const journal = journalOn(this.disk);
    return {
      ...journal,
      'journal:append': async (request: Parameters<(typeof journal)['journal:append']>[0]) => {
        try {
          return await process.call(() => journal['journal:append'](request));
        } catch (error) {
          // Killed while it was being written: what came to disk of it is chance.
          tearJournal(this.disk, request.ops, this.hooks.prng.int(request.ops.length + 1));
          throw error;
        }
      },
    };
  }
}

/** Nothing that one process changes is seen by the other. */
function copyMemory(memory: Memory): Memory {
  return {
    ...memory,
    residents: new KnownResidents(memory.residents.image()),
    records: memory.records.over(memory.records.inBlocks, () => true),
    ownWriters: new Map(memory.ownWriters),
    chains: new Map(memory.chains),
    uncopied: [...memory.uncopied],
    locals: new Map(memory.locals),
    lostOps: new Set(memory.lostOps),
  };
}
