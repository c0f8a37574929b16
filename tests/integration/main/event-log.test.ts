import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { openEventLog, type EventLog } from '../../../electron/event-log.ts';
import { temporaryFolder } from './main-fixtures.ts';

const day = (date: string) => Date.parse(`${date}T12:00:00Z`);
const logOf = (userData: string) => path.join(userData, 'log');

it('writes codes and counts, and nothing that somebody slips in', () => {
  const userData = temporaryFolder();
  const log = openEventLog(userData, () => day('2026-05-04'));
  const careless = log as (code: string, facts?: unknown) => void;
  log('exported', { count: 12 });
  log('sync-failed', { kind: 'offline' });
  careless('canary-name');
  careless('exported', { count: 'canary', kind: 'canary-kind', note: 'canary', error: new Error('canary') });
  careless('sync-failed', { kind: 'offline\ncanary' });
  const text = readFileSync(path.join(logOf(userData), 'events-2026-05-04.log'), 'utf8');
  expect(text).not.toContain('canary');
  expect(text.split('\n').map((line) => line.slice(25))).toEqual([
    'exported 12',
    'sync-failed offline',
    'exported',
    'sync-failed',
    '',
  ]);
});

it('keeps seven days', () => {
  const userData = temporaryFolder();
  const write = (date: string): EventLog => openEventLog(userData, () => day(date));
  for (let at = 1; at <= 9; at++) write(`2026-05-0${at}`)('started');
  expect(readdirSync(logOf(userData))).toEqual([3, 4, 5, 6, 7, 8, 9].map((at) => `events-2026-05-0${at}.log`));
});

it('stops at its size, and a folder that cannot be written stops nothing', () => {
  const userData = temporaryFolder();
  const log = openEventLog(userData, () => day('2026-05-04'));
  const file = path.join(logOf(userData), 'events-2026-05-04.log');
  writeFileSync(file, 'x'.repeat(1_400_001));
  log('started');
  expect(readFileSync(file).length).toBe(1_400_001);
  const broken = temporaryFolder();
  writeFileSync(logOf(broken), 'a file where the folder should be');
  expect(() => openEventLog(broken, () => day('2026-05-04'))('started')).not.toThrow();
});
