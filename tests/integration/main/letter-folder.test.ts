import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type * as Fs from 'node:fs';
import path from 'node:path';
import type { BrowserWindow } from 'electron';
import { afterEach, expect, it, vi } from 'vitest';
import { makeLetterFolder } from '../../../electron/letter-folder.ts';
import { ipcContract } from '../../../shared/ipc-contract.ts';
import { temporaryFolder } from './main-fixtures.ts';

/** The platform around the module under test: a dialog that answers with a folder, and a disk that can be full. */
const desktop = vi.hoisted(() => ({ chosen: '', asked: 0, roomFor: Infinity }));
vi.mock('electron', () => ({
  dialog: {
    showOpenDialog: () => {
      desktop.asked += 1;
      return Promise.resolve({ canceled: desktop.chosen === '', filePaths: [desktop.chosen] });
    },
  },
}));
vi.mock('node:fs', async (original) => {
  const fs = await original<typeof Fs>();
  return {
    ...fs,
    writeSync: (descriptor: number, content: Uint8Array, at: number) => {
      if (desktop.roomFor <= 0) throw Object.assign(new Error('full'), { code: 'ENOSPC' });
      const part = content.subarray(at, at + Math.min(desktop.roomFor, 3));
      desktop.roomFor -= part.length;
      return fs.writeSync(descriptor, part);
    },
  };
});
afterEach(() => {
  desktop.roomFor = Infinity;
});

let pages = 0;
const window = {
  webContents: {
    printToPDF: () => {
      pages += 1;
      return Promise.resolve(Buffer.from(`%PDF letter ${String(pages)}`));
    },
  },
} as unknown as BrowserWindow;
const nameOf = (at: number) => `besluit-2026-11-1A2B3C-${String(at).padStart(6, '0')}-nl-uk.pdf`;

async function opened(folder = temporaryFolder()) {
  desktop.chosen = folder;
  const letters = makeLetterFolder(() => window);
  expect(await letters.open({ again: false })).toHaveProperty('files');
  return { folder, letters };
}

it('writes each letter as a file of its own, and goes on in the same folder without asking', async () => {
  const { folder, letters } = await opened();
  const asked = desktop.asked;
  expect(await letters.save({ name: nameOf(1) })).toBe('saved');
  expect(await letters.save({ name: nameOf(2) })).toBe('saved');
  expect(readdirSync(folder)).toEqual([nameOf(1), nameOf(2)]);
  writeFileSync(path.join(folder, 'Notities.docx'), '');
  const again = await letters.open({ again: true });
  expect(again).toEqual({ files: [nameOf(1), nameOf(2)] });
  expect(desktop.asked).toBe(asked);
});

it('a full disk is said, leaves nothing half-written, and once there is room it goes on', async () => {
  const { folder, letters } = await opened();
  expect(await letters.save({ name: nameOf(1) })).toBe('saved');
  desktop.roomFor = 7;
  expect(await letters.save({ name: nameOf(2) })).toBe('full');
  expect(readdirSync(folder)).toEqual([nameOf(1)]);
  desktop.roomFor = Infinity;
  expect(await letters.save({ name: nameOf(2) })).toBe('saved');
  expect(readFileSync(path.join(folder, nameOf(2)), 'utf8')).toMatch(/^%PDF letter \d+$/);
});

it('does not write over what is there', async () => {
  const { folder, letters } = await opened();
  writeFileSync(path.join(folder, nameOf(1)), 'kept');
  expect(await letters.save({ name: nameOf(1) })).toBe('saved');
  expect(readFileSync(path.join(folder, nameOf(1)), 'utf8')).toBe('kept');
});

it('takes away the half letter of a laptop that lost its power, and nothing else', async () => {
  const folder = temporaryFolder();
  writeFileSync(path.join(folder, `${nameOf(1)}.0a1b2c3d4e5f.tmp`), 'half');
  writeFileSync(path.join(folder, 'somebody.tmp'), 'of another program');
  await opened(folder);
  expect(readdirSync(folder)).toEqual(['somebody.tmp']);
});

it('says that the folder is gone, or that none was chosen', async () => {
  const { folder, letters } = await opened();
  rmSync(folder, { recursive: true });
  expect(await letters.save({ name: nameOf(1) })).toBe('gone');
  expect(await letters.open({ again: true })).toEqual({ refused: 'unreadable' });
  mkdirSync(folder);
  desktop.chosen = '';
  const other = makeLetterFolder(() => window);
  expect(await other.open({ again: true })).toEqual({ refused: 'cancelled' });
  expect(await other.save({ name: nameOf(1) })).toBe('no-folder');
  expect(await makeLetterFolder(() => undefined).open({ again: false })).toEqual({ refused: 'cancelled' });
});

it.each(['../x.pdf', 'a/b.pdf', 'Ольга.pdf', 'Jansen.pdf', 'x.pdf.exe', '.pdf', 'a b.pdf'])(
  'is never asked for the name %j',
  (name) => {
    expect(ipcContract['letters:save'].request.safeParse({ name }).success).toBe(false);
  },
);
