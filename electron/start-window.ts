import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { chooseWindow, type WindowProgram } from './choose-window.ts';
import { runChild } from './start-children.ts';

type Say = (text: string) => void;

const day = 86_400_000;
const answerMs = 8_000;

/** What shows the window; `undefined` when nothing can, with a line that says why. Fetches Electron at most once. */
export async function findWindow(root: string, say: Say): Promise<WindowProgram | undefined> {
  const refused = path.join(root, 'node_modules/.cache/onderdak/electron-refused');
  let givenUp = existsSync(refused) && Date.now() - statSync(refused).mtimeMs < day;
  for (;;) {
    const choice = chooseWindow({
      platform: process.platform,
      isRoot: process.getuid?.() === 0,
      env: process.env,
      node: process.execPath,
      electron: electronFile(root),
      givenUp,
      browser: installedBrowser(root),
    });
    for (const line of choice.says) say(line);
    if (choice.type === 'window') return choice.program;
    if (choice.type === 'demonstration') return undefined;
    if (!(await fetchElectron(root))) {
      mkdirSync(path.dirname(refused), { recursive: true });
      writeFileSync(refused, '');
      say("Electron's binary cannot be had from here; not tried again for a day");
    }
    givenUp = true;
  }
}

/** Electron's binary if it is there; asked of the files, because asking the package would fetch it. */
function electronFile(root: string): string | undefined {
  const folder = path.join(root, 'node_modules/electron');
  const given = process.env['ELECTRON_OVERRIDE_DIST_PATH'];
  const known = existsSync(path.join(folder, 'path.txt'));
  if (!known && given === undefined) return undefined;
  const name = known ? readFileSync(path.join(folder, 'path.txt'), 'utf8') : 'electron';
  const file = path.join(given ?? path.join(folder, 'dist'), name);
  return existsSync(file) ? file : undefined;
}

async function fetchElectron(root: string): Promise<boolean> {
  const mirror = process.env['ELECTRON_MIRROR'] ?? process.env['npm_config_electron_mirror'] ?? 'https://github.com/';
  const installer = path.join(root, 'node_modules/electron/install.js');
  return (await answers(mirror)) && (await runChild('electron', process.execPath, [installer], root)) === 0;
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
