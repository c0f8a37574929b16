import type { SaveError } from '../../shared/errors.ts';
import { err } from '../../shared/kernel/result.ts';
import { saveRecord, type SaveRequest } from './save-record.ts';
import { foldSummaries } from './summaries-upkeep.ts';
import type { Vault } from './vault.ts';

/**
 * Values per commit: one commit per line would take minutes for a municipality, one for all could not be stopped. Some
 * four hundred persons are a thousand records, and a moment in which the screen does not answer.
 */
const valuesPerCommit = 12_000;
const personsPerCommit = 400;
/** So many commits leave the lines they made to whoever unlocks next; after more, one who imports folds them in himself. */
const fewCommits = 4;

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
  requests: Iterable<SaveRequest>,
  onProgress: (saved: number) => void,
  signal: AbortSignal,
): Promise<ImportReport> {
  const undo: SaveRequest[] = [];
  let saved = 0;
  let commits = 0;
  const save = async (batch: readonly SaveRequest[]): Promise<SaveError | null> => {
    const first = batch[0];
    if (first === undefined) return null;
    const together = { ...first, records: batch.flatMap(({ records }) => records) };
    // What went in before stays in and can be taken back, also when the store breaks off.
    const receipt = await saveRecord(vault, together).catch(() => err({ type: 'storage-failed' } as const));
    if (!receipt.ok) return receipt.error;
    saved += batch.length;
    commits += 1;
    if (receipt.value.undo !== null) undo.push(receipt.value.undo);
    onProgress(saved);
    return null;
  };

  const saveAll = async (): Promise<SaveError | null> => {
    for (const batch of inBatches(requests)) {
      if (signal.aborted) break;
      const error = await save(batch);
      if (error === null) continue;
      if (!('field' in error) || batch.length === 1) return error;
      // One of them is refused: those before it still go in.
      for (const request of batch) {
        const ownError = await save([request]);
        if (ownError !== null) return ownError;
      }
    }
    return null;
  };
  const error = await saveAll();
  // Where it fails the lines stand in their deltas, as after any save.
  if (commits > fewCommits) await foldSummaries(vault).catch(() => undefined);
  return { saved, undo, error };
}

/** Made when their turn comes: a list of a municipality is not in memory as requests. */
function* inBatches(requests: Iterable<SaveRequest>): Generator<readonly SaveRequest[]> {
  let batch: SaveRequest[] = [];
  let [persons, values] = [0, 0];
  for (const request of requests) {
    const own = request.records.filter(({ ref }) => ref.kind === 'resident').length;
    const ownValues = request.records.reduce((sum, { edits }) => sum + valuesIn(edits), 0);
    if (batch.length > 0 && (persons + own > personsPerCommit || values + ownValues > valuesPerCommit)) {
      yield batch;
      batch = [];
      [persons, values] = [0, 0];
    }
    batch.push(request);
    persons += own;
    values += ownValues;
  }
  if (batch.length > 0) yield batch;
}

/** A list becomes an operation for each of its members. */
const valuesIn = (edits: SaveRequest['records'][number]['edits']): number =>
  edits.reduce((sum, { value }) => sum + (Array.isArray(value) ? value.length : 1), 0);
