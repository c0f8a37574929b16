import { equalBytes, toHex } from '../../shared/kernel/bytes.ts';
import { recordIdOf } from '../../shared/kernel/ids.ts';
import type { SealedOp } from '../../shared/ports.ts';
import { isRecordKind, recordKinds, refKey, type RecordRef } from '../../shared/records/record.ts';
import { chainAfter, chainStart } from '../../shared/sync/chain.ts';
import type { Change } from '../../shared/sync/change.ts';
import { countIn, lastIn, nameOfBox, openOps, sealBox } from './op-boxes.ts';
import { salvageRow } from './record-rows.ts';
import type { Vault, WriterPlace } from './vault.ts';

export async function* copiedOps({ secondCopy }: Pick<Vault, 'secondCopy'>): AsyncGenerator<SealedOp> {
  for (let skip = 0; ;) {
    const part = await secondCopy.readOps(skip);
    if (part.length === 0) return;
    yield* part;
    skip += part.length;
  }
}

/** What a damaged box held, sealed anew from the second copy or else from the rows of its records. */
async function mendBox(vault: Vault, damaged: SealedOp): Promise<readonly Change[]> {
  const name = nameOfBox(damaged);
  if (!vault.cipher.compartments.includes(damaged.c) || vault.memory.lostOps.has(name)) return [];
  const found = await survivorsOf(vault, damaged);
  const lost = countIn([damaged]) - found.length;
  if (lost > 0) vault.tell?.({ type: 'lost-ops', ops: lost });
  if (found.length === 0) {
    vault.memory.lostOps.add(name);
    return [];
  }
  await vault.store.replaceOps([await sealBox(vault.cipher, damaged, found)]);
  const records = new Map<string, RecordRef>();
  for (const { t, id } of found) {
    const ref = isRecordKind(t) ? { kind: t, id: recordIdOf(id) } : undefined;
    if (ref !== undefined) records.set(refKey(ref), ref);
  }
  if (records.size > 0) vault.tell?.({ type: 'rebuilt', records: [...records.values()] });
  return found;
}

/** The operations of a box that does not open, as far as they are anywhere else. */
export async function survivorsOf(vault: Vault, damaged: SealedOp): Promise<readonly Change[]> {
  const copy = await findCopy(vault, damaged);
  if (copy?.length === countIn([damaged])) return copy;
  const found = new Map((await findInRows(vault, damaged)).map((op) => [op.n, op]));
  for (const op of copy ?? []) found.set(op.n, op);
  return [...found.values()].sort((a, b) => a.n - b.n);
}

async function findCopy(vault: Vault, damaged: SealedOp): Promise<readonly Change[] | undefined> {
  for await (const copy of copiedOps(vault)) {
    if (nameOfBox(copy) !== nameOfBox(damaged) || copy.m !== damaged.m) continue;
    const opened = await openOps(vault.cipher, copy);
    return opened.ok ? opened.value : undefined;
  }
  return undefined;
}

async function findInRows({ store, cipher }: Vault, damaged: SealedOp): Promise<readonly Change[]> {
  const last = lastIn(damaged);
  const found = new Map<number, Change>();
  for (const kind of recordKinds) {
    for (const row of await store.readKind(kind)) {
      const { opened } = await salvageRow(cipher, row);
      for (const op of opened.record.ops)
        if (op.n >= damaged.n && op.n <= last && equalBytes(op.w, damaged.w)) found.set(op.n, op);
      if (found.size === last - damaged.n + 1) return [...found.values()];
    }
  }
  return [...found.values()];
}

/** Operations of a writer above `after`, without a gap: what is damaged is mended, and what cannot be ends the list. */
export async function readChanges(
  vault: Vault,
  w: Uint8Array,
  after: number,
  limit: number,
): Promise<readonly Change[]> {
  const changes: Change[] = [];
  for (const sealed of await vault.store.readOps(w, after, limit)) {
    const opened = await openOps(vault.cipher, sealed);
    for (const op of opened.ok ? opened.value : await mendBox(vault, sealed)) {
      if (op.n <= after) continue;
      if (op.n !== after + changes.length + 1 || changes.length === limit) return changes;
      changes.push(op);
    }
  }
  return changes;
}

const portion = 500;

/** Chain hash of a writer at `n`; undefined when an operation before it is missing or does not open. */
export async function chainAt(vault: Vault, { w }: Pick<WriterPlace, 'w'>, n: number): Promise<Uint8Array | undefined> {
  const key = toHex(w);
  const known = vault.memory.chains.get(key);
  let at = known !== undefined && known.n <= n ? known : { n: 0, h: chainStart(w, vault.sha256) };
  while (at.n < n) {
    const changes = await readChanges(vault, w, at.n, Math.min(portion, n - at.n));
    if (changes.length === 0) return undefined;
    at = { n: at.n + changes.length, h: chainAfter(at.h, changes, vault.sha256) };
  }
  vault.memory.chains.set(key, at);
  return at.h;
}
