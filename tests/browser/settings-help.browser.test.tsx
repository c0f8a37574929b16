import { beforeEach, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { App } from '../../renderer/app/App.tsx';
import { languages, startI18n } from '../../renderer/i18n/i18n.ts';
import type { CaseboxReport, Services } from '../../renderer/services.tsx';
import { setSession } from '../../renderer/stores/session-store.ts';
import { setSync } from '../../renderer/stores/sync-store.ts';
import { err, ok } from '../../shared/kernel/result.ts';
import { aDiagnosis } from '../fakes/diagnosis.ts';
import { memoryServices, testUser } from '../fakes/memory-services.ts';
import { expectAccessible, show } from './show.tsx';
import { showPage } from './show-page.tsx';

const day = 86_400_000;
const nowMs = 1_764_000_000_000;
const quiet = { failure: null, unsent: 0, oldestUnsentMs: null, nowMs, ackedOf: new Map(), pulledMs: {} } as const;
beforeEach(async () => {
  await startI18n('nl');
  setSession({ user: { id: testUser, label: 'Kanarie de Vries', role: 'lead' } });
  setSync(quiet);
});

/** The matcher of the library has no type of its own. */
const holding = (text: string): string => expect.stringContaining(text) as string;

const ready = { ready: 'yes', exportedMs: nowMs - day, exportedOps: 12, importedMs: null, waiting: 0 } as const;
const report: CaseboxReport = {
  ...{ madeMs: nowMs, status: 'active', held: 0, parked: 0, quarantined: 0, more: false },
  ...{ confirmed: 12, received: 3, waiting: 0 },
};

it.each(languages)('changes go on a stick and an answer comes back, in %s', async (language) => {
  const asked: string[] = [];
  setSync({ unsent: 12 });
  const services = memoryServices({
    caseboxStatus: () => Promise.resolve(ready),
    exportCasebox: () => {
      asked.push('out');
      return Promise.resolve(ok({ saved: 12, left: 0 }));
    },
    importCasebox: () => {
      asked.push('in');
      return Promise.resolve(ok(report));
    },
  });
  await showPage('/settings', services, language);
  const words = {
    nl: ['Op stick zetten', 'Antwoord inlezen', 'teruggelezen: 12 wijzigingen', '12 wijzigingen van deze laptop'],
    uk: ['Записати на накопичувач', 'Зчитати відповідь', 'перевірено: 12 змін', '12 змін із цього ноутбука'],
    en: ['Put on stick', 'Read answer', 'read back: 12 changes', '12 changes of this laptop'],
  }[language];
  const [out = '', back = '', saved = '', taken = ''] = words;
  await page.getByRole('button', { name: out }).click();
  await expect.element(page.getByRole('status').filter({ hasText: saved })).toBeVisible();
  await page.getByRole('button', { name: back }).click();
  await expect.element(page.getByText(taken, { exact: false })).toBeVisible();
  expect(asked).toEqual(['out', 'in']);
  await expectAccessible();
});

const sentences = [
  ['full', 'De stick is vol'],
  ['read-only', 'mag niet worden geschreven'],
  ['unplugged', 'niet meer te bereiken'],
  ['not-written', 'versleten'],
] as const;
it.each(sentences)('a stick that is %s is said in a sentence', async (type, text) => {
  await showPage(
    '/settings',
    memoryServices({
      caseboxStatus: () => Promise.resolve(ready),
      exportCasebox: () => Promise.resolve(err({ type })),
    }),
  );
  await page.getByRole('button', { name: 'Op stick zetten' }).click();
  await expect.poll(() => document.querySelector('[role=alert]')?.textContent).toContain(text);
});

const refusals = [
  ['foreign', 'geen bestand van Onderdak'],
  ['newer', 'nieuwere versie'],
  ['damaged', 'beschadigd'],
  ['own-file', 'zelf heeft gemaakt'],
  ['other-municipality', 'andere gemeente'],
  ['other-laptop', 'andere laptop'],
  ['not-signed', 'niet van het landelijk register'],
  ['rewound', 'kon nog niet worden verwerkt'],
] as const;
it.each(refusals)('an answer that is %s is said in a sentence', async (type, text) => {
  const error = type === 'rewound' ? { type, retryAfterMs: 0 } : { type };
  const importCasebox: Services['importCasebox'] = () => Promise.resolve(err(error));
  await showPage('/settings', memoryServices({ caseboxStatus: () => Promise.resolve(ready), importCasebox }));
  await page.getByRole('button', { name: 'Antwoord inlezen' }).click();
  await expect.poll(() => document.querySelector('[role=alert]')?.textContent).toContain(text);
});

it('an answer that was known, one that waits, and one to a laptop that may not write any more, each say so', async () => {
  const answers: readonly CaseboxReport[] = [
    { ...report, confirmed: 0, received: 0 },
    { ...report, waiting: 1 },
    { ...report, status: 'revoked', quarantined: 2, confirmed: 0, received: 0 },
  ];
  let at = 0;
  const importCasebox: Services['importCasebox'] = () => Promise.resolve(ok(answers[at++] ?? report));
  await showPage('/settings', memoryServices({ caseboxStatus: () => Promise.resolve(ready), importCasebox }));
  for (const text of [
    'was al ingelezen',
    'eerdere stick is nog niet ingelezen',
    'neemt van deze laptop niets meer aan',
  ]) {
    await page.getByRole('button', { name: 'Antwoord inlezen' }).click();
    await expect.element(page.getByText(text, { exact: false })).toBeVisible();
  }
});

it('the report is read and copied, and is in every language the same codes', async () => {
  for (const language of languages) {
    await showPage('/settings/help', memoryServices({}), language);
    const field = page.getByRole('textbox').last();
    await expect.element(field).toHaveValue(holding('sync-failed offline: 41 · 2025-11-24'));
    const text = (field.element() as HTMLTextAreaElement).value;
    expect(text).toContain('d_0123456789abcdef');
    expect(text).toContain('https://register.example.nl');
    expect(text).not.toContain('Kanarie');
    expect(text).not.toMatch(/\b\d{9}\b/);
    await expectAccessible();
    document.body.replaceChildren();
  }
});

it('the copy says that it was made', async () => {
  await showPage('/settings/help', memoryServices({}));
  await page.getByRole('button', { name: 'Kopieer' }).click();
  await expect.element(page.getByText(/is gekopieerd|Kopiëren lukt niet/)).toBeVisible();
});

it('the report can be had while the app is locked and the store does not open', async () => {
  setSession({ user: null, store: 'safe-mode' });
  const diagnose: Services['diagnose'] = () =>
    Promise.resolve({ ...aDiagnosis, store: 'safe-mode', counts: null, exchange: null });
  show(<App services={memoryServices({ diagnose })} />);
  await page.getByRole('button', { name: 'Hulp en diagnose' }).click();
  const field = page.getByRole('textbox', { name: 'Diagnose' });
  await expect.element(field).toHaveValue(holding('In de opslag: niet te openen'));
  await expect.element(field).toHaveValue(holding('Uitwisseling: vergrendeld'));
  await page.getByRole('button', { name: 'Terug naar ontgrendelen' }).click();
  await expect.element(page.getByText('Wachtzin', { exact: false })).toBeVisible();
});

it('the bar says since when changes wait, turns after a day, and then tells what can be done', async () => {
  setSync({ unsent: 3, failure: 'offline', oldestUnsentMs: nowMs - 2 * 3_600_000 });
  await showPage('/settings/help', memoryServices({}));
  await expect.element(page.getByText(/3 wijzigingen wachten op verzenden sinds/)).toBeVisible();
  expect(document.querySelector('.shell__status--late')).toBeNull();
  expect(document.body.textContent).not.toContain('probeer een ander netwerk');
  setSync({ oldestUnsentMs: nowMs - 2 * day, pulledMs: { shared: nowMs - 3 * day } });
  await expect.element(page.getByText(/probeer een ander netwerk/)).toBeVisible();
  await expect.element(page.getByText(/Wat collega’s op andere locaties schreven, is hier van/)).toBeVisible();
  expect(document.querySelector('.shell__status--late')).not.toBeNull();
  await expectAccessible();
});

it('a button that works leaves nothing without a name behind when its page goes', async () => {
  const done = Promise.withResolvers<Awaited<ReturnType<Services['exportCasebox']>>>();
  let asked = 0;
  const exportCasebox: Services['exportCasebox'] = () => {
    asked += 1;
    return done.promise;
  };
  await showPage('/settings', memoryServices({ caseboxStatus: () => Promise.resolve(ready), exportCasebox }));
  const button = page.getByRole('button', { name: /Op stick zetten/ });
  await button.click();
  await expect.element(button).toHaveAttribute('data-working', 'true');
  expect(button.element().textContent).toBe('Op stick zetten (bezig)');
  await userEvent.keyboard('{Enter}');
  expect(asked).toBe(1);
  done.resolve(ok({ saved: 1, left: 0 }));
  await expect.element(button).not.toHaveAttribute('data-working');
  await page.getByRole('link', { name: 'Bewoners' }).click();
  await expect.element(page.getByRole('heading', { name: 'Bewoners' })).toBeVisible();
  expect(document.querySelector('[data-live-announcer] [role=img]')).toBeNull();
  await expectAccessible();
});
