import { chmodSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { app, ipcMain, Menu, powerMonitor, protocol, session, type BrowserWindow, type WebContents } from 'electron';
import { answerPage, appScheme, listFiles } from './app-protocol.ts';
import { dangerousSwitches } from './dangerous-switches.ts';
import { makeHandlers } from './handlers.ts';
import type { Host } from '../shared/ipc-contract.ts';
import { serveIpc } from './ipc-server.ts';
import { makeLock } from './lock.ts';
import { closeSession, confine, openWindow, replaceWindow } from './window.ts';

const idleLimitSeconds = 300;
const idleCheckMs = 5_000;
/** As often a locked laptop asks whether it was closed. */
const standingCheckMs = 15 * 60_000;

const refused = dangerousSwitches(process.argv.slice(1));
if (refused.length > 0) {
  console.error(`Onderdak does not start with ${refused.map((name) => `--${name}`).join(', ')}`);
  app.exit(2);
} else if (!app.requestSingleInstanceLock()) {
  // Before the profile is opened its language is not known.
  console.error(`Onderdak was al open; dat venster komt naar voren.
Onderdak вже було відкрито; те вікно зʼявиться спереду.
Onderdak was already open; that window comes to the front.`);
  app.exit(3);
} else {
  app.enableSandbox();
  protocol.registerSchemesAsPrivileged([appScheme]);
  app.on('web-contents-created', (_event, contents) => {
    confine(contents);
  });
  // Not awaited here: Electron is ready only after this file has been read to its end.
  app.whenReady().then(openShell).catch(cannotStart);
}

async function openShell(): Promise<void> {
  const userData = app.getPath('userData');
  mkdirSync(userData, { recursive: true, mode: 0o700 });
  chmodSync(userData, 0o700);
  // A dump of an earlier crash may hold an open record (SEC-60).
  rmSync(app.getPath('crashDumps'), { recursive: true, force: true });

  const files = listFiles(path.join(app.getAppPath(), 'out/renderer'));
  const preload = path.join(app.getAppPath(), 'out/preload/preload.cjs');
  const devTools = !app.isPackaged;
  let window: BrowserWindow | undefined;

  protocol.handle('app', (request) => answerPage(files, request));
  closeSession(session.defaultSession, devTools);
  Menu.setApplicationMenu(null);

  const lock = makeLock({
    announce: (reason) => window?.webContents.send('app:locking', reason),
    forget: () => shell.forget(),
    replace: () => {
      if (window !== undefined) window = replaceWindow(window, preload, devTools);
    },
  });
  /** This laptop was emptied: nothing of the host that is open counts any more. */
  const startAnew = async () => {
    await shell.forget().catch(() => undefined);
    shell = await open();
    if (window !== undefined) window = replaceWindow(window, preload, devTools);
  };
  const open = () =>
    makeHandlers({
      userData,
      appFolder: app.getAppPath(),
      version: app.getVersion(),
      window: () => window,
      lock,
      startAnew: () => void startAnew().catch(cannotStart),
    });
  let shell = await open();
  serveIpc(
    (channel, listener) => {
      ipcMain.handle(channel, listener);
    },
    // The one that is open now.
    new Proxy(shell.host, { get: (_, channel: keyof Host) => shell.host[channel] }),
    (channel, failed, name) => {
      console.error(`ipc ${channel} ${failed} ${name}`);
    },
  );

  powerMonitor.on('lock-screen', () => {
    lock('screen');
  });
  powerMonitor.on('suspend', () => {
    lock('suspend');
  });
  let idle = false;
  const watch = setInterval(() => {
    const before = idle;
    idle = powerMonitor.getSystemIdleTime() >= idleLimitSeconds;
    if (idle && !before) lock('idle');
  }, idleCheckMs);
  void shell.askStanding();
  const ask = setInterval(() => void shell.askStanding(), standingCheckMs);
  // Arguments of a second start are not read: there are no deep links (SEC-18).
  app.on('second-instance', () => {
    if (window?.isMinimized() === true) window.restore();
    window?.focus();
    window?.webContents.send('app:second-start', null);
  });
  // A page that died by itself starts again at the unlock screen, unless it does so over and over.
  let died = 0;
  const startAgain = (contents: WebContents) => {
    if (contents !== window?.webContents) return;
    died += 1;
    if (died > 3) app.quit();
    else lock('screen');
  };
  app.on('web-contents-created', (_event, contents) => {
    contents.on('render-process-gone', () => {
      startAgain(contents);
    });
  });
  app.on('window-all-closed', () => {
    app.quit();
  });
  let leaving = false;
  app.on('will-quit', (event) => {
    event.preventDefault();
    if (leaving) return;
    leaving = true;
    clearInterval(watch);
    clearInterval(ask);
    const left = () => {
      app.exit(0);
    };
    shell.forget().then(left, left);
  });
  window = openWindow(preload, devTools);
}

function cannotStart(error: unknown): void {
  console.error(`Onderdak cannot start: ${error instanceof Error ? error.message : 'unknown'}`);
  app.exit(1);
}
