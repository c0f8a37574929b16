import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { runChild } from './start-children.ts';

export type WindowProgram = {
  readonly name: string;
  readonly file: string;
  readonly args: string[];
  readonly env: NodeJS.ProcessEnv;
};
type Say = (text: string) => void;

const day = 86_400_000;
const answerMs = 8_000;

/** What shows the window: Electron's own binary, else an installed browser, else `undefined` with a line that says why. */
export async function chooseWindow(root: string, say: Say): Promise<WindowProgram | undefined> {
  if (!hasDisplay()) {
    say('there is no display');
    return undefined;
  }
  const electron = electronFile(root) ?? (await fetchElectron(root, say));
  if (electron !== undefined) {
    // Chromium's sandbox cannot run as root; every other user has it.
    const asRoot = process.platform === 'linux' && process.getuid?.() === 0;
    return { name: 'Electron', file: electron, args: ['.', ...(asRoot ? ['--no-sandbox'] : [])], env: {} };
  }
  const browser = installedBrowser(root);
  if (browser === undefined) {
    say('there is neither Electron nor an installed Chrome, Chromium or Edge');
    return undefined;
  }
  say('using the stand-in for Electron: protection is reduced, for development and demonstration only');
  return {
    name: browser,
    file: process.execPath,
    args: ['--import', './electron/stand-in/register.ts', 'electron/main.ts'],
    env: { CHROMIUM_PATH: browser },
  };
}

function hasDisplay(): boolean {
  if (process.platform !== 'linux') return true;
  return [process.env['DISPLAY'], process.env['WAYLAND_DISPLAY']].some(
    (display) => display !== undefined && display !== '',
  );
}

/** Electron's binary if it is there; asked of the files, because asking the package would fetch it. */
function electronFile(root: string): string | undefined {
  const folder = path.join(root, 'node_modules/electron');
  if (!existsSync(path.join(folder, 'path.txt'))) return undefined;
  const file = path.join(folder, 'dist', readFileSync(path.join(folder, 'path.txt'), 'utf8'));
  return existsSync(file) ? file : undefined;
}

/** One try: given up when nobody answers, and not repeated within a day. */
async function fetchElectron(root: string, say: Say): Promise<string | undefined> {
  if (process.env['ELECTRON_SKIP_BINARY_DOWNLOAD'] === '1') return undefined;
  const cache = path.join(root, 'node_modules/.cache/onderdak');
  const refused = path.join(cache, 'electron-refused');
  if (existsSync(refused) && Date.now() - statSync(refused).mtimeMs < day) {
    say("Electron's binary could not be had within the last day");
    return undefined;
  }
  say("fetching Electron's binary (about 110 MB, once)");
  const mirror = process.env['ELECTRON_MIRROR'] ?? process.env['npm_config_electron_mirror'] ?? 'https://github.com/';
  const installer = path.join(root, 'node_modules/electron/install.js');
  const fetched = (await answers(mirror)) && (await runChild('electron', process.execPath, [installer], root)) === 0;
  if (fetched) return electronFile(root);
  mkdirSync(cache, { recursive: true });
  writeFileSync(refused, '');
  say("Electron's binary cannot be had from here; not tried again for a day");
  return undefined;
}

async function answers(address: string): Promise<boolean> {
  try {
    await fetch(address, { method: 'HEAD', signal: AbortSignal.timeout(answerMs) });
    return true;
  } catch {
    return false;
  }
}

function installedBrowser(root: string): string | undefined {
  const found = spawnSync(process.execPath, ['electron/stand-in/chromium.ts'], { cwd: root, encoding: 'utf8' });
  return found.status === 0 ? found.stdout.trim() : undefined;
}
