import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmdirSync, statSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const sources = [
  'electron',
  'renderer',
  'shared',
  'locales',
  'electron.vite.config.ts',
  'renderer-plugins.ts',
  'package.json',
];
/** Written last by a build. */
const result = path.join(root, 'out/renderer/index.html');
const lock = path.join(root, 'node_modules/.cache/onderdak-building');

function newest(place: string): number {
  const found = statSync(place);
  if (!found.isDirectory()) return found.mtimeMs;
  return Math.max(found.mtimeMs, ...readdirSync(place).map((name) => newest(path.join(place, name))));
}

const isCurrent = () =>
  existsSync(result) &&
  statSync(result).mtimeMs > Math.max(...sources.map((source) => newest(path.join(root, source))));

/** The app as it is released, in `out/`; built when a source is newer. One build at a time, whoever asks. */
export async function ensureBuilt(): Promise<void> {
  while (!isCurrent()) {
    try {
      mkdirSync(lock);
    } catch {
      // Somebody else builds. A lock of a run that was killed is as old as no build takes.
      if (existsSync(lock) && Date.now() - statSync(lock).mtimeMs > 180_000) rmdirSync(lock);
      await new Promise((resolve) => setTimeout(resolve, 200));
      continue;
    }
    try {
      await build();
    } finally {
      rmdirSync(lock);
    }
    return;
  }
}

function build(): Promise<void> {
  const electronVite = path.join(root, 'node_modules/electron-vite/bin/electron-vite.js');
  const child = spawn(process.execPath, [electronVite, 'build', '--logLevel', 'error'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'pipe'],
    // A test runner's own mode would make a development build of React.
    env: { ...process.env, NODE_ENV: 'production' },
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`the build failed: ${said}`));
    });
  });
}
