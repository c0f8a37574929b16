import type { Host } from '../../shared/ipc-contract.ts';
import type { SyncError, SyncTransport } from '../../shared/ports.ts';
import type { SyncOutcome } from '../services.tsx';
import { setSync } from '../stores/sync-store.ts';
import { oldestUnsentMs, unarchivedCount, unsentCount } from '../use-cases/push-pending.ts';
import { backOffMs, syncNow, type SyncFailure } from '../use-cases/sync-now.ts';
import type { Vault } from '../use-cases/vault.ts';

const afterSaveMs = 2_000;
const usualMs = 60_000;

/** One loop per window, and one window at a time through a Web Lock (sync.md §2.11). */
export class SyncLoop {
  private readonly vault: Vault;
  private readonly transport: SyncTransport;
  private readonly host: Pick<Host, 'sync:status'>;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private dueMs = Infinity;
  private failures = 0;
  private isStopped = false;
  private running: Promise<SyncOutcome> | undefined;

  constructor(vault: Vault, transport: SyncTransport, host: Pick<Host, 'sync:status'>) {
    this.vault = vault;
    this.transport = transport;
    this.host = host;
    window.addEventListener('online', this.onOnline);
    this.after(0);
  }

  private readonly onOnline = () => this.after(0);

  stop(): void {
    this.isStopped = true;
    clearTimeout(this.timer);
    window.removeEventListener('online', this.onOnline);
  }

  /** After a save: soon, unless the endpoint failed a moment ago. */
  nudge(): void {
    // A store that broke off is told of by whatever needs it.
    this.show().catch(() => undefined);
    if (this.failures === 0) this.after(afterSaveMs);
  }

  now(): Promise<SyncOutcome> {
    this.running ??= navigator.locks
      .request('sync-leader', () => this.round())
      .finally(() => {
        this.running = undefined;
      });
    return this.running;
  }

  private after(waitMs: number): void {
    const due = performance.now() + waitMs;
    if (this.isStopped || due > this.dueMs) return;
    clearTimeout(this.timer);
    this.dueMs = due;
    this.timer = setTimeout(() => {
      this.dueMs = Infinity;
      void this.now();
    }, waitMs);
  }

  /** What throws here is a bug or a store that was closed; the next round still has to come. */
  private async round(): Promise<SyncOutcome> {
    try {
      return await this.exchange();
    } catch {
      setSync({ isSending: false });
      return this.tryLater({ type: 'endpoint-failed', retryAfterMs: 0 });
    }
  }

  private async exchange(): Promise<SyncOutcome> {
    const status = await this.host['sync:status'](undefined);
    setSync({ enrolled: status.endpoint !== null });
    if (status.endpoint === null || this.isStopped) {
      this.after(usualMs);
      return { type: 'not-enrolled' };
    }
    setSync({ isSending: true });
    const outcome = await syncNow(this.vault, this.transport, status.sites);
    setSync({ isSending: false });
    await this.show();
    if (outcome.ok) {
      this.failures = 0;
      setSync({ failure: null, ...(unsentCount(this.vault) === 0 ? { sentAtMs: this.vault.clock.nowMs() } : {}) });
      this.after(usualMs);
      return { type: 'done', sent: outcome.value.sent, received: outcome.value.received };
    }
    return this.tryLater(toSyncError(outcome.error));
  }

  private tryLater(failure: SyncError): SyncError {
    this.failures += 1;
    setSync({ failure: failure.type });
    const [share = 0] = this.vault.random.bytes(1);
    this.after(backOffMs(this.failures, share / 256, failure.retryAfterMs));
    return failure;
  }

  private async show(): Promise<void> {
    if (this.isStopped) return;
    setSync({
      unsent: unsentCount(this.vault),
      unarchived: unarchivedCount(this.vault),
      oldestUnsentMs: await oldestUnsentMs(this.vault),
      secondCopyFailed: this.vault.memory.secondCopyFailed,
    });
  }
}

/** What went wrong on this device while taking a page in: for the status bar the exchange failed. */
const toSyncError = (error: SyncFailure): SyncError =>
  'retryAfterMs' in error ? error : { type: 'endpoint-failed', retryAfterMs: 0 };
