import { existsSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { dialog, type BrowserWindow } from 'electron';
import type { Request, Response } from '../shared/ipc-contract.ts';
import { printedPdf } from './documents.ts';
import { isDiskFull, isErrorCode, replaceFile } from './durable-file.ts';

const letter = /^[a-z0-9][A-Za-z0-9-]{0,100}\.pdf$/;
/** What a laptop that lost its power leaves of a letter; see durable-file.ts. */
const halfLetter = /^[a-z0-9][A-Za-z0-9-]{0,100}\.pdf\.[0-9a-f]{12}\.tmp$/;

export type LetterFolder = {
  readonly open: (request: Request<'letters:folder'>) => Promise<Response<'letters:folder'>>;
  readonly save: (request: Request<'letters:save'>) => Promise<Response<'letters:save'>>;
};

/** The folder that the user chose for one PDF per household; the page never learns where it is. */
export function makeLetterFolder(window: () => BrowserWindow | undefined): LetterFolder {
  let chosen: string | undefined;
  return {
    open: async ({ again }) => {
      const folder = again && chosen !== undefined ? chosen : await askFolder(window());
      if (folder === undefined) return { refused: 'cancelled' };
      chosen = folder;
      try {
        const names = readdirSync(folder);
        for (const name of names) if (halfLetter.test(name)) rmSync(path.join(folder, name), { force: true });
        return { files: names.filter((name) => letter.test(name)) };
      } catch {
        return { refused: 'unreadable' };
      }
    },
    save: async ({ name }) => {
      const page = window();
      if (chosen === undefined || page === undefined) return 'no-folder';
      const file = path.join(chosen, name);
      // A name stands for one letter and is put in place whole: what is there is that letter.
      if (existsSync(file)) return 'saved';
      const pdf = await printedPdf(page, false);
      try {
        replaceFile(file, pdf);
        return 'saved';
      } catch (error) {
        if (isDiskFull(error)) return 'full';
        if (isErrorCode(error, 'EACCES', 'EPERM', 'EROFS')) return 'read-only';
        return isErrorCode(error, 'ENOENT', 'ENOTDIR', 'ENODEV', 'ENXIO') ? 'gone' : 'failed';
      }
    },
  };
}

async function askFolder(window: BrowserWindow | undefined): Promise<string | undefined> {
  if (window === undefined) return undefined;
  const { canceled, filePaths } = await dialog.showOpenDialog(window, {
    properties: ['openDirectory', 'createDirectory'],
  });
  return canceled ? undefined : filePaths[0];
}
