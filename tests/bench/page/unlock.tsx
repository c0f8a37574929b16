import '../../../renderer/theme.css';
import { createMemoryHistory, createRouter, RouterProvider } from '@tanstack/react-router';
import { I18nProvider } from 'react-aria-components';
import { createRoot, type Root } from 'react-dom/client';
import { router as ownRouter } from '../../../renderer/app/routes.tsx';
import { afterPaint } from '../../../renderer/app/after-paint.ts';
import { makeDatabase } from '../../../renderer/adapters/database.ts';
import { makeKeyDerivation } from '../../../renderer/adapters/key-derivation.ts';
import { localeOf, startI18n } from '../../../renderer/i18n/i18n.ts';
import { ServicesProvider } from '../../../renderer/services.tsx';
import { useWorkspace } from '../../../renderer/stores/workspace-store.ts';
import { openWorkspace, readSealed } from '../../../renderer/use-cases/unlock-workspace.ts';
import type { Vault } from '../../../renderer/use-cases/vault.ts';
import { memoryServices } from '../../fakes/memory-services.ts';
import { day } from '../generate.ts';
import { completed, makeCipher, makePorts, openStore, promised, slot, user } from './ports.ts';

await startI18n('nl');
let root: Root | undefined;
let opened: Vault | undefined;

export function currentVault(): Vault {
  if (opened === undefined) throw new Error('Unlock first');
  return opened;
}

const services = memoryServices({ day });

/** The app of the user, on the list of residents. */
export function showList(): void {
  const { routeTree } = ownRouter;
  const router = createRouter({
    routeTree,
    history: createMemoryHistory({ initialEntries: ['/residents?status=all'] }),
  });
  const host = document.getElementById('root');
  if (host === null) throw new Error('The page has no place for the app');
  root = createRoot(host);
  root.render(
    <I18nProvider locale={localeOf.nl}>
      <ServicesProvider services={services}>
        <RouterProvider router={router} />
      </ServicesProvider>
    </I18nProvider>,
  );
}

export function hideList(): void {
  root?.unmount();
  root = undefined;
}

const frame = () => new Promise<void>((resolve) => requestAnimationFrame(() => resolve()));
/** After the frame with the rows has been handed over. */
export async function painted(): Promise<number> {
  while (document.querySelectorAll('.data-grid__row').length < 10) await frame();
  await frame();
  await new Promise<void>((resolve) => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => resolve();
    channel.port2.postMessage(null);
  });
  return performance.now();
}

export type UnlockTimes = {
  readonly keyMs: number;
  readonly openMs: number;
  readonly listMs: number;
  readonly totalMs: number;
  readonly residents: number;
  readonly domRows: number;
  readonly longestTaskMs: number;
};

let rest: Promise<unknown> = Promise.resolve();

/** From the passphrase to the first painted list. What comes after it goes on: `wholeRegister` waits for it. */
export async function unlock({ name, withKey }: { name: string; withKey: boolean }): Promise<UnlockTimes> {
  const { store } = await openStore(name);
  const longest = watchLongTasks();
  const start = performance.now();
  const reading = readSealed(store);
  if (withKey) await makeKeyDerivation().derive('vier paarden en een brug', slot);
  const derived = performance.now();
  let isOpen = 0;
  let end: Promise<number> | undefined;
  await new Promise<void>((shown, failed) => {
    const show = () => {
      if (end !== undefined) return;
      isOpen = performance.now();
      showList();
      end = painted();
      shown();
    };
    const opening = makeCipher().then((cipher) =>
      openWorkspace(
        makePorts(store),
        cipher,
        user,
        () => {
          show();
          return afterPaint();
        },
        reading,
      ),
    );
    rest = opening.then(({ vault, unreadable, alarms }) => {
      if (unreadable.length + alarms.length > 0) throw new Error('The store did not open whole');
      opened = vault;
      // A small register is shown when all of it is in memory.
      show();
    });
    rest.catch(failed);
  });
  const totalMs = ((await end) ?? 0) - start;
  return {
    keyMs: derived - start,
    openMs: isOpen - derived,
    listMs: start + totalMs - isOpen,
    totalMs,
    residents: useWorkspace.getState().residents.size,
    domRows: document.querySelectorAll('.data-grid__row').length,
    longestTaskMs: await longest(),
  };
}

/** How long it takes from now until every record of the small kinds is in memory. */
export async function wholeRegister(): Promise<number> {
  const start = performance.now();
  await rest;
  return performance.now() - start;
}

/** The longest piece in which the page could not answer. */
export function watchLongTasks(): () => Promise<number> {
  let longest = 0;
  const observer = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) longest = Math.max(longest, duration);
  });
  observer.observe({ type: 'longtask' });
  return async () => {
    await new Promise((resolve) => setTimeout(resolve, 50));
    observer.disconnect();
    return longest;
  };
}

/** The limit: the same bytes from the same store, opened, and nothing made of them. */
export async function bareUnlock({ name }: { name: string }): Promise<{ ms: number; bytes: number; boxes: number }> {
  const dexie = makeDatabase(name);
  await dexie.open();
  const database = dexie.backendDB();
  const raw = new Uint8Array(32).fill(1);
  const key = await crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt', 'decrypt']);
  const start = performance.now();
  const transaction = database.transaction('summaries', 'readonly');
  const rows = (await promised(transaction.objectStore('summaries').getAll())) as { box: Uint8Array<ArrayBuffer> }[];
  await completed(transaction);
  const read = performance.now();
  // GCM costs the same in both directions; the key of the segments is not given out by the cipher.
  const sealed = await Promise.all(
    rows.map(async ({ box }) => {
      const nonce = crypto.getRandomValues(new Uint8Array(12));
      return { nonce, box: await crypto.subtle.encrypt({ name: 'AES-GCM', iv: nonce }, key, box) };
    }),
  );
  const middle = performance.now();
  await Promise.all(sealed.map(({ nonce, box }) => crypto.subtle.decrypt({ name: 'AES-GCM', iv: nonce }, key, box)));
  const end = performance.now();
  return {
    ms: read - start + (end - middle),
    bytes: rows.reduce((sum, { box }) => sum + box.length, 0),
    boxes: rows.length,
  };
}
