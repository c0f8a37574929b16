import { rights } from './chances.ts';
import type { SimulatedUser } from './laptop.ts';
import type { Prng } from './prng.ts';

/** Who works at laptop `no`, with which compartments and at which of these two sites. */
export function drawUsers(prng: Prng, no: number, all: readonly string[]): readonly SimulatedUser[] {
  const sites = prng.pick([all, all.slice(0, 1), all.slice(1), ['*'], []]);
  const userCount = prng.chance(0.3) ? 2 : 1;
  return Array.from({ length: userCount }, (_, at): SimulatedUser => {
    // Now and then one person works on two laptops.
    const name = prng.chance(0.15) ? 0 : no * 2 + at;
    const id = `u_${String(name).padStart(16, '0')}`;
    return { id, compartments: prng.pick(rights), sites };
  }).filter((user, at, users) => users.findIndex(({ id }) => id === user.id) === at);
}
