import { equalBytes, toHex } from '../../shared/kernel/bytes.ts';
import { ok, type Result } from '../../shared/kernel/result.ts';
import type {
  CaseboxAnswer,
  CaseboxError,
  CaseboxExport,
  FeedState,
  StickFile,
  SyncTransport,
  WriterState,
} from '../../shared/transport-ports.ts';
import { maxFrameOps, takeForFrame } from '../../shared/sync/frame.ts';
import { feedStart } from '../../shared/sync/page.ts';
import { issueAgain, type Fork } from './forks.ts';
import { chainAt, readChanges } from './own-ops.ts';
import { pullRemote, type PullError } from './pull-remote.ts';
import { endWriter, inOrder, nextTurn, noteAcked, unsentWriters } from './push-pending.ts';
import { lastOf } from './reissues.ts';
import { feedsOf, writerStates } from './sync-now.ts';
import { withdrawRejected } from './withdraw-rejected.ts';
import { feedKey, type Vault, type WriterPlace } from './vault.ts';

/** Everything that is not confirmed, in frames; the file also asks for what is new. Nothing here changes by it. */
export async function exportCasebox(
  vault: Vault,
  stick: Pick<StickFile, 'write'>,
  sites: readonly string[],
): Promise<Result<{ readonly saved: number; readonly left: number }, CaseboxError>> {
  const batches: CaseboxExport['batches'][number][] = [];
  const written = new Map<string, number>();
  const stuck = new Set<string>();
  const writtenOf = ({ w, acked }: WriterPlace) => written.get(toHex(w)) ?? acked;
  for (;;) {
    const turn = await nextTurn(vault, stuck, writtenOf);
    if (turn === undefined) break;
    const { writer, before } = turn;
    const after = writtenOf(writer);
    const last = lastOf(vault.memory.known.writers, writer);
    const prev = await chainAt(vault, writer, after);
    const waiting = await readChanges(vault, writer.w, after, Math.min(maxFrameOps, last - after));
    if (prev === undefined || waiting.length === 0) {
      stuck.add(toHex(writer.w));
      continue;
    }
    const ops = takeForFrame(inOrder(waiting, before));
    batches.push({ user: writer.user, c: writer.c, prev, ops });
    written.set(toHex(writer.w), after + ops.length);
  }
  return stick.write({
    writers: [...(await writerStates(vault, false)), ...(await statesBetween(vault))],
    feeds: feedsOf(vault, sites),
    vaultCounter: vault.memory.known.counter,
    batches,
  });
}

/** What one question may name besides the ends. */
const maxBetween = 5_000;

/**
 * Where each writer stood after every operation that is not confirmed: should the endpoint know something else under its
 * numbers, the answer says from which on, without asking again.
 */
async function statesBetween(vault: Vault): Promise<readonly WriterState[]> {
  const states: WriterState[] = [];
  for (const writer of unsentWriters(vault)) {
    const last = lastOf(vault.memory.known.writers, writer);
    for (let n = Math.max(1, writer.acked); n < last && states.length < maxBetween; n++) {
      const h = await chainAt(vault, writer, n);
      if (h === undefined) break;
      states.push({ w: writer.w, n, h });
    }
  }
  return states;
}

export type CaseboxReport = Omit<CaseboxAnswer, 'writers' | 'feeds' | 'rejected'> & {
  /** Operations of this device that the answer confirmed and that were not confirmed before. */
  readonly confirmed: number;
  readonly received: number;
  /** Answers that follow on one that is not here yet. */
  readonly waiting: number;
};

/**
 * Takes an answer in, with those that waited for it. A confirmation only counts when its hash is that of the own chain,
 * and never takes back a later one: an answer of a month ago says less than what is known here. Pages go the way of those
 * from the network, so that one which is known already changes nothing.
 */
export async function importCasebox(
  vault: Vault,
  stick: StickFile,
): Promise<Result<CaseboxReport, CaseboxError | PullError>> {
  const read = await stick.read();
  if (!read.ok) return read;
  const { writers, feeds, rejected, ...told } = read.value;
  const again = await issueDisputed(vault, writers);
  if (!again.ok) return again;
  const confirmed = await confirm(vault, writers);
  if (!confirmed.ok) return confirmed;
  let received = 0;
  for (const { site, c } of feeds) {
    if (!vault.cipher.compartments.includes(c)) continue;
    const start = { site, c, pos: 0, h: feedStart() };
    const pulled = await pullRemote(vault, { pull: (feed) => stick.pull(feed) }, start);
    if (!pulled.ok) return pulled;
    received += pulled.value.received;
  }
  const positions = feeds.flatMap(({ site, c }): FeedState[] => {
    const place = vault.memory.known.feeds.get(feedKey(site, c));
    return place === undefined ? [] : [{ site, c, pos: place.pos, h: place.h }];
  });
  const withdrawn = await withdrawRejected(vault, rejected);
  if (!withdrawn.ok) return withdrawn;
  const { waiting } = await stick.settle(positions);
  return ok({ ...told, confirmed: confirmed.value, received, waiting });
}

type Told = CaseboxAnswer['writers'];

/**
 * Numbers of this laptop that mean something else at the endpoint: it was copied, or put back from an image. What is only
 * here goes with the next file, under new writers; by the network it is the same (`forks.ts`).
 */
async function issueDisputed(vault: Vault, told: Told): Promise<Result<number, PullError>> {
  const forks = new Map<string, Fork>();
  const same = new Map<string, number>();
  for (const { w, at, h } of told) {
    const writer = vault.memory.known.writers.get(toHex(w));
    if (writer === undefined || at > lastOf(vault.memory.known.writers, writer)) continue;
    const own = await chainAt(vault, writer, at);
    if (own === undefined) continue;
    const key = toHex(w);
    if (equalBytes(own, h)) same.set(key, Math.max(at, same.get(key) ?? 0));
    else if (at < (forks.get(key)?.at ?? Infinity)) forks.set(key, { w, at });
  }
  if (forks.size === 0) return ok(0);
  for (const { w } of forks.values()) {
    const writer = vault.memory.known.writers.get(toHex(w));
    if (writer !== undefined) endWriter(vault, writer);
  }
  const disputed = [...forks].map(([key, fork]) => ({ ...fork, same: same.get(key) ?? 0 }));
  return issueAgain(vault, answersFrom(told), disputed);
}

/** Answers a question about writers out of what is on the stick; what is not there is for the next file. */
const answersFrom = (told: Told): SyncTransport['hello'] => {
  const known = new Map(told.map((one) => [`${toHex(one.w)} ${one.at}`, one]));
  return (asked) => {
    const writers = asked.map(({ w, n }) => known.get(`${toHex(w)} ${n}`) ?? { w, n: 0, at: -1, h: w, archived: 0 });
    const rest = { epoch: '', seen: [], at: null, status: 'active', clockOffsetMs: 0, feeds: [] } as const;
    return Promise.resolve(ok({ ...rest, writers }));
  };
};

async function confirm(vault: Vault, told: CaseboxAnswer['writers']): Promise<Result<number, PullError>> {
  let confirmed = 0;
  for (const { w, at, h, archived } of told) {
    const writer = vault.memory.known.writers.get(toHex(w));
    if (writer === undefined || at > lastOf(vault.memory.known.writers, writer)) continue;
    const own = await chainAt(vault, writer, at);
    // What was issued again since is told of under its new numbers.
    if (own === undefined || !equalBytes(own, h)) continue;
    const acked = Math.max(at, writer.acked);
    const safe = Math.max(Math.min(archived, at), writer.archived);
    if (acked === writer.acked && safe === writer.archived) continue;
    const noted = await noteAcked(vault, writer, acked, safe);
    if (!noted.ok) return noted;
    confirmed += acked - writer.acked;
  }
  return ok(confirmed);
}
