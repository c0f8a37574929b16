import { faults, sizeOf, type Fault } from './chances.ts';
import { checkErased } from './erasing.ts';
import { checkCursors, checkEndpoint, checkReplicas } from './final-checks.ts';
import { Violation } from './oracle.ts';
import { production, type Variant } from './variant.ts';
import { settle } from './settle.ts';
import { World } from './world.ts';

export type Outcome = {
  readonly seed: number;
  readonly steps: number;
  /** Undefined when everything held. */
  readonly failure: { readonly invariant: string; readonly text: string } | undefined;
  readonly history: readonly string[];
  readonly operations: number;
  readonly unavoidable: number;
};
export type Limits = { readonly steps?: number; readonly without?: ReadonlySet<Fault> };

/** One history from beginning to end. The same seed and limits give the same one, wherever it runs. */
export async function simulate(seed: number, variant: Variant = production, limits: Limits = {}): Promise<Outcome> {
  const steps = limits.steps ?? sizeOf(seed).steps;
  const world = new World(seed, variant, limits.without);
  const failure = await runWorld(world, steps);
  const { history, oracle } = world;
  return { seed, steps, failure, history, operations: oracle.captured.size, unavoidable: oracle.unavoidable };
}

async function runWorld(world: World, steps: number): Promise<Outcome['failure']> {
  try {
    await world.run(steps);
    // An endpoint that forgot has shorter feeds until the laptops have heard of it.
    if (!world.hasForgotten)
      for (const laptop of world.laptops) await checkCursors(laptop, world.endpoint.database.rows);
    await settle(world);
    const { rows } = world.endpoint.database;
    for (const laptop of world.laptops) await checkCursors(laptop, rows);
    checkEndpoint(rows, world.oracle);
    await checkErased(world.laptops, world.endpoint);
    await checkReplicas(world, rows);
    return undefined;
  } catch (error) {
    if (error instanceof Violation) return { invariant: error.invariant, text: error.message };
    return { invariant: 'thrown', text: error instanceof Error ? (error.stack ?? error.message) : 'something else' };
  }
}

/** The shortest beginning, and the fewest kinds of faults, with which a seed still fails by the same invariant. */
export async function shrink(failing: Outcome, variant: Variant = production): Promise<Outcome> {
  let best = failing;
  const without = new Set<Fault>();
  const tryWith = async (steps: number, off: ReadonlySet<Fault>): Promise<boolean> => {
    const again = await simulate(failing.seed, variant, { steps, without: off });
    if (again.failure?.invariant !== failing.failure?.invariant) return false;
    best = again;
    return true;
  };
  for (const fault of faults) if (await tryWith(best.steps, new Set([...without, fault]))) without.add(fault);
  for (let steps = 1; steps < best.steps; steps++) if (await tryWith(steps, without)) break;
  return best;
}
