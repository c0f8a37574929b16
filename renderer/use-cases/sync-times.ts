import { backOffMs } from './sync-now.ts';

const afterSaveMs = 2_000;
const usualMs = 60_000;

/**
 * When the next exchange comes (sync.md §2.11). It is never further away than a quarter of an hour or what a busy
 * endpoint asked for: whatever happens, one is due until it begins, and every end of one makes the next one due.
 */
export class SyncTimes {
  /** By the clock that was given; Infinity while one runs. */
  dueMs = Infinity;
  private failures = 0;
  private readonly nowMs: () => number;

  constructor(nowMs: () => number) {
    this.nowMs = nowMs;
    this.wake();
  }

  /** The app came up, the network came back. */
  wake(): void {
    this.after(0);
  }

  /** Soon, unless the endpoint failed a moment ago. */
  saved(): void {
    if (this.failures === 0) this.after(afterSaveMs);
  }

  /** The exchange that was due runs now. */
  begin(): void {
    this.dueMs = Infinity;
  }

  succeeded(): void {
    this.failures = 0;
    this.after(usualMs);
  }

  /** `share` is random in [0, 1). */
  failed(share: number, retryAfterMs: number): void {
    this.failures += 1;
    this.after(backOffMs(this.failures, share, retryAfterMs));
  }

  /** Not an exchange and not a failure: this device has no endpoint yet. */
  idle(): void {
    this.after(usualMs);
  }

  private after(waitMs: number): void {
    this.dueMs = Math.min(this.dueMs, this.nowMs() + waitMs);
  }
}
