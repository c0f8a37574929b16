import { equalBytes, toHex } from '../../shared/kernel/bytes.ts';
import { recordIdOf } from '../../shared/kernel/ids.ts';
import { err, ok, type Result } from '../../shared/kernel/result.ts';
import type { MovedError, SealedOp, SealedWriter, StorageError } from '../../shared/ports.ts';
import type { SyncError, SyncTransport } from '../../shared/transport-ports.ts';
import { isRecordKind, refKey, type RecordRef } from '../../shared/records/record.ts';
import { chainAfter, chainStart } from '../../shared/sync/chain.ts';
import type { Change, Dot } from '../../shared/sync/change.ts';
import { dotKey } from '../../shared/sync/dots.ts';
import { dotsNamedBy, reissued, writerOfReissue } from '../../shared/sync/reissue.ts';
import { withOps } from '../../shared/sync/replica-record.ts';
import { commitChanges, copyPending } from './commit-changes.ts';
import { reloadKnown } from './known-store.ts';
import { sealBox } from './op-boxes.ts';
import { chainAt, readChanges } from './own-ops.ts';
import { noteOrigin, type OpenedRow } from './record-rows.ts';
import { isSameOp, lastOf } from './reissues.ts';
import { openOrRepair } from './repair-rows.ts';
import type { Vault, WriterPlace } from './vault.ts';

/** A writer whose chain is another one at the endpoint at number `at`, and was the same at `same`, or some time before. */
export type Fork = { readonly w: Uint8Array; readonly at: number; readonly same?: number };
type ForkError = SyncError | StorageError | MovedError;
type Hello = SyncTransport['hello'];
const rewound = { type: 'rewound', retryAfterMs: 0 } as const;

/**
 * Numbers of this device mean something else at the endpoint: the laptop was copied or put back while it was running
 * (sync.md §2.10). Everything that exists only here goes out again under new writers, and so does what was built on it
 * and never sent; rows, operations and writers in one commit. The chosen design, and why it is the smallest:
 * - The new writer follows from the own chain (`writerOfReissue`), so a kill at any point, a lost store and a second copy
 *   of the same disk all lead to the same operations, and nothing is there twice.
 * - The former operations stay in the store and in the second copy, which only ever grow; the writer row of the new
 *   operations says for what it stands (`standsFor`), and from there it is known what is not sent any more.
 * - Operations of one compartment are sent in the order they were made (`pushPending`), so that what names a number in
 *   dispute was never sent either, and can still be put right.
 * Gives how many operations were issued again; none when another window had done it.
 */
export async function issueAgain(
  vault: Vault,
  hello: Hello,
  forks: readonly Fork[],
): Promise<Result<number, ForkError>> {
  const tails = new Map<string, number>();
  for (const fork of forks) {
    const common = await lastCommon(vault, hello, fork);
    if (!common.ok) return common;
    tails.set(toHex(fork.w), common.value + 1);
  }
  const count = await vault.queue.run(() => issueInTurn(vault, tails));
  if (count.ok && count.value > 0) vault.tell?.({ type: 'reissued', ops: count.value });
  return count;
}

/** How many numbers one question asks about: the distance shrinks by so much each time. */
const probesPerHello = 32;

/** The last number at which the endpoint has the same chain as this device. */
async function lastCommon(vault: Vault, hello: Hello, fork: Fork): Promise<Result<number, ForkError>> {
  const { w, at } = fork;
  let [same, other] = [fork.same ?? 0, at];
  while (other - same > 1) {
    const step = Math.ceil((other - same) / (probesPerHello + 1));
    const probes: { w: Uint8Array; n: number; h: Uint8Array }[] = [];
    for (let n = same + step; n < other; n += step) {
      const h = await chainAt(vault, { w }, n);
      if (h === undefined) return err(rewound);
      probes.push({ w, n, h });
    }
    const answer = await hello(probes, [], vault.memory.known.counter, []);
    if (!answer.ok) return answer;
    for (const [no, { n, h }] of probes.entries()) {
      const told = answer.value.writers[no];
      // Put back meanwhile: the next round begins again.
      if (told?.at !== n) return err(rewound);
      if (equalBytes(told.h, h)) same = n;
      else {
        other = n;
        break;
      }
    }
  }
  return ok(same);
}

async function issueInTurn(vault: Vault, forked: ReadonlyMap<string, number>): Promise<Result<number, ForkError>> {
  for (let attempt = 1; ; attempt++) {
    const done = await issueOnce(vault, forked);
    if (done.ok || done.error.type !== 'moved' || attempt === 5) return done;
    const reloaded = await reloadKnown(vault);
    if (!reloaded.ok) return reloaded;
  }
}

type Tail = { readonly writer: WriterPlace; readonly first: number; readonly ops: readonly Change[] };
type Again = { readonly writer: WriterPlace; readonly former: Change; readonly op: Change };

async function issueOnce(vault: Vault, forked: ReadonlyMap<string, number>): Promise<Result<number, ForkError>> {
  const tails = await tailsOf(vault, forked);
  if (tails.length === 0) return ok(0);
  const names = new Map<string, Uint8Array>();
  for (const { writer, first } of tails) {
    const chain = await chainAt(vault, writer, first);
    if (chain === undefined) return err(rewound);
    names.set(toHex(writer.w), writerOfReissue(chain, vault.sha256));
  }
  const ranges = new Map(tails.map(({ writer, first, ops }) => [toHex(writer.w), { first, count: ops.length }]));
  const moved = (dot: Dot): Dot => {
    const { first = Infinity, count = 0 } = ranges.get(toHex(dot.w)) ?? {};
    const n = dot.n - first + 1;
    return n < 1 || n > count ? dot : { w: names.get(toHex(dot.w)) ?? dot.w, n };
  };
  const again: Again[] = [];
  const also: { ops: SealedOp[]; writers: SealedWriter[] } = { ops: [], writers: [] };
  for (const { writer, first, ops } of tails) {
    const as = names.get(toHex(writer.w)) ?? writer.w;
    const changes = ops.map((op) => reissued(op, moved(op), moved));
    const place = { ...writer, w: as, standsFor: { w: writer.w, after: first - 1 } };
    const sealed = await sealAgain(vault, place, changes);
    also.ops.push(...sealed.ops);
    also.writers.push(sealed.writer);
    again.push(...ops.map((former, at) => ({ writer, former, op: changes[at] ?? former })));
  }
  const records = await rowsWith(vault, again);
  if (!records.ok) return records;
  const { lastStamp } = vault.memory.known;
  const plan = { records: records.value, own: [], lastStamp, audit: null, page: null, also };
  const committed = await commitChanges(vault, plan);
  if (!committed.ok) return committed;
  await copyPending(vault);
  return ok(also.ops.length);
}

/**
 * What the endpoint has something else for, of each writer, and with it everything not sent that names one of these: it
 * would be understood as naming somebody else's work.
 */
async function tailsOf(vault: Vault, forked: ReadonlyMap<string, number>): Promise<readonly Tail[]> {
  const { writers } = vault.memory.known;
  const firsts = new Map(forked);
  const isMoved = (dot: Dot) => {
    const writer = writers.get(toHex(dot.w));
    // What is not ours under that writer came in with a feed.
    return writer !== undefined && dot.n >= (firsts.get(toHex(dot.w)) ?? Infinity) && dot.n <= lastOf(writers, writer);
  };
  const readable = [...writers.values()].filter(({ c }) => vault.cipher.compartments.includes(c));
  const read = async (writer: WriterPlace, after: number) => {
    const changes: Change[] = [];
    for (let at = after; at < lastOf(writers, writer);) {
      const part = await readChanges(vault, writer.w, at, Math.min(500, lastOf(writers, writer) - at));
      // What is damaged for good ends the list: nothing after it can be sent anyway.
      if (part.length === 0) break;
      changes.push(...part);
      at += part.length;
    }
    return changes;
  };
  const unsent = new Map<string, readonly Change[]>();
  for (const writer of readable) {
    const key = toHex(writer.w);
    const first = firsts.get(key);
    if (first === undefined) unsent.set(key, await read(writer, writer.acked));
  }
  for (let isNew = true; isNew;) {
    isNew = false;
    for (const [key, changes] of unsent) {
      const first = changes.find((op) => dotsNamedBy(op).some(isMoved));
      if (first === undefined || first.n >= (firsts.get(key) ?? Infinity)) continue;
      firsts.set(key, first.n);
      isNew = true;
    }
  }
  const tails: Tail[] = [];
  for (const writer of readable) {
    const first = firsts.get(toHex(writer.w));
    const ops = first === undefined ? [] : await read(writer, first - 1);
    if (first !== undefined && ops.length > 0) tails.push({ writer, first, ops });
  }
  return tails;
}

/** Operations and writer as they go into the store: only what is not there yet, after a store that came back. */
async function sealAgain(
  vault: Vault,
  place: WriterPlace,
  changes: readonly Change[],
): Promise<{ readonly ops: readonly SealedOp[]; readonly writer: SealedWriter }> {
  const key = toHex(place.w);
  const present = vault.memory.known.writers.get(key);
  const { w, c, user, standsFor } = place;
  const here = present === undefined ? 0 : present.next - 1;
  const fresh = changes.slice(here);
  // Each in a box of its own: how many there are can be another number the next time, and boxes must not overlap.
  const ops = await Promise.all(fresh.map((op) => sealBox(vault.cipher, { w, n: op.n, c }, [op])));
  const next = Math.max(here, changes.length) + 1;
  const known = here > changes.length ? await chainAt(vault, place, here) : undefined;
  const head = known ?? chainAfter(chainStart(w, vault.sha256), changes, vault.sha256);
  const box = await vault.cipher.seal({ table: 'writers', id: key, compartment: c, rev: next }, Uint8Array.from(head));
  const { acked, archived } = present ?? { acked: 0, archived: 0 };
  return { ops, writer: { w, c, user, next, acked, archived, box, standsFor } };
}

/** The rows with these operations in the place of the former ones. */
async function rowsWith(
  vault: Vault,
  again: readonly Again[],
): Promise<Result<readonly { before: OpenedRow; next: OpenedRow['record'] }[], ForkError>> {
  const groups = new Map<string, { readonly ref: RecordRef; readonly parts: Again[] }>();
  for (const part of again) {
    noteOrigin(part.op, part.writer.c);
    const { t, id } = part.op;
    // A kind of a newer version has no row yet.
    if (!isRecordKind(t)) continue;
    const ref = { kind: t, id: recordIdOf(id) };
    const group = groups.get(refKey(ref));
    if (group === undefined) groups.set(refKey(ref), { ref, parts: [part] });
    else group.parts.push(part);
  }
  const rows: { before: OpenedRow; next: OpenedRow['record'] }[] = [];
  for (const { ref, parts } of groups.values()) {
    const row = await vault.store.read(ref);
    if (row === undefined) continue;
    const opened = await openOrRepair(vault, row, true);
    if (!opened.ok) return err(opened.error.type === 'unreadable' ? { type: 'storage-failed' } : opened.error);
    const { record } = opened.value;
    const former = new Map(parts.map((part) => [dotKey(part.former), part.former]));
    const isFormer = (op: Change) => {
      const one = former.get(dotKey(op));
      return one !== undefined && isSameOp(one, op);
    };
    const ops = parts.map(({ op }) => op);
    rows.push({
      before: opened.value,
      next: withOps({ ...record, ops: record.ops.filter((op) => !isFormer(op)) }, ops),
    });
  }
  return ok(rows);
}
