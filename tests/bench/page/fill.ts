import { sha256 } from '@noble/hashes/sha2.js';
import { toHex, toUtf8 } from '../../../shared/kernel/bytes.ts';
import { foldSummaries } from '../../../renderer/use-cases/summaries-upkeep.ts';
import { openWorkspace } from '../../../renderer/use-cases/unlock-workspace.ts';
import { day, municipalityCount } from '../generate.ts';
import type { FilledPart, Part } from './fill-part.ts';
import type { FillRequest } from './fill.worker.ts';
import { makeCipher, makePorts, noScreens, openStore, user } from './ports.ts';

export type Filled = {
  readonly sha256: string;
  readonly residents: number;
  readonly rows: number;
  readonly segments: number;
  readonly blocks: number;
  readonly segmentBytes: number;
  readonly seconds: number;
};

/** After so many municipalities what is in memory goes into segments and blocks: a country times ten is too much for it. */
const partsPerFold = 30;

/**
 * The store as it is after a first download: record rows, list segments, blocks and manifest, all sealed by the code that
 * ships. Rows are made in as many threads as there are cores; segments, blocks and manifest here.
 */
export async function fill({ name, n, seed }: { name: string; n: number; seed: number }): Promise<Filled> {
  const start = performance.now();
  const { database, store } = await openStore(name);
  const { vault } = await openWorkspace(makePorts(store, noScreens), await makeCipher(), user);
  const { memory } = vault;
  const count = municipalityCount(n);
  const digests: string[] = [];
  let rows = 0;
  let next = 0;
  const work = async (worker: Worker, end: number) => {
    while (next < end) {
      const at = next++;
      const part = await answerOf(worker, { at, n, seed }, name);
      digests[at] = part.sha256;
      rows += part.rows;
      for (const summary of part.summaries) memory.residents.set(summary.id, summary);
      for (const row of part.small) memory.records.put(row);
      if (part.lastStamp.ms >= memory.known.lastStamp.ms) memory.known = { ...memory.known, lastStamp: part.lastStamp };
    }
  };
  const workers = Array.from({ length: Math.min(count, Math.max(2, navigator.hardwareConcurrency)) }, startWorker);
  for (let from = 0; from < count; from += partsPerFold) {
    const end = Math.min(count, from + partsPerFold);
    await Promise.all(workers.map((worker) => work(worker, end)));
    const folded = await foldSummaries(vault, day, true);
    if (!folded.ok) throw new Error('The segments could not be written');
  }
  for (const worker of workers) worker.terminate();
  const { segments } = await store.readSummaries();
  const blocks = await store.readBlocks();
  database.close();
  return {
    sha256: toHex(sha256(toUtf8(digests.join(' ')))),
    residents: memory.residents.size,
    rows,
    segments: segments.length,
    blocks: blocks.length,
    segmentBytes: segments.reduce((sum, { box }) => sum + box.length, 0),
    seconds: (performance.now() - start) / 1000,
  };
}

const startWorker = (): Worker => new Worker(new URL('./fill.worker.ts', import.meta.url), { type: 'module' });

const answerOf = (worker: Worker, part: Part, name: string): Promise<FilledPart> =>
  new Promise((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<FilledPart>) => resolve(data);
    worker.onerror = ({ message }) => reject(new Error(`A part was not made: ${message}`));
    worker.postMessage({ ...part, name } satisfies FillRequest);
  });
