import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import type { SecretStore } from '../../../electron/device-secret.ts';
import { openHost, type HostSettings, type OpenHost } from '../../../electron/host.ts';
import { readTable } from '../../../electron/read-table.ts';
import type { Request, Response } from '../../../shared/ipc-contract.ts';
import { boxHeader, makeBox } from '../../../shared/vault/box.ts';

export type Opened = Extract<Response<'keyring:unlock'>, { ownKey: unknown }>;

export function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'onderdak-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

/** A device without a keyring: what the stand-in and a bare Linux give. */
export const noKeyring: SecretStore = {
  isAsyncEncryptionAvailable: () => Promise.resolve(false),
  encryptStringAsync: () => Promise.reject(new Error('not available')),
  decryptStringAsync: () => Promise.reject(new Error('not available')),
  getSelectedStorageBackend: () => 'unknown',
};

/** A time that the test moves; the running time of the process is another one. */
export function makeTestClock() {
  const clock = { wall: 1_790_000_000_000, running: 1_000 };
  return {
    nowMs: () => clock.wall,
    monotonicMs: () => clock.running,
    run: (ms: number) => {
      clock.wall += ms;
      clock.running += ms;
    },
    setWall: (ms: number) => {
      clock.wall = ms;
    },
  };
}

/** Every dialog is left without a choice. */
export const noDesktop: HostSettings['desktop'] = {
  store: noKeyring,
  lock: () => undefined,
  startAnew: () => undefined,
  chooseTable: () => Promise.resolve(undefined),
  readTable,
  exportFile: () => Promise.resolve('cancelled'),
  exportPdf: () => Promise.resolve('cancelled'),
  letters: {
    open: () => Promise.resolve({ refused: 'cancelled' }),
    save: () => Promise.resolve('no-folder'),
  },
  print: () => Promise.resolve('cancelled'),
  chooseCaseboxTarget: () => Promise.resolve(undefined),
  chooseCasebox: () => Promise.resolve(undefined),
  chooseSealed: () => Promise.resolve(undefined),
  chooseUnsealedTarget: () => Promise.resolve(undefined),
};

export async function startHost(userData: string, more: Partial<HostSettings> = {}): Promise<OpenHost> {
  const clock = makeTestClock();
  const device = await openHost({
    userData,
    version: '0.1.0',
    demo: false,
    invitation: null,
    nowMs: clock.nowMs,
    monotonicMs: clock.monotonicMs,
    freeBytes: () => 10_000_000_000,
    desktop: noDesktop,
    ...more,
  });
  // A test that "kills" a device leaves its files open.
  onTestFinished(() => device.forget());
  return device;
}

export const passphraseKey = (seed: number) => new Uint8Array(32).fill(seed);
export const kdf = { m: 65_536, t: 3, salt: new Uint8Array(16).fill(9) };

export async function enrol({ host }: OpenHost, label = 'Zoë Voorbeeld', seed = 1): Promise<Opened> {
  const answer = await host['keyring:enrol']({ label, kdf, passphraseKey: passphraseKey(seed) });
  if ('refused' in answer) throw new Error(`not enrolled: ${answer.refused}`);
  return answer;
}

export function unlock({ host }: OpenHost, user: string, seed = 1): Promise<Response<'keyring:unlock'>> {
  return host['keyring:unlock']({ user, passphraseKey: passphraseKey(seed) });
}

/** Sealed bytes of the right shape; the journal never looks into them. */
export function someBox(fill: number, length = 40) {
  return makeBox(boxHeader({ epoch: 1, schema: 1 }), new Uint8Array(12).fill(fill), new Uint8Array(length).fill(fill));
}

export function someOps(writer: number, from: number, count: number): Request<'journal:append'>['ops'] {
  return Array.from({ length: count }, (_, at) => ({
    w: new Uint8Array(8).fill(writer),
    n: from + at,
    c: 'core' as const,
    box: someBox((from + at) % 251),
  }));
}
