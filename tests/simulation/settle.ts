import { feedKey } from '../../renderer/use-cases/vault.ts';
import { toHex } from '../../shared/kernel/bytes.ts';
import type { SealedWriter } from '../../shared/ports.ts';
import { compartments } from '../../shared/records/record.ts';
import type { Laptop, SimulatedUser, Window } from './laptop.ts';
import { must } from './oracle.ts';
import type { Rows } from './tables.ts';
import type { World } from './world.ts';

const rounds = 4;
/** Something waits and the app is open: the next attempt is at most so far away. */
const watchMs = 15 * 60_000;

/** The faults end: I7 gives every laptop so many rounds to have sent and taken in everything. */
export async function settle(world: World): Promise<void> {
  await world.calm();
  for (const laptop of world.laptops) {
    for (const window of laptop.process.isAlive ? [...laptop.windows] : []) await recovers(world, laptop, window);
  }
  for (let round = 1; ; round++) {
    const { rows } = world.endpoint.database;
    for (const laptop of world.laptops) {
      for (const user of laptop.users) {
        if (round > 1 && !isBehind(laptop, user, rows)) continue;
        await laptop.start(user);
        const [window] = laptop.windows;
        const done = window === undefined ? undefined : await world.work.sync(laptop, window);
        must(done?.ok === true, 'I7', `laptop ${laptop.no} fails although nothing is wrong`);
      }
    }
    const behind = world.laptops.filter((laptop) => laptop.users.some((user) => isBehind(laptop, user, rows)));
    if (behind.length === 0) break;
    must(round < rounds, 'I7', `laptops ${behind.map(({ no }) => no).join()} are behind after round ${round}`);
  }
  // Twice: what a clock noted that was far ahead waits from the first time on.
  for (let pass = 1; pass <= 2 && hasDepartures(world); pass++) {
    world.passGrace();
    for (const laptop of world.laptops.filter(({ disk }) => disk.store.departures.size > 0)) {
      await laptop.start(laptop.user);
      for (const window of laptop.windows) await world.work.sync(laptop, window);
    }
  }
  must(!hasDepartures(world), 'I8', 'a laptop keeps what left its sites');
}

const hasDepartures = ({ laptops }: World) => laptops.some(({ disk }) => disk.store.departures.size > 0);

/** Without a restart: a page that is open must come to rest as well. */
async function recovers(world: World, laptop: Laptop, window: Window): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    must(window.times.dueMs <= world.nowMs + watchMs, 'I7', `laptop ${laptop.no} waits for nothing`);
    world.waitUntil(window.times.dueMs);
    const done = await world.work.sync(laptop, window);
    if (done.ok) return;
    must(attempt < 3, 'I7', `laptop ${laptop.no} does not recover by itself: ${done.error.type}`);
  }
}

/** Something waits to be sent, or a feed this user may read goes on behind the cursor. */
function isBehind({ disk }: Laptop, user: SimulatedUser, rows: Rows): boolean {
  const writers = [...disk.store.writers.values()];
  const lastOf = ({ w, next }: SealedWriter) =>
    Math.min(
      next - 1,
      ...writers.flatMap(({ standsFor }) =>
        standsFor !== undefined && toHex(standsFor.w) === toHex(w) ? standsFor.after : [],
      ),
    );
  const waits = writers.some((writer) => writer.acked < lastOf(writer) && user.compartments.includes(writer.c));
  const readable = [...rows.feeds].filter(([key]) => {
    const [site = '', c] = key.split('/');
    const isMine = site === 'shared' || user.sites.includes('*') || user.sites.includes(site);
    return isMine && compartments.some((one) => one === c && user.compartments.includes(one));
  });
  return (
    waits ||
    readable.some(([key, feed]) => {
      const [site = '', c] = key.split('/');
      const held = compartments.find((one) => one === c);
      const place = held === undefined ? undefined : disk.store.feeds.get(feedKey(site, held));
      return (place?.pos ?? 0) < feed.length;
    })
  );
}
