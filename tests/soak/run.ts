import { parseArgs } from 'node:util';
import { soakKills } from './kills.ts';

/** `npm run soak -- --kills N --seed S`: the app is killed at random moments of real work. Exit code 1 when anything is lost. */
const { values: given } = parseArgs({
  options: { kills: { type: 'string', default: '50' }, seed: { type: 'string' }, full: { type: 'string' } },
});
const seed = Number(given.seed ?? Math.floor(Math.random() * 1e9));
const began = performance.now();
const seconds = () => `${((performance.now() - began) / 1_000).toFixed(0).padStart(5)} s  `;
const say = (line: string) => console.log(seconds() + line);
console.log(`seed ${String(seed)}`);
// Once: what was done so far is still followed to the endpoint.
const stop = new AbortController();
process.once('SIGINT', () => stop.abort());
const figures = await soakKills(Number(given.kills), seed, say, stop.signal);
say(JSON.stringify(figures));
