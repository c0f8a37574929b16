import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { makeLock } from '../../../electron/lock.ts';

let done: string[] = [];
const lockWith = (forget: () => Promise<void>) =>
  makeLock({
    announce: (reason) => done.push(`announce ${reason}`),
    forget: () => {
      done.push('forget');
      return forget();
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
  const lock = lockWith(() => Promise.resolve());
  lock('user');
  expect(done).toEqual(['announce user']);
  lock('user');
  await vi.advanceTimersByTimeAsync(0);
  expect(done).toEqual(['announce user', 'forget', 'replace']);
});

it('does not wait longer than 0.6 s for a page that does not answer', async () => {
  const lock = lockWith(() => Promise.resolve());
  lock('idle');
  await vi.advanceTimersByTimeAsync(599);
  expect(done).toEqual(['announce idle']);
  await vi.advanceTimersByTimeAsync(1);
  expect(done).toEqual(['announce idle', 'forget', 'replace']);
  lock('suspend');
  expect(done.at(-1)).toBe('announce suspend');
});

it.each([
  ['fails', () => Promise.reject(new Error('no'))],
  ['never ends', () => new Promise<void>(() => undefined)],
])('ends the page within a second when forgetting %s', async (_how, forget) => {
  lockWith(forget)('idle');
  await vi.advanceTimersByTimeAsync(900);
  expect(done.at(-1)).toBe('replace');
});
