import { beforeAll, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { startI18n } from '../../renderer/i18n/i18n.ts';
import { texts } from '../../renderer/i18n/texts.ts';
import { aResident } from '../../shared/demo/builders.ts';
import { isoDate } from '../../shared/kernel/dates.ts';
import { memoryServices } from '../fakes/memory-services.ts';
import { expectAccessible } from './show.tsx';
import { showPage } from './show-page.tsx';

beforeAll(() => startI18n('nl'));
const { register, common } = texts.nl;
const optional = (label: string) => common.form.optional.replace('{{label}}', label);

it('names who may already be there while a new resident is typed, says why, and opens them', async () => {
  const services = memoryServices({ day: isoDate('2026-11-24') });
  const { id, values } = aResident();
  services.put({ kind: 'resident', id }, values);
  await showPage('/residents/new', services);
  const type = (label: string, text: string) => page.getByRole('textbox', { name: label, exact: true }).fill(text);
  await type(register.control.family, 'Kowalenko');
  await type(register.control.given, 'Joelia');
  await type(register.control.birthDate, '13-03-1985');
  await expect.element(page.getByRole('textbox', { name: register.control.birthDate })).toHaveValue('13-03-1985');
  expect(page.getByText(register.doubles.title_one).elements()).toEqual([]);
  await type(register.control.birthDate, '12-03-1985');
  await expect.element(page.getByText(register.doubles.title_one)).toBeVisible();
  await expect.element(page.getByText(new RegExp(register.doubles.reason['name-and-birth-date']))).toBeVisible();
  await expectAccessible();
  const link = page.getByRole('link', { name: 'Kovalenko, Yuliia' });
  (link.element() as HTMLElement).focus();
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByRole('heading', { level: 1, name: /Kovalenko/ })).toBeVisible();
});

it('reads the numbers once one was typed in full, stops at an equal BSN, and goes on with a reason', async () => {
  const services = memoryServices({ day: isoDate('2026-11-24') });
  const { id, values } = aResident();
  services.put({ kind: 'resident', id }, values);
  await showPage('/residents/new', services);
  const type = (label: string, text: string) => page.getByRole('textbox', { name: label, exact: true }).fill(text);
  await type(register.control.family, 'Tkachuk');
  await type(optional(register.control.bsn), '99999365');
  await expect
    .element(page.getByRole('textbox', { name: optional(register.control.bsn), exact: true }))
    .toHaveValue('99999365');
  expect(services.log).not.toContain(`scan ${register.numbers.purpose}`);
  await type(optional(register.control.bsn), '999993653');
  await expect.element(page.getByText(new RegExp(register.doubles.reason.bsn))).toBeVisible();
  expect(services.log.filter((entry) => entry === `scan ${register.numbers.purpose}`)).toHaveLength(1);
  await expectAccessible();
  const save = page.getByRole('button', { name: common.action.save, exact: true });
  await save.click();
  await expect.element(page.getByRole('link', { name: register.doubles.blocked })).toBeVisible();
  expect(services.log).not.toContain('save create');
  await type(register.doubles.goOn, 'tweeling met verwisseld nummer');
  await save.click();
  await expect.element(page.getByText(register.page.created)).toBeVisible();
  expect(services.log).toContain('save create');
});

it('finds an equal number whatever the name, and offers to merge a record that exists', async () => {
  const services = memoryServices({ day: isoDate('2026-11-24') });
  const { id, values } = aResident();
  services.put({ kind: 'resident', id }, values);
  const other = '6b6b6b6b-0000-4000-8000-000000000002';
  const name = { ...(values.name as Record<string, string>), family: 'Tkachuk', familyCyrillic: 'Ткачук' };
  services.put({ kind: 'resident', id: other }, { placement: null, name, birthDate: '1990-01-01' });
  await showPage(`/residents/${other}/edit`, services);
  const number = page.getByRole('textbox', { name: optional(register.control.vNumber), exact: true });
  await number.fill('281 234 5678');
  await expect.element(page.getByText(new RegExp(register.doubles.reason['v-number']))).toBeVisible();
  await page.getByRole('link', { name: register.doubles.merge, exact: true }).click();
  await expect.element(page.getByRole('heading', { level: 1, name: register.merge.title })).toBeVisible();
});
