import { parseArgs } from 'node:util';
import { soakFull } from './full.ts';
import { soakKills } from './kills.ts';

/**
 * `npm run soak -- --kills N --seed S` kills the app at random moments of real work; `--full` fills its disk, N cycles.
 * Ends with an error when anything is lost.
 */
const { values: given } = parseArgs({
  options: {
    kills: { type: 'string' },
    seed: { type: 'string' },
    full: { type: 'boolean', default: false },
    cycles: { type: 'string', default: '10' },
  },
});
const seed = Number(given.seed ?? Math.floor(Math.random() * 1e9));
const began = performance.now();
const say = (line: string) => console.log(`${((performance.now() - began) / 1_000).toFixed(0).padStart(5)} s  ${line}`);
console.log(`seed ${String(seed)}`);
// Once: what was done so far is still followed to the endpoint.
const stop = new AbortController();
process.once('SIGINT', () => stop.abort());
if (given.full) {
  const figures = await soakFull(Number(given.cycles), seed, say, stop.signal);
  say(
    figures === null ? 'Disk full: left out, no file system of its own can be mounted here' : JSON.stringify(figures),
  );
}
const kills = Number(given.kills ?? (given.full ? 0 : 50));
if (kills > 0) say(JSON.stringify(await soakKills(kills, seed, say, stop.signal)));
