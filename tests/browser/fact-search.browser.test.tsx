import { beforeAll, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { languages, startI18n } from '../../renderer/i18n/i18n.ts';
import { texts } from '../../renderer/i18n/texts.ts';
import { aResident, aSiteId } from '../../shared/demo/builders.ts';
import { isoDate } from '../../shared/kernel/dates.ts';
import { memoryServices } from '../fakes/memory-services.ts';
import { expectAccessible } from './show.tsx';
import { showPage } from './show-page.tsx';

beforeAll(() => startI18n('nl'));
const { facts } = texts.nl;
const ids = [1, 2, 3].map((n) => `5a5a5a5a-0000-4000-8000-00000000000${String(n)}`);
const step = (name: string) => ({ profession: 'psychologist', step: name, reference: null, note: null });

const name = (family: string) => ({ name: { ...(aResident().values.name as object), family } });

function begin() {
  const services = memoryServices({ day: isoDate('2026-11-24') });
  const over = [
    {
      ...name('Bondar'),
      'profession.2026-02-01': step('logo-requested'),
      'profession.2026-05-01': step('logo-issued'),
    },
    { ...name('Tkachenko'), 'profession.2026-03-01': { ...step('big-registered'), profession: 'nurse' } },
    { ...name('Lysenko'), 'work.2025-01-01': { to: '2025-12-31', employer: 'Kas' } },
  ];
  over.forEach((values, at) => services.put({ kind: 'resident', id: ids[at] ?? '' }, aResident(values).values));
  return services;
}
const rows = () => page.getByRole('grid').getByRole('row');

it('finds everybody with a step of one profession, and opens the person', async () => {
  await showPage('/residents/facts?kind=profession', begin());
  await expect.element(rows().nth(3)).toBeVisible();
  await expectAccessible();
  await userEvent.click(page.getByRole('button', { name: new RegExp(facts.search.value) }));
  await userEvent.click(page.getByRole('option', { name: facts.code.regulatedProfession.nurse, exact: true }));
  await expect.element(page.getByText('1 regel', { exact: true })).toBeVisible();
  expect(rows().nth(1).element().textContent).toContain('Tkachenko');
  await userEvent.click(rows().nth(1));
  await expect.element(page.getByRole('heading', { level: 1, name: /Tkachenko/ })).toBeVisible();
});

it('leaves out what is over until it is asked for', async () => {
  await showPage('/residents/facts?kind=work', begin());
  await expect.element(page.getByText(facts.search.none)).toBeVisible();
  await userEvent.click(page.getByText(facts.search.past));
  await expect.element(rows().nth(1)).toBeVisible();
  expect(rows().nth(1).element().textContent).toContain('Lysenko');
});

it('finds who left Ukraine in a period, and says where the main residence was', async () => {
  const services = begin();
  const left = (at: number, leftUkraineOn: string, lived: string | null) =>
    services.put(
      { kind: 'resident', id: ids[at] ?? '' },
      aResident({ ...name(`Left${String(at)}`), leftUkraineOn, livedInUkraineOnReferenceDate: lived }).values,
    );
  left(0, '2021-11-01', 'no');
  left(1, '2022-02-28', 'yes');
  left(2, '2024-06-01', null);
  await showPage('/residents/facts?kind=leftUkraineOn&from=2022-01-01&until=2022-12-31', services);
  await expect.element(page.getByText('1 regel', { exact: true })).toBeVisible();
  expect(rows().nth(1).element().textContent).toContain('Left1');
  expect(rows().nth(1).element().textContent).toContain(facts.code.yesNoUnknown.yes);
  await expectAccessible();
});

it('looks for a last residence by oblast, once an act allows to keep it', async () => {
  const services = begin();
  const sumy = 'UA59000000000057109';
  services.put(
    { kind: 'resident', id: ids[0] ?? '' },
    aResident({ ...name('Sumska'), 'lastResidence.2010-01-01': { oblast: sumy, raion: 'Sumskyi', to: null } }).values,
  );
  services.put(
    { kind: 'municipalPolicy', id: '7a7a7a7a-0000-4000-8000-000000000001' },
    { placement: { site: null }, 'lastResidence.2026-01-01': { kept: true, legalAct: 'Act' } },
  );
  await showPage('/residents/facts?kind=lastResidence', services);
  await expect.element(page.getByText('1 regel', { exact: true })).toBeVisible();
  expect(rows().nth(1).element().textContent).toContain('Sumskyi');
  await userEvent.click(page.getByRole('button', { name: new RegExp(facts.search.value) }));
  await userEvent.click(page.getByRole('option', { name: /Lviv/i }));
  await expect.element(page.getByText(facts.search.none)).toBeVisible();
});

it.each(languages)('every kind and code has its words, without a scroll bar below, in %s', async (language) => {
  const services = begin();
  await showPage('/residents/facts?kind=profession', services, language);
  await expect.element(rows().nth(3)).toBeVisible();
  const main = document.querySelector('main');
  expect(main?.scrollWidth).toBe(main?.clientWidth);
  expect(main?.textContent).not.toMatch(/facts:|code\.|part\.|kind\./);
});

it('finds who has facts of two kinds, by any of their values, at one site', async () => {
  const services = memoryServices({ day: isoDate('2026-11-24') });
  const site = '5a5a5a5a-0000-4000-8000-0000000000a1';
  services.put({ kind: 'site', id: site }, { placement: { site }, name: 'Zandhof' });
  services.put({ kind: 'site', id: aSiteId }, { placement: { site: aSiteId }, name: 'De Linde' });
  const level = { language: 'nl', level: 'b1', assessedBy: null };
  const both = { 'profession.2026-02-01': step('logo-issued'), 'languageLevel.2026-04-01': level };
  const people = [
    { ...name('Bondar'), ...both, placement: { site } },
    { ...name('Tkachenko'), ...both },
    { ...name('Lysenko'), 'profession.2026-02-01': step('logo-issued') },
  ];
  people.forEach((values, at) => services.put({ kind: 'resident', id: ids[at] ?? '' }, aResident(values).values));
  const found = () =>
    page
      .getByRole('rowheader')
      .elements()
      .map((cell) => cell.textContent);
  await showPage('/residents/facts?kind=profession&code=step%3Dlogo-issued', services);
  await expect.poll(found).toHaveLength(3);
  await userEvent.click(page.getByRole('button', { name: new RegExp(facts.search.also) }));
  await userEvent.click(page.getByRole('option', { name: facts.kind.languageLevel, exact: true }));
  await expect.poll(found).toEqual(['Bondar, Yuliia', 'Tkachenko, Yuliia']);
  await expectAccessible();
  await userEvent.click(page.getByRole('button', { name: new RegExp(texts.nl.register.list.site) }));
  await userEvent.click(page.getByRole('option', { name: 'Zandhof', exact: true }));
  await expect.poll(found).toEqual(['Bondar, Yuliia']);
  await userEvent.click(page.getByRole('button', { name: new RegExp(facts.search.alsoValue) }));
  const value = facts.labelled.replace('{{label}}', facts.part.level).replace('{{value}}', facts.code.languageLevel.a1);
  await userEvent.click(page.getByRole('option', { name: value, exact: true }));
  await expect.element(page.getByText(facts.search.none)).toBeVisible();
});
