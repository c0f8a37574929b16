import { toHex } from '../../shared/kernel/bytes.ts';
import type { Laptop, Shot } from './laptop.ts';
import type { Oracle } from './oracle.ts';

/**
 * Laptops that go on twice from one moment: a virtual machine that is put back, or a disk that is copied while it is in
 * use. Unlike an old disk alone, their processes go on as well, and so do the numbers of their writers.
 */
export class Copies {
  private readonly shots = new Map<Laptop, Shot>();
  private readonly at: {
    readonly laptops: Laptop[];
    readonly oracle: Oracle;
    readonly note: (line: string) => void;
    readonly countLosses: () => void;
  };

  constructor(at: Copies['at']) {
    this.at = at;
  }

  take(laptop: Laptop): void {
    this.shots.set(laptop, laptop.shot());
  }

  /** Disk and memory of an earlier moment. */
  revert(laptop: Laptop): void {
    const shot = this.shots.get(laptop);
    if (shot === undefined) return;
    this.at.note(`laptop ${laptop.no}: goes back to an earlier moment, with ${shot.windows.length} windows open`);
    laptop.goBackTo(shot);
    laptop.images.splice(0);
    this.noteCopied(shot);
    this.at.countLosses();
  }

  /** A second laptop with the disk, the name and the key of this one; once in a history. */
  clone(laptop: Laptop): void {
    const { laptops } = this.at;
    if (laptops.some(({ no, key }) => no !== key)) return;
    const twin = laptop.twin(laptops.length);
    laptops.push(twin);
    this.at.note(`laptop ${laptop.no} is copied, with ${twin.windows.length} windows open: laptop ${twin.no}`);
    this.noteCopied(laptop.shot());
  }

  private noteCopied({ windows }: Shot): void {
    for (const { memory } of windows)
      for (const { w } of memory.ownWriters.values()) this.at.oracle.copied.add(toHex(w));
  }
}
