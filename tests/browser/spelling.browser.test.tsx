import { beforeAll, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { startI18n } from '../../renderer/i18n/i18n.ts';
import { texts } from '../../renderer/i18n/texts.ts';
import { isoDate } from '../../shared/kernel/dates.ts';
import { toResident } from '../../shared/register/resident.ts';
import { aResident, aResidentId } from '../../shared/demo/builders.ts';
import { memoryServices } from '../fakes/memory-services.ts';
import { expectAccessible } from './show.tsx';
import { showPage } from './show-page.tsx';

beforeAll(() => startI18n('nl'));
const { register, common } = texts.nl;
const ref = { kind: 'resident', id: aResidentId } as const;
const optional = (label: string) => common.form.optional.replace('{{label}}', label);
const cyrillic = () => page.getByLabelText(optional(register.control.givenCyrillic), { exact: true });
const latin = () => page.getByLabelText(register.control.given, { exact: true });
const save = () => userEvent.click(page.getByRole('button', { name: common.action.save, exact: true }));
const choices = () => page.getByRole('radiogroup', { name: new RegExp('Voornamen.*mogelijke spellingen') });

async function edit(name: object, more: object = {}) {
  const services = memoryServices({ day: isoDate('2026-11-25') });
  const empty = { familyCyrillic: '', givenCyrillic: '', patronymicCyrillic: '', patronymic: '' };
  services.put(ref, aResident({ name: { family: 'Boyko', given: '', ...empty, ...name }, ...more }).values);
  await showPage(`/residents/${aResidentId}/edit`, services);
  await expect.element(latin()).toBeVisible();
  return services;
}
const resident = (services: Awaited<ReturnType<typeof edit>>) => toResident(aResidentId, services.valuesIn(ref));

it('offers spellings of a Latin name and fills in none: what nobody chose is not saved', async () => {
  const services = await edit({});
  await userEvent.fill(latin(), 'Mariana');
  await expect.element(choices()).toBeVisible();
  await expectAccessible();
  for (const name of ['Маряна', 'Марʼяна', 'Маріана'])
    await expect.element(page.getByRole('radio', { name, exact: true })).not.toBeChecked();
  await expect.element(cyrillic()).toHaveValue('');
  await save();
  await expect.element(page.getByRole('heading', { level: 1, name: 'Boyko, Mariana' })).toBeVisible();
  expect(resident(services)).toMatchObject({ name: { givenCyrillic: '' }, proposed: [] });
});

it('by keyboard a person chooses one, and it stays marked until the document was seen', async () => {
  const services = await edit({ given: 'Mariana' });
  await expect.element(choices()).toBeVisible();
  page.getByRole('radio', { name: 'Маряна', exact: true }).element().focus();
  await userEvent.keyboard('{ArrowRight}');
  await expect.element(cyrillic()).toHaveValue('Марʼяна');
  await expect.element(page.getByText(register.spelling.chosen)).toBeVisible();
  await save();
  await expect.element(page.getByRole('heading', { level: 1, name: 'Boyko, Mariana' })).toBeVisible();
  await expect.element(page.getByText(`(${register.spelling.marked})`)).toBeVisible();
  expect(resident(services)).toMatchObject({ name: { givenCyrillic: 'Марʼяна' }, proposed: ['givenCyrillic'] });

  await userEvent.click(page.getByRole('button', { name: register.page.edit, exact: true }));
  await userEvent.click(page.getByRole('button', { name: register.spelling.seen, exact: true }));
  await expect.element(choices()).not.toBeInTheDocument();
  await save();
  await expect.element(page.getByRole('heading', { level: 1, name: 'Boyko, Mariana' })).toBeVisible();
  expect(resident(services)).toMatchObject({ name: { givenCyrillic: 'Марʼяна' }, proposed: [] });
});

it('can be taken back, and what is typed over it is no suggestion any more', async () => {
  const services = await edit({ given: 'Olha' });
  await userEvent.click(choices().getByText('Ольга', { exact: true }));
  await expect.element(cyrillic()).toHaveValue('Ольга');
  await userEvent.click(choices().getByText(register.spelling.none, { exact: true }));
  await expect.element(cyrillic()).toHaveValue('');
  await userEvent.click(choices().getByText('Ольга', { exact: true }));
  await userEvent.fill(cyrillic(), 'Олга');
  await expect.element(page.getByText(register.spelling.chosen)).not.toBeInTheDocument();
  await save();
  await expect.element(page.getByRole('heading', { level: 1, name: 'Boyko, Olha' })).toBeVisible();
  expect(resident(services)).toMatchObject({ name: { givenCyrillic: 'Олга' }, proposed: [] });
});

it('offers nothing where a Ukrainian name stands, or the Latin one is of another spelling', async () => {
  await edit({ given: 'Mariana', givenCyrillic: 'Мар’яна' });
  await expect.element(cyrillic()).toHaveValue('Мар’яна');
  await expect.element(choices()).not.toBeInTheDocument();
  await userEvent.fill(cyrillic(), '');
  await expect.element(choices()).toBeVisible();
  await userEvent.fill(latin(), 'Joelia');
  await expect.element(choices()).not.toBeInTheDocument();
});
