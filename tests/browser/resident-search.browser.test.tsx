import { beforeAll, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { startI18n } from '../../renderer/i18n/i18n.ts';
import { texts } from '../../renderer/i18n/texts.ts';
import { aResident } from '../../shared/demo/builders.ts';
import { isoDate } from '../../shared/kernel/dates.ts';
import { memoryServices, type MemoryServices } from '../fakes/memory-services.ts';
import { expectAccessible } from './show.tsx';
import { showPage } from './show-page.tsx';

beforeAll(() => startI18n('nl'));
const { register } = texts.nl;
const name = (family: string, given: string, familyCyrillic: string, givenCyrillic: string) => ({
  ...{ family, given, patronymic: '', familyCyrillic, givenCyrillic, patronymicCyrillic: '' },
});
const begin = (): MemoryServices => {
  const services = memoryServices({ day: isoDate('2026-11-24') });
  const people = [
    {
      name: name('Tsymbaliuk', 'Yuliia', 'Цимбалюк', 'Юлія'),
      vNumber: '2817263544',
      bsn: '123456782',
      birthDate: '1990-01-01',
    },
    {
      name: name('Shchaslyvtsev', 'Nestor', 'Щасливцев', 'Нестор'),
      vNumber: '2899999999',
      bsn: null,
      birthDate: '1985-03-12',
    },
  ];
  for (const { id, values } of people.map((person, at) =>
    aResident(person, `5a5a5a5a-0000-4000-8000-00000000010${String(at)}`),
  ))
    services.put({ kind: 'resident', id }, values);
  return services;
};
const search = async (text: string) => {
  const field = page.getByRole('searchbox');
  await userEvent.fill(field, text);
};
const rowOf = (family: string) => page.getByRole('row', { name: new RegExp(family) });
const rows = () => page.getByRole('row').elements().length - 1;

it.each([
  ['Joelia', 'Tsymbaliuk', register.match.spelling],
  ['цимб', 'Tsymbaliuk', register.match.cyrillic],
  ['nesotr', 'Shchaslyvtsev', register.match.typo],
])('%s finds %s and says why', async (typed, family, reason) => {
  await showPage('/residents', begin());
  await search(typed);
  await expect.poll(rows).toBe(1);
  await expect.element(rowOf(family).getByText(reason)).toBeVisible();
});

it.each(['12-3-1985', '12.03.1985', '1985-03-12', '1985'])('finds a birth date written %s', async (typed) => {
  await showPage('/residents', begin());
  await search(typed);
  await expect.element(rowOf('Shchaslyvtsev')).toBeVisible();
  await expect.poll(rows).toBe(1);
});

it('reads the numbers only when asked, logs it, finds them then at once, and never shows a BSN', async () => {
  const services = begin();
  await showPage('/residents', services);
  await search('281726');
  await expect.element(page.getByText(register.list.noneFound)).toBeVisible();
  expect(services.log.filter((line) => line.startsWith('scan'))).toEqual([]);
  await expectAccessible();
  await userEvent.click(page.getByRole('button', { name: register.numbers.read }));
  await expect.element(rowOf('Tsymbaliuk').getByText(register.match.vNumber)).toBeVisible();
  expect(services.log).toContain(`scan ${register.numbers.purpose}`);
  await search('12345678');
  await expect.element(page.getByText(register.list.noneFound)).toBeVisible();
  await search('123456782');
  await expect.element(rowOf('Tsymbaliuk').getByText(register.match.bsn)).toBeVisible();
  expect(document.querySelector('[role=grid]')?.textContent).not.toContain('123456782');
  await expectAccessible();
});

it('writes what a letter finds into the lines that are there, and leaves the cells of a name that stays', async () => {
  await showPage('/residents', begin());
  await search('s');
  await expect.element(rowOf('Shchaslyvtsev')).toBeVisible();
  await expect.poll(rows).toBe(1);
  const before = rowOf('Shchaslyvtsev').element();
  let touched = 0;
  const observer = new MutationObserver((changes) => (touched += changes.length));
  observer.observe(before, { childList: true, subtree: true, characterData: true, attributes: true });
  await search('shch');
  await expect.element(page.getByRole('grid')).toHaveAttribute('aria-rowcount', '2');
  expect(rowOf('Shchaslyvtsev').element()).toBe(before);
  expect(touched).toBe(0);
  observer.disconnect();
  await search('tsym');
  await expect.element(rowOf('Tsymbaliuk')).toBeVisible();
  expect(rowOf('Tsymbaliuk').element()).toBe(before);
});

it('has the people of the site that was looked at last before the others of one name', async () => {
  const services = begin();
  const [near, far] = ['5a5a5a5a-0000-4000-8000-0000000000a1', '5a5a5a5a-0000-4000-8000-0000000000a2'] as const;
  services.put({ kind: 'site', id: far }, { placement: { site: far }, name: 'Aalhof' });
  services.put({ kind: 'site', id: near }, { placement: { site: near }, name: 'Zandhof' });
  const people = [
    { name: name('Bondar', 'Anna', '', ''), placement: { site: far } },
    { name: name('Bondar', 'Zoia', '', ''), placement: { site: near } },
  ];
  people.forEach((person, at) => {
    const { id, values } = aResident(person, `5a5a5a5a-0000-4000-8000-00000000020${String(at)}`);
    services.put({ kind: 'resident', id }, values);
  });
  const names = () =>
    page
      .getByRole('rowheader')
      .elements()
      .map((cell) => cell.textContent);
  await showPage(`/residents?site=${near}`, services);
  await search('bondar');
  await expect.poll(names).toEqual(['Bondar, Zoia']);
  await userEvent.click(page.getByRole('button', { name: new RegExp(register.list.site) }));
  await userEvent.click(page.getByRole('option', { name: register.filter.allSites, exact: true }));
  await expect.poll(names).toEqual(['Bondar, Zoia', 'Bondar, Anna']);
});
