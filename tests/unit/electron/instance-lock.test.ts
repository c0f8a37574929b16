import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { takeInstance } from '../../../electron/stand-in/instance-lock.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'onderdak-instance-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

it('belongs to the first, who hears the second', async () => {
  const knocked = Promise.withResolvers<string>();
  expect(takeInstance(folder, () => knocked.resolve('knocked'))).toBe(true);
  expect(takeInstance(folder, () => undefined)).toBe(false);
  expect(await knocked.promise).toBe('knocked');
});

it.each(['', '0', '4000000 1', `${process.pid} 1`])('is taken over from one who is gone: %j', (left) => {
  writeFileSync(path.join(folder, 'instance'), left);
  expect(takeInstance(folder, () => undefined)).toBe(true);
  expect(readFileSync(path.join(folder, 'instance'), 'utf8')).toContain(String(process.pid));
});
