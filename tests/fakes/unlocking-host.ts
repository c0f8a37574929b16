import type { Host } from '../../shared/ipc-contract.ts';
import { compartments } from '../../shared/records/record.ts';
import { memoryHost } from './memory-host.ts';

const device = 'd_0000000000000001';

/** The main process with one user, whom every passphrase lets in. `main` is what it remembers. */
export function unlockingHost(over: Partial<Host> = {}) {
  const user = { user: 'u_0000000000000001', label: 'Anna', kdf: { m: 19_456, t: 1, salt: new Uint8Array(16) } };
  const main = memoryHost();
  const info = {
    version: '0.1.0',
    protection: 'full',
    store: 'open',
    language: 'nl',
    demo: false,
    emptied: null,
  } as const;
  const status = { endpoint: null, device, sites: [], standing: null, lease: null, waiting: [], rejected: [] };
  const host: Partial<Host> = {
    ...main.host,
    'app:info': () => Promise.resolve(info),
    'app:language': () => Promise.resolve(),
    'keyring:users': () => Promise.resolve([user]),
    'keyring:unlock': () =>
      Promise.resolve({
        ...{ user: user.user, label: user.label, role: 'lead' as const, device },
        keys: compartments.map((c) => ({ c, epoch: 1, key: new Uint8Array(32).fill(7) })),
        ownKey: new Uint8Array(32).fill(9),
      }),
    'sync:status': () => Promise.resolve(status),
    ...over,
  };
  return { host: host as Host, main, user, status };
}
