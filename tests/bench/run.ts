import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { dexieSuite } from './dexie-peer.ts';
import { appSuites, importSuite } from './in-app.ts';
import { buildPage, inBrowser, removeProfile, workFolder } from './browser.ts';
import { filledProfile } from './filled.ts';
import { describeEnvironment, load } from './environment.ts';
import { moneySuite } from './money.ts';
import { readOptions, type Options } from './options.ts';
import { makeTable, type Failure, type Results, type Row } from './report.ts';
import { recallSuite, searchSuite } from './search.ts';
import { syncSuite } from './sync.ts';

const options: Options = readOptions(process.argv.slice(2), () => Math.floor(Math.random() * 1e6));
const wants = (...names: readonly Options['suites'][number][]) => names.some((name) => options.suites.includes(name));
const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
const date = new Date().toISOString().slice(0, 10);
const start = performance.now();
const say = (text: string) =>
  console.error(`${((performance.now() - start) / 1000).toFixed(0).padStart(4)} s  ${text}`);

const inApp = wants('unlock', 'list', 'memory', 'save', 'import', 'dexie');
mkdirSync(workFolder, { recursive: true });
const environment = describeEnvironment('not used', workFolder);
const rows: Row[] = [];
const failures: Failure[] = [];
const data: object[] = [];
const { quick, seed, typoSeed } = options;
const file = path.resolve(options.out ?? path.join('tests/bench/results', `${date}-${commit}.json`));

/** Written after every suite: a run that is stopped, or fails later on, keeps what it measured. */
function write(): Results {
  environment.loadAfter = load();
  const results: Results = { date, commit, seed, typoSeed, quick, environment, data, rows, failures };
  if (options.out !== null || !quick) {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, `${JSON.stringify(results, null, 1)}\n`);
  }
  return results;
}

/** What fails in one suite is reported with the others' figures, and makes the run fail in the end. */
async function attempt(suite: string, n: number, work: () => Promise<readonly Row[]>): Promise<void> {
  say(`${suite} at ${String(n)}`);
  try {
    rows.push(...(await work()));
  } catch (error) {
    const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
    failures.push({ suite, n, reason });
    say(`FAILED ${suite} at ${String(n)}: ${reason}`);
  }
  write();
}

let fillKey = '';
if (inApp) {
  say('building the page');
  fillKey = await buildPage();
  Object.assign(environment, {
    chromium: await inBrowser(`version-${String(process.pid)}`, ({ page, context }) =>
      Promise.resolve(context.browser()?.version() ?? page.evaluate(() => navigator.userAgent)),
    ),
  });
  removeProfile(`version-${String(process.pid)}`);
}
if (wants('money')) {
  const count = quick ? 10_000 : 100_000;
  await attempt('money', count, () => moneySuite(count, seed, options.reps, !quick));
}
if (wants('sync')) {
  const edits = quick ? 1_000 : 10_000;
  await attempt('sync', edits, () => syncSuite(edits, seed, options.reps, !quick, say));
}
for (const n of options.sizes) {
  if (wants('search')) await attempt('search', n, () => searchSuite(n, seed, options.reps, !quick && n <= 200_000));
  if (wants('recall')) await attempt('recall', n, () => Promise.resolve(recallSuite(n, seed, typoSeed)));
  if (!inApp) continue;
  // The number of the process keeps two runs on one machine apart.
  const name = `register-${String(n)}-${String(process.pid)}`;
  try {
    if (wants('dexie') && !quick && n <= 200_000) await attempt('dexie', n, () => dexieSuite(name, n, options));
    const suites = appSuites.filter(({ suite }) => wants(suite));
    let isFilled = false;
    if (suites.length > 0) {
      await attempt('fill', n, async () => {
        const { filled, isCopy } = await filledProfile(name, { n, seed, key: fillKey }, say);
        data.push({ n, ...filled, isCopy });
        isFilled = true;
        say(`${String(filled.rows)} rows, ${String(filled.segments)} segments in ${filled.seconds.toFixed(0)} s`);
        return [];
      });
    }
    for (const { suite, run } of suites) if (isFilled) await attempt(suite, n, () => run(name, n, options));
    if (wants('import')) await attempt('import', n, () => importSuite(name, n, options));
  } finally {
    removeProfile(name);
  }
}
const results = write();
if (options.out !== null || !quick) say(`written: ${path.relative('.', file)}`);
console.log(makeTable(results));
if (failures.length > 0) process.exitCode = 1;
