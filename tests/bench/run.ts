import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { appSuites, importSuite } from './in-app.ts';
import { buildPage, inBrowser, removeProfile, workFolder } from './browser.ts';
import { describeEnvironment, load } from './environment.ts';
import { moneySuite } from './money.ts';
import { readOptions, type Options } from './options.ts';
import { makeTable, type Results, type Row } from './report.ts';
import { recallSuite, searchSuite } from './search.ts';
import { syncSuite } from './sync.ts';

const options: Options = readOptions(process.argv.slice(2), () => Math.floor(Math.random() * 1e6));
const wants = (...names: readonly Options['suites'][number][]) => names.some((name) => options.suites.includes(name));
const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
const date = new Date().toISOString().slice(0, 10);
const start = performance.now();
const say = (text: string) =>
  console.error(`${((performance.now() - start) / 1000).toFixed(0).padStart(4)} s  ${text}`);

const inApp = wants('unlock', 'list', 'memory', 'save', 'import');
mkdirSync(workFolder, { recursive: true });
const environment = describeEnvironment('not used', workFolder);
if (inApp) {
  say('building the page');
  await buildPage();
}
const rows: Row[] = [];
if (wants('money')) {
  const count = options.quick ? 10_000 : 100_000;
  say(`money of ${String(count)} household-months`);
  rows.push(...(await moneySuite(count, options.seed, options.reps, !options.quick)));
}
if (wants('sync')) {
  const edits = options.quick ? 1_000 : 10_000;
  say(`sync of ${String(edits)} edits`);
  rows.push(...(await syncSuite(edits, options.seed, options.reps, !options.quick, say)));
}
const data: object[] = [];
for (const n of options.sizes) {
  if (wants('search')) {
    say(`search at ${String(n)}`);
    rows.push(...(await searchSuite(n, options.seed, options.reps, !options.quick && n <= 200_000)));
  }
  if (wants('recall')) {
    say(`recall at ${String(n)}`);
    rows.push(...recallSuite(n, options.seed, options.typoSeed));
  }
  if (!inApp) continue;
  // The number of the process keeps two runs on one machine apart.
  const name = `register-${String(n)}-${String(process.pid)}`;
  try {
    if (wants('unlock', 'list', 'memory', 'save')) {
      say(`filling a store with ${String(n)} residents`);
      const filled = await inBrowser(name, async ({ call, page, context }) => {
        const browser = context.browser()?.version() ?? (await page.evaluate(() => navigator.userAgent));
        Object.assign(environment, { chromium: browser });
        return call('fill', { name: 'bench', n, seed: options.seed });
      });
      data.push({ n, ...filled });
      say(`${String(filled.rows)} rows, ${String(filled.segments)} segments in ${filled.seconds.toFixed(0)} s`);
      rows.push(...(await appSuites(name, n, options)));
    }
    if (wants('import')) {
      say(`import of ${String(n)} lines`);
      rows.push(...(await importSuite(name, n, options)));
    }
  } finally {
    removeProfile(name);
  }
}
environment.loadAfter = load();
const { quick, seed, typoSeed } = options;
const results: Results = { date, commit, seed, typoSeed, quick, environment, data, rows };
const folder = path.resolve('tests/bench/results');
if (options.out !== null || !quick) {
  mkdirSync(folder, { recursive: true });
  const file = path.resolve(options.out ?? path.join(folder, `${date}-${commit}.json`));
  writeFileSync(file, `${JSON.stringify(results, null, 1)}\n`);
  say(`written: ${path.relative('.', file)}`);
}
console.log(makeTable(results));
