import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { startEndpoint, type Endpoint } from '../../endpoint/start-endpoint.ts';
import { ensureBuilt } from '../built-app.ts';
import { Laptop } from './laptop.ts';
import { writeLists } from './list-files.ts';
import { Stage } from './stage.ts';
import { tell } from './story.ts';

/** `npm run demo`: the whole main job, from an empty profile, on two laptops and one central endpoint. */
const isQuiet = process.argv.includes('--json');
const root = path.resolve(import.meta.dirname, '../..');
const stage = await Stage.clear(path.join(root, 'demo-output'), isQuiet);
const place = await mkdtemp(path.join(tmpdir(), 'onderdak-demo-'));
// Started as root, PostgreSQL runs as another user, who has to pass through here.
await chmod(place, 0o711);
const ends: (() => Promise<unknown>)[] = [];
let isStopping = false;

async function stop(): Promise<void> {
  if (isStopping) return;
  isStopping = true;
  await Promise.allSettled(ends.map((end) => end()));
  await rm(place, { recursive: true, force: true });
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => void stop().then(() => process.exit(1)));
}

async function open(name: string): Promise<Laptop> {
  const laptop = await Laptop.open({ profile: path.join(place, name) });
  ends.push(() => laptop.shell.kill());
  return stage.add(name, laptop);
}

async function begin() {
  const data = path.join(place, 'endpoint');
  let port = 0;
  const start = async (): Promise<Endpoint> => {
    const endpoint = await startEndpoint({ data, port, allowReducedProtection: true });
    port = Number(new URL(endpoint.url).port);
    ends.push(endpoint.stop);
    return endpoint;
  };
  const [, endpoint, lists] = await Promise.all([ensureBuilt(), start(), writeLists(stage.folder)]);
  return { endpoint, start, lists, first: await open('laptop-1') };
}

const code = await stage.perform(async () => {
  const { endpoint, start, lists, first } = await stage.step('Build, central endpoint, empty laptop', begin);
  return tell({ stage, lists, first, second: () => open('laptop-2'), endpoint, startAgain: start });
});
await stop();
process.exit(code);
