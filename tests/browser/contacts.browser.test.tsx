import { beforeAll, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { startI18n } from '../../renderer/i18n/i18n.ts';
import { texts } from '../../renderer/i18n/texts.ts';
import { isoDate } from '../../shared/kernel/dates.ts';
import { memoryServices } from '../fakes/memory-services.ts';
import { expectAccessible } from './show.tsx';
import { showPage } from './show-page.tsx';

beforeAll(() => startI18n('nl'));
const { settings, common, register } = texts.nl;
const words = settings.contacts;
const optional = (label: string) => common.form.optional.replace('{{label}}', label);
const field = (label: string) => page.getByRole('dialog').getByRole('textbox', { name: optional(label), exact: true });
const press = (name: string) => userEvent.click(page.getByRole('button', { name, exact: true }));
const rows = () =>
  page
    .getByRole('rowheader')
    .elements()
    .map((cell) => cell.textContent);

it('keeps whom to call, finds them by any word and takes them away, without sending anything', async () => {
  const services = memoryServices({ day: isoDate('2026-11-25') });
  await showPage('/settings', services);
  await userEvent.click(page.getByRole('link', { name: words.open }));
  await expect.element(page.getByText(words.none)).toBeVisible();
  for (const [body, purpose] of [
    [words.body.nidos, 'Voogdij'],
    [words.body.noo, 'Bekostiging'],
  ] as const) {
    await press(words.new);
    await userEvent.click(page.getByRole('dialog').getByRole('button', { name: new RegExp(words.bodyLabel) }));
    await userEvent.click(page.getByRole('option', { name: body, exact: true }));
    await userEvent.fill(field(words.part.purpose), purpose);
    await press(common.action.save);
    await expect.element(page.getByText(words.reachMissing).first()).toBeVisible();
    await expectAccessible();
    await userEvent.fill(field(words.part.phone), '030 0000000');
    await press(common.action.save);
    await expect.element(page.getByRole('dialog')).not.toBeInTheDocument();
  }
  await expect.poll(rows).toEqual([words.body.nidos, words.body.noo]);
  await expectAccessible();
  await userEvent.fill(page.getByRole('searchbox'), 'voogdij');
  await expect.poll(rows).toEqual([words.body.nidos]);

  page.getByRole('rowheader').element().focus();
  await userEvent.click(page.getByRole('rowheader'));
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByRole('dialog')).toBeVisible();
  await press(words.remove);
  await expect.element(page.getByText(words.none)).toBeVisible();
  await userEvent.fill(page.getByRole('searchbox'), '');
  await expect.poll(rows).toEqual([words.body.noo]);
  await expect.element(page.getByRole('button', { name: register.export.file, exact: true })).toBeVisible();
  expect(services.log.filter((line) => line.startsWith('save'))).toEqual(['save edit', 'save edit', 'save edit']);
});
