import { Worker } from 'node:worker_threads';
import type { Outcome } from './simulate.ts';

export type Slice = { readonly from: number; readonly every: number; readonly until: number };
export type SliceReport = {
  readonly failing: readonly Outcome[];
  readonly operations: number;
  readonly unavoidable: number;
};

/** Runs the seeds in as many threads; each takes every so-manieth, so that all end at about the same time. */
export async function simulateMany(from: number, count: number, threads: number): Promise<SliceReport> {
  const slices = Array.from({ length: threads }, (_, no) => ({ from: from + no, every: threads, until: from + count }));
  const reports = await Promise.all(slices.map(runSlice));
  return {
    failing: reports.flatMap(({ failing }) => failing).sort((a, b) => a.seed - b.seed),
    operations: reports.reduce((sum, { operations }) => sum + operations, 0),
    unavoidable: reports.reduce((sum, { unavoidable }) => sum + unavoidable, 0),
  };
}

function runSlice(slice: Slice): Promise<SliceReport> {
  return new Promise((resolve, reject) => {
    // Most of what a history makes is gone soon: with more room for what is new, less is tidied up.
    const resourceLimits = { maxYoungGenerationSizeMb: 64 };
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: slice, resourceLimits });
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`a thread of the simulator ended with ${code}`)));
  });
}
