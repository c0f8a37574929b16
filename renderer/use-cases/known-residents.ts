import { ResidentImage } from '../../shared/register/resident-image.ts';
import type { ResidentSummary } from '../../shared/register/resident-summary.ts';

/** As many changes lie over the list before it is made anew. */
const maxLaid = 4_096;

/** The list lines in memory: what the segments say, and over it what changed since. */
export class KnownResidents {
  private base: ResidentImage;
  private laid = new Map<string, ResidentSummary | undefined>();
  private count: number;

  constructor(base: ResidentImage = new ResidentImage([])) {
    this.base = base;
    this.count = base.size;
  }

  get size(): number {
    return this.count;
  }

  get(id: string): ResidentSummary | undefined {
    return this.laid.has(id) ? this.laid.get(id) : this.base.get(id);
  }

  /** Keeps nothing of a line that was not looked at before. */
  peek(id: string): ResidentSummary | undefined {
    if (this.laid.has(id)) return this.laid.get(id);
    const row = this.base.rowOf(id);
    return row === undefined ? undefined : this.base.peek(row);
  }

  has(id: string): boolean {
    return this.laid.has(id) ? this.laid.get(id) !== undefined : this.base.has(id);
  }

  set(id: string, summary: ResidentSummary): void {
    if (!this.has(id)) this.count += 1;
    this.lay(id, summary);
  }

  delete(id: string): void {
    if (!this.has(id)) return;
    this.count -= 1;
    this.lay(id, undefined);
  }

  /** The whole list at this moment. */
  image(): ResidentImage {
    if (this.laid.size > 0) {
      this.base = this.base.with(this.laid);
      this.laid = new Map();
    }
    return this.base;
  }

  *keys(): Generator<string> {
    for (const id of this.base.keys()) if (!this.laid.has(id)) yield id;
    for (const [id, summary] of this.laid) if (summary !== undefined) yield id;
  }

  *values(): Generator<ResidentSummary> {
    if (this.laid.size === 0) yield* this.base.values();
    else {
      for (const summary of this.base.values()) if (!this.laid.has(summary.id)) yield summary;
      for (const summary of this.laid.values()) if (summary !== undefined) yield summary;
    }
  }

  private lay(id: string, summary: ResidentSummary | undefined): void {
    this.laid.set(id, summary);
    if (this.laid.size > maxLaid) this.image();
  }
}
