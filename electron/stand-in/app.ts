import { mkdirSync, readFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import type { BrowserContext } from 'playwright-core';
import type { App, PowerMonitor } from './api.ts';
import { launchBrowser } from './chromium.ts';
import { takeInstance } from './instance-lock.ts';
import { answerRequests } from './requests.ts';
import { emitPreventable, headless, listenTo, state } from './state.ts';
import { closeForeignPages, openWindows } from './window.ts';

/** The folder with package.json and the build; Electron takes it from its command line. */
const appPath = path.resolve(process.env['ONDERDAK_APP_PATH'] ?? path.join(import.meta.dirname, '../..'));
const about = JSON.parse(readFileSync(path.join(appPath, 'package.json'), 'utf8')) as {
  version: string;
  productName: string;
};
const userData = path.resolve(
  process.argv.find((arg) => arg.startsWith('--user-data-dir='))?.slice('--user-data-dir='.length) ??
    path.join(settingsFolder(), about.productName),
);
const paths = {
  userData,
  crashDumps: path.join(userData, 'crash-dumps'),
  temp: tmpdir(),
  documents: path.join(homedir(), 'Documents'),
};
let quitting = false;

function settingsFolder(): string {
  if (process.platform === 'win32') return process.env['APPDATA'] ?? path.join(homedir(), 'AppData/Roaming');
  if (process.platform === 'darwin') return path.join(homedir(), 'Library/Application Support');
  return process.env['XDG_CONFIG_HOME'] ?? path.join(homedir(), '.config');
}

export const app: App = {
  isPackaged: false,
  enableSandbox: () => undefined,
  exit: (code = 0) => void end(code),
  getAppPath: () => appPath,
  getPath: (name) => paths[name],
  getVersion: () => about.version,
  quit: () => {
    if (quitting || emitPreventable(state.events, 'before-quit', {})) return;
    for (const window of openWindows()) window.close();
    if (openWindows().some((window) => !window.isClosing()) || emitPreventable(state.events, 'will-quit', {})) return;
    quitting = true;
    void end(0);
  },
  requestSingleInstanceLock: () => takeInstance(userData, () => state.events.emit('second-instance')),
  whenReady: async () => {
    state.browser ??= start();
    await state.browser;
  },
  on: listenTo(state.events),
};

export const powerMonitor: PowerMonitor = {
  getSystemIdleTime: () => Math.floor((Date.now() - state.lastInput) / 1000),
  on: (event, listener) => state.events.on(event, listener),
};

async function start(): Promise<BrowserContext> {
  mkdirSync(userData, { recursive: true, mode: 0o700 });
  const profile = path.join(userData, 'chromium');
  const browser = await launchBrowser({ profile, headless, width: 1366, height: 768 });
  closeForeignPages(browser);
  await answerRequests(browser);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => {
      app.quit();
    });
  state.events.emit('browser', browser);
  return browser;
}

async function end(code: number): Promise<void> {
  const browser = await state.browser?.catch(() => undefined);
  await browser?.close().catch(() => undefined);
  process.exit(code);
}
