import { toHex } from '../../shared/kernel/bytes.ts';
import type { SealedWriter, Write } from '../../shared/ports.ts';
import { recordTable, type Database, type WriterRow } from './database.ts';
import { Moved } from './in-transaction.ts';
import { areTaken, toOpRow } from './op-rows.ts';
import { pendingRow, pendingWriters, type Pending } from './pending-commits.ts';

/** Every commit raises the counter by one, so whoever else wrote since is noticed. */
export async function expectCounter(
  database: Database,
  vaultCounter: number,
  listed: Pending | Promise<Pending>,
): Promise<void> {
  const [manifest, pending] = await Promise.all([database.manifest.get('manifest'), listed]);
  if ((pending.at(-1)?.no ?? manifest?.vaultCounter ?? 0) !== vaultCounter - 1) throw new Moved(null);
}

/**
 * Compare-and-set of a commit: throws `Moved` when a row, a writer, the audit number or the manifest is not the expected
 * one. Reads only, and asks for all of it in one step: requests that wait for each other are what takes time.
 */
export async function expectUnmoved(database: Database, write: Write, listed: Promise<Pending>): Promise<void> {
  await Promise.all([
    expectCounter(database, write.manifest.vaultCounter, listed),
    expectRows(database, write, listed),
    expectWriters(database, write, listed),
    write.audit === null ? undefined : expectAudit(database, write.audit.seq, listed),
  ]);
}

async function expectRows(database: Database, { rows, removed = [] }: Write, listed: Promise<Pending>): Promise<void> {
  const expected = [
    ...rows.map(({ ref, rev }) => ({ ref, rev: rev - 1 })),
    // A row that goes is there.
    ...removed,
  ];
  await Promise.all(
    [...Map.groupBy(expected, ({ ref }) => ref.kind)].map(async ([kind, group]) => {
      const stored = await recordTable(database, kind).bulkGet(group.map(({ ref }) => ref.id));
      const pending = await listed;
      group.forEach(({ ref, rev }, at) => {
        if (((pendingRow(pending, kind, ref.id) ?? stored[at])?.rev ?? 0) !== rev) throw new Moved(ref);
      });
    }),
  );
}

async function expectWriters(database: Database, { writers, ops }: Write, listed: Promise<Pending>): Promise<void> {
  if (writers.length + ops.length === 0) return;
  const [stored, pending] = await Promise.all([database.writers.bulkGet(writers.map(({ w }) => toHex(w))), listed]);
  const later = pendingWriters(pending);
  const present = new Map(stored.map((row, at) => [toHex(writers[at]?.w ?? new Uint8Array()), row]));
  for (const [w, row] of later) present.set(w, row);
  for (const writer of writers) if (isOld(writer, present.get(toHex(writer.w)))) throw new Moved(null);
  // Numbers above what a writer that is there has written are free; the others have to be looked for.
  const doubtful = ops.filter(({ w, n }) => n < (present.get(toHex(w))?.next ?? Infinity));
  if (
    doubtful.length > 0 &&
    (await areTaken(
      database.ops,
      doubtful.map(toOpRow),
      pending.flatMap((commit) => commit.ops),
    ))
  )
    throw new DOMException('an operation of this number is there', 'ConstraintError');
}

/** What a writer stands for may become known later than its operations did. */
function isOld(writer: SealedWriter, present: WriterRow | undefined): boolean {
  const least = writer.standsFor === undefined ? writer.next : writer.next + 1;
  return present !== undefined && present.next >= least;
}

/**
 * The next number, or the last one again: the main process signs it anew when the second copy of it failed. A number
 * further on follows entries that this store lost and the journal kept; only a lower one would be somebody else's.
 */
async function expectAudit(database: Database, seq: number, listed: Promise<Pending>): Promise<void> {
  const [last, pending] = await Promise.all([database.audit.orderBy('seq').last(), listed]);
  if (seq < Math.max(last?.seq ?? 0, pending.at(-1)?.audit.seq ?? 0)) throw new Moved(null);
}
