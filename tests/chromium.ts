import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { inflate } from '@sparticuz/chromium';

export type Browser = { executablePath: string; args: string[]; env?: Record<string, string> };

/** Not the arguments that the package offers: with its --single-process the browser dies when its first page closes. */
const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const installed = ['/usr/bin/chromium', '/usr/bin/google-chrome', '/usr/bin/google-chrome-stable'];

/**
 * The browser of the tests: CHROMIUM_PATH, else the one that comes from npm (Linux x64), else an installed one.
 * One and the same browser everywhere keeps pictures and results comparable.
 */
export async function findTestBrowser(): Promise<Browser> {
  const chosen = process.env['CHROMIUM_PATH'];
  if (chosen !== undefined && chosen !== 'packaged') return { executablePath: chosen, args };
  if (process.platform === 'linux' && process.arch === 'x64') return packagedBrowser();
  const system = installed.find((file) => existsSync(file));
  if (system === undefined) throw new Error('No Chromium found: set CHROMIUM_PATH');
  return { executablePath: system, args };
}

async function packagedBrowser(): Promise<Browser> {
  const folder = await unpack();
  // Bare systems have no NSS libraries; the package brings them.
  const libraries = [path.join(folder, 'al2023/lib'), process.env['LD_LIBRARY_PATH'] ?? ''].join(':');
  const env = { ...(process.env as Record<string, string>), LD_LIBRARY_PATH: libraries };
  return { executablePath: path.join(folder, 'chromium'), args, env };
}

/**
 * Unpacks once per version. Left alone, the package writes to the temporary folder and uses what it
 * finds there: an older version, or a file that another process is still writing.
 */
async function unpack(): Promise<string> {
  const root = path.resolve(fileURLToPath(import.meta.resolve('@sparticuz/chromium')), '../..');
  const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { version: string };
  const cache = path.resolve('node_modules/.cache/chromium');
  const folder = path.join(cache, manifest.version);
  if (existsSync(folder)) return folder;

  mkdirSync(cache, { recursive: true });
  const draft = mkdtempSync(path.join(cache, 'unpacking-'));
  const temporary = process.env['TMPDIR'];
  process.env['TMPDIR'] = draft;
  for (const part of ['chromium.br', 'swiftshader.tar.br', 'al2023.tar.br'])
    await inflate(path.join(root, 'bin', part));
  if (temporary === undefined) delete process.env['TMPDIR'];
  else process.env['TMPDIR'] = temporary;
  if (existsSync(folder)) rmSync(draft, { recursive: true });
  else renameSync(draft, folder);
  return folder;
}
