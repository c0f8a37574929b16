import { equalBytes, toHex } from '../../shared/kernel/bytes.ts';
import { recordIdOf } from '../../shared/kernel/ids.ts';
import { err, ok, type Result } from '../../shared/kernel/result.ts';
import type { Cipher, SealedOp, UnreadableError } from '../../shared/ports.ts';
import { isRecordKind, recordKinds } from '../../shared/records/record.ts';
import { chainAfter, chainStart } from '../../shared/sync/chain.ts';
import type { Change } from '../../shared/sync/change.ts';
import { packOps, unpackOps } from '../../shared/sync/row-codec.ts';
import { noteOrigin, salvageRow } from './record-rows.ts';
import type { Vault, WriterPlace } from './vault.ts';

export async function openOp(cipher: Cipher, { w, n, c, box }: SealedOp): Promise<Result<Change, UnreadableError>> {
  const unreadable = err({ type: 'unreadable', ref: null } as const);
  const content = await cipher.open({ table: 'ops', id: `${toHex(w)}.${n}`, compartment: c, rev: n }, box);
  const ops = content.ok ? unpackOps(content.value) : content;
  const [op] = ops.ok ? ops.value : [];
  if (op === undefined || op.n !== n || toHex(op.w) !== toHex(w)) return unreadable;
  noteOrigin(op, c);
  return ok(op);
}

export async function* copiedOps({ secondCopy }: Pick<Vault, 'secondCopy'>): AsyncGenerator<SealedOp> {
  for (let skip = 0; ;) {
    const part = await secondCopy.readOps(skip);
    if (part.length === 0) return;
    yield* part;
    skip += part.length;
  }
}

/** A damaged operation, sealed anew from the second copy or else from the row of its record. */
async function mendOp(vault: Vault, damaged: SealedOp): Promise<Change | undefined> {
  const { w, n, c } = damaged;
  const dot = `${toHex(w)}.${n}`;
  if (!vault.cipher.compartments.includes(c) || vault.memory.lostOps.has(dot)) return undefined;
  const op = (await findCopy(vault, damaged)) ?? (await findInRows(vault, damaged));
  if (op === undefined) {
    vault.memory.lostOps.add(dot);
    vault.tell?.({ type: 'lost-ops', ops: 1 });
    return undefined;
  }
  const box = await vault.cipher.seal({ table: 'ops', id: dot, compartment: c, rev: n }, packOps([op]));
  await vault.store.replaceOps([{ w, n, c, box }]);
  if (isRecordKind(op.t)) vault.tell?.({ type: 'rebuilt', records: [{ kind: op.t, id: recordIdOf(op.id) }] });
  return op;
}

async function findCopy(vault: Vault, { w, n }: SealedOp): Promise<Change | undefined> {
  for await (const copy of copiedOps(vault)) {
    if (copy.n !== n || !equalBytes(copy.w, w)) continue;
    const opened = await openOp(vault.cipher, copy);
    return opened.ok ? opened.value : undefined;
  }
  return undefined;
}

async function findInRows({ store, cipher }: Vault, { w, n }: SealedOp): Promise<Change | undefined> {
  for (const kind of recordKinds) {
    for (const row of await store.readKind(kind)) {
      const { opened } = await salvageRow(cipher, row);
      const op = opened.record.ops.find((one) => one.n === n && equalBytes(one.w, w));
      if (op !== undefined) return op;
    }
  }
  return undefined;
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
    const opened = await openOp(vault.cipher, sealed);
    const op = opened.ok ? opened.value : await mendOp(vault, sealed);
    if (op?.n !== after + changes.length + 1) break;
    changes.push(op);
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
