import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { makeLock } from '../../../electron/lock.ts';

let done: string[] = [];
const lockWith = (forget: () => void) =>
  makeLock({
    announce: (reason) => done.push(`announce ${reason}`),
    forget: () => {
      done.push('forget');
      forget();
    },
    replace: () => done.push('replace'),
  });

beforeEach(() => {
  done = [];
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it('waits for the page, then forgets the keys and ends it', async () => {
  const lock = lockWith(() => undefined);
  lock('user');
  expect(done).toEqual(['announce user']);
  lock('user');
  await vi.advanceTimersByTimeAsync(0);
  expect(done).toEqual(['announce user', 'forget', 'replace']);
});

it('does not wait longer than 0.7 s for a page that does not answer', async () => {
  const lock = lockWith(() => undefined);
  lock('idle');
  await vi.advanceTimersByTimeAsync(699);
  expect(done).toEqual(['announce idle']);
  await vi.advanceTimersByTimeAsync(1);
  expect(done).toEqual(['announce idle', 'forget', 'replace']);
  lock('suspend');
  expect(done.at(-1)).toBe('announce suspend');
});
