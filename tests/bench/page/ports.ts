import { ok } from '../../../shared/kernel/result.ts';
import type { Cipher, RecordStore, Workspace } from '../../../shared/ports.ts';
import { compartments } from '../../../shared/records/record.ts';
import { makeDatabase, storeIdOf, type Database } from '../../../renderer/adapters/database.ts';
import { makeDexieRecordStore } from '../../../renderer/adapters/dexie-record-store.ts';
import { sha256 } from '../../../renderer/adapters/sha256.ts';
import { summaryCodec } from '../../../renderer/adapters/summary-segments.ts';
import { webRandom } from '../../../renderer/adapters/web-random.ts';
import { makeWebCryptoCipher } from '../../../renderer/adapters/webcrypto-cipher.ts';
import { workspace } from '../../../renderer/stores/workspace-store.ts';
import type { Ports } from '../../../renderer/use-cases/vault.ts';
import { day } from '../generate.ts';

export const user = { id: 'u_0123456789abcdef', label: 'Bench', role: 'lead' } as const;
/** The default of a key slot (security.md §2.3). */
export const slot = { m: 65_536, t: 3, salt: new Uint8Array(16).fill(7) };

/** Keys of a bench are no secret; the sealing is the real one. */
export const makeCipher = (): Promise<Cipher> =>
  makeWebCryptoCipher({
    device: 'd_0123456789abcdef',
    keys: compartments.map((c, at) => ({ c, epoch: 1, key: new Uint8Array(32).fill(at + 1) })),
    ownKey: new Uint8Array(32).fill(9),
  });

export async function openStore(name: string): Promise<{ database: Database; store: RecordStore }> {
  const database = makeDatabase(name);
  const store = makeDexieRecordStore(database, await storeIdOf(database, webRandom.newId), (work) => {
    const timer = setTimeout(work, 2_000);
    return () => clearTimeout(timer);
  });
  return { database, store };
}

/**
 * Everything of the page is real. The main process is not here: an audit entry of the usual size comes without its
 * signature, and the second copy takes everything at once.
 */
export function makePorts(store: RecordStore, screens: Workspace = workspace): Ports {
  // Above everything that an earlier process of the same store wrote.
  let seq = Date.now();
  return {
    store,
    secondCopy: {
      append: () => Promise.resolve(ok(undefined)),
      replace: () => Promise.resolve(ok(undefined)),
      readOps: () => Promise.resolve([]),
      readLocals: () => Promise.resolve([]),
    },
    audit: { prepare: () => Promise.resolve({ seq: (seq += 1), box: new Uint8Array(320).fill(seq & 0xff) }) },
    clock: { nowMs: () => Date.now(), today: () => day, quality: () => 0, noteOffset: () => undefined },
    random: webRandom,
    workspace: screens,
    sha256,
    codec: summaryCodec,
  };
}

export const noScreens: Workspace = {
  list: () => undefined,
  fill: () => undefined,
  apply: () => undefined,
  remove: () => undefined,
  clear: () => undefined,
};

export const promised = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(new Error('IndexedDB refused'));
  });
export const completed = (transaction: IDBTransaction): Promise<void> =>
  new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(new Error('IndexedDB gave up'));
  });
