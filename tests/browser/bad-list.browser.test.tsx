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
});
