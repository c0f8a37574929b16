import type { SaveError } from '../../shared/errors.ts';
import { err } from '../../shared/kernel/result.ts';
import { saveRecord, type SaveRequest } from './save-record.ts';
import type { Vault } from './vault.ts';

/**
 * Values per commit: one commit per line would take minutes for a municipality, one for all could not be stopped. Some
 * two hundred persons; the second copy takes at most 5,000 operations at once.
 */
const valuesPerCommit = 3_000;
const personsPerCommit = 200;

/** `saved` requests went in, from the first on; `undo` takes them back, first made first. */
export type ImportReport = {
  readonly saved: number;
  readonly undo: readonly SaveRequest[];
  readonly error: SaveError | null;
};

/**
 * Checked lines as saves, several in one commit, until one fails or `signal` stops it between two commits. A request is
 * never half in.
 */
export async function importResidents(
  vault: Vault,
  requests: readonly SaveRequest[],
  onProgress: (saved: number) => void,
  signal: AbortSignal,
): Promise<ImportReport> {
  const undo: SaveRequest[] = [];
  let saved = 0;
  const save = async (batch: readonly SaveRequest[]): Promise<SaveError | null> => {
    const first = batch[0];
    if (first === undefined) return null;
    const together = { ...first, records: batch.flatMap(({ records }) => records) };
    // What went in before stays in and can be taken back, also when the store breaks off.
    const receipt = await saveRecord(vault, together).catch(() => err({ type: 'storage-failed' } as const));
    if (!receipt.ok) return receipt.error;
    saved += batch.length;
    if (receipt.value.undo !== null) undo.push(receipt.value.undo);
    onProgress(saved);
    return null;
  };

  for (const batch of inBatches(requests)) {
    if (signal.aborted) break;
    const error = await save(batch);
    if (error === null) continue;
    if (!('field' in error) || batch.length === 1) return { saved, undo, error };
    // One of them is refused: those before it still go in.
    for (const request of batch) {
      const ownError = await save([request]);
      if (ownError !== null) return { saved, undo, error: ownError };
    }
  }
  return { saved, undo, error: null };
}

function inBatches(requests: readonly SaveRequest[]): readonly (readonly SaveRequest[])[] {
  const batches: SaveRequest[][] = [];
  let [persons, values] = [0, 0];
  for (const request of requests) {
    const own = request.records.filter(({ ref }) => ref.kind === 'resident').length;
    const ownValues = request.records.reduce((sum, { edits }) => sum + valuesIn(edits), 0);
    const last = batches.at(-1);
    if (last === undefined || persons + own > personsPerCommit || values + ownValues > valuesPerCommit) {
      batches.push([request]);
      [persons, values] = [own, ownValues];
    } else {
      last.push(request);
      persons += own;
      values += ownValues;
    }
  }
  return batches;
}

/** A list becomes an operation for each of its members. */
const valuesIn = (edits: SaveRequest['records'][number]['edits']): number =>
  edits.reduce((sum, { value }) => sum + (Array.isArray(value) ? value.length : 1), 0);
