import { expect, it } from 'vitest';
import { err } from '../../shared/kernel/result.ts';
import { faults } from '../simulation/chances.ts';
import { emptyStore } from '../simulation/disk.ts';
import { checkEndpoint } from '../simulation/final-checks.ts';
import { loseDisk } from '../simulation/losses.ts';
import { mutants } from '../simulation/mutants.ts';
import type { Variant } from '../simulation/variant.ts';
import { World } from '../simulation/world.ts';

/**
 * An endpoint is put back with all its files, so that it cannot know. A colleague gives it back what it lost, and
 * before the feeds are read again it is put back once more. Then the author's laptop is gone: the colleague's pages are
 * the only place left. Found as seed 336979832 of the simulator.
 */
async function historyOf({ transport: planted }: Variant): Promise<() => void> {
  let isCut = false;
  const transport: Variant['transport'] = (whole, vault) => {
    const used = planted?.(whole, vault) ?? whole;
    const pull: typeof used.pull = (feed) =>
      isCut ? Promise.resolve(err({ type: 'offline', retryAfterMs: 0 })) : used.pull(feed);
    return { ...used, pull };
  };
  const world = new World(1, { transport }, new Set(faults));
  await world.run(0);
  const [author, colleague] = world.laptops;
  const [own] = author?.windows ?? [];
  const [other] = colleague?.windows ?? [];
  if (author === undefined || own === undefined || colleague === undefined || other === undefined)
    throw new Error('two laptops that are open');
  await world.calm();
  const before = world.endpoint.backup();
  await world.work.create(author, own, true);
  expect(await world.work.sync(author, own)).toMatchObject({ ok: true });
  expect(await world.work.sync(colleague, other)).toMatchObject({ ok: true });
  await world.endpoint.restore(before, 'image');
  isCut = true;
  expect(await world.work.sync(colleague, other)).toMatchObject({ ok: false });
  isCut = false;
  await world.endpoint.restore(before, 'image');
  loseDisk(author, emptyStore('new'));
  expect(await world.work.sync(colleague, other)).toMatchObject({ ok: true });
  return () => checkEndpoint(world.endpoint.database.rows, world.oracle);
}

it('gets everything back that a colleague has, and would not if moments were not asked for', async () => {
  expect(await historyOf({})).not.toThrow();
  expect(await historyOf(mutants['a moment of the history is never missed'] ?? {})).toThrow(
    /^I1: .*not at the endpoint/,
  );
});
