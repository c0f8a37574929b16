import { toHex } from '../../shared/kernel/bytes.ts';
import { stampOf } from '../../shared/kernel/hybrid-clock.ts';
import { recordIdOf } from '../../shared/kernel/ids.ts';
import type { Response } from '../../shared/ipc-contract.ts';
import { isRecordKind, type RecordRef } from '../../shared/records/record.ts';
import { readChanges } from './own-ops.ts';
import type { Vault } from './vault.ts';

type Told = Response<'sync:status'>['waiting'][number];
export type HeldChange = Pick<Told, 'why' | 'state'> & {
  /** Of this change and no other. */
  readonly key: string;
  readonly ref: RecordRef;
  readonly field: string;
  readonly atMs: number;
};

/** What the endpoint told of its own changes, looked up here; a change that this user has no key for is left out. */
export async function heldChanges(vault: Vault, told: readonly Told[]): Promise<readonly HeldChange[]> {
  const found: HeldChange[] = [];
  for (const { w, n, why, state } of told) {
    const writer = vault.memory.known.writers.get(toHex(w));
    if (writer === undefined || !vault.cipher.compartments.includes(writer.c)) continue;
    const [op] = await readChanges(vault, w, n - 1, 1);
    if (op?.n !== n || !isRecordKind(op.t)) continue;
    const ref = { kind: op.t, id: recordIdOf(op.id) };
    found.push({ key: `${toHex(w)}.${n}`, ref, field: op.f, why, state, atMs: stampOf(op.h).ms });
  }
  return found;
}
