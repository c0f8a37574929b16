import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { BrowserWindow } from 'electron';
import { expect, it, vi } from 'vitest';
import { openAgeFile } from '../../../electron/age-file.ts';
import { exportFile, exportPdf, printPage, safeFileName } from '../../../electron/documents.ts';
import { ipcContract } from '../../../shared/ipc-contract.ts';
import { temporaryFolder } from './main-fixtures.ts';

/** The platform around the module under test: a save dialog that answers with a chosen path. */
const desktop = vi.hoisted(() => ({ chosen: '', asked: [] as string[] }));
vi.mock('electron', () => ({
  dialog: {
    showSaveDialog: (_: unknown, { defaultPath }: { defaultPath: string }) => {
      desktop.asked.push(defaultPath);
      return Promise.resolve({ canceled: desktop.chosen === '', filePath: desktop.chosen });
    },
  },
}));

const printed: object[] = [];
const window = {
  webContents: {
    printToPDF: (options: object) => {
      printed.push(options);
      return Promise.resolve(Buffer.from('%PDF'));
    },
    print: (_: object, done: (success: boolean) => void) => {
      done(false);
    },
  },
} as unknown as BrowserWindow;
const request = { suggestedName: 'fouten.csv', bytes: Uint8Array.of(1, 2, 3), reason: 'import' };

it('writes where the user wants it, over an old file as a whole, and leaves nothing beside it', async () => {
  const folder = temporaryFolder();
  desktop.chosen = path.join(folder, 'chosen.csv');
  writeFileSync(desktop.chosen, 'an older and longer file');
  expect(await exportFile(window, request)).toBe('saved');
  expect(desktop.asked.at(-1)).toBe('fouten.csv');
  expect([...readFileSync(desktop.chosen)]).toEqual([1, 2, 3]);
  expect(readdirSync(folder)).toEqual(['chosen.csv']);
});

it('writes a file under a passphrase sealed, with a name that says so, and never the plain text', async () => {
  const folder = temporaryFolder();
  const passphrase = 'trein fiets molen';
  const bytes = Uint8Array.from(Buffer.from('naam;kamer;Kanarie-8fJq2LxZw0'));
  desktop.chosen = path.join(folder, 'bewoners.csv.age');
  expect(await exportFile(window, { ...request, suggestedName: 'bewoners.csv', bytes, passphrase })).toBe('saved');
  expect(desktop.asked.at(-1)).toBe('bewoners.csv.age');
  expect(readdirSync(folder)).toEqual(['bewoners.csv.age']);
  const written = readFileSync(desktop.chosen);
  expect(written.includes('Kanarie')).toBe(false);
  expect(await openAgeFile(passphrase, written)).toEqual({ ok: true, value: bytes });
  desktop.chosen = path.join(folder, 'inzage.pdf.age');
  expect(await exportPdf(window, { suggestedName: 'inzage.pdf', landscape: false, passphrase })).toBe('saved');
  expect(desktop.asked.at(-1)).toBe('inzage.pdf.age');
  expect(readFileSync(desktop.chosen).includes('%PDF')).toBe(false);
});

it('writes nothing when the user cancels or there is no window', async () => {
  desktop.chosen = '';
  expect(await exportFile(window, request)).toBe('cancelled');
  expect(await exportFile(undefined, request)).toBe('cancelled');
  expect(await exportPdf(undefined, { suggestedName: 'brief.pdf', landscape: false })).toBe('cancelled');
  expect(await printPage(undefined)).toBe('cancelled');
  expect(await printPage(window)).toBe('cancelled');
});

it('leaves no half file behind when it cannot be put in place', async () => {
  const folder = temporaryFolder();
  desktop.chosen = path.join(folder, 'a-folder');
  mkdirSync(desktop.chosen);
  await expect(exportFile(window, request)).rejects.toThrow();
  expect(readdirSync(folder)).toEqual(['a-folder']);
});

it('makes a tagged PDF of the page by its own print styles', async () => {
  desktop.chosen = path.join(temporaryFolder(), 'brief.pdf');
  expect(await exportPdf(window, { suggestedName: 'brief.pdf', landscape: true })).toBe('saved');
  expect(readFileSync(desktop.chosen, 'utf8')).toBe('%PDF');
  expect(printed.at(-1)).toEqual({
    landscape: true,
    preferCSSPageSize: true,
    generateTaggedPDF: true,
    generateDocumentOutline: true,
  });
});

it.each([
  ['beschikking 2026-05.pdf', 'beschikking 2026-05.pdf'],
  ['CON.csv', '_CON.csv'],
  ['lpt1.pdf', '_lpt1.pdf'],
  ['a\u0301.csv', 'á.csv'],
])('offers %s as %s', (suggested, offered) => {
  expect(safeFileName(suggested)).toBe(offered);
});

it.each([
  '../evil.csv',
  'a/b.csv',
  'a\\b.csv',
  'C:evil.csv',
  '.hidden',
  'trailing.',
  `${'x'.repeat(120)}.csv`,
  'nul\0.csv',
  '',
])('is never asked for the name %j', (suggestedName) => {
  const parsed = ipcContract['file:export'].request.safeParse({ ...request, suggestedName });
  expect(parsed.success).toBe(false);
});
