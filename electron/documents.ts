import path from 'node:path';
import { dialog, type BrowserWindow } from 'electron';
import type { Request, Response } from '../shared/ipc-contract.ts';
import { sealAgeFile } from './age-file.ts';
import { replaceFile } from './durable-file.ts';

type Saved = Response<'file:export'>;
const tables = ['csv', 'txt', 'xlsx', 'xls', 'ods', 'json', 'age'];
const reserved = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/** The name as it may stand in any folder of Windows, macOS or Linux; the contract has already refused separators. */
export function safeFileName(suggested: string): string {
  const name = suggested.normalize('NFC').replace(/\s+/g, ' ').slice(-120);
  return reserved.test(name) ? `_${name}` : name;
}

/** Where the user wants to have it; the system asks before anything is overwritten. */
async function askWhere(
  window: BrowserWindow,
  suggestedName: string,
  passphrase?: string,
): Promise<string | undefined> {
  const name = safeFileName(passphrase === undefined ? suggestedName : `${suggestedName}.age`);
  const extension = path.extname(name).slice(1);
  const { canceled, filePath } = await dialog.showSaveDialog(window, {
    defaultPath: name,
    filters: [{ name: extension.toUpperCase(), extensions: [extension] }],
  });
  return canceled || filePath === '' ? undefined : filePath;
}

export async function exportFile(
  window: BrowserWindow | undefined,
  { suggestedName, bytes, passphrase }: Request<'file:export'>,
): Promise<Saved> {
  const file = window && (await askWhere(window, suggestedName, passphrase));
  if (file === undefined) return 'cancelled';
  replaceFile(file, passphrase === undefined ? bytes : await sealAgeFile(passphrase, bytes));
  return 'saved';
}

export const printedPdf = (window: BrowserWindow, landscape: boolean): Promise<Uint8Array> =>
  window.webContents.printToPDF({
    landscape,
    preferCSSPageSize: true,
    generateTaggedPDF: true,
    generateDocumentOutline: true,
  });

/** The open page through its print styles; never by way of a temporary folder. */
export async function exportPdf(
  window: BrowserWindow | undefined,
  { suggestedName, landscape, passphrase }: Request<'document:pdf'>,
): Promise<Saved> {
  if (window === undefined) return 'cancelled';
  const pdf = await printedPdf(window, landscape);
  const file = await askWhere(window, suggestedName, passphrase);
  if (file === undefined) return 'cancelled';
  replaceFile(file, passphrase === undefined ? pdf : await sealAgeFile(passphrase, pdf));
  return 'saved';
}

export function printPage(window: BrowserWindow | undefined): Promise<Response<'document:print'>> {
  const { promise, resolve } = Promise.withResolvers<Response<'document:print'>>();
  if (window === undefined) resolve('cancelled');
  else
    window.webContents.print({ silent: false }, (printed) => {
      resolve(printed ? 'printed' : 'cancelled');
    });
  return promise;
}

/** The spreadsheet that the user chooses; undefined when none. */
export async function chooseTable(window: BrowserWindow | undefined): Promise<string | undefined> {
  if (window === undefined) return undefined;
  const { canceled, filePaths } = await dialog.showOpenDialog(window, {
    properties: ['openFile'],
    filters: [{ name: 'CSV, XLSX, JSON, AGE', extensions: tables }],
  });
  return canceled ? undefined : filePaths[0];
}

/** Where the file for the stick goes; undefined when the user thinks better of it. */
export async function chooseCaseboxTarget(
  window: BrowserWindow | undefined,
  suggestedName: string,
): Promise<string | undefined> {
  return window && askWhere(window, suggestedName);
}

export async function chooseCasebox(window: BrowserWindow | undefined): Promise<string | undefined> {
  if (window === undefined) return undefined;
  const { canceled, filePaths } = await dialog.showOpenDialog(window, {
    properties: ['openFile'],
    filters: [{ name: 'CASEBOX', extensions: ['casebox'] }],
  });
  return canceled ? undefined : filePaths[0];
}

/** A file that was saved under a passphrase. */
export async function chooseSealed(window: BrowserWindow | undefined): Promise<string | undefined> {
  if (window === undefined) return undefined;
  const { canceled, filePaths } = await dialog.showOpenDialog(window, {
    properties: ['openFile'],
    filters: [{ name: 'AGE', extensions: ['age'] }],
  });
  return canceled ? undefined : filePaths[0];
}

/** Where what was in it goes. */
export async function chooseUnsealedTarget(
  window: BrowserWindow | undefined,
  suggestedName: string,
): Promise<string | undefined> {
  return window && askWhere(window, suggestedName);
}
