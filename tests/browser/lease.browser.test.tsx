import { beforeEach, expect, it } from 'vitest';
import { page } from 'vitest/browser';
import { App } from '../../renderer/app/App.tsx';
import { composeServices } from '../../renderer/app/compose-services.ts';
import { router } from '../../renderer/app/routes.tsx';
import { startI18n } from '../../renderer/i18n/i18n.ts';
import { setSession } from '../../renderer/stores/session-store.ts';
import { setSync, useSync } from '../../renderer/stores/sync-store.ts';
import { err, ok } from '../../shared/kernel/result.ts';
import { aResident, creating } from '../fakes/device.ts';
import { memoryServices, testUser } from '../fakes/memory-services.ts';
import { unlockingHost } from '../fakes/unlocking-host.ts';
import { expectAccessible, show } from './show.tsx';
import { showPage } from './show-page.tsx';

const connected = { endpoint: 'https://register.example', device: 'd_0123456789abcdef', sites: [] };

beforeEach(async () => {
  await startI18n('nl');
  setSync(useSync.getInitialState());
  setSession({ user: { id: testUser, label: 'Kanarie de Vries', role: 'lead' }, emptied: null });
});

it('says nothing for a week, then how many days are left, and last that there is only reading', async () => {
  const status = { ...connected, standing: null, lease: null, waiting: [], rejected: [] };
  await showPage('/settings', memoryServices({ syncStatus: () => Promise.resolve(status) }));
  setSync({ lease: { stage: 'open', days: 3, of: 14, daysLeft: 4 } });
  await expect.element(page.getByText('3 dagen; langer dan 14 dagen mag niet')).toBeVisible();
  await expect.element(page.getByText(/geen contact met het register/)).not.toBeInTheDocument();
  setSync({ lease: { stage: 'warned', days: 7, of: 14, daysLeft: 5 }, failure: 'offline' });
  await expect.element(page.getByText(/had 7 dagen geen contact.*binnen 5 dagen verbinding/)).toBeVisible();
  await expect.element(page.getByText(/U kunt gewoon doorwerken/)).toBeVisible();
  setSync({ lease: { stage: 'read-only', days: 13, of: 14, daysLeft: 1 } });
  await expect.element(page.getByText(/U kunt nu alleen lezen. Maak binnen 1 dag verbinding/)).toBeVisible();
  await expect.element(page.getByText(/U kunt gewoon doorwerken/)).not.toBeInTheDocument();
});

it('shows nothing of anybody when the time is over: sending comes first, by network or stick', async () => {
  setSync({ lease: { stage: 'over', days: 16, of: 14, daysLeft: 0 }, unsent: 3, failure: 'offline' });
  const asked: string[] = [];
  const services = memoryServices({
    syncNow: () => {
      asked.push('network');
      return Promise.resolve({ type: 'offline', retryAfterMs: 0 });
    },
    caseboxStatus: () =>
      Promise.resolve({ ready: 'yes', exportedMs: null, exportedOps: 0, importedMs: null, waiting: 0 }),
    exportCasebox: () => {
      asked.push('stick');
      return Promise.resolve(ok({ saved: 3, left: 0 }));
    },
    importCasebox: () => Promise.resolve(err({ type: 'cancelled' })),
  });
  show(<App services={services} />);
  await expect.element(page.getByRole('heading', { name: 'Eerst verzenden' })).toBeVisible();
  await expect
    .element(page.getByText('3 wijzigingen van deze laptop wachten nog en gaan als eerste mee.'))
    .toBeVisible();
  await expect.element(page.getByRole('navigation')).not.toBeInTheDocument();
  await expectAccessible();
  await page.getByRole('button', { name: 'Nu verzenden' }).click();
  await page.getByRole('button', { name: 'Op stick zetten' }).click();
  expect(asked).toEqual(['network', 'stick']);

  // Contact: everything is open again, where it was.
  await router.navigate({ to: '/settings' });
  setSync({ lease: { stage: 'open', days: 0, of: 14, daysLeft: 7 }, unsent: 0, failure: null });
  await expect.element(page.getByRole('heading', { name: 'Eerst verzenden' })).not.toBeInTheDocument();
  await expect.element(page.getByRole('navigation').first()).toBeVisible();
});

it('refuses a save while there is only reading, and keeps what was read', async () => {
  const reading = { stage: 'read-only', days: 13, of: 14, daysLeft: 1 } as const;
  const { host, user, status } = unlockingHost();
  const told = { ...status, lease: reading };
  const asked = { ...host, 'sync:status': () => Promise.resolve(told) };
  const { services } = await composeServices(asked, {
    'app:locking': () => undefined,
    'app:second-start': () => undefined,
  });
  expect(await services.unlock(user.user, 'kanarie')).toEqual(ok(undefined));
  const request = creating({ kind: 'resident', id: services.newId() }, aResident('Kovalenko'));
  expect(await services.save(request)).toEqual(err({ type: 'no-contact' }));
  setSync({ lease: { ...reading, stage: 'warned' } });
  expect(await services.save(request)).toMatchObject({ ok: true });
});
