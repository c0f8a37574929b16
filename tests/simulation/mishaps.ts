import type { Fault } from './chances.ts';
import { emptyStore } from './disk.ts';
import type { SimulatedEndpoint } from './endpoint.ts';
import { forgottenBy, heldIntents } from './holders.ts';
import type { Laptop } from './laptop.ts';
import { isWhollyCopied, loseDisk, loseStore } from './losses.ts';
import type { Oracle } from './oracle.ts';
import type { Prng } from './prng.ts';
import type { Rows } from './tables.ts';

const yearMs = 365.25 * 86_400_000;

/** What goes wrong with machines: clocks, disks of laptops, the endpoint and its database. */
export class Mishaps {
  /** The endpoint was put back without what its frame journal knew. */
  hasForgotten = false;
  private readonly backups: Rows[] = [];
  private readonly at: {
    readonly prng: Prng;
    readonly endpoint: SimulatedEndpoint;
    readonly oracle: Oracle;
    readonly laptops: readonly Laptop[];
    readonly isOn: (fault: Fault) => boolean;
    readonly note: (line: string) => void;
    readonly nextNo: () => number;
  };

  constructor(at: Mishaps['at']) {
    this.at = at;
  }

  backUp(): void {
    this.backups.push(this.at.endpoint.backup());
  }

  killEndpoint(): void {
    if (!this.at.isOn('endpoint-kill')) return;
    const point = this.at.prng.pick(['before_journal', 'after_journal', 'before_commit', 'after_commit'] as const);
    this.at.note(`the endpoint will be killed ${point}`);
    this.at.endpoint.killAtNext(point);
  }

  setClock(laptop: Laptop): void {
    const jump = this.at.prng.pick([2 * yearMs, -20 * yearMs, 5 * 60_000, -3600_000, -laptop.skewMs, -laptop.skewMs]);
    if (!this.at.isOn('clock')) return;
    laptop.skewMs = Math.round(laptop.skewMs + jump);
    this.at.note(`laptop ${laptop.no}: clock is ${laptop.skewMs / 1000} s off`);
  }

  /** Never when the only copy would go, but for both copies at once. */
  putBack(laptop: Laptop, how: 'rewind' | 'wipe' | 'rewind-all' | 'wipe-all'): void {
    const image = laptop.images.length === 0 ? undefined : this.at.prng.pick(laptop.images);
    if (!this.at.isOn(how) || (!how.endsWith('-all') && !isWhollyCopied(laptop))) return;
    const name = `store-${laptop.no}-${this.at.nextNo()}`;
    if (how === 'wipe') loseStore(laptop, name);
    else if (how === 'wipe-all') loseDisk(laptop, emptyStore(name));
    else if (image === undefined) return;
    else if (how === 'rewind') loseStore(laptop, image);
    else loseDisk(laptop, image);
    this.at.note(`laptop ${laptop.no}: ${how} of its store`);
    this.countLosses();
  }

  async restoreEndpoint(how: 'restore' | 'forget'): Promise<void> {
    const { prng, isOn, note, endpoint } = this.at;
    const backup = this.backups.length === 0 ? undefined : prng.pick(this.backups);
    const journal = how === 'restore' ? 'kept' : prng.pick(['lost', 'image'] as const);
    // An endpoint that was put back to before a backup it proved knows that from its journal.
    const last = journal === 'image' ? this.backups.at(-1) : backup;
    if (!isOn(how) || last === undefined) return;
    note(`the database of the endpoint is put back to a backup, its journal: ${journal}`);
    await endpoint.restore(last, journal);
    if (journal === 'image') this.backups.splice(0, this.backups.length, last);
    // A journal that was lost once has a beginning: a backup of before it misses what was between.
    if (how === 'restore') return this.hasForgotten ? this.countLosses() : undefined;
    this.hasForgotten = true;
    // Then only what colleagues have in their pages is left of some of it.
    const laptop = prng.pick(this.at.laptops);
    if (prng.chance(0.4) && isOn('wipe-all')) this.putBack(laptop, 'wipe-all');
    this.countLosses();
  }

  /** What was in one place only and is gone for good does not count; what was forgotten has to come back. */
  countLosses(): void {
    const { oracle, laptops, endpoint } = this.at;
    const { rows } = endpoint.database;
    const held = heldIntents(laptops, rows);
    oracle.forgive(held);
    oracle.excused = forgottenBy(laptops, rows);
  }
}
