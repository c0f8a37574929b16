import { beforeAll, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { languages, startI18n, type Language } from '../../renderer/i18n/i18n.ts';
import { texts } from '../../renderer/i18n/texts.ts';
import type { OpenedFile } from '../../renderer/services.tsx';
import { useWorkspace } from '../../renderer/stores/workspace-store.ts';
import { findPersonTask } from '../../shared/follow-up/person-task.ts';
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
const counted = (text: string, count: number) => text.replace('{{count}}', String(count));

/** A list with one of three people, who is in it as the register has him: there is nothing to read in. */
function begin() {
  const header = ['achternaam', 'voornaam', 'geboortedatum'];
  const rows = [header, ['Bondar', 'Olena', '12-03-1985']];
  const file: OpenedFile = { name: 'BRP november.csv', format: 'csv', rows, encoding: 'utf-8', delimiter: ';' };
  const services = memoryServices({ day: isoDate('2026-11-24'), openFile: () => Promise.resolve(file) });
  const people = [
    { ...name('Bondar', 'Olena'), birthDate: '1985-03-12' },
    { ...name('Kravets', 'Iryna'), birthDate: '1960-01-02' },
    { ...name('Lysenko', 'Oksana'), birthDate: '1979-05-05' },
  ];
  people.forEach((values, at) =>
    services.put(
      { kind: 'resident', id: ids[at] ?? '' },
      aResident({ phones: [], bsn: null, vNumber: null, ...values }).values,
    ),
  );
  return services;
}

async function check(language: Language = 'nl') {
  const words = texts[language].register.import;
  await userEvent.click(page.getByRole('button', { name: words.choose }));
  await userEvent.fill(page.getByLabelText(words.municipalityName, { exact: true }), 'Voorbeeldstad');
  await userEvent.fill(page.getByLabelText(words.municipalityCode, { exact: true }), '0000');
  await userEvent.click(page.getByRole('button', { name: words.check, exact: true }));
  await userEvent.click(page.getByRole('button', { name: new RegExp(`${words.group}$`) }));
  await userEvent.click(page.getByRole('option', { name: counted(words.groups.gone_other, 2), exact: true }));
  await expect.element(page.getByRole('grid')).toBeVisible();
  return words;
}
const gridText = () => page.getByRole('grid').element().textContent;
const focusRow = (at: number) => (page.getByRole('grid').getByRole('row').nth(at).element() as HTMLElement).focus();
const tasksIn = (services: ReturnType<typeof begin>) =>
  [...useWorkspace.getState().records.values()]
    .filter(({ kind }) => kind === 'followUp')
    .flatMap(({ id }) => findPersonTask(id, services.valuesIn({ kind: 'followUp', id })) ?? []);

it('has those looked into who are not in the list: one chosen by keyboard, then closed with what came of it', async () => {
  const services = begin();
  const before = ids.map((id) => services.valuesIn({ kind: 'resident', id }));
  await showPage('/residents/import', services);
  const words = await check();
  await expect.element(page.getByText(words.nothing)).toBeVisible();
  focusRow(1);
  await userEvent.keyboard('{Enter}');
  await expect.poll(gridText).toContain(words.gone.take);
  await expectAccessible();
  await userEvent.click(page.getByRole('button', { name: counted(words.runTasks_one, 1) }));
  await expect.element(page.getByText(counted(words.tasksDone_one, 1))).toBeVisible();
  await expectAccessible();
  expect(tasksIn(services)).toMatchObject([{ list: 'BRP november', day: '2026-11-24', closed: null }]);
  expect(ids.map((id) => services.valuesIn({ kind: 'resident', id }))).toEqual(before);

  await userEvent.click(page.getByRole('button', { name: words.toTasks }));
  const task = texts.nl.register.task;
  await expect.poll(gridText).toMatch(/Kravets, Iryna.*BRP november24-11-2026/);
  await expectAccessible();
  focusRow(1);
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByRole('dialog')).toBeVisible();
  await userEvent.click(page.getByRole('button', { name: task.close, exact: true }));
  await expect.element(page.getByText(task.resultMissing)).toBeVisible();
  await expectAccessible();
  await userEvent.click(page.getByText(task.results.other));
  await userEvent.click(page.getByRole('button', { name: task.close, exact: true }));
  await expect.element(page.getByText(task.noteMissing)).toBeVisible();
  await userEvent.click(page.getByText(task.results.stays));
  await userEvent.click(page.getByRole('button', { name: task.close, exact: true }));
  await expect.element(page.getByText(task.none)).toBeVisible();
  expect(tasksIn(services)).toMatchObject([{ closed: { day: '2026-11-24', result: 'stays', note: '' } }]);
  expect(ids.map((id) => services.valuesIn({ kind: 'resident', id }))).toEqual(before);
});

it('makes one for everybody, none twice, shows them where a day begins, and opens the person', async () => {
  const services = begin();
  await showPage('/residents/import', services);
  const words = await check();
  await userEvent.click(page.getByRole('button', { name: new RegExp(`${words.groupChoice}$`) }));
  await userEvent.click(page.getByRole('option', { name: words.goneAll.take, exact: true }));
  await userEvent.fill(page.getByLabelText(words.listName), 'Lijst van november');
  await userEvent.click(page.getByRole('button', { name: counted(words.runTasks_other, 2) }));
  await expect.element(page.getByText(counted(words.tasksDone_other, 2))).toBeVisible();
  expect(tasksIn(services).map(({ list }) => list)).toEqual(['Lijst van november', 'Lijst van november']);

  document.body.replaceChildren();
  await showPage('/residents/import', services);
  await check();
  await expect.poll(gridText).toContain(words.gone.busy);
  await userEvent.click(page.getByRole('button', { name: new RegExp(`${words.groupChoice}$`) }));
  await userEvent.click(page.getByRole('option', { name: words.goneAll.take, exact: true }));
  await expect.element(page.getByText(words.nothing)).toBeVisible();

  document.body.replaceChildren();
  await showPage('/', services);
  await userEvent.click(page.getByRole('link', { name: `${texts.nl.common.today.tasks}: 2` }));
  await expect.poll(gridText).toContain('Lijst van november');
  focusRow(1);
  await userEvent.keyboard('{Enter}');
  await userEvent.click(page.getByRole('button', { name: texts.nl.register.task.openPerson }));
  await expect.element(page.getByRole('heading', { level: 1, name: /Kravets|Lysenko/ })).toBeVisible();
});

it('takes the tasks back with the list', async () => {
  const services = begin();
  await showPage('/residents/import', services);
  const words = await check();
  await userEvent.click(page.getByRole('button', { name: new RegExp(`${words.groupChoice}$`) }));
  await userEvent.click(page.getByRole('option', { name: words.goneAll.take, exact: true }));
  await userEvent.click(page.getByRole('button', { name: counted(words.runTasks_other, 2) }));
  await userEvent.click(page.getByRole('button', { name: words.undo }));
  await expect.element(page.getByText(words.undone)).toBeVisible();
  document.body.replaceChildren();
  await showPage('/residents/tasks', services);
  await expect.element(page.getByText(texts.nl.register.task.none)).toBeVisible();
});

it.each(languages)('has its words and no scroll bar below, in %s', async (language) => {
  const services = begin();
  const lookInto = { resident: ids[1] ?? '', list: 'BRP november', day: '2026-11-24' };
  services.put(
    { kind: 'followUp', id: '6b6b6b6b-0000-4000-8000-000000000001' },
    { placement: { site: null }, lookInto },
  );
  await showPage('/residents/tasks', services, language);
  await expect.poll(gridText).toContain('Kravets');
  const main = document.querySelector('main');
  expect(main?.scrollWidth).toBe(main?.clientWidth);
  expect(main?.textContent).not.toMatch(/task\.|register:/);
  focusRow(1);
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByRole('dialog')).toBeVisible();
  await expectAccessible();
});
