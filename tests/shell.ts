import { spawn } from 'node:child_process';
import path from 'node:path';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { findTestBrowser } from './chromium.ts';

export type ShellOptions = {
  /** The folder of this start; two shells on one folder are two starts of one installation. */
  readonly profile: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Where package.json and out/ are; this project without it. */
  readonly appPath?: string;
  readonly args?: readonly string[];
};

export type Shell = {
  /** The main process. */
  readonly pid: number;
  readonly browserPid: number;
  readonly context: BrowserContext;
  /** The page of the window that is open now, loaded; after a lock it is another one. */
  page: () => Promise<Page>;
  /** Does what leads to a lock and gives the page of the new window. */
  locked: (trigger: () => Promise<unknown>) => Promise<Page>;
  /** As if nobody had touched the laptop for so long. */
  idle: (seconds: number) => void;
  suspend: () => void;
  /** What the next dialog to open or to save answers: a file, a folder. */
  dialogs: (answers: { open?: string; saveTo?: string }) => void;
  /** Process ids of Chromium's pages. */
  rendererPids: () => Promise<number[]>;
  /** What the main process printed so far. */
  output: () => string;
  /** Asks it to quit and waits; its exit code. */
  close: () => Promise<number>;
  /** SIGKILL to the main process and to Chromium, as when the battery goes; waits until both are gone. */
  kill: () => Promise<void>;
};

const root = path.resolve(import.meta.dirname, '..');

/** Starts electron/main.ts over the stand-in, headless, as a process of its own; rejects with its output when it ends. */
export async function startShell({ profile, env = {}, appPath = root, args = [] }: ShellOptions): Promise<Shell> {
  const browserFile = await findTestBrowser();
  const child = spawn(
    process.execPath,
    [
      '--import=./electron/stand-in/register.ts',
      '--import=./electron/stand-in/control.ts',
      'electron/main.ts',
      `--user-data-dir=${profile}`,
      ...args,
    ],
    {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      env: {
        ...process.env,
        ...browserFile.env,
        CHROMIUM_PATH: browserFile.executablePath,
        ONDERDAK_HEADLESS: '1',
        ONDERDAK_NO_SANDBOX: '1',
        ONDERDAK_APP_PATH: appPath,
        // Where playwright notes the sockets it offers; else in the home folder.
        PWTEST_SERVER_REGISTRY: path.join(root, 'node_modules/.cache/onderdak-shells'),
        ...env,
      },
    },
  );
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const exited = new Promise<number>((resolve) => {
    child.once('close', (code) => {
      resolve(code ?? 1);
    });
  });
  const endpoint = await new Promise<string>((resolve, reject) => {
    child.once('message', (message: { endpoint: string }) => {
      resolve(message.endpoint);
    });
    void exited.then((code) => {
      reject(new ShellEnded(code, output));
    });
  });
  const browser = await chromium.connect(endpoint);
  const [context] = browser.contexts();
  if (context === undefined || child.pid === undefined) throw new Error('the shell has no browser');
  const pid = child.pid;
  const order = (message: object) => child.send(message);
  const browserPid = (await processes(browser)).find(({ type }) => type === 'browser')?.id;
  if (browserPid === undefined) throw new Error('the browser has no process');

  const page = async (): Promise<Page> => {
    const shown = context.pages().findLast((open) => !open.isClosed()) ?? (await context.waitForEvent('page'));
    await shown.waitForURL('https://onderdak.invalid/**');
    return shown;
  };
  return {
    pid,
    browserPid,
    context,
    page,
    locked: async (trigger) => {
      const [fresh] = await Promise.all([context.waitForEvent('page'), trigger().catch(() => undefined)]);
      await fresh.waitForURL('https://onderdak.invalid/**');
      return fresh;
    },
    idle: (idleSeconds) => order({ idleSeconds }),
    suspend: () => order({ event: 'suspend' }),
    dialogs: ({ open, saveTo }) =>
      order({
        set: {
          ...(open === undefined ? {} : { ONDERDAK_OPEN_FILE: open }),
          ...(saveTo === undefined ? {} : { ONDERDAK_SAVE_FOLDER: saveTo }),
        },
      }),
    rendererPids: async () => (await processes(browser)).filter(({ type }) => type === 'renderer').map(({ id }) => id),
    output: () => output,
    close: async () => {
      child.kill('SIGTERM');
      const code = await exited;
      await browser.close();
      return code;
    },
    kill: async () => {
      if (isAlive(browserPid)) process.kill(browserPid, 'SIGKILL');
      child.kill('SIGKILL');
      await exited;
      await browser.close();
      await gone(browserPid);
    },
  };
}

/** A start that ended by itself, such as a second one on the same profile. */
export class ShellEnded extends Error {
  readonly code: number;
  constructor(code: number, output: string) {
    super(`the shell ended with ${code}: ${output}`);
    this.code = code;
  }
}

async function processes(browser: Browser): Promise<{ type: string; id: number }[]> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  return processInfo;
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** A killed browser holds its profile until the system has taken it down. */
async function gone(pid: number): Promise<void> {
  while (isAlive(pid)) await new Promise((resolve) => setTimeout(resolve, 20));
}
