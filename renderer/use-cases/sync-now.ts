import { equalBytes, toHex } from '../../shared/kernel/bytes.ts';
import { err, ok, type Result } from '../../shared/kernel/result.ts';
import type { MovedError, StorageError } from '../../shared/ports.ts';
import type { HelloAnswer, SyncError, SyncTransport, WriterState } from '../../shared/transport-ports.ts';
import type { Moment } from '../../shared/vault/moment.ts';
import { feedStart } from '../../shared/sync/page.ts';
import { depositPending } from './deposit-pending.ts';
import { removeDeparted } from './departed-records.ts';
import { departuresOfSite } from './records-at-site.ts';
import { forgottenCompartments, giveBack, momentsSeen, noteMoment, notePlace } from './give-back.ts';
import { sharedSite } from './moves.ts';
import { issueAgain, type Fork } from './forks.ts';
import { chainAt } from './own-ops.ts';
import { lastOf } from './reissues.ts';
import { pullRemote, type PullError } from './pull-remote.ts';
import { endWriter, noteAcked, pushPending } from './push-pending.ts';
import { withdrawRejected } from './withdraw-rejected.ts';
import { feedKey, type FeedPlace, type Vault } from './vault.ts';

export type SyncReport = {
  readonly sent: number;
  readonly received: number;
  /** Kept by the endpoint and not applied there until a person has looked. */
  readonly held: number;
  /** Of each feed that this device reads: up to where a backup that was proved covers it, by `feedKey`. */
  readonly archived: ReadonlyMap<string, number>;
};
export type SyncFailure = SyncError | PullError;

/** So many copies of one laptop can have gone out again before this one, in one round. */
const maxForks = 6;

/** One round: hello, push, pull. Every step can be repeated; what was confirmed stays confirmed. */
export async function syncNow(
  vault: Vault,
  transport: SyncTransport,
  sites: readonly string[],
): Promise<Result<SyncReport, SyncFailure>> {
  const feeds = feedsOf(vault, sites);
  const ask = async (places: readonly FeedPlace[], seen: readonly Moment[], isArchivedToo: boolean) => {
    for (let attempt = 1; ; attempt++) {
      const writers = await writerStates(vault, isArchivedToo);
      const hello = await transport.hello(writers, places, vault.memory.known.counter, seen);
      if (!hello.ok) return hello;
      vault.clock.noteOffset(hello.value.clockOffsetMs);
      const forks = await agreeOnWriters(vault, hello.value);
      if (!forks.ok) return forks;
      if (forks.value.length === 0) return hello;
      if (attempt === maxForks) return err({ type: 'rewound', retryAfterMs: 0 } as const);
      // What goes out again may meet the work of another copy of this laptop there: it is asked about as well.
      const again = await issueAgain(vault, transport.hello, forks.value);
      if (!again.ok) return again;
    }
  };
  const seen = momentsSeen(vault).map(({ at }) => at);
  const hello = await ask(feeds, seen, false);
  if (!hello.ok) return hello;
  if (hello.value.status === 'revoked' || hello.value.status === 'wipe') {
    const deposited = await depositPending(vault, transport);
    return deposited.ok ? err({ type: 'revoked', retryAfterMs: 0 }) : deposited;
  }
  const forgotten = forgottenCompartments(vault, hello.value);
  const isAgreed = forgotten.length === 0;
  if (isAgreed) noteMoment(vault, vault.cipher.compartments, hello.value.at);
  const pushed = isAgreed
    ? await pushPending(vault, transport)
    : await giveBack(vault, transport, forgotten, (places, asked) => ask(places, asked, true));
  if (!pushed.ok) return pushed;

  let received = 0;
  // A device that may only deliver gets nothing back.
  if (hello.value.status === 'active') {
    for (const feed of [...feeds, ...newFeeds(vault, hello.value)]) {
      const told = hello.value.feeds.find(({ site, c }) => site === feed.site && c === feed.c);
      const state = told?.state;
      if (state === 'gone') {
        const closed = await closeFeed(vault, hello.value, feed);
        if (!closed.ok) return closed;
        continue;
      }
      // Most feeds have nothing new most of the time: on a slow line each question costs more than the answer is long.
      if (isAgreed && state === 'ok' && told?.head === feed.pos && pushed.value.sent === 0) continue;
      const pulled = await pullRemote(vault, transport, feed);
      if (!pulled.ok) return pulled;
      received += pulled.value.received;
    }
    const removed = await removeDeparted(vault, sites);
    if (!removed.ok) return removed;
  }
  const withdrawn = await withdrawRejected(vault, hello.value.rejected ?? []);
  if (!withdrawn.ok) return withdrawn;
  const { sent, held, isTooBig } = pushed.value;
  return isTooBig
    ? err({ type: 'too-big', retryAfterMs: 0 })
    : ok({ sent, held, received, archived: archivedIn(hello.value) });
}

const archivedIn = ({ feeds }: HelloAnswer): ReadonlyMap<string, number> =>
  new Map(
    feeds.flatMap(({ site, c, state, archived }) =>
      state === 'ok' && archived !== undefined ? [[feedKey(site, c), archived] as const] : [],
    ),
  );

/** Of a site that this device may not read any more: its records are kept for a while, and its feed begins anew. */
async function closeFeed(
  vault: Vault,
  hello: HelloAnswer,
  feed: FeedPlace,
): Promise<Result<void, StorageError | MovedError>> {
  const isWhole = hello.feeds.every(({ site, state }) => site !== feed.site || state === 'gone');
  if (feed.pos === 0 || !isWhole) return ok(undefined);
  const departed = feed.c === 'core' ? await departuresOfSite(vault, feed.site) : [];
  const start = { site: feed.site, c: feed.c, pos: 0, h: feedStart() };
  return vault.queue.run(() => notePlace(vault, start, { departed, returned: [] }));
}

/** In the list of an enrolment: every site of the municipality, also those that come later. */
const everySite = '*';

export function feedsOf(vault: Vault, sites: readonly string[]): readonly FeedPlace[] {
  const known = [...vault.memory.known.feeds.values()].map(({ site }) => site);
  const wanted = new Set([sharedSite, ...sites, ...known]);
  wanted.delete(everySite);
  return [...wanted].flatMap((site) =>
    vault.cipher.compartments.map(
      (c) => vault.memory.known.feeds.get(feedKey(site, c)) ?? { site, c, pos: 0, h: feedStart() },
    ),
  );
}

/** Feeds this device may read and did not name: the endpoint tells of them, and they are read from their beginning. */
const newFeeds = (vault: Vault, hello: HelloAnswer): readonly FeedPlace[] =>
  hello.feeds.flatMap(({ site, c, state }) =>
    state === 'new' && vault.cipher.compartments.includes(c) ? [{ site, c, pos: 0, h: feedStart() }] : [],
  );

/** Own writers; those that are wholly archived only when the endpoint may have forgotten them. */
export async function writerStates(vault: Vault, isArchivedToo: boolean): Promise<readonly WriterState[]> {
  const states: WriterState[] = [];
  for (const writer of vault.memory.known.writers.values()) {
    const n = lastOf(vault.memory.known.writers, writer);
    const isSettled = Math.min(writer.acked, writer.archived) >= n;
    if ((isSettled && !isArchivedToo) || !vault.cipher.compartments.includes(writer.c)) continue;
    const h = await chainAt(vault, writer, n);
    if (h !== undefined) states.push({ w: writer.w, n, h });
  }
  return states;
}

/**
 * What the endpoint has of each writer. Less than it confirmed once: it was put back, and gets it again. More than was
 * named: this store was put back, or somebody else has written since; what is known here is there, the rest comes with
 * the feeds, and these numbers are not used again. Something else under a number: this laptop was copied, or put back
 * while it was running; such writers are given back. Nothing counts as sent that was not compared.
 */
async function agreeOnWriters(vault: Vault, hello: HelloAnswer): Promise<Result<readonly Fork[], StorageError>> {
  const forks: Fork[] = [];
  for (const { w, n, at, h, archived } of hello.writers) {
    const writer = vault.memory.known.writers.get(toHex(w));
    const own = writer && (await chainAt(vault, writer, at));
    // Gone, or damaged for good since it was named.
    if (writer === undefined || own === undefined) continue;
    if (n > at) endWriter(vault, writer);
    if (!equalBytes(own, h)) {
      endWriter(vault, writer);
      forks.push({ w, at });
      continue;
    }
    // The backup may hold the work of another copy of this laptop under the numbers after that.
    const safe = Math.min(archived, at);
    if (at === writer.acked && safe === writer.archived) continue;
    const noted = await noteAcked(vault, writer, at, safe);
    if (!noted.ok) return noted;
  }
  return ok(forks);
}

const longestWaitMs = 15 * 60_000;

/**
 * Full jitter (sync.md §2.11): a random wait that grows to 15 minutes; `share` is random in [0, 1). Laptops that were
 * all told the same time come one after the other behind it, and none before.
 */
export function backOffMs(failures: number, share: number, retryAfterMs: number): number {
  const longest = Math.min(longestWaitMs, 2_000 * 2 ** Math.min(failures, 20));
  if (retryAfterMs === 0) return Math.floor(share * longest);
  const behind = Math.max(0, Math.min(Math.max(longest, retryAfterMs), longestWaitMs - retryAfterMs));
  return retryAfterMs + Math.floor(share * behind);
}
