import { parseArgs } from 'node:util';
import { availableParallelism } from 'node:os';
import { mutants } from './mutants.ts';
import { simulateMany } from './pool.ts';
import { simulate, shrink, type Outcome } from './simulate.ts';

const { values: given } = parseArgs({
  options: {
    seeds: { type: 'string', default: '1000' },
    from: { type: 'string', default: '1' },
    seed: { type: 'string' },
    threads: { type: 'string', default: String(availableParallelism()) },
    mutants: { type: 'boolean', default: false },
    /** Only planted bugs whose name has this in it. */
    only: { type: 'string', default: '' },
  },
});

function show({ seed, steps, failure, history }: Outcome): void {
  console.log(history.join('\n'));
  console.log(`seed ${seed}, ${steps} steps: ${failure === undefined ? 'everything held' : failure.text}`);
}

async function runOne(seed: number): Promise<boolean> {
  const outcome = await simulate(seed);
  show(outcome.failure === undefined ? outcome : await shrink(outcome));
  return outcome.failure === undefined;
}

async function runMany(from: number, count: number, threads: number): Promise<boolean> {
  const start = performance.now();
  const { failing, operations, unavoidable } = await simulateMany(from, count, threads);
  for (const { seed, failure } of failing) console.log(`seed ${seed} fails: ${failure?.text ?? ''}`);
  const seconds = (performance.now() - start) / 1000;
  console.log(
    `${count} seeds from ${from} in ${seconds.toFixed(1)} s: ${(count / seconds).toFixed(1)} per second in ${threads} ` +
      `threads, ${operations} operations, ${unavoidable} on destroyed disks only; ${failing.length} failing`,
  );
  const [first] = failing;
  if (first !== undefined) show(await shrink(first));
  return failing.length === 0;
}

/** Each planted bug must be found; how many of the first seeds do says how easily. */
async function plantBugs(from: number, count: number): Promise<boolean> {
  let found = 0;
  const sample = 40;
  const chosen = Object.entries(mutants).filter(([name]) => name.includes(given.only));
  for (const [name, variant] of chosen) {
    const caughtBy: Outcome[] = [];
    let seeds = 0;
    while (seeds < count && (seeds < sample || caughtBy.length === 0)) {
      const outcome = await simulate(from + seeds, variant);
      seeds += 1;
      if (outcome.failure !== undefined) caughtBy.push(outcome);
    }
    const [first] = caughtBy;
    if (first !== undefined) found += 1;
    const kinds = [...new Set(caughtBy.map(({ failure }) => failure?.invariant))].sort().join(', ');
    console.log(
      first === undefined
        ? `NOT FOUND in ${seeds} seeds: ${name}`
        : `found: ${name}; first by seed ${first.seed}, by ${caughtBy.length} of ${seeds} (${kinds})`,
    );
  }
  console.log(`${found} of ${chosen.length} planted bugs found`);
  return found === chosen.length;
}

const [from, count] = [Number(given.from), Number(given.seeds)];
const isGood = given.mutants
  ? await plantBugs(from, count)
  : given.seed === undefined
    ? await runMany(from, count, Number(given.threads))
    : await runOne(Number(given.seed));
process.exitCode = isGood ? 0 : 1;
