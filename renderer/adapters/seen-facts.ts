import { toHex } from '../../shared/kernel/bytes.ts';
import type { Write } from '../../shared/ports.ts';
import { refKey, type RecordRef } from '../../shared/records/record.ts';

/** Rows read one by one: as many as a page and its neighbours show. */
const maxRows = 2_000;

/**
 * What this window has seen of what a commit is compared with, as of one vault counter. Nothing changes without raising
 * the counter, so while that is the one in the store none of it has to be read again.
 */
export class SeenFacts {
  private counter: number | undefined;
  private seq: number | undefined;
  private readonly revs = new Map<string, number>();
  private readonly nexts = new Map<string, number>();
  /** Something read before facts were dropped says nothing about the time after. */
  private era = 0;

  /** To be called before a row is read; what it returns takes the version that was found, 0 for none. */
  beginRead(): (ref: RecordRef, rev: number) => void {
    const { era } = this;
    return (ref, rev) => {
      if (era === this.era) this.setRev(ref, rev);
    };
  }

  /** Whether everything this write expects was seen as it expects it, at the counter that it follows. */
  vouchFor({ rows, ops, writers, audit, manifest }: Write): boolean {
    return (
      this.counter === manifest.vaultCounter - 1 &&
      (audit === null || (this.seq !== undefined && audit.seq >= this.seq)) &&
      rows.every(({ ref, rev }) => this.revs.get(refKey(ref)) === rev - 1) &&
      writers.every(({ w, next }) => (this.nexts.get(toHex(w)) ?? Infinity) < next) &&
      ops.every(({ w, n }) => n >= (this.nexts.get(toHex(w)) ?? Infinity))
    );
  }

  /** This write is in the store now, compared and put in one transaction. */
  noteWrite({ rows, removed = [], writers, audit, manifest }: Write): void {
    this.noteCounter(manifest.vaultCounter);
    for (const { ref, rev } of rows) this.setRev(ref, rev);
    for (const { ref } of removed) this.setRev(ref, 0);
    for (const { w, next } of writers) this.nexts.set(toHex(w), next);
    if (audit !== null) this.seq = audit.seq;
  }

  /** The counter after a commit of this window; somebody else's before it makes the rest worthless. */
  noteCounter(counter: number): void {
    if (this.counter !== counter - 1) this.forget();
    this.counter = counter;
  }

  forget(): void {
    this.era += 1;
    this.counter = undefined;
    this.seq = undefined;
    this.revs.clear();
    this.nexts.clear();
  }

  private setRev(ref: RecordRef, rev: number): void {
    if (this.revs.size >= maxRows) this.revs.clear();
    this.revs.set(refKey(ref), rev);
  }
}
