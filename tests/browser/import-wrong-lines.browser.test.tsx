import { beforeAll, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { startI18n } from '../../renderer/i18n/i18n.ts';
import { texts } from '../../renderer/i18n/texts.ts';
import type { OpenedFile } from '../../renderer/services.tsx';
import { memoryServices } from '../fakes/memory-services.ts';
import { showPage } from './show-page.tsx';

beforeAll(() => startI18n('nl'));
const { import: words, importColumn, problem } = texts.nl.register;
const header = ['achternaam', 'voornaam', 'geboortedatum', 'bsn'];
const right = ['Bondar', 'Olena', '12-03-1985', '123456782'];
const wrong = [
  ['Tkachenko', 'Ihor', '31-02-1990', '111222333'],
  ['Lysenko', '=1+1', '01-05-1979', '123456789'],
];

it('saves the wrong lines with their reason, ready to be mended and read in again', async () => {
  const saved: { name: string; text: string; reason: string }[] = [];
  const file: OpenedFile = { format: 'csv', rows: [header, right, ...wrong], encoding: 'utf-8', delimiter: ';' };
  const services = memoryServices({
    openFile: () => Promise.resolve(file),
    exportFile: (name, bytes, reason) => {
      saved.push({ name, text: new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes), reason });
      return Promise.resolve('saved');
    },
  });
  await showPage('/residents/import', services);
  await userEvent.click(page.getByRole('button', { name: words.choose }));
  await userEvent.fill(page.getByLabelText(words.municipalityName, { exact: true }), 'Voorbeeldstad');
  await userEvent.fill(page.getByLabelText(words.municipalityCode, { exact: true }), '0000');
  await userEvent.click(page.getByRole('button', { name: words.check, exact: true }));
  await expect.element(page.getByText(words.wrong_other.replace('{{count}}', '2'))).toBeVisible();
  await userEvent.click(page.getByRole('button', { name: words.download }));
  const { seal } = texts.nl.privacy;
  await userEvent.click(page.getByRole('dialog').getByText(seal.choices.open, { exact: true }));
  await expect.element(page.getByText(seal.warning.sensitive)).toBeVisible();
  await userEvent.click(page.getByRole('dialog').getByRole('button', { name: texts.nl.register.export.save }));
  await expect.poll(() => saved.length).toBe(1);
  expect(saved.map(({ name, reason }) => [name, reason])).toEqual([['import-regels.csv', words.downloadReason]]);
  const text = saved[0]?.text ?? '';
  expect(text.startsWith('\ufeff')).toBe(true);
  const lines = text.slice(1).trimEnd().split('\r\n');
  expect(lines).toHaveLength(3);
  expect(lines[0]).toContain('"achternaam";"voornaam";"geboortedatum";"bsn"');
  expect(lines[1]).toContain('"Tkachenko";"Ihor";"31-02-1990";"111222333"');
  expect(lines[1]).toContain(problem['impossible-date'].replace('{{field}}', importColumn.birthDate));
  expect(lines[2]).toContain(problem['bsn-eleven-test'].replace('{{field}}', importColumn.bsn));
  // What a spreadsheet would take for a formula does not run in the next one.
  expect(lines[2]).not.toContain(';"=1+1"');
  expect(text).not.toContain('Bondar');
  expect(services.log.filter((line) => line.startsWith('save'))).toEqual([]);
});
