import type { Dot } from '../../shared/sync/change.ts';
import { dotKey } from '../../shared/sync/dots.ts';
import { compactRecords, usualTermMs } from '../use-cases/compact-records.ts';
import type { Vault } from '../use-cases/vault.ts';
import { afterPaint } from './after-paint.ts';

const dayMs = 86_400_000;
/** Whoever has just unlocked is looking for somebody. */
const afterUnlockMs = 15 * 60_000;
/** So many the endpoint names at most: then there may be more. */
const mostNamed = 1_000;

/** Drops superseded operations once a day, after an exchange and while nobody needs the page. */
export class DailyCompaction {
  private readonly vault: Vault;
  private readonly isStopped: () => boolean;
  private dueMs: number | undefined;

  constructor(vault: Vault, isStopped: () => boolean) {
    this.vault = vault;
    this.isStopped = isStopped;
  }

  /** `waiting`: operations of this device that wait for a person at the municipality. What fails is tried tomorrow. */
  afterExchange(archived: ReadonlyMap<string, number>, waiting: readonly Dot[]): void {
    const nowMs = this.vault.clock.nowMs();
    this.dueMs ??= nowMs + afterUnlockMs;
    if (nowMs < this.dueMs || waiting.length >= mostNamed) return;
    this.dueMs = nowMs + dayMs;
    // Under the same lock as an exchange: what is noted of feeds holds only while none is being read.
    void navigator.locks.request('sync-leader', () => this.compact(archived, waiting)).catch(() => undefined);
  }

  private async compact(archived: ReadonlyMap<string, number>, waiting: readonly Dot[]): Promise<void> {
    const held = new Set(waiting.map(dotKey));
    await afterPaint();
    await compactRecords(this.vault, {
      archived,
      termMs: usualTermMs,
      isInUse: ({ ops }) => held.size > 0 && ops.some((op) => held.has(dotKey(op))),
      pause: async () => {
        await afterPaint();
        if (this.isStopped()) throw new Error('locked meanwhile');
      },
    });
  }
}
