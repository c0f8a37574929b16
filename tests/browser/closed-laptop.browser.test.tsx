import { beforeEach, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { App } from '../../renderer/app/App.tsx';
import { changeLanguage, languages, startI18n } from '../../renderer/i18n/i18n.ts';
import type { Services } from '../../renderer/services.tsx';
import { setSession, useSession } from '../../renderer/stores/session-store.ts';
import { setSync, useSync } from '../../renderer/stores/sync-store.ts';
import { memoryServices, testUser } from '../fakes/memory-services.ts';
import { expectAccessible, show } from './show.tsx';
import { showPage } from './show-page.tsx';

const sinceMs = 1_764_000_000_000;
beforeEach(async () => {
  await startI18n('nl');
  setSync(useSync.getInitialState());
  setSession({ user: { id: testUser, label: 'Kanarie de Vries', role: 'lead' }, emptied: null });
});

const closed = {
  nl: { revoked: 'omdat hij is ingeleverd', left: '3 wijzigingen zijn nog niet bezorgd', done: 'is bezorgd' },
  uk: { revoked: 'бо його повернули', left: '3 зміни ще не доставлено', done: 'доставлено. Адміністратор' },
  en: { revoked: 'because it was returned', left: '3 changes have not been delivered', done: 'has been delivered' },
};

it.each(languages)('a laptop that was closed says why, and what is not delivered yet, in %s', async (language) => {
  const standing = { status: 'revoked', reason: 'returned', sinceMs } as const;
  setSync({ standing, unsent: 3, undelivered: 3, failure: 'revoked' });
  await showPage('/settings/help', memoryServices(), language);
  const notice = page.getByRole('status').filter({ hasText: closed[language].revoked });
  await expect.element(notice.filter({ hasText: closed[language].left })).toBeVisible();
  setSync({ undelivered: 0 });
  await expect.element(notice.filter({ hasText: closed[language].done })).toBeVisible();
  await expectAccessible();
});

it('a laptop that may only send says that it gets nothing, and one in good standing says nothing', async () => {
  setSync({ standing: { status: 'deposit_only', reason: null, sinceMs } });
  await showPage('/settings/help', memoryServices());
  const notice = page.getByText('krijgt geen nieuwe gegevens', { exact: false });
  await expect.element(notice).toBeVisible();
  setSync({ standing: { status: 'active', reason: null, sinceMs } });
  await expect.element(notice).not.toBeInTheDocument();
});

const emptied = {
  nl: 'omdat hij als gestolen of kwijt was opgegeven',
  uk: 'бо повідомлялося, що його вкрадено або втрачено',
  en: 'because it had been reported stolen or lost',
};
it.each(languages)('a laptop that was emptied says so where a new user begins, in %s', async (language) => {
  await changeLanguage(language);
  setSession({ user: null, emptied: { reason: 'stolen', atMs: sinceMs } });
  show(<App services={memoryServices({ users: () => Promise.resolve([]) })} />);
  await expect.element(page.getByText(emptied[language], { exact: false })).toBeVisible();
  await expectAccessible();
});

it('a laptop that is to be emptied asks to be opened once, before anybody is let in', async () => {
  setSession({ user: null });
  const standing = { status: 'wipe', reason: 'returned', sinceMs } as const;
  const status = {
    endpoint: 'https://register.example',
    device: 'd_0123456789abcdef',
    sites: [],
    lease: null,
    waiting: [],
    rejected: [],
  };
  show(<App services={memoryServices({ syncStatus: () => Promise.resolve({ ...status, standing }) })} />);
  await expect.element(page.getByText('Open hem één keer met verbinding', { exact: false })).toBeVisible();
  expect(useSession.getState().user).toBeNull();
});

type Held = Awaited<ReturnType<Services['heldChanges']>>[number];
const family = { kind: 'family', id: '3f0c8a52-1111-4222-8333-444455556666' } as const;
const change = { key: 'aa.1', ref: family, field: 'label', value: 'Gezin Bondar', atMs: sinceMs };
const waits: Held = { ...change, why: 'rights', state: 'held' };
const refused: Held = { ...change, key: 'aa.2', value: 'Gezin Melnyk', state: 'rejected' };
const words = {
  nl: {
    title: 'Alleen op deze laptop',
    why: 'u had geen recht om dit te wijzigen',
    no: 'niet toegelaten',
    ok: 'Begrepen',
  },
  uk: {
    title: 'Лише на цьому ноутбуці',
    why: 'Ви не мали права це змінювати',
    no: 'цього не дозволив',
    ok: 'Зрозуміло',
  },
  en: {
    title: 'Only on this laptop',
    why: 'you had no right to change this',
    no: 'did not let this through',
    ok: 'Understood',
  },
};

it.each(languages)(
  'what waits and what was not let through is one list, and goes when it was read, in %s',
  async (language) => {
    const services = memoryServices({
      heldChanges: () => Promise.resolve([waits, refused, { ...refused, key: 'aa.3', field: 'later' }]),
    });
    await showPage('/review', services, language);
    const { title, why, no, ok } = words[language];
    await expect.element(page.getByRole('heading', { name: title })).toBeVisible();
    await expect.element(page.getByText(why, { exact: false })).toBeVisible();
    await expect.element(page.getByText(no, { exact: false })).toBeVisible();
    // What was typed stands nowhere else any more.
    await expect.element(page.getByText('Gezin Melnyk').first()).toBeVisible();
    await expectAccessible();
    page.getByRole('button', { name: ok, exact: false }).element().focus();
    await userEvent.keyboard('{Enter}');
    await expect.element(page.getByText(no, { exact: false })).not.toBeInTheDocument();
    await expect.element(page.getByText(why, { exact: false })).toBeVisible();
    expect(services.drafts.get('exchange/rejected-seen')).toBe('aa.2 aa.3');
  },
);

it('what was read once is not shown again', async () => {
  const services = memoryServices({
    heldChanges: () =>
      Promise.resolve([
        { ...refused, key: 'aa.1' },
        { ...waits, key: 'aa.2' },
      ]),
    readDraft: () => Promise.resolve('aa.1'),
  });
  await showPage('/review', services);
  await expect.element(page.getByText(words.nl.why, { exact: false })).toBeVisible();
  await expect.element(page.getByText(words.nl.no, { exact: false })).not.toBeInTheDocument();
});

it('the day begins with the number of changes that wait for the administrator', async () => {
  const waiting = [{ w: new Uint8Array(8), n: 1, why: 'rights', state: 'held' } as const];
  setSync({ waiting: [...waiting, { ...waiting[0]!, n: 2, state: 'rejected' }] });
  await showPage('/', memoryServices({ heldChanges: () => Promise.resolve([waits, refused]) }));
  await expect.element(page.getByRole('link', { name: 'Wijzigingen die op de beheerder wachten: 1' })).toBeVisible();
  await expect.element(page.getByRole('link', { name: 'Uw wijzigingen die niet zijn toegelaten: 1' })).toBeVisible();
});
