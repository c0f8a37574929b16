import { beforeEach, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { EnrolPage } from '../../renderer/features/unlock/EnrolPage.tsx';
import { UnlockPage } from '../../renderer/features/unlock/UnlockPage.tsx';
import { changeLanguage, languages, startI18n } from '../../renderer/i18n/i18n.ts';
import { ServicesProvider } from '../../renderer/services.tsx';
import { err } from '../../shared/kernel/result.ts';
import { memoryServices, testUser } from '../fakes/memory-services.ts';
import { expectAccessible, show } from './show.tsx';

beforeEach(() => startI18n('nl'));

const strengths = {
  nl: ['Sterkte: zeer zwak', 'Sterkte: zeer sterk'],
  uk: ['Надійність: дуже низька', 'Надійність: дуже висока'],
  en: ['Strength: very weak', 'Strength: very strong'],
};

it.each(languages)('how strong a passphrase is, is said while it is typed, in %s', async (language) => {
  await changeLanguage(language);
  show(
    <ServicesProvider services={memoryServices()}>
      <EnrolPage />
    </ServicesProvider>,
    language,
  );
  await expect.poll(() => document.getElementsByName('passphrase')[0]).toBeDefined();
  const field = document.getElementsByName('passphrase')[0] ?? expect.fail('no field');
  const shown = () => document.querySelector('.strength')?.textContent ?? '';
  const bar = () => document.querySelector('meter')?.value;
  const [weak, strong] = strengths[language];
  // The dictionaries come in after the page.
  await expect
    .poll(
      async () => {
        await userEvent.fill(field, '');
        await userEvent.fill(field, 'aaaa');
        return shown();
      },
      { timeout: 10_000 },
    )
    .toBe(weak);
  expect(bar()).toBe(0);
  await userEvent.fill(field, 'zeven blauwe fietsen langs de gracht');
  await expect.poll(shown).toBe(strong);
  expect(bar()).toBe(4);
  // The name of the user is what a guesser tries first.
  await userEvent.fill(document.getElementById('label') ?? expect.fail('no name'), 'Kwetsjynskarovytsj');
  await userEvent.fill(field, 'Kwetsjynskarovytsj');
  await expect.poll(bar).toBeLessThan(2);
  await userEvent.fill(field, '');
  await expect.poll(shown).toBe('');
  await expectAccessible();
});

const waits = {
  nl: {
    1: 'Te vaak een verkeerde wachtzin. Wacht 1 seconde.',
    2: 'Te vaak een verkeerde wachtzin. Wacht 2 seconden.',
    30: 'Te vaak een verkeerde wachtzin. Wacht 30 seconden.',
  },
  uk: {
    1: 'Забагато неправильних спроб. Зачекайте 1 секунду.',
    2: 'Забагато неправильних спроб. Зачекайте 2 секунди.',
    30: 'Забагато неправильних спроб. Зачекайте 30 секунд.',
  },
  en: {
    1: 'Too many wrong passphrases. Wait 1 second.',
    2: 'Too many wrong passphrases. Wait 2 seconds.',
    30: 'Too many wrong passphrases. Wait 30 seconds.',
  },
};

it.each(languages)('after wrong passphrases it is said how long to wait, in %s', async (language) => {
  let retryAfterMs = 0;
  const services = memoryServices({ unlock: () => Promise.resolve(err({ type: 'wait', retryAfterMs })) });
  await changeLanguage(language);
  show(
    <ServicesProvider services={services}>
      <UnlockPage users={[{ user: testUser, label: 'Anna' }]} />
    </ServicesProvider>,
    language,
  );
  for (const seconds of [30, 2, 1] as const) {
    // A part of a second counts as a whole one: who tries after that time must not be told to wait again.
    retryAfterMs = seconds * 1000 - 400;
    const field = page.getByLabelText({ nl: 'Wachtzin', uk: 'Парольна фраза', en: 'Passphrase' }[language]);
    await userEvent.fill(field, 'niet de goede');
    await userEvent.keyboard('{Enter}');
    await expect.element(page.getByText(waits[language][seconds], { exact: true })).toBeVisible();
    await expect.element(field).toHaveFocus();
    await expect.element(field).toHaveValue('');
  }
  await expectAccessible();
});
