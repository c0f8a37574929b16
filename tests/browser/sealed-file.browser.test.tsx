import { beforeEach, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { languages, startI18n } from '../../renderer/i18n/i18n.ts';
import { texts } from '../../renderer/i18n/texts.ts';
import type { OpenedFile, Services } from '../../renderer/services.tsx';
import { memoryServices } from '../fakes/memory-services.ts';
import { expectAccessible } from './show.tsx';
import { showPage } from './show-page.tsx';

beforeEach(() => startI18n('nl'));
const { seal } = texts.nl.privacy;
const passphrase = 'trein fiets молоко';
const rows = [
  ['naam', 'kamer'],
  ['Bondar', '12'],
];
const button = (name: string) => page.getByRole('button', { name, exact: true });

/** A main process that has one sealed list, and notes what it is asked. */
function sealedList(over: Partial<Services> = {}) {
  const asked: string[] = [];
  const services = memoryServices({
    openSealed: () => Promise.resolve({ name: 'bewoners.csv.age' }),
    readSealed: (typed) => {
      asked.push(`read ${typed}`);
      return Promise.resolve(typed === passphrase ? { content: { kind: 'table', rows } } : { failed: 'wrong' });
    },
    saveSealed: () => {
      asked.push('save');
      return Promise.resolve('saved');
    },
    closeSealed: () => {
      asked.push('close');
      return Promise.resolve();
    },
    ...over,
  });
  return { services, asked };
}

it('is read on the screen with its passphrase, saved open only when asked, and closed behind the page', async () => {
  const { services, asked } = sealedList();
  await showPage('/settings/sealed-file', services);
  await expectAccessible();
  button(seal.choose).element().focus();
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByLabelText(seal.passphrase, { exact: true })).toHaveFocus();
  await userEvent.keyboard('een andere{Enter}');
  await expect.element(page.getByText(seal.failed.wrong)).toBeVisible();
  await expectAccessible();
  await expect.element(page.getByLabelText(seal.passphrase, { exact: true })).toHaveValue('');
  await userEvent.keyboard(`${passphrase}{Enter}`);
  await expect.element(page.getByRole('cell', { name: 'Bondar' })).toBeVisible();
  await expectAccessible();
  expect(asked.filter((line) => line === 'save')).toEqual([]);
  await userEvent.click(button(seal.saveOpened));
  await expect.element(page.getByText(seal.opened)).toBeVisible();
  await userEvent.click(button(texts.nl.common.action.back));
  await expect.poll(() => asked.at(-1)).toBe('close');
});

it.each(['foreign', 'other-key', 'too-heavy', 'damaged', 'too-big', 'unreadable'] as const)(
  'says why a file that is %s cannot be opened',
  async (refused) => {
    await showPage('/settings/sealed-file', sealedList({ openSealed: () => Promise.resolve({ refused }) }).services);
    await userEvent.click(button(seal.choose));
    await expect.element(page.getByText(seal.refused[refused])).toBeVisible();
    expect(page.getByLabelText(seal.passphrase, { exact: true }).elements()).toEqual([]);
  },
);

it.each(['damaged', 'no-memory', 'not-noted'] as const)('shows nothing of a file that is %s', async (failed) => {
  await showPage('/settings/sealed-file', sealedList({ readSealed: () => Promise.resolve({ failed }) }).services);
  await userEvent.click(button(seal.choose));
  await userEvent.fill(page.getByLabelText(seal.passphrase, { exact: true }), passphrase);
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByText(seal.failed[failed])).toBeVisible();
  expect(page.getByRole('table').elements()).toEqual([]);
});

it('as a list to take in asks for its passphrase until it is the right one', async () => {
  const asked: (string | undefined)[] = [];
  const file: OpenedFile = {
    format: 'csv',
    rows: [
      ['achternaam', 'voornaam'],
      ['Bondar', 'Olena'],
    ],
    encoding: 'utf-8',
    delimiter: ';',
  };
  const services = memoryServices({
    openFile: ({ passphrase: typed }) => {
      asked.push(typed);
      if (typed === passphrase) return Promise.resolve(file);
      return Promise.resolve({ refused: typed === undefined ? 'sealed' : 'sealed-wrong', detail: '' });
    },
  });
  await showPage('/residents/import', services);
  await userEvent.click(button(texts.nl.register.import.choose));
  await userEvent.fill(page.getByLabelText(seal.passphrase, { exact: true }), 'een andere');
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByRole('dialog').getByText(seal.failed.wrong)).toBeVisible();
  await expectAccessible();
  await userEvent.fill(page.getByLabelText(seal.passphrase, { exact: true }), passphrase);
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByText('1 regel', { exact: false }).first()).toBeVisible();
  expect(asked).toEqual([undefined, 'een andere', passphrase]);
});

it.each(languages)('fits and is in %s alone', async (language) => {
  await page.viewport(1366, 768);
  await showPage('/settings/sealed-file', sealedList().services, language);
  const words = texts[language].privacy.seal;
  await userEvent.click(button(words.choose));
  await userEvent.fill(page.getByLabelText(words.passphrase, { exact: true }), passphrase);
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByRole('cell', { name: 'Bondar' })).toBeVisible();
  const main = document.querySelector('main');
  expect(main?.scrollWidth).toBe(main?.clientWidth);
  expect(main?.textContent).not.toMatch(/seal\.|privacy:/);
});
