import { beforeAll, describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { startI18n, type Language } from '../../renderer/i18n/i18n.ts';
import type { Services } from '../../renderer/services.tsx';
import { isoMonth } from '../../shared/kernel/dates.ts';
import { aHilversumFamily, familyId, motherId, siteId } from '../fakes/contribution-family.ts';
import { memoryServices } from '../fakes/memory-services.ts';
import { expectAccessible } from './show.tsx';
import { showPage } from './show-page.tsx';

beforeAll(() => startI18n('nl'));

type Outcome = Awaited<ReturnType<Services['saveLetter']>>;
const month = isoMonth('2025-10');
const words = {
  nl: { make: 'Brieven maken', save: 'Map kiezen en opslaan', goOn: 'Verdergaan' },
  uk: { make: 'Створити листи', save: 'Обрати папку й зберегти', goOn: 'Продовжити' },
  en: { make: 'Make the letters', save: 'Choose a folder and save', goOn: 'Go on' },
};
const text = () => (document.body.textContent ?? '').replaceAll(/\s/gu, ' ');
const press = async (name: string) => {
  const button = page.getByRole('button', { name });
  await expect.element(button).toBeInTheDocument();
  (button.element() as HTMLElement).focus();
  await userEvent.keyboard('{Enter}');
};

/** Two households with a decision, and a folder of which the test decides what each save gives. */
async function aBatch(language: Language, answer: (name: string, at: number) => Outcome | Promise<Outcome>) {
  const services = aHilversumFamily(memoryServices());
  services.put(
    { kind: 'resident', id: motherId },
    { 'income.employment.2025-10': { amountCents: 200_000, evidence: 'payslip' } },
  );
  const second = 'fa300000-0000-4000-8000-000000000002';
  const father = 'ee500000-0000-4000-8000-000000000009';
  services.put(
    { kind: 'resident', id: father },
    {
      placement: { site: siteId },
      name: {
        ...{ family: 'Shevchuk', given: 'Petro', patronymic: '' },
        ...{ familyCyrillic: 'Шевчук', givenCyrillic: 'Петро', patronymicCyrillic: '' },
      },
      birthDate: '1980-02-03',
      nationality: ['UA'],
      languages: ['uk'],
      arrival: { date: '2022-05-01', from: null },
      'income.employment.2025-10': { amountCents: 200_000, evidence: 'payslip' },
    },
  );
  services.put(
    { kind: 'family', id: second },
    {
      placement: { site: siteId },
      label: 'Shevchuk',
      [`member.${father}.2022-05-01`]: { to: null, relation: 'main-person' },
    },
  );
  for (const id of [familyId, second]) {
    const made = await services.decide(id, month, null, null, null);
    if (!made.ok) throw new Error(made.error.type);
  }
  const folder = new Map<string, string>();
  let asked = 0;
  await showPage(
    '/letters?month=2025-10',
    {
      ...services,
      letterFolder: () => Promise.resolve({ files: [...folder.keys()] }),
      saveLetter: async (name) => {
        const outcome = await answer(name, asked);
        asked += 1;
        const letters = [...document.querySelectorAll('article.letter')];
        if (outcome === 'saved') folder.set(name, letters.map((one) => one.textContent).join('|'));
        expect(letters).toHaveLength(1);
        return outcome;
      },
    },
    language,
  );
  await press(words[language].make);
  await expect.poll(() => document.querySelectorAll('article.letter').length).toBe(2);
  return folder;
}

describe.each(['nl', 'uk', 'en'] as const)('in %s', (language: Language) => {
  it('a full disk is told, what is written stays, and going on makes only the rest', async () => {
    let isFull = true;
    const tried: string[] = [];
    const folder = await aBatch(language, (name, at) => {
      tried.push(name);
      return at === 1 && isFull ? 'full' : 'saved';
    });
    await expectAccessible();
    await press(words[language].save);
    const said = { nl: 'De schijf is vol.', uk: 'Диск заповнено.', en: 'The disk is full.' }[language];
    await expect.poll(text).toContain(said);
    expect(folder.size).toBe(1);
    await expectAccessible();
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(1366);
    await page.screenshot({ path: `../../test-output/letters/files-${language}.png` });
    isFull = false;
    await press(words[language].goOn);
    await expect.poll(() => folder.size).toBe(2);
    // The first one was not made again.
    expect(tried).toHaveLength(3);
    await expect.poll(() => document.querySelectorAll('article.letter').length).toBe(2);
    await expectAccessible();
  });
});

it('each file holds one household, and no name of a file holds anything of a person', async () => {
  const folder = await aBatch('nl', () => 'saved');
  await press(words.nl.save);
  await expect.poll(() => folder.size).toBe(2);
  for (const name of folder.keys()) expect(name).toMatch(/^besluit-2025-10-[0-9A-F]{6}-[0-9a-f]{6}-nl-uk\.pdf$/);
  const [first = '', second = ''] = [...folder.values()];
  expect([first.includes('Bondar'), first.includes('Shevchuk')]).toEqual([true, false]);
  expect([second.includes('Bondar'), second.includes('Shevchuk')]).toEqual([false, true]);
});

it('stops after the letter that is being made, and goes on from there', async () => {
  const { promise, resolve } = Promise.withResolvers<Outcome>();
  const folder = await aBatch('nl', (_, at) => (at === 0 ? promise : 'saved'));
  await press(words.nl.save);
  await press('Stoppen');
  resolve('saved');
  await expect.poll(text).toContain('Gestopt. 1 van 2 brieven staan in de map.');
  await press(words.nl.goOn);
  await expect.poll(() => folder.size).toBe(2);
  await expect.poll(text).toContain('Daarvan stonden er al: 1.');
});
