import { beforeEach, expect, it, onTestFinished } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { Host } from '../../shared/ipc-contract.ts';
import { composeServices } from '../../renderer/app/compose-services.ts';
import { makeDatabase } from '../../renderer/adapters/database.ts';
import { UnlockPage } from '../../renderer/features/unlock/UnlockPage.tsx';
import { changeLanguage, languages, startI18n } from '../../renderer/i18n/i18n.ts';
import { ServicesProvider, type Services } from '../../renderer/services.tsx';
import { useSession } from '../../renderer/stores/session-store.ts';
import { useSync } from '../../renderer/stores/sync-store.ts';
import { aResident, creating } from '../fakes/device.ts';
import { unlockingHost } from '../fakes/unlocking-host.ts';
import { show } from './show.tsx';

const { user, status } = unlockingHost();

async function compose(over: Partial<Host> = {}): Promise<Services> {
  const { services } = await composeServices(unlockingHost(over).host, {
    'app:locking': () => undefined,
    'app:second-start': () => undefined,
  });
  return services;
}
const ref = { kind: 'resident', id: '5b0c7f64-8f2f-4f0e-9a39-3a1f6f1f0c11' } as const;

/** Every look into IndexedDB fails from now on, as on a disk that cannot be read. */
function breakStore(): () => void {
  // eslint-disable-next-line @typescript-eslint/unbound-method -- put back below
  const { objectStore } = IDBTransaction.prototype;
  IDBTransaction.prototype.objectStore = () => {
    throw new DOMException('gone', 'UnknownError');
  };
  const mend = () => void (IDBTransaction.prototype.objectStore = objectStore);
  onTestFinished(mend);
  return mend;
}

beforeEach(async () => {
  await startI18n('nl');
  await makeDatabase().delete();
  useSession.setState({ user: null, notices: [] });
});

it('a store that broke off is an error of the save and of the view, and both work again afterwards', async () => {
  const services = await compose();
  expect(await services.unlock(user.user, 'x')).toMatchObject({ ok: true });
  const mend = breakStore();
  const failed = { ok: false, error: { type: 'storage-failed' } };
  expect(await services.save(creating(ref, aResident('Kovalenko')))).toMatchObject(failed);
  expect(await services.open(ref)).toMatchObject({ ok: false, error: { type: 'not-opened' } });
  const request = creating(ref, aResident('Kovalenko'));
  const report = await services.saveAll([request], () => undefined, new AbortController().signal);
  expect(report).toMatchObject({ saved: 0, error: { type: 'storage-failed' } });
  mend();
  expect(await services.save(request)).toMatchObject({ ok: true });
  expect(await services.open(ref)).toMatchObject({ ok: true });
});

it('keys that cannot be read or written are an error of the door', async () => {
  const gone = () => Promise.reject(new Error('ENOSPC'));
  const services = await compose({ 'keyring:unlock': gone, 'keyring:enrol': gone });
  const failed = { ok: false, error: { type: 'storage-failed', retryAfterMs: 0 } };
  expect(await services.unlock(user.user, 'x')).toEqual(failed);
  expect(await services.enrol('Anna', 'vier losse woorden 2026')).toEqual(failed);
});

it('a second copy that throws leaves the save a success and is told', async () => {
  const services = await compose({ 'journal:append': () => Promise.reject(new Error('no disk')) });
  expect(await services.unlock(user.user, 'x')).toMatchObject({ ok: true });
  expect(await services.save(creating(ref, aResident('Kovalenko')))).toMatchObject({ ok: true });
  await expect.poll(() => useSync.getState().secondCopyFailed).toBe(true);
});

it('an exchange that throws is a failure, and the next one is tried', async () => {
  let broken = true;
  const services = await compose({
    'sync:status': () => (broken ? Promise.reject(new Error('gone')) : Promise.resolve(status)),
  });
  await services.unlock(user.user, 'x');
  expect(await services.syncNow()).toMatchObject({ type: 'endpoint-failed' });
  expect(useSync.getState()).toMatchObject({ isSending: false, failure: 'endpoint-failed' });
  broken = false;
  expect(await services.syncNow()).toEqual({ type: 'not-enrolled' });
});

it.each(languages)('a file that cannot be written is told in %s', async (language) => {
  const services = await compose({ 'file:export': () => Promise.reject(new Error('ENOSPC')) });
  await changeLanguage(language);
  expect(await services.exportFile('lines.csv', new Uint8Array(1), 'reason')).toBe('cancelled');
  const [notice] = useSession.getState().notices;
  expect(notice).toMatchObject({ tone: 'error' });
  expect(notice?.text).toMatch({ nl: /niet bewaard/, uk: /не збережено/, en: /not been saved/ }[language]);
});

it.each(languages)('with a nearly full disk the right passphrase is not called wrong, in %s', async (language) => {
  const services = await compose({
    'app:info': () =>
      Promise.resolve({
        version: '0.1.0',
        protection: 'full',
        store: 'safe-mode',
        language: 'nl',
        demo: false,
        emptied: null,
      }),
  });
  await changeLanguage(language);
  show(
    <ServicesProvider services={services}>
      <UnlockPage users={[user]} />
    </ServicesProvider>,
    language,
  );
  await expect.poll(() => document.querySelector('input')).not.toBeNull();
  await userEvent.type(document.querySelector('input') ?? expect.fail('no field'), 'right one{Enter}');
  const text = { nl: /Maak ruimte vrij/, uk: /Звільніть місце/, en: /Free up space/ }[language];
  await expect.element(page.getByText(text)).toBeVisible();
});
