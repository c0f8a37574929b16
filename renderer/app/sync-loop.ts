import type { Host } from '../../shared/ipc-contract.ts';
import type { DraftStore } from '../../shared/ports.ts';
import type { SyncError, SyncTransport } from '../../shared/transport-ports.ts';
import type { SyncOutcome } from '../services.tsx';
import { DailyCompaction } from './daily-compaction.ts';
import { setSync, useSync } from '../stores/sync-store.ts';
import { undeliveredCount } from '../use-cases/deposit-pending.ts';
import { confirmedOf, oldestUnsentMs, unarchivedCount, unsentCount } from '../use-cases/push-pending.ts';
import { feedsOf, syncNow, type SyncFailure } from '../use-cases/sync-now.ts';
import { SyncTimes } from '../use-cases/sync-times.ts';
import type { Vault } from '../use-cases/vault.ts';

const pulledDraft = 'exchange/pulled';

/** One loop per window, and one window at a time through a Web Lock (sync.md §2.11). */
export class SyncLoop {
  private readonly vault: Vault;
  private readonly transport: SyncTransport;
  private readonly host: Pick<Host, 'sync:status' | 'app:empty'>;
  private readonly drafts: DraftStore;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private armedMs = Infinity;
  private readonly times = new SyncTimes(() => performance.now());
  private readonly compaction: DailyCompaction;
  private isStopped = false;
  private running: Promise<SyncOutcome> | undefined;

  constructor(
    vault: Vault,
    transport: SyncTransport,
    host: Pick<Host, 'sync:status' | 'app:empty'>,
    drafts: DraftStore,
  ) {
    this.vault = vault;
    this.transport = transport;
    this.host = host;
    this.drafts = drafts;
    this.compaction = new DailyCompaction(vault, () => this.isStopped);
    window.addEventListener('online', this.onOnline);
    void this.readPulled().finally(() => this.arm());
  }

  private readonly onOnline = () => {
    this.times.wake();
    this.arm();
  };

  stop(): void {
    this.isStopped = true;
    clearTimeout(this.timer);
    window.removeEventListener('online', this.onOnline);
  }

  /** After a save: soon, unless the endpoint failed a moment ago. */
  nudge(): void {
    // A store that broke off is told of by whatever needs it.
    this.show().catch(() => undefined);
    this.times.saved();
    this.arm();
  }

  now(): Promise<SyncOutcome> {
    this.running ??= this.round().finally(() => {
      this.running = undefined;
    });
    return this.running;
  }

  /** What is known here of every site was all of it at this moment: by the network, or by a stick that was on its way. */
  async notePulled(atMs: number, sites: readonly string[]): Promise<void> {
    const before = useSync.getState().pulledMs;
    const now = Object.fromEntries(sites.map((site) => [site, Math.max(before[site] ?? 0, atMs)]));
    setSync({ pulledMs: { ...before, ...now } });
    // Kept for the next start: without a network it is what says how old the lists are.
    await this.drafts.write(pulledDraft, JSON.stringify({ ...before, ...now })).catch(() => undefined);
  }

  private async readPulled(): Promise<void> {
    const kept = await this.drafts.read(pulledDraft).catch(() => undefined);
    if (!this.isStopped) setSync({ pulledMs: pulledOf(kept) });
  }

  private arm(): void {
    const { dueMs } = this.times;
    if (this.isStopped || dueMs >= this.armedMs) return;
    clearTimeout(this.timer);
    this.armedMs = dueMs;
    this.timer = setTimeout(() => {
      this.armedMs = Infinity;
      this.times.begin();
      void this.now();
    }, dueMs - performance.now());
  }

  /** What throws here is a bug, a store that was closed or a lock that is not given; the next round still has to come. */
  private async round(): Promise<SyncOutcome> {
    try {
      return await navigator.locks.request('sync-leader', () => this.exchange());
    } catch {
      setSync({ isSending: false });
      return this.tryLater({ type: 'endpoint-failed', retryAfterMs: 0 });
    }
  }

  private async exchange(): Promise<SyncOutcome> {
    const status = await this.host['sync:status'](undefined);
    const { standing, lease, waiting, rejected } = status;
    setSync({ enrolled: status.endpoint !== null, standing, lease, waiting, rejected });
    if (status.endpoint === null || this.isStopped) {
      this.times.idle();
      this.arm();
      return { type: 'not-enrolled' };
    }
    setSync({ isSending: true });
    const outcome = await syncNow(this.vault, this.transport, status.sites);
    setSync({ isSending: false });
    if (outcome.ok) {
      const sites = feedsOf(this.vault, status.sites).map(({ site }) => site);
      await this.notePulled(this.vault.clock.nowMs(), [...new Set(sites)]);
    }
    await this.show();
    await this.noteStanding(!outcome.ok && outcome.error.type === 'revoked');
    if (outcome.ok) {
      this.times.succeeded();
      setSync({ failure: null, ...(unsentCount(this.vault) === 0 ? { sentAtMs: this.vault.clock.nowMs() } : {}) });
      this.arm();
      this.compaction.afterExchange(outcome.value.archived, waiting);
      return { type: 'done', sent: outcome.value.sent, received: outcome.value.received };
    }
    return this.tryLater(toSyncError(outcome.error));
  }

  /** A laptop that is to be emptied goes only when nothing is on it that nobody else has. */
  private async noteStanding(isClosed: boolean): Promise<void> {
    const { standing, lease, waiting, rejected } = await this.host['sync:status'](undefined);
    const undelivered = isClosed ? undeliveredCount(this.vault) : null;
    if (!this.isStopped) setSync({ standing, lease, waiting, rejected, undelivered });
    if (standing?.status === 'wipe' && undelivered === 0) await this.host['app:empty']({ undelivered });
  }

  private tryLater(failure: SyncError): SyncError {
    setSync({ failure: failure.type });
    const [share = 0] = this.vault.random.bytes(1);
    this.times.failed(share / 256, failure.retryAfterMs);
    this.arm();
    return failure;
  }

  private async show(): Promise<void> {
    if (this.isStopped) return;
    setSync({
      unsent: unsentCount(this.vault),
      unarchived: unarchivedCount(this.vault),
      oldestUnsentMs: await oldestUnsentMs(this.vault),
      nowMs: this.vault.clock.nowMs(),
      ackedOf: confirmedOf(this.vault),
      secondCopyFailed: this.vault.memory.secondCopyFailed,
    });
  }
}

/** Times of sites; anything else that was written there counts as never. */
function pulledOf(text: string | undefined): Readonly<Record<string, number>> {
  try {
    const kept: unknown = JSON.parse(text ?? '{}');
    if (typeof kept !== 'object' || kept === null) return {};
    return Object.fromEntries(
      Object.entries(kept).filter((entry): entry is [string, number] => Number.isInteger(entry[1])),
    );
  } catch {
    return {};
  }
}

/** What went wrong on this device while taking a page in: for the status bar the exchange failed. */
const toSyncError = (error: SyncFailure): SyncError =>
  'retryAfterMs' in error ? error : { type: 'endpoint-failed', retryAfterMs: 0 };
