import { toHex } from '../../shared/kernel/bytes.ts';
import { err, ok, type Result } from '../../shared/kernel/result.ts';
import type { Cipher, SealedOp, UnreadableError } from '../../shared/ports.ts';
import { chainAfter, chainStart } from '../../shared/sync/chain.ts';
import type { Change } from '../../shared/sync/change.ts';
import { unpackOps } from '../../shared/sync/row-codec.ts';
import { noteOrigin } from './record-rows.ts';
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

/** Operations of a writer above `after`, without a gap: what does not open ends the list. */
export async function readChanges(
  vault: Vault,
  w: Uint8Array,
  after: number,
  limit: number,
): Promise<readonly Change[]> {
  const changes: Change[] = [];
  for (const sealed of await vault.store.readOps(w, after, limit)) {
    const op = await openOp(vault.cipher, sealed);
    if (!op.ok || op.value.n !== after + changes.length + 1) break;
    changes.push(op.value);
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
