import { toHex } from '../../shared/kernel/bytes.ts';
import type { StandsFor } from '../../shared/ports.ts';
import { chainNext, chainStart, leafOf } from '../../shared/sync/chain.ts';
import type { Change } from '../../shared/sync/change.ts';
import { dotKey } from '../../shared/sync/dots.ts';
import { writerOfReissue } from '../../shared/sync/reissue.ts';
import { readChanges } from './own-ops.ts';
import { isSameOp } from './reissues.ts';
import type { Vault } from './vault.ts';

/** What was issued again before the store was lost: its writers say it by their names. */
export type FoundReissues = {
  /** By writer of the new operations, in hexadecimal. */
  readonly standsFor: ReadonlyMap<string, StandsFor>;
  /** The new operation by the dot of the former one. */
  readonly byFormer: ReadonlyMap<string, Change>;
};

/** Whether this operation is there under another number as well, and counts only there. */
export function isFormer({ byFormer }: FoundReissues, op: Change): boolean {
  const again = byFormer.get(dotKey(op));
  return again !== undefined && isSameOp(again, op);
}

/**
 * The second copy holds former and new operations alike, and does not say which stands for which. The names of the
 * writers do, so that a store made again from it shows nothing twice, also before the next exchange. `restored` are
 * the operations that come back, to those that the store has.
 */
export async function reissuesAmong(vault: Vault, restored: readonly Change[]): Promise<FoundReissues> {
  const byWriter = new Map<string, Map<number, Change>>();
  const add = (change: Change) => {
    const key = toHex(change.w);
    byWriter.set(key, (byWriter.get(key) ?? new Map<number, Change>()).set(change.n, change));
  };
  for (const { w, c, next } of vault.memory.known.writers.values()) {
    if (!vault.cipher.compartments.includes(c)) continue;
    for (let at = 0; at < next - 1;) {
      const part = await readChanges(vault, w, at, Math.min(500, next - 1 - at));
      if (part.length === 0) break;
      part.forEach(add);
      at += part.length;
    }
  }
  restored.forEach(add);
  const standsFor = new Map<string, StandsFor>();
  const byFormer = new Map<string, Change>();
  for (const changes of byWriter.values()) {
    const first = changes.get(1);
    if (first === undefined) continue;
    let chain = chainStart(first.w, vault.sha256);
    for (let n = 1; ; n++) {
      const change = changes.get(n);
      if (change === undefined) break;
      chain = chainNext(chain, leafOf(change, vault.sha256), vault.sha256);
      const as = toHex(writerOfReissue(chain, vault.sha256));
      const again = byWriter.get(as);
      if (again === undefined) continue;
      standsFor.set(as, { w: change.w, after: n - 1 });
      for (const op of again.values()) byFormer.set(dotKey({ w: change.w, n: n - 1 + op.n }), op);
    }
  }
  return { standsFor, byFormer };
}
