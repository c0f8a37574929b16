import { toHex } from '../../shared/kernel/bytes.ts';
import type { Host } from '../../shared/ipc-contract.ts';
import { compareStamps, stampOf } from '../../shared/kernel/hybrid-clock.ts';
import { recordIdOf } from '../../shared/kernel/ids.ts';
import { err, ok, type Result } from '../../shared/kernel/result.ts';
import type { MovedError, SealedOp, SealedWriter, StorageError } from '../../shared/ports.ts';
import { isRecordKind, refKey, type RecordRef } from '../../shared/records/record.ts';
import { chainAfter, chainStart } from '../../shared/sync/chain.ts';
import type { Change } from '../../shared/sync/change.ts';
import { withOps } from '../../shared/sync/replica-record.ts';
import { copyPending } from './commit-changes.ts';
import { sealManifest } from './manifest.ts';
import { chainAt, openOp } from './own-ops.ts';
import { newRow, openRow, sealRow } from './record-rows.ts';
import type { Known, Vault } from './vault.ts';

export type JournalPort = Pick<Host, 'journal:status' | 'journal:read' | 'journal:append'>;
export type RecoverReport = {
  /** Operations that were only in the second copy. */
  readonly restored: number;
  /** Of compartments this user has no key for, or damaged: they stay in the second copy. */
  readonly left: number;
};

/** All operations of the second copy. */
async function readJournal(journal: JournalPort): Promise<readonly SealedOp[]> {
  const ops: SealedOp[] = [];
  for (;;) {
    const part = await journal['journal:read']({ skip: ops.length });
    if (part.length === 0) return ops;
    ops.push(...part);
  }
}

/** What the second copy has and the store has not comes back, or the other way round. Nothing to do is the usual case. */
export function reconcile(
  vault: Vault,
  journal: JournalPort,
): Promise<Result<RecoverReport, StorageError | MovedError>> {
  return vault.queue.run(async () => {
    const [status, counts] = await Promise.all([journal['journal:status'](), vault.store.counts()]);
    if (status.ops === counts.ops) return ok({ restored: 0, left: 0 });
    const copied = await readJournal(journal);
    const names = new Set(copied.map(nameOf));
    const missingThere: SealedOp[] = [];
    const here = new Set<string>();
    for (const { w } of await writersHere(vault, copied)) {
      for await (const op of opsHere(vault, w)) {
        here.add(nameOf(op));
        if (!names.has(nameOf(op))) missingThere.push(op);
      }
    }
    // A kill between commit and second copy.
    for (let at = 0; at < missingThere.length; at += opsPerCommit)
      vault.memory.uncopied.push({ ops: missingThere.slice(at, at + opsPerCommit), audit: null });
    await copyPending(vault);
    return restore(
      vault,
      copied.filter((op) => !here.has(nameOf(op))),
    );
  });
}

const nameOf = ({ w, n }: SealedOp): string => `${toHex(w)}.${n}`;

async function writersHere(vault: Vault, copied: readonly SealedOp[]): Promise<readonly { readonly w: Uint8Array }[]> {
  const byName = new Map([...(await vault.store.readWriters()), ...copied].map(({ w }) => [toHex(w), { w }]));
  return [...byName.values()];
}

const opsPerCommit = 500;

/** In portions: what a limit may be at most differs between stores, and a writer may be long. */
async function* opsHere(vault: Vault, w: Uint8Array): AsyncGenerator<SealedOp> {
  for (let after = 0; ;) {
    const ops = await vault.store.readOps(w, after, opsPerCommit);
    yield* ops;
    const last = ops.at(-1);
    if (last === undefined) return;
    after = last.n;
  }
}

/** Rows again from operations. New operations get new writers: old numbers are never continued after a loss. */
async function restore(
  vault: Vault,
  sealed: readonly SealedOp[],
): Promise<Result<RecoverReport, StorageError | MovedError>> {
  vault.memory.ownWriters.clear();
  let restored = 0;
  let left = 0;
  const opened: { readonly sealed: SealedOp; readonly change: Change }[] = [];
  for (const op of [...sealed].sort((a, b) => a.n - b.n)) {
    const change = vault.cipher.compartments.includes(op.c) ? await openOp(vault.cipher, op) : undefined;
    if (change?.ok === true) opened.push({ sealed: op, change: change.value });
    else left += 1;
  }
  for (let at = 0; at < opened.length; at += opsPerCommit) {
    const part = opened.slice(at, at + opsPerCommit);
    const committed = await restorePart(vault, part);
    if (!committed.ok) return committed;
    restored += part.length;
  }
  return ok({ restored, left });
}

async function restorePart(
  vault: Vault,
  part: readonly { readonly sealed: SealedOp; readonly change: Change }[],
): Promise<Result<void, StorageError | MovedError>> {
  const { memory, cipher } = vault;
  const groups = new Map<string, { readonly ref: RecordRef; readonly changes: Change[] }>();
  for (const { change } of part) {
    if (!isRecordKind(change.t)) continue;
    const ref = { kind: change.t, id: recordIdOf(change.id) };
    const group = groups.get(refKey(ref));
    if (group === undefined) groups.set(refKey(ref), { ref, changes: [change] });
    else group.changes.push(change);
  }
  const rows = [];
  for (const { ref, changes } of groups.values()) {
    const row = await vault.store.read(ref);
    const before = row === undefined ? ok(newRow(ref)) : await openRow(cipher, row);
    if (!before.ok) return err({ type: 'storage-failed' });
    const next = withOps(before.value.record, changes);
    if (next !== before.value.record) rows.push(await sealRow(cipher, before.value, next));
  }
  const writers = await restoredWriters(vault, part);
  const last = part.map(({ change }) => stampOf(change.h)).reduce((a, b) => (compareStamps(a, b) > 0 ? a : b));
  const known: Known = {
    ...memory.known,
    counter: memory.known.counter + 1,
    lastStamp: compareStamps(last, memory.known.lastStamp) > 0 ? last : memory.known.lastStamp,
    writers: new Map([...memory.known.writers, ...writers.map((writer) => [toHex(writer.w), writer] as const)]),
  };
  const committed = await vault.store.commit({
    rows: rows.map((row) => row.sealed),
    ops: part.map(({ sealed }) => sealed),
    writers,
    summaryDelta: null,
    audit: null,
    page: null,
    feed: null,
    manifest: await sealManifest(known, cipher, vault.sha256),
  });
  if (!committed.ok) return committed;
  memory.known = known;
  const records = rows.map((row) => row.opened.record);
  for (const record of records) if (record.kind !== 'resident') memory.records.set(refKey(record), record);
  vault.workspace.apply([], records);
  return ok(undefined);
}

/** Positions of the writers as far as their operations are without a gap; `acked` starts at 0 and hello raises it. */
async function restoredWriters(
  vault: Vault,
  part: readonly { readonly sealed: SealedOp; readonly change: Change }[],
): Promise<readonly SealedWriter[]> {
  const writers: SealedWriter[] = [];
  for (const [key, ops] of Map.groupBy(part, ({ sealed }) => toHex(sealed.w))) {
    const first = ops[0];
    if (first === undefined) continue;
    const present = vault.memory.known.writers.get(key);
    let next = present?.next ?? 1;
    const fresh: Change[] = [];
    for (const { change } of ops) {
      if (change.n !== next) continue;
      fresh.push(change);
      next += 1;
    }
    if (fresh.length === 0) continue;
    const { w, c } = first.sealed;
    // From what the store kept; without it nothing can be sent of this writer, and its head is asked for by nobody.
    const before = await chainAt(vault, { w }, next - 1 - fresh.length);
    const head = chainAfter(before ?? chainStart(w, vault.sha256), fresh, vault.sha256);
    if (before !== undefined) vault.memory.chains.set(key, { n: next - 1, h: head });
    writers.push({
      w,
      c,
      user: first.change.u,
      next,
      acked: present?.acked ?? 0,
      archived: present?.archived ?? 0,
      box: await vault.cipher.seal({ table: 'writers', id: key, compartment: c, rev: next }, Uint8Array.from(head)),
    });
  }
  return writers;
}
