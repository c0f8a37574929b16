import { toHex } from '../../shared/kernel/bytes.ts';
import { ok, type Result } from '../../shared/kernel/result.ts';
import type { MovedError, StorageError } from '../../shared/ports.ts';
import { recordKinds, type Compartment, type RecordRef } from '../../shared/records/record.ts';
import type { Change, Dot } from '../../shared/sync/change.ts';
import { compact, spareOps } from '../../shared/sync/compact.ts';
import { dotKey } from '../../shared/sync/dots.ts';
import type { ReplicaRecord } from '../../shared/sync/replica-record.ts';
import type { Aging, Waiting } from './aging.ts';
import { commitChanges } from './commit-changes.ts';
import { reloadKnown } from './known-store.ts';
import { openRow, opsIn, type OpenedRow } from './record-rows.ts';
import { lastOf } from './reissues.ts';
import { placesOf } from './records-at-site.ts';
import { foldSummaries } from './summaries-upkeep.ts';
import { feedKey, type Vault } from './vault.ts';

const dayMs = 86_400_000;
/** How long a superseded operation is kept. */
export const usualTermMs = 90 * dayMs;

export type Compacting = {
  /** Of each feed up to where a backup that was proved covers it, as the exchange just now told. */
  readonly archived: ReadonlyMap<string, number>;
  readonly termMs: number;
  /** It is open in a form, or something of it waits for a person at the municipality. */
  readonly isInUse: (record: ReplicaRecord) => boolean;
  /** Between two portions: saving and searching go first. */
  readonly pause: () => Promise<void>;
  readonly spareIn?: typeof spareOps;
};

const recordsPerCommit = 50;

/**
 * Drops what `spareOps` names from the rows, once it is in a proved backup and was seen here longer ago than the term
 * (sync.md §2.12). Own operations and pages stay where they are, in the store and in the second copy. Each portion is one
 * commit and nothing is noted beside the rows: broken off at any point, the next time goes on. Not while the clock of
 * this laptop is in doubt. Gives how many operations went.
 */
export async function compactRecords(
  vault: Vault,
  compacting: Compacting,
): Promise<Result<number, StorageError | MovedError>> {
  if (vault.clock.quality() !== 0) return ok(0);
  let dropped = 0;
  for (const kind of recordKinds) {
    const wanted: RecordRef[] = [];
    for (const row of await vault.store.readKind(kind)) {
      const opened = await openRow(vault.cipher, row);
      if (opened.ok && planCompaction(vault, opened.value, compacting) !== undefined) wanted.push(row.ref);
    }
    for (let at = 0; at < wanted.length; at += recordsPerCommit) {
      await compacting.pause();
      const part = wanted.slice(at, at + recordsPerCommit);
      const done = await vault.queue.run(() => compactInTurn(vault, part, compacting));
      if (!done.ok) return done;
      dropped += done.value;
    }
    await compacting.pause();
  }
  if (dropped === 0) return ok(0);
  const folded = await foldSummaries(vault);
  return folded.ok ? ok(dropped) : folded;
}

async function compactInTurn(
  vault: Vault,
  refs: readonly RecordRef[],
  compacting: Compacting,
): Promise<Result<number, StorageError | MovedError>> {
  for (let attempt = 1; ; attempt++) {
    const records: Planned[] = [];
    for (const ref of refs) {
      const row = await vault.store.read(ref);
      const opened = row && (await openRow(vault.cipher, row));
      const plan = opened?.ok === true ? planCompaction(vault, opened.value, compacting) : undefined;
      if (plan !== undefined) records.push(plan);
    }
    if (records.length === 0) return ok(0);
    const { lastStamp } = vault.memory.known;
    const committed = await commitChanges(vault, { records, own: [], lastStamp, audit: null, page: null });
    if (committed.ok)
      return ok(records.reduce((sum, { before, next }) => sum + before.record.ops.length - next.ops.length, 0));
    if (committed.error.type !== 'moved' || attempt === 5) return committed;
    const reloaded = await reloadKnown(vault);
    if (!reloaded.ok) return reloaded;
  }
}

type Planned = {
  readonly before: OpenedRow;
  readonly next: ReplicaRecord;
  readonly noted: readonly Compartment[];
};

/** Undefined where nothing is to be dropped or noted now. */
function planCompaction(vault: Vault, opened: OpenedRow, compacting: Compacting): Planned | undefined {
  const { record } = opened;
  const spareIn = compacting.spareIn ?? spareOps;
  const spare = spareIn(record);
  if (spare.length === 0 || compacting.isInUse(record) || record.ops.some((op) => isUnsent(vault, op)))
    return undefined;
  const safe = new Set<string>();
  const ripe = new Set<Compartment>();
  const isSpare = new Set(spare.map(dotKey));
  for (const c of vault.cipher.compartments) {
    const waiting = opened.aging?.[c]?.waiting ?? null;
    if (waiting === null || !isRipe(vault, c, waiting, compacting)) continue;
    ripe.add(c);
    for (const dot of waiting.dots) if (isSpare.has(dotKey(dot)) && !isUnarchived(vault, dot)) safe.add(dotKey(dot));
  }
  const next = compact(record, (op) => safe.has(dotKey(op)), spareIn);
  const left = new Set(next.ops.map(dotKey));
  const aging: Partial<Record<Compartment, Aging>> = { ...opened.aging };
  const noted: Compartment[] = [];
  for (const c of vault.cipher.compartments) {
    const { gone = [], waiting = null } = opened.aging?.[c] ?? {};
    if (waiting !== null && !ripe.has(c) && isOfNow(vault, c, waiting)) continue;
    const own = new Set(opsIn(record, c).map(dotKey));
    const dots = spare.filter((op) => own.has(dotKey(op)) && left.has(dotKey(op))).map(({ w, n }) => ({ w, n }));
    const fresh = dots.length === 0 ? null : waitingFrom(vault, record, c, dots, compacting);
    if (fresh === null && waiting === null) continue;
    aging[c] = { gone, waiting: fresh };
    noted.push(c);
  }
  if (next === record && noted.length === 0) return undefined;
  return { before: { ...opened, aging }, next, noted };
}

const lifeOf = ({ memory }: Vault, c: Compartment): string =>
  `${memory.known.epochs[c] ?? ''} ${memory.known.lives[c] ?? 0}`;

/** Of another life of the endpoint, or noted by a clock that was ahead: it begins anew. */
const isOfNow = (vault: Vault, c: Compartment, { life, sinceMs }: Waiting): boolean =>
  life === lifeOf(vault, c) && sinceMs <= vault.clock.nowMs() + dayMs;

/** Long enough ago, and all that this device had read by then is in a proved backup. */
const isRipe = (vault: Vault, c: Compartment, waiting: Waiting, { archived, termMs }: Compacting): boolean =>
  isOfNow(vault, c, waiting) &&
  waiting.sinceMs + termMs <= vault.clock.nowMs() &&
  Object.entries(waiting.at).every(([site, pos]) => (archived.get(feedKey(site, c)) ?? -1) >= pos);

/** Null while it cannot be said by which feeds these came. */
function waitingFrom(
  vault: Vault,
  record: ReplicaRecord,
  c: Compartment,
  dots: readonly Dot[],
  { archived }: Compacting,
): Waiting | null {
  const at: Record<string, number> = {};
  for (const site of placesOf(record)) {
    const feed = vault.memory.known.feeds.get(feedKey(site, c));
    if (feed === undefined) continue;
    // Closed to this device: nobody will tell it what is archived.
    if (!archived.has(feedKey(site, c))) return null;
    at[site] = feed.pos;
  }
  if (Object.keys(at).length === 0) return null;
  return { sinceMs: vault.clock.nowMs(), life: lifeOf(vault, c), at, dots };
}

const writerOf = ({ memory }: Vault, { w }: Dot) => memory.known.writers.get(toHex(w));

function isUnsent(vault: Vault, op: Change): boolean {
  const writer = writerOf(vault, op);
  return writer !== undefined && op.n > writer.acked && op.n <= lastOf(vault.memory.known.writers, writer);
}

function isUnarchived(vault: Vault, dot: Dot): boolean {
  const writer = writerOf(vault, dot);
  return writer !== undefined && dot.n > Math.min(writer.archived, writer.acked);
}
