import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';

/** One command says whether it is good: `npm run check` the quick part, `npm test` everything. */
type Step = { readonly name: string; readonly command: string; readonly args: readonly string[] };
type Outcome = { readonly passed: number; readonly failed: number };

const bin = (name: string) => path.join('node_modules', '.bin', name);
/** A tsconfig each; the last two hold the stand-in against Electron's own types and the shell against the stand-in. */
const environments = [
  '.',
  'shared',
  'renderer',
  'electron',
  'endpoint',
  'tests',
  'tests/types',
  'tests/types/electron',
];
const results = path.join('node_modules', '.cache', 'test-results');

const fixed: readonly Step[] = [
  { name: 'format', command: bin('prettier'), args: ['--check', '--log-level', 'warn', '.'] },
  { name: 'lint', command: bin('eslint'), args: ['--cache', '--cache-location', 'node_modules/.cache/eslint/', '.'] },
  ...environments.map((folder) => ({ name: `types ${folder}`, command: bin('tsc'), args: ['-p', folder] })),
  {
    name: 'imports',
    command: bin('depcruise'),
    args: ['--config', '.dependency-cruiser.cjs', '--output-type', 'err', 'shared', 'renderer', 'electron', 'endpoint'],
  },
];
const projects = { check: ['unit'], all: ['unit', 'integration', 'browser', 'e2e'] };

function run({ command, args }: Step): Promise<{ code: number; output: string }> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { env: { ...process.env, NO_COLOR: '1', CI: 'true' } });
    let output = '';
    child.stdout.on('data', (part: Buffer) => (output += part.toString()));
    child.stderr.on('data', (part: Buffer) => (output += part.toString()));
    child.on('error', (error) => resolve({ code: 1, output: `${output}${error.message}` }));
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

const seconds = (since: number) => `${((performance.now() - since) / 1000).toFixed(1)} s`;

async function check(step: Step): Promise<Outcome> {
  const start = performance.now();
  const { code, output } = await run(step);
  console.log(`${code === 0 ? 'ok  ' : 'FAIL'} ${step.name} (${seconds(start)})`);
  if (code !== 0) console.log(output);
  return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

async function test(project: string): Promise<Outcome> {
  const file = path.join(results, `${project}.json`);
  const start = performance.now();
  console.log(`     ${project} tests`);
  const args = ['run', '--project', project, '--reporter=dot', '--reporter=json', `--outputFile.json=${file}`];
  const { code, output } = await run({ name: project, command: bin('vitest'), args });
  const counts = readCounts(file);
  // A file that does not load has no tests that could fail: the exit code tells.
  const failed = counts.failed === 0 && code !== 0 ? 1 : counts.failed;
  console.log(
    `${failed === 0 ? 'ok  ' : 'FAIL'} ${project}: ${counts.passed} passed, ${failed} failed (${seconds(start)})`,
  );
  if (failed > 0) console.log(output);
  return { passed: counts.passed, failed };
}

function readCounts(file: string): Outcome {
  try {
    const report = JSON.parse(readFileSync(file, 'utf8')) as { numPassedTests: number; numFailedTests: number };
    return { passed: report.numPassedTests, failed: report.numFailedTests };
  } catch {
    return { passed: 0, failed: 0 };
  }
}

async function inPairs(steps: readonly Step[]): Promise<Outcome[]> {
  const queue = [...steps];
  const outcomes: Outcome[] = [];
  const worker = async () => {
    for (let step = queue.shift(); step !== undefined; step = queue.shift()) outcomes.push(await check(step));
  };
  await Promise.all([worker(), worker()]);
  return outcomes;
}

const wanted = process.argv[2] === 'all' ? projects.all : projects.check;
rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });
const outcomes = await inPairs(fixed);
if (wanted.includes('e2e')) {
  outcomes.push(await check({ name: 'build', command: bin('electron-vite'), args: ['build', '--logLevel', 'warn'] }));
}
for (const project of wanted) outcomes.push(await test(project));
const passed = outcomes.reduce((total, outcome) => total + outcome.passed, 0);
const failed = outcomes.reduce((total, outcome) => total + outcome.failed, 0);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
