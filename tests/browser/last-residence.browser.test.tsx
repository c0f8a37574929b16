import { beforeAll, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { startI18n } from '../../renderer/i18n/i18n.ts';
import { texts } from '../../renderer/i18n/texts.ts';
import { aResident, aResidentId } from '../../shared/demo/builders.ts';
import { isoDate } from '../../shared/kernel/dates.ts';
import { memoryServices } from '../fakes/memory-services.ts';
import { expectAccessible } from './show.tsx';
import { showPage } from './show-page.tsx';

beforeAll(() => startI18n('nl'));
const { register, facts, settings } = texts.nl;
const begin = () => {
  const services = memoryServices({ day: isoDate('2026-11-24') });
  services.put({ kind: 'resident', id: aResidentId }, aResident().values);
  return services;
};

it('has no place for a last residence until an act is written down, which takes the keyboard alone', async () => {
  const services = begin();
  await showPage(`/residents/${aResidentId}`, services);
  await expect.element(page.getByText(register.control.leftUkraineOn)).toBeVisible();
  expect(page.getByText(facts.kind.lastResidence).query()).toBeNull();
  await showPage('/settings', services);
  const start = page.getByRole('button', { name: settings.lastResidence.start });
  await expect.element(start).toBeVisible();
  (start.element() as HTMLElement).focus();
  await userEvent.keyboard('{Enter}');
  const act = page.getByRole('textbox', { name: settings.lastResidence.act });
  await expect.element(act).toBeVisible();
  await userEvent.click(page.getByRole('button', { name: texts.nl.common.action.save, exact: true }));
  await expect.element(page.getByText(settings.lastResidence.actError).first()).toBeVisible();
  await expectAccessible();
  await userEvent.fill(act, 'Stcrt. 2026, 1');
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByText(settings.lastResidence.on)).toBeVisible();
  await showPage(`/residents/${aResidentId}`, services);
  await expect
    .element(page.getByRole('heading', { level: 3, name: facts.kind.lastResidence, exact: true }))
    .toBeVisible();
});

it('keeps when somebody left Ukraine, and warns once about a day before the reference day', async () => {
  const services = begin();
  services.put({ kind: 'resident', id: aResidentId }, aResident({ leftUkraineOn: '2021-11-01' }).values);
  await showPage(`/residents/${aResidentId}/edit`, services);
  const lived = page.getByRole('button', { name: new RegExp(register.control.livedInUkraineOnReferenceDate) });
  await expect.element(lived).toBeVisible();
  await userEvent.click(lived);
  await userEvent.click(page.getByRole('option', { name: facts.code.yesNoUnknown.no, exact: true }));
  await expectAccessible();
  await userEvent.click(page.getByRole('button', { name: texts.nl.common.action.save, exact: true }));
  await expect.element(page.getByText(register.warning['left-before-reference-day']).first()).toBeVisible();
  await userEvent.click(page.getByRole('button', { name: texts.nl.common.action.save, exact: true }));
  await expect.element(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect.element(page.getByText(/^0?1-11-2021$/).first()).toBeVisible();
});
