import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { readFromStick, writeToStick } from '../../../electron/stick-file.ts';
import { writeWhole } from '../../../endpoint/stick-file.ts';
import { temporaryFolder } from './main-fixtures.ts';

/** A small disk in memory; undefined where none may be mounted. */
function smallDisk(): string | undefined {
  const folder = mkdtempSync(path.join(tmpdir(), 'onderdak-stick-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder], { stdio: 'ignore' });
  } catch {
    rmdirSync(folder);
    return undefined;
  }
  return folder;
}

const disk = smallDisk();
if (disk === undefined) console.warn('SKIPPED: no small disk can be mounted here, a full stick is not tested');

it.skipIf(disk === undefined)('a full or locked stick keeps what was on it and gets no part of a file', async () => {
  const folder = disk ?? '';
  onTestFinished(() => {
    execFileSync('umount', ['-l', folder]);
    rmdirSync(folder);
  });
  const file = path.join(folder, 'a.casebox');
  expect(writeToStick(file, new Uint8Array(1000).fill(1))).toEqual({ ok: true, value: undefined });
  const large = new Uint8Array(2 * 1024 * 1024);
  expect(writeToStick(file, large)).toEqual({ ok: false, error: { type: 'full' } });
  await expect(writeWhole(file, large)).rejects.toThrow('no room');
  expect(readdirSync(folder)).toEqual(['a.casebox']);
  expect(readFileSync(file)).toHaveLength(1000);
  execFileSync('mount', ['-o', 'remount,ro', folder]);
  expect(writeToStick(file, large)).toEqual({ ok: false, error: { type: 'read-only' } });
  await expect(writeWhole(file, large)).rejects.toThrow('read-only');
  expect(readFileSync(file)).toHaveLength(1000);
  execFileSync('mount', ['-o', 'remount,rw', folder]);
  // Room again: the same file, written again.
  expect(writeToStick(file, new Uint8Array(5000))).toMatchObject({ ok: true });
});

it('a stick that is gone is said to be gone', async () => {
  const folder = temporaryFolder();
  const file = path.join(folder, 'a.casebox');
  rmSync(folder, { recursive: true });
  expect(writeToStick(file, new Uint8Array(10))).toEqual({ ok: false, error: { type: 'unplugged' } });
  await expect(writeWhole(file, new Uint8Array(10))).rejects.toThrow('still in');
  expect(readFromStick(file)).toEqual({ ok: false, error: { type: 'unplugged' } });
});

it('replaces a file of the same name only as a whole', () => {
  const file = path.join(temporaryFolder(), 'a.casebox');
  writeFileSync(file, 'former');
  expect(writeToStick(file, Uint8Array.of(1, 2, 3))).toMatchObject({ ok: true });
  expect([...readFileSync(file)]).toEqual([1, 2, 3]);
  expect(existsSync(file)).toBe(true);
});
