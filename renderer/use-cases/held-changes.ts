import { toHex } from '../../shared/kernel/bytes.ts';
import { stampOf } from '../../shared/kernel/hybrid-clock.ts';
import { recordIdOf } from '../../shared/kernel/ids.ts';
import type { Response } from '../../shared/ipc-contract.ts';
import { isRecordKind, type RecordRef, type Value } from '../../shared/records/record.ts';
import type { Dot } from '../../shared/sync/change.ts';
import { readChanges } from './own-ops.ts';
import type { Vault } from './vault.ts';

type Told = Pick<Response<'sync:status'>, 'waiting' | 'rejected'>;
export type HeldChange = {
  /** Of this change and no other. */
  readonly key: string;
  readonly ref: RecordRef;
  readonly field: string;
  /** What was typed: of a change that was not let through it stands nowhere else. */
  readonly value: Value;
  readonly atMs: number;
} & ({ readonly state: 'held'; readonly why: Told['waiting'][number]['why'] } | { readonly state: 'rejected' });

/** As many as a page can show; those that were read make room for others. */
const maxRejected = 200;

/**
 * What the endpoint told of its own changes, looked up here; a change that this user has no key for is left out, and
 * one that was not let through when its key is among `read`.
 */
export async function heldChanges(
  vault: Vault,
  { waiting, rejected }: Told,
  read: ReadonlySet<string> = new Set(),
): Promise<readonly HeldChange[]> {
  const find = async ({ w, n }: Dot) => {
    const writer = vault.memory.known.writers.get(toHex(w));
    if (writer === undefined || !vault.cipher.compartments.includes(writer.c)) return undefined;
    const [op] = await readChanges(vault, w, n - 1, 1);
    if (op?.n !== n || !isRecordKind(op.t)) return undefined;
    const ref = { kind: op.t, id: recordIdOf(op.id) };
    return { key: keyOf(op), ref, field: op.f, value: op.v ?? null, atMs: stampOf(op.h).ms };
  };
  const found: HeldChange[] = [];
  for (const { w, n, why, state } of waiting) {
    const change = state === 'held' ? await find({ w, n }) : undefined;
    if (change !== undefined) found.push({ ...change, state: 'held', why });
  }
  let left = maxRejected;
  for (const { w, from, to } of rejected) {
    for (let n = from; n <= to && left > 0; n++) {
      const change = read.has(keyOf({ w, n })) ? undefined : await find({ w, n });
      if (change === undefined) continue;
      found.push({ ...change, state: 'rejected' });
      left -= 1;
    }
  }
  return found;
}

const keyOf = ({ w, n }: Dot): string => `${toHex(w)}.${n}`;
