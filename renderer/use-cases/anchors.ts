import { toHex } from '../../shared/kernel/bytes.ts';
import { recordIdOf } from '../../shared/kernel/ids.ts';
import { isRecordKind, refKey, type RecordRef } from '../../shared/records/record.ts';
import type { Change } from '../../shared/sync/change.ts';
import type { Anchor } from '../../shared/transport-ports.ts';
import { openRow } from './record-rows.ts';
import type { Vault } from './vault.ts';

/** Opened at a time, and for one frame: what is left over brings its id, which is longer and as good. */
const rowsAtOnce = 100;
const rowsAtMost = 2_000;

/**
 * For operations that name no earlier one of their record: one of it that the endpoint has, so that the id of the record
 * need not be sent. Own ones count once they are confirmed; what others wrote came from there.
 */
export async function anchorsOf(vault: Vault, ops: readonly Change[]): Promise<readonly Anchor[]> {
  const asked = firstNaming(ops).slice(0, rowsAtMost);
  const anchors: Anchor[] = [];
  for (let at = 0; at < asked.length; at += rowsAtOnce) {
    const found = await Promise.all(
      asked.slice(at, at + rowsAtOnce).map(async ({ n, ref }) => {
        const known = (await opsOf(vault, ref)).find((op) => isThere(vault, op));
        return known === undefined ? [] : [{ n, by: { w: known.w, n: known.n } }];
      }),
    );
    anchors.push(...found.flat());
  }
  return anchors;
}

/** The first operation about each record, where it has no base; not where the record begins with it. */
function firstNaming(ops: readonly Change[]): readonly { readonly n: number; readonly ref: RecordRef }[] {
  const seen = new Set<string>();
  return ops.flatMap(({ t, id, n, b, f }) => {
    if (!isRecordKind(t)) return [];
    const ref = { kind: t, id: recordIdOf(id) };
    const isFirst = !seen.has(refKey(ref));
    seen.add(refKey(ref));
    return isFirst && b.length === 0 && f !== 'placement' ? [{ n, ref }] : [];
  });
}

async function opsOf({ store, cipher }: Vault, ref: RecordRef): Promise<readonly Change[]> {
  const row = await store.read(ref);
  const opened = row && (await openRow(cipher, row));
  return opened?.ok === true ? opened.value.record.ops : [];
}

function isThere({ memory }: Vault, { w, n }: Change): boolean {
  const own = memory.known.writers.get(toHex(w));
  return own === undefined || n <= own.acked;
}
