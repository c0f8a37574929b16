import type { Grant } from '../../endpoint/devices.ts';
import { graceMs } from '../../renderer/use-cases/departed-records.ts';
import { makeRecordId } from '../../shared/kernel/ids.ts';
import { absentIn, sizeOf, weights, type Fault } from './chances.ts';
import { Laptop, type Window } from './laptop.ts';
import { Copies } from './copies.ts';
import { SimulatedEndpoint } from './endpoint.ts';
import { copyStore } from './disk.ts';
import { eraseSomething } from './erasing.ts';
import { Mishaps } from './mishaps.ts';
import { Network, type NetworkFault } from './network.ts';
import { Oracle } from './oracle.ts';
import { drawUsers } from './people.ts';
import { Killed } from './process.ts';
import { Prng } from './prng.ts';
import type { Variant } from './variant.ts';
import { Work, type Action } from './work.ts';

const startMs = 1_795_000_000_000;

/** One history: laptops, an endpoint, a line between them, and what a seed lets happen to all of it. */
export class World {
  readonly history: string[] = [];
  readonly oracle = new Oracle();
  readonly endpoint: SimulatedEndpoint;
  readonly laptops: Laptop[];
  readonly network: Network;
  readonly variant: Variant;
  readonly work: Work;
  private readonly prng: Prng;
  private readonly without: ReadonlySet<Fault>;
  private readonly absent: readonly Fault[];
  private readonly sites: readonly string[];
  private readonly mishaps: Mishaps;
  private readonly copies: Copies;
  nowMs = startMs;
  private depth = 0;
  private fullFor = 0;
  private isQuiet = false;

  constructor(seed: number, variant: Variant, without: ReadonlySet<Fault> = new Set()) {
    this.variant = variant;
    this.without = without;
    this.absent = absentIn(seed);
    this.prng = new Prng(seed, 1);
    const { prng } = this;
    this.endpoint = new SimulatedEndpoint(variant, () => this.nowMs);
    this.network = new Network({
      endpoint: this.endpoint,
      prng: new Prng(seed, 2),
      drawFault: () => this.drawFault(),
      nowMs: () => this.nowMs,
      meanwhile: ({ no }) => this.meanwhile(no),
      makeSender: variant.frames,
    });
    this.sites = [makeRecordId(prng.bytes(16)), makeRecordId(prng.bytes(16))];
    const { oracle, endpoint, sites } = this;
    const note = (line: string) => this.note(line);
    oracle.isErased = endpoint.isErased;
    this.work = new Work({
      ...{ prng, oracle, endpoint, variant, sites, note },
      isQuiet: () => this.isQuiet,
      backUp: () => this.mishaps.backUp(),
      wait: (ms) => void (this.nowMs += ms),
      setLine: (line) => void (this.network.isCalm = line === 'good' || this.isQuiet),
    });
    this.laptops = Array.from({ length: sizeOf(seed).laptops }, (_, no) => this.makeLaptop(no));
    const { laptops } = this;
    const isOn = (fault: Fault) => this.isOn(fault);
    this.mishaps = new Mishaps({ prng, endpoint, oracle, laptops, isOn, note, nextNo: this.work.nextNo });
    this.copies = new Copies({ laptops, oracle, note, countLosses: () => this.mishaps.countLosses() });
  }

  private makeLaptop(no: number): Laptop {
    const { prng } = this;
    const users = drawUsers(prng, no, this.sites);
    const laptop = new Laptop(no, users, {
      prng,
      variant: this.variant,
      nowMs: () => this.nowMs,
      isFull: () => this.fullFor > 0 && this.fullFor-- > 0,
      committed: this.oracle.committed,
      told: (owner, repair) => {
        if (repair.type === 'reissued') this.note(`laptop ${owner.no}: ${repair.ops} operations are issued again`);
      },
      transportFor: (owner, user, process, vault) => {
        const { no, key, device, wallMs } = owner;
        const transport = this.network.transportOf({ no, key, device, user: user.id, process, wallMs });
        return this.variant.transport?.(transport, vault) ?? transport;
      },
    });
    const grants = users.map(({ id, ...held }): Grant => ({ user: id, role: 'lead', ...held }));
    this.endpoint.enrol(no, laptop.device, grants);
    return laptop;
  }

  get hasForgotten(): boolean {
    return this.mishaps.hasForgotten;
  }

  private isOn(fault: Fault): boolean {
    return !this.without.has(fault) && !this.absent.includes(fault) && !this.isQuiet;
  }

  private note(line: string): void {
    this.history.push(`${'  '.repeat(this.depth)}${line}`);
  }

  private drawFault(): NetworkFault {
    const fault = this.prng.weighted({ none: 82, lost: 5, 'answer-lost': 6, twice: 3, damaged: 2, 'too-big': 2 });
    if (!this.isOn('network')) return 'none';
    if (fault !== 'none') this.note(`network: ${fault}`);
    return fault;
  }

  async run(steps: number): Promise<void> {
    await this.endpoint.start();
    await this.meet();
    for (let step = 0; step < steps; step++) {
      this.nowMs += this.prng.int(this.prng.chance(0.1) ? 3 * 86_400_000 : 60_000);
      await this.step();
      for (const laptop of this.laptops) this.oracle.checkAcknowledged(laptop, this.endpoint);
    }
  }

  /** Two records that everybody has before anything goes wrong, so that people meet on them. */
  private async meet(): Promise<void> {
    this.network.isCalm = true;
    for (const laptop of this.laptops) {
      await this.alive(laptop, async (window) => {
        if (laptop.no === 0) for (let count = 0; count < 2; count++) await this.work.create(laptop, window, true);
        await this.work.sync(laptop, window);
      });
    }
    this.network.isCalm = false;
    this.mishaps.backUp();
  }

  private async step(): Promise<void> {
    const { prng } = this;
    const laptop = prng.pick(this.laptops);
    const action = prng.weighted(weights);
    switch (action) {
      case 'create':
      case 'open':
      case 'save':
      case 'rework':
      case 'sync':
      case 'compact':
      case 'undo':
      case 'move':
        return this.act(laptop, action);
      case 'restart':
        this.note(`laptop ${laptop.no}: restart`);
        return this.start(laptop);
      case 'kill':
        return this.killDuring(laptop);
      case 'clock':
        return this.mishaps.setClock(laptop);
      case 'image':
        laptop.images.push(copyStore(laptop.disk.store));
        return;
      case 'shot':
        return this.copies.take(laptop);
      case 'revert':
        return this.isOn('revert') ? this.copies.revert(laptop) : undefined;
      case 'clone':
        return this.isOn('clone') ? this.copies.clone(laptop) : undefined;
      case 'rewind':
      case 'wipe':
      case 'rewind-all':
      case 'wipe-all':
        return this.mishaps.putBack(laptop, action);
      case 'endpoint-kill':
        return this.mishaps.killEndpoint();
      case 'backup':
        return this.mishaps.backUp();
      case 'restore':
      case 'forget':
        return this.mishaps.restoreEndpoint(action);
      case 'stray': {
        const taken = this.isOn('stray') ? await this.network.deliverStray() : 'none';
        if (taken !== 'none') this.note(`an old frame arrives again: ${taken}`);
        return;
      }
      case 'full':
        if (this.isOn('full')) this.fullFor = 1 + prng.int(2);
        return;
      case 'journal':
        if (!this.isOn('journal')) return;
        laptop.disk.journalAnswers = prng.pick(['fsynced', 'fsynced', 'full', 'failed']);
        this.note(`laptop ${laptop.no}: second copy answers ${laptop.disk.journalAnswers}`);
        return;
      case 'window':
        if (!this.isOn('window')) return;
        this.note(`laptop ${laptop.no}: another window`);
        return this.alive(laptop, async () => {
          if (laptop.windows.length < 2) await laptop.openWindow();
        });
      case 'erase': {
        const erased = this.isOn('erase') ? await eraseSomething(this.endpoint, prng) : undefined;
        if (erased !== undefined) this.note(`to be erased: ${erased}`);
        return;
      }
      case 'newer':
        if (!this.isOn('newer')) return;
        return this.alive(laptop, (window) => this.work.saveNewer(laptop, window));
    }
  }

  /** Starts what is down and runs `work` in one window; a kill ends it. */
  private async alive(laptop: Laptop, work: (window: Window) => Promise<void>): Promise<void> {
    try {
      if (!laptop.process.isAlive) await this.startNow(laptop);
      if (laptop.windows.length > 0) await work(this.prng.pick(laptop.windows));
    } catch (error) {
      if (!(error instanceof Killed)) throw error;
      this.note(`laptop ${laptop.no}: killed`);
      laptop.stop();
    }
  }

  private startNow(laptop: Laptop): Promise<void> {
    return laptop.start(this.prng.pick(laptop.users));
  }

  private async start(laptop: Laptop): Promise<void> {
    laptop.stop();
    return this.alive(laptop, () => Promise.resolve());
  }

  private act(laptop: Laptop, action: Action): Promise<void> {
    return this.alive(laptop, (window) => this.work.act(laptop, window, action));
  }

  private async meanwhile(no: number): Promise<void> {
    if (!this.prng.chance(0.15) || this.depth > 0 || !this.isOn('meanwhile')) return;
    const own = this.laptops[no];
    if (own === undefined) return;
    const laptop = this.prng.chance(0.6) ? own : this.prng.pick(this.laptops);
    const action = this.prng.pick(['create', 'save', 'save', 'sync'] as const);
    this.depth += 1;
    try {
      const window = laptop.process.isAlive ? laptop.windows : [];
      // A laptop that is killed here is noticed by the request that is on its way.
      if (window.length > 0) await this.work.act(laptop, this.prng.pick(window), action);
    } catch (error) {
      if (!(error instanceof Killed)) throw error;
      if (laptop !== own) laptop.stop();
    } finally {
      this.depth -= 1;
    }
  }

  private async killDuring(laptop: Laptop): Promise<void> {
    const [calls, after] = [1 + this.prng.int(30), this.prng.chance(0.5)];
    const action = this.prng.pick(['create', 'save', 'sync', 'sync', 'compact', 'start'] as const);
    if (!this.isOn('kill')) return;
    this.note(`laptop ${laptop.no}: will be killed ${after ? 'after' : 'before'} call ${calls}`);
    if (action === 'start') {
      laptop.stop();
      const user = this.prng.pick(laptop.users);
      return this.alive(laptop, async () => {
        await laptop.start(user, (process) => process.light(calls, after));
      });
    }
    return this.alive(laptop, async (window) => {
      laptop.process.light(calls, after);
      await this.work.act(laptop, window, action);
      laptop.process.douse();
    });
  }

  /** From here on nothing goes wrong any more. */
  async calm(): Promise<void> {
    this.note('quiet');
    this.isQuiet = true;
    this.network.isCalm = true;
    this.fullFor = 0;
    this.endpoint.stop();
    await this.endpoint.start();
    for (const laptop of this.laptops) {
      laptop.process.douse();
      laptop.disk.journalAnswers = 'fsynced';
    }
  }

  waitUntil(ms: number): void {
    this.nowMs = Math.max(this.nowMs, Math.ceil(ms));
  }

  /** So long that what left a site has to be gone from its laptops. */
  passGrace(): void {
    this.note('the grace after a move passes');
    this.nowMs += graceMs + 60_000;
  }
}
