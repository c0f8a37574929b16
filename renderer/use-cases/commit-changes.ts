import { invariant } from '../../shared/kernel/assert.ts';
import { toHex } from '../../shared/kernel/bytes.ts';
import type { Stamp } from '../../shared/kernel/hybrid-clock.ts';
import { ok, type Result } from '../../shared/kernel/result.ts';
import type {
  MovedError,
  Moves,
  SealedAudit,
  SealedFeed,
  SealedOp,
  SealedPage,
  SealedWriter,
  StorageError,
} from '../../shared/ports.ts';
import { compartments, type Compartment } from '../../shared/records/record.ts';
import { chainAfter } from '../../shared/sync/chain.ts';
import type { Change } from '../../shared/sync/change.ts';
import type { ReplicaRecord } from '../../shared/sync/replica-record.ts';
import { noteCommitted } from './last-opened.ts';
import { noteLocals, sealLocal } from './local-copy.ts';
import { heardMs, movesMade } from './moves.ts';
import { sealManifest } from './manifest.ts';
import { sealOps } from './op-boxes.ts';
import { sealRow, type OpenedRow } from './record-rows.ts';
import { isReissued } from './reissues.ts';
import { changedSummaries } from './resident-summaries.ts';
import { deltaOf, sealDelta } from './summary-boxes.ts';
import { feedKey, type FeedPlace, type Known, type OwnWriter, type Vault } from './vault.ts';

export type Plan = {
  readonly records: readonly {
    readonly before: OpenedRow;
    readonly next: ReplicaRecord;
    /** Boxes in which `before` has another note of what is to be dropped. */
    readonly noted?: readonly Compartment[] | undefined;
  }[];
  /** Own operations, with the writer as it was before them. */
  readonly own: readonly { readonly c: Compartment; readonly writer: OwnWriter; readonly changes: readonly Change[] }[];
  readonly lastStamp: Stamp;
  /** It may still be on its way: the main process signs while this one seals. */
  readonly audit: SealedAudit | Promise<SealedAudit> | null;
  readonly page: { readonly feed: FeedPlace; readonly sealed: SealedPage } | null;
  readonly moves?: Moves | undefined;
  readonly erased?: ErasedPlan | undefined;
  /** What goes with it and is sealed already: no session goes on under these writers. */
  readonly also?: { readonly ops: readonly SealedOp[]; readonly writers: readonly SealedWriter[] } | undefined;
};
/** `feeds` are read again from their beginning: their pages may hold what was erased. */
export type ErasedPlan = {
  readonly ops: readonly SealedOp[];
  readonly feeds: readonly FeedPlace[];
  readonly records: readonly string[];
};

/**
 * Seals all of it, then one commit: rows, operations, writers, list lines, audit, page, cursor and manifest, or nothing.
 * Memory and screens follow only after the commit. Runs inside the queue of the vault.
 */
export async function commitChanges(vault: Vault, plan: Plan): Promise<Result<void, MovedError | StorageError>> {
  const { memory, cipher } = vault;
  const day = vault.clock.today();
  // All at once: the cipher works beside the page, and an import seals a thousand boxes for one commit.
  const [rows, own, audit] = await Promise.all([
    Promise.all(plan.records.map(({ before, next, noted }) => sealRow(cipher, before, next, noted))),
    Promise.all(plan.own.map((queue) => sealOwn(vault, queue))),
    plan.audit,
  ]);
  const records = rows.map(({ opened }) => opened.record);
  const summaries = await changedSummaries(vault, records, day);
  const ops = [...own.flatMap((one) => one.ops), ...(plan.also?.ops ?? [])];
  const writers = [...own.map(({ sealed }) => sealed), ...(plan.also?.writers ?? [])];

  const counter = memory.known.counter + 1;
  const changed = deltaOf(summaries, records);
  const next: Known = {
    ...memory.known,
    counter,
    deltas: memory.known.deltas + (changed === null ? 0 : 1),
    lastStamp: plan.lastStamp,
    writers: new Map([...memory.known.writers, ...writers.map((writer) => [toHex(writer.w), writer] as const)]),
    feeds: feedsAfter(memory.known.feeds, plan),
  };
  const [locals, summaryDelta, feed, manifest, erased] = await Promise.all([
    Promise.all(rows.flatMap((row) => row.locals.map((c) => sealLocal(cipher, vault.sha256, row.opened, c)))),
    changed && sealDelta(vault, counter, changed),
    plan.page && sealFeed(vault, plan.page.feed),
    sealManifest(next, cipher, vault.sha256),
    plan.erased && sealErased(vault, plan.erased),
  ]);
  const committed = await vault.store.commit({
    rows: rows.map(({ sealed }) => sealed),
    ops,
    writers,
    summaryDelta,
    audit,
    page: plan.page?.sealed ?? null,
    moves:
      plan.moves ??
      movesMade(
        plan.own.flatMap(({ changes }) => changes),
        heardMs(vault, plan.lastStamp),
      ),
    feed,
    manifest,
    ...(erased === undefined ? {} : { erased }),
  });
  if (!committed.ok) return committed;

  memory.known = next;
  for (const { c, after } of own) memory.ownWriters.set(c, after);
  for (const { id, summary } of summaries) {
    if (summary === null) memory.residents.delete(id);
    else memory.residents.set(id, summary);
  }
  for (const { opened } of rows) if (opened.record.kind !== 'resident') memory.records.put(opened);
  vault.workspace.apply(
    summaries.flatMap(({ summary }) => summary ?? []),
    records,
  );
  for (const { opened } of rows) noteLocals(vault, opened);
  noteCommitted(
    vault,
    rows.map(({ opened }) => opened),
  );
  if (ops.length + locals.length > 0 || audit !== null) memory.uncopied.push({ ops, audit, locals });
  return ok(undefined);
}

/** As the store has them after the commit: what an erasure sends back to its beginning is read again at once. */
export function feedsAfter(known: Known['feeds'], { page, erased }: Pick<Plan, 'page' | 'erased'>): Known['feeds'] {
  const changed = [...(page === null ? [] : [page.feed]), ...(erased?.feeds ?? [])];
  if (changed.length === 0) return known;
  return new Map([...known, ...changed.map((feed) => [feedKey(feed.site, feed.c), feed] as const)]);
}

async function sealOwn(vault: Vault, { c, writer, changes }: Plan['own'][number]) {
  changes.forEach(({ n }, at) => invariant(n === writer.next + at, 'numbers of a writer follow each other'));
  const sealing = sealOps(vault.cipher, writer.w, c, changes);
  const after: OwnWriter = {
    w: writer.w,
    next: writer.next + changes.length,
    head: chainAfter(writer.head, changes, vault.sha256),
  };
  const place = { table: 'writers', id: toHex(writer.w), compartment: c, rev: after.next };
  const present = vault.memory.known.writers.get(toHex(writer.w));
  const [ops, box] = await Promise.all([sealing, vault.cipher.seal(place, Uint8Array.from(after.head))]);
  const sealed: SealedWriter = {
    w: writer.w,
    c,
    user: vault.user.id,
    next: after.next,
    acked: present?.acked ?? 0,
    archived: present?.archived ?? 0,
    box,
  };
  return { c, ops, after, sealed };
}

export async function sealErased(vault: Vault, { ops, feeds, records }: ErasedPlan) {
  return { ops, records, feeds: await Promise.all(feeds.map((feed) => sealFeed(vault, feed))) };
}

export async function sealFeed(vault: Vault, { site, c, pos, h }: FeedPlace): Promise<SealedFeed> {
  const place = { table: 'feeds', id: site, compartment: c, rev: pos };
  return { site, c, pos, box: await vault.cipher.seal(place, Uint8Array.from(h)) };
}

/** Everything that is only in IndexedDB goes to the second copy; what fails is tried again before the next commit. */
export async function copyPending(vault: Vault): Promise<void> {
  const { memory } = vault;
  while (memory.uncopied.length > 0) {
    const first = memory.uncopied[0];
    if (first === undefined) return;
    const copied = await vault.secondCopy.append(first.ops, first.audit, first.locals);
    memory.secondCopyFailed = !copied.ok;
    if (!copied.ok) return;
    memory.uncopied.shift();
  }
}

/** The first compartment without a key: nobody here could ever open what would be written in it. */
export const missingCompartment = (vault: Vault, used: readonly Compartment[]): Compartment | undefined =>
  used.find((c) => !vault.cipher.compartments.includes(c));

/** The present writer of each compartment, a new random one for a compartment without. */
export function writersFor(
  vault: Vault,
  used: readonly Compartment[],
  startOf: (w: Uint8Array) => Uint8Array,
): Readonly<Partial<Record<Compartment, OwnWriter>>> {
  const own = compartments
    .filter((c) => used.includes(c))
    .map((c) => {
      const present = vault.memory.ownWriters.get(c);
      if (present !== undefined && !isReissued(vault.memory.known.writers, present.w)) return [c, present] as const;
      const w = vault.random.bytes(8);
      return [c, { w, next: 1, head: startOf(w) }] as const;
    });
  return Object.fromEntries(own);
}
