import { fork } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import type { Dialog, ForkOptions, SafeStorage, UtilityProcess } from './api.ts';
import { app } from './app.ts';

/** A page of Chromium has no menu to take away. */
export const Menu: { setApplicationMenu: (menu: null) => void } = { setApplicationMenu: () => undefined };

/** There is no keychain: what asks for one takes the way it has for a Linux without a keyring. */
export const safeStorage: SafeStorage = {
  isAsyncEncryptionAvailable: () => Promise.resolve(false),
  encryptStringAsync: () => Promise.reject(new Error('safeStorage is not available')),
  decryptStringAsync: () => Promise.reject(new Error('safeStorage is not available')),
  getSelectedStorageBackend: () => 'unknown',
};

/** Files go through two folders instead of a dialog: ONDERDAK_OPEN_FILE and ONDERDAK_SAVE_FOLDER, else in userData. */
export const dialog: Dialog = {
  showOpenDialog: (_window, { properties = [] }) => {
    if (properties.includes('openDirectory')) {
      const place = process.env['ONDERDAK_SAVE_FOLDER'] ?? folder('saved');
      return Promise.resolve({ canceled: false, filePaths: [place] });
    }
    const file = process.env['ONDERDAK_OPEN_FILE'] ?? newestIn(folder('open'));
    return Promise.resolve({ canceled: file === undefined, filePaths: file === undefined ? [] : [file] });
  },
  showSaveDialog: (_window, { defaultPath = 'file' }) => {
    const target = process.env['ONDERDAK_SAVE_FOLDER'] ?? folder('saved');
    const filePath = freeName(target, path.basename(defaultPath));
    console.log(`saving to ${filePath}`);
    return Promise.resolve({ canceled: false, filePath });
  },
};

function folder(name: string): string {
  const made = path.join(app.getPath('userData'), name);
  mkdirSync(made, { recursive: true, mode: 0o700 });
  return made;
}

function newestIn(place: string): string | undefined {
  const files = readdirSync(place).map((name) => path.join(place, name));
  if (files.length === 0) console.log(`no file to open: put one into ${place}`);
  return files.toSorted((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs)[0];
}

/** Nobody can be asked whether to overwrite, so nothing is. */
function freeName(place: string, name: string): string {
  const { name: stem, ext } = path.parse(name);
  for (let copy = 1; ; copy++) {
    const file = path.join(place, copy === 1 ? name : `${stem} (${copy})${ext}`);
    if (!existsSync(file)) return file;
  }
}

const utilityChild = fileURLToPath(new URL('./utility-child.ts', import.meta.url));

export const utilityProcess = {
  fork: (modulePath: string, args: string[] = [], options: ForkOptions = {}): UtilityProcess => {
    const child = fork(modulePath, args, {
      execArgv: [...(options.execArgv ?? []), '--import', utilityChild],
      env: options.env ?? process.env,
      stdio:
        options.stdio === 'ignore' ? ['ignore', 'ignore', 'ignore', 'ipc'] : ['ignore', 'inherit', 'inherit', 'ipc'],
      serialization: 'advanced',
    });
    return {
      get pid() {
        return child.pid;
      },
      kill: () => child.kill('SIGKILL'),
      postMessage: (message) => {
        child.send(message as object);
      },
      on: (event: string, listener: (value: never) => void) =>
        child.on(event, (value: unknown) => {
          // A killed process has a signal instead of a code.
          listener((event === 'exit' ? (value ?? 1) : value) as never);
        }),
    };
  },
};
