import { parentPort, workerData } from 'node:worker_threads';
import type { Slice, SliceReport } from './pool.ts';
import { simulate, type Outcome } from './simulate.ts';

const { from, every, until } = workerData as Slice;
const failing: Outcome[] = [];
let [operations, unavoidable] = [0, 0];
for (let seed = from; seed < until; seed += every) {
  const outcome = await simulate(seed);
  operations += outcome.operations;
  unavoidable += outcome.unavoidable;
  if (outcome.failure !== undefined) failing.push(outcome);
}
parentPort?.postMessage({ failing, operations, unavoidable } satisfies SliceReport);
