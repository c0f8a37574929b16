import { expect, it, onTestFinished } from 'vitest';
import { SyncLoop } from '../../renderer/app/sync-loop.ts';
import { setSync, useSync } from '../../renderer/stores/sync-store.ts';
import type { Host, Response } from '../../shared/ipc-contract.ts';
import type { SyncTransport } from '../../shared/transport-ports.ts';
import { err, ok } from '../../shared/kernel/result.ts';
import { aDevice } from '../fakes/device.ts';
import { memoryEndpoint } from '../fakes/memory-endpoint.ts';

const drafts = {
  read: () => Promise.resolve(undefined),
  write: () => Promise.reject(new Error('no draft is written here')),
  remove: () => Promise.resolve(),
};
const known: Response<'sync:status'> = {
  endpoint: 'https://register.example',
  device: 'd_0123456789abcdef',
  sites: [],
  standing: null,
  lease: null,
  waiting: [],
  rejected: [],
};

/** A loop that never waits on purpose after a failure: the random share of the wait is none. */
async function aLoop(
  change: Partial<SyncTransport>,
  status = () => Promise.resolve(known),
  empty: Host['app:empty'] = () => Promise.resolve('refused'),
) {
  const device = await aDevice();
  const vault = { ...device.vault, random: { ...device.vault.random, bytes: () => new Uint8Array(1) } };
  const loop = new SyncLoop(
    vault,
    { ...memoryEndpoint().transport, ...change },
    { 'sync:status': status, 'app:empty': empty },
    drafts,
  );
  onTestFinished(() => {
    loop.stop();
    setSync(useSync.getInitialState());
  });
}

it('comes again by itself after an exchange that failed', async () => {
  let failures = 0;
  const { hello } = memoryEndpoint().transport;
  await aLoop({
    hello: (...places) => {
      if (failures === 3) return hello(...places);
      failures += 1;
      return Promise.resolve(err({ type: 'offline', retryAfterMs: 0 } as const));
    },
  });
  await expect.poll(() => useSync.getState().sentAtMs).not.toBeNull();
  expect(failures).toBe(3);
  expect(useSync.getState()).toMatchObject({ failure: null, isSending: false });
});

it('comes again after what should not have been thrown', async () => {
  let asked = 0;
  await aLoop({}, () => (++asked < 4 ? Promise.reject(new Error('gone')) : Promise.resolve(known)));
  await expect.poll(() => useSync.getState().sentAtMs).not.toBeNull();
  // Once more after the exchange: it may have told how this laptop stands.
  expect(asked).toBe(5);
});

it('comes again when the lock between windows was not given', async () => {
  const { locks } = navigator;
  let asked = 0;
  const request = (...args: Parameters<LockManager['request']>) =>
    ++asked < 4 ? Promise.reject(new DOMException('not now', 'InvalidStateError')) : locks.request(...args);
  Object.defineProperty(navigator, 'locks', { value: { request }, configurable: true });
  onTestFinished(() => void Reflect.deleteProperty(navigator, 'locks'));
  await aLoop({});
  await expect.poll(() => useSync.getState().sentAtMs).not.toBeNull();
  expect(asked).toBe(4);
});

it('asks for a laptop to be emptied only when everything on it was delivered', async () => {
  const { hello } = memoryEndpoint().transport;
  const told = { ...known, standing: { status: 'wipe' as const, reason: 'returned' as const, sinceMs: 1 } };
  const asked: number[] = [];
  let isAway = true;
  await aLoop(
    {
      hello: async (...places) => {
        const answer = await hello(...places);
        return answer.ok ? ok({ ...answer.value, status: 'wipe' as const }) : answer;
      },
      push: () => {
        const type = isAway ? ('offline' as const) : ('revoked' as const);
        isAway = false;
        return Promise.resolve(err({ type, retryAfterMs: 0 }));
      },
    },
    () => Promise.resolve(told),
    ({ undelivered }) => Promise.resolve(asked.push(undelivered) > 0 ? 'emptied' : 'refused'),
  );
  await expect.poll(() => asked.length).toBeGreaterThan(0);
  expect(new Set(asked)).toEqual(new Set([0]));
  expect(useSync.getState()).toMatchObject({ undelivered: 0, standing: told.standing, failure: 'revoked' });
});

it('waits while another window exchanges, and goes on when that window is gone', async () => {
  const frame = document.createElement('iframe');
  document.body.append(frame);
  onTestFinished(() => {
    frame.remove();
  });
  const { locks } = frame.contentWindow?.navigator ?? expect.fail('another window');
  // It is given the lock and never gives it back.
  await new Promise<void>((given) => {
    void locks.request('sync-leader', () => {
      given();
      return new Promise(() => undefined);
    });
  });
  let asked = 0;
  const { hello } = memoryEndpoint().transport;
  await aLoop({
    hello: (...places) => {
      asked += 1;
      return hello(...places);
    },
  });
  await expect
    .poll(async () => (await navigator.locks.query()).pending?.map(({ name }) => name))
    .toEqual(['sync-leader']);
  expect(asked).toBe(0);
  frame.remove();
  await expect.poll(() => useSync.getState().sentAtMs).not.toBeNull();
  expect(asked).toBeGreaterThan(0);
});
