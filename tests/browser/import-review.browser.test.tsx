import { beforeAll, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { languages, startI18n, type Language } from '../../renderer/i18n/i18n.ts';
import { texts } from '../../renderer/i18n/texts.ts';
import type { OpenedFile } from '../../renderer/services.tsx';
import { aResident } from '../../shared/demo/builders.ts';
import { isoDate } from '../../shared/kernel/dates.ts';
import { memoryServices } from '../fakes/memory-services.ts';
import { expectAccessible } from './show.tsx';
import { showPage } from './show-page.tsx';

beforeAll(() => startI18n('nl'));
const ids = [1, 2, 3].map((n) => `5a5a5a5a-0000-4000-8000-00000000000${String(n)}`);
const name = (family: string, given: string) => ({
  name: { family, given, patronymic: '', familyCyrillic: '', givenCyrillic: '', patronymicCyrillic: '' },
});
const bondar = { ...name('Bondar', 'Olena'), birthDate: '1985-03-12', bsn: '123456782', vNumber: null };
const header = ['achternaam', 'voornaam', 'geboortedatum', 'bsn', 'telefoon'];
const list = [
  ['Bondar', 'Olena', '12-03-1985', '123456782', '0612345678'],
  ['Tkachenko', 'Ihor', '01-02-1990', '', ''],
  ['Lysenka', 'Oksana', '05-05-1979', '', ''],
  ['Melnyk', 'Taras', '07-07-2001', '', ''],
];

function begin(rows: readonly string[][] = list) {
  const file: OpenedFile = { format: 'csv', rows: [header, ...rows], encoding: 'utf-8', delimiter: ';' };
  const services = memoryServices({ day: isoDate('2026-11-24'), openFile: () => Promise.resolve(file) });
  const people = [
    bondar,
    { ...name('Lysenko', 'Oksana'), birthDate: '1979-05-05', bsn: null, vNumber: null },
    { ...name('Kravets', 'Iryna'), birthDate: '1960-01-02', bsn: null, vNumber: null },
  ];
  people.forEach((values, at) =>
    services.put({ kind: 'resident', id: ids[at] ?? '' }, aResident({ phones: [], ...values }).values),
  );
  return services;
}
const bondarRef = { kind: 'resident', id: ids[0] ?? '' } as const;

async function check(language: Language = 'nl') {
  const words = texts[language].register.import;
  await userEvent.click(page.getByRole('button', { name: words.choose }));
  await userEvent.fill(page.getByLabelText(words.municipalityName, { exact: true }), 'Voorbeeldstad');
  await userEvent.fill(page.getByLabelText(words.municipalityCode, { exact: true }), '0000');
  await userEvent.click(page.getByRole('button', { name: words.check, exact: true }));
  await expect.element(page.getByRole('grid')).toBeVisible();
  return words;
}
const gridText = () => page.getByRole('grid').element().textContent;
const counted = (text: string, count: number) => text.replace('{{count}}', String(count));

async function showGroup(language: Language, label: string) {
  const words = texts[language].register.import;
  await userEvent.click(page.getByRole('button', { name: new RegExp(`${words.group}$`) }));
  await userEvent.click(page.getByRole('option', { name: label, exact: true }));
}

it('says of every line what it would do, and saves changes with what was seen', async () => {
  const services = begin();
  await showPage('/residents/import', services);
  const words = await check();
  await expect.element(page.getByRole('button', { name: counted(words.run_other, 3) })).toBeVisible();
  await expectAccessible();
  await showGroup('nl', counted(words.groups.changed_other, 1));
  await expect.poll(gridText).toMatch(/Bondar, Olena.*Telefoon: leeg → 0612345678/);

  await userEvent.click(page.getByRole('button', { name: counted(words.run_other, 3) }));
  await expect.element(page.getByText(counted(words.done_other, 3))).toBeVisible();
  expect(services.valuesIn(bondarRef)).toMatchObject({ phones: ['0612345678'], bsn: '123456782' });
  expect(services.log).toContain('scan residents:import');
});

it('leaves a doubtful line out until somebody says who it is, by keyboard', async () => {
  const services = begin();
  await showPage('/residents/import', services);
  const words = await check();
  await showGroup('nl', counted(words.groups.doubt_other, 1));
  await expect.poll(gridText).toContain(words.doubt.similar);
  const row = page.getByRole('grid').getByRole('row').nth(1).element();
  (row as HTMLElement).focus();
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByRole('dialog')).toBeVisible();
  await expectAccessible();
  await userEvent.click(page.getByText(words.sameAs.replace('{{name}}', 'Lysenko, Oksana')));
  await userEvent.click(page.getByRole('button', { name: words.apply, exact: true }));
  await userEvent.click(page.getByRole('button', { name: counted(words.run_other, 4) }));
  await expect.element(page.getByText(counted(words.done_other, 4))).toBeVisible();
  expect(services.valuesIn({ kind: 'resident', id: ids[1] ?? '' })).toMatchObject({ name: { family: 'Lysenka' } });
});

it('leaves out a whole group, and shows who is not in the list without touching them', async () => {
  const services = begin();
  await showPage('/residents/import', services);
  const words = await check();
  await showGroup('nl', counted(words.groups.gone_other, 2));
  await expect.poll(gridText).toContain('Kravets, Iryna');
  await showGroup('nl', counted(words.groups.new_other, 2));
  await userEvent.click(page.getByRole('button', { name: new RegExp(`${words.groupChoice}$`) }));
  await userEvent.click(page.getByRole('option', { name: words.choice.skip, exact: true }));
  await userEvent.click(page.getByRole('button', { name: counted(words.run_one, 1) }));
  await expect.element(page.getByText(counted(words.done_one, 1))).toBeVisible();
  expect(services.log.filter((line) => line === 'save import')).toHaveLength(1);
});

it('finds everything the same when the file is read in again, and the columns as they were chosen', async () => {
  const rows = [list[0], list[1], list[3]].map((row) => row ?? []);
  const services = begin(rows);
  await showPage('/residents/import', services);
  const words = await check();
  await userEvent.click(page.getByRole('button', { name: counted(words.run_other, 3) }));
  await expect.element(page.getByText(counted(words.done_other, 3))).toBeVisible();
  document.body.replaceChildren();
  await showPage('/residents/import', services);
  await userEvent.click(page.getByRole('button', { name: words.choose }));
  await expect.element(page.getByText(words.remembered)).toBeVisible();
  await userEvent.fill(page.getByLabelText(words.municipalityName, { exact: true }), 'Voorbeeldstad');
  await userEvent.fill(page.getByLabelText(words.municipalityCode, { exact: true }), '0000');
  await userEvent.click(page.getByRole('button', { name: words.check, exact: true }));
  await expect.element(page.getByText(words.nothing)).toBeVisible();
  await showGroup('nl', counted(words.groups.same_other, 3));
  await expect.poll(gridText).toContain('Melnyk');
  expect([...services.drafts.keys()].filter((key) => key.startsWith('import-columns/'))).toHaveLength(1);
  expect([...services.drafts.values()].join()).not.toMatch(/Bondar|1985/);
});

it.each(languages)('has its words and no scroll bar below, in %s', async (language) => {
  await showPage('/residents/import', begin(), language);
  await check(language);
  const main = document.querySelector('main');
  expect(main?.scrollWidth).toBe(main?.clientWidth);
  expect(main?.textContent).not.toMatch(/import\.|register:/);
});
