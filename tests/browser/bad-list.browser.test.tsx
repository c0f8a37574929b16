import { beforeAll, describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { languages, startI18n, type Language } from '../../renderer/i18n/i18n.ts';
import { texts } from '../../renderer/i18n/texts.ts';
import type { FileRefusal, OpenedFile } from '../../renderer/services.tsx';
import { memoryServices } from '../fakes/memory-services.ts';
import { showPage } from './show-page.tsx';

beforeAll(() => startI18n('nl'));
const wordsOf = (language: Language) => texts[language].register.import;

async function openList(language: Language, opened: OpenedFile | FileRefusal) {
  const services = memoryServices({ openFile: () => Promise.resolve(opened) });
  await showPage('/residents/import', services, language);
  await userEvent.click(page.getByRole('button', { name: wordsOf(language).choose }));
  return services;
}

describe.each(languages)('a list in %s', (language) => {
  it.each(['too-big', 'empty', 'formula', 'unreadable', 'encoding', 'not-a-table', 'old-excel'] as const)(
    'that is refused as %s says so and changes nothing',
    async (refused) => {
      const services = await openList(language, { refused, detail: '3' });
      await expect.element(page.getByRole('alert')).toBeVisible();
      expect(page.getByRole('alert').element().textContent).toContain(texts[language].register.fileProblem[refused]);
      expect(services.log).toEqual([]);
    },
  );

  it('with thirty columns too many is named with its numbers, and can be replaced by another file', async () => {
    const surplus = Array.from({ length: 30 }, (_, at) => `Extra ${at + 1}`);
    const headers = ['Achternaam', 'Voornaam', 'Geboortedatum', ...surplus];
    const rows = [headers, headers.map(() => 'x')];
    const services = await openList(language, { rows, format: 'csv', encoding: 'utf-8', delimiter: ';' });
    const sentence = texts[language].register.fileProblem['too-many-columns']
      .replace('{{columns}}', '33')
      .replace('{{known}}', '3');
    await expect.element(page.getByRole('alert')).toBeVisible();
    expect(page.getByRole('alert').element().textContent).toContain(sentence);
    expect(services.log).toEqual([]);
    await expect.element(page.getByRole('button', { name: wordsOf(language).choose })).toBeVisible();
  });

  it('with a bed twice names both lines; the first is right, the second is left out', async () => {
    const line = (family: string, bed: string) => [family, 'Olena', '12-03-1985', 'Noord', '1', '12', bed];
    const rows = [
      ['Achternaam', 'Voornaam', 'Geboortedatum', 'Locatie', 'Gebouw', 'Kamer', 'Bed'],
      line('Kovalenko', 'A'),
      line('Shevchenko', 'B'),
      line('Bondar', 'A'),
    ];
    const services = await openList(language, { rows, format: 'csv', encoding: 'utf-8', delimiter: ';' });
    const words = wordsOf(language);
    await userEvent.fill(page.getByLabelText(words.municipalityName), 'Hilversum');
    await userEvent.fill(page.getByLabelText(words.municipalityCode), '0402');
    await userEvent.click(page.getByRole('button', { name: words.check, exact: true }));
    const text = () => document.querySelector('main')?.textContent ?? document.body.textContent;
    const problem = texts[language].register.problem['bed-twice'];
    await expect.poll(text).toContain(words.seeLine.replace('{{problem}}', problem).replace('{{line}}', '2'));
    const cells = [...document.querySelectorAll('table tbody tr')].map((row) => row.querySelector('td')?.textContent);
    expect(cells).toEqual(['4']);
    expect(services.log.filter((line) => line.startsWith('save'))).toEqual([]);
  });
});
