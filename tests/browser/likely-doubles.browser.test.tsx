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
const { register } = texts.nl;

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
