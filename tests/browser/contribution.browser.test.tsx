import { beforeAll, describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { startI18n, type Language } from '../../renderer/i18n/i18n.ts';
import { aHilversumFamily, familyId, motherId, policyId, sonId } from '../fakes/contribution-family.ts';
import { memoryServices, type MemoryServices } from '../fakes/memory-services.ts';
import { expectAccessible } from './show.tsx';
import { showPage } from './show-page.tsx';

beforeAll(() => startI18n('nl'));

const address = (month: string) => `/contributions/${familyId}?month=${month}`;
const income = (services: MemoryServices, amountCents: number, month = '2025-10') =>
  services.put(
    { kind: 'resident', id: motherId },
    { [`income.employment.${month}`]: { amountCents, evidence: 'payslip' } },
  );
const picture = (name: string) => page.screenshot({ path: `../../test-output/contributions/${name}.png` });
const text = () => (document.querySelector('main')?.textContent ?? '').replaceAll(/\s/gu, ' ');
const seen = async (...parts: readonly string[]) => {
  for (const part of parts) await expect.poll(text).toContain(part);
};

const alertSays = (part: string) =>
  expect.poll(() => document.querySelector('[role=alert]')?.textContent ?? '').toContain(part);
const describedAs = (field: { element: () => Element }, part: string) =>
  expect.poll(() => descriptionOf(field.element())).toContain(part);
const descriptionOf = (field: Element) =>
  (field.getAttribute('aria-describedby') ?? '')
    .split(' ')
    .map((id) => document.getElementById(id)?.textContent ?? '')
    .join(' ')
    .replaceAll(/\s/gu, ' ');

const inLanguages: readonly { language: Language; words: string[]; after: string[]; list: string[] }[] = [
  {
    language: 'nl',
    words: ['€ 873,23', '€ 1.154,08', 'Voedingsgeld', '115% van het volledige leefgeld van € 759,33', 'officieel'],
    after: ['Iryna Bondar, loon uit werk: € 2.000,00 telt mee', 'de volledige bijdrage'],
    list: ['Bondar', 'Besluit'],
  },
  {
    language: 'uk',
    words: ['873,23 €', '1 154,08 €', 'Кошти на харчування', '115% від повної суми виплат 759,33 €', 'офіційно'],
    after: ['Iryna Bondar, заробітна плата: 2 000,00 € враховується', 'повний внесок'],
    list: ['Bondar', 'Рішення'],
  },
  {
    language: 'en',
    words: ['€873.23', '€1,154.08', 'Food allowance', '115% of the full allowance of €759.33', 'official'],
    after: ['Iryna Bondar, wages from work: €2,000.00 counts', 'the full contribution'],
    list: ['Bondar', 'Decision'],
  },
];

describe.each(inLanguages)('in $language', ({ language, words, after, list }) => {
  it('shows the published thresholds of one adult with two children, and every step in words', async () => {
    const services = aHilversumFamily(memoryServices());
    await showPage(address('2025-10'), services, language);
    await seen(...words);
    expect(document.querySelectorAll('.steps tbody tr').length).toBeGreaterThanOrEqual(8);
    await expectAccessible();
    await picture(`family-${language}`);

    income(services, 200_000);
    await seen(...after);
    await picture(`income-${language}`);
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(1366);
  });

  it('asks for a judgement between the thresholds', async () => {
    const services = aHilversumFamily(memoryServices());
    income(services, 100_000);
    await showPage(address('2025-10'), services, language);
    await expect.element(page.getByRole('table').first()).toBeVisible();
    await expectAccessible();
    await picture(`judgement-${language}`);
  });

  it('lists the families of the month', async () => {
    const services = aHilversumFamily(memoryServices());
    await showPage('/contributions?month=2025-10', services, language);
    await seen(...list);
    await expect.element(page.getByRole('row').nth(1)).toBeVisible();
    await expectAccessible();
    await picture(`list-${language}`);
  });

  it('lets the municipality settle its rules', async () => {
    await showPage('/settings/municipality', aHilversumFamily(memoryServices()), language);
    await expect.element(page.getByRole('radiogroup').first()).toBeVisible();
    await expectAccessible();
    await picture(`policy-${language}`);
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(1366);
  });

  it('shows the letter, complete in both languages', async () => {
    await showPage(`/contributions/${familyId}/letter?month=2025-10`, aHilversumFamily(memoryServices()), language);
    await seen(
      'Voornemen: leefgeld en eigen bijdrage, oktober 2025',
      'Намір: виплати на проживання (leefgeld) та власний внесок (eigen bijdrage), жовтень 2025',
    );
    await expectAccessible();
    await picture(`letter-${language}`);
  });
});

describe('entering an income', () => {
  it('by keyboard changes the outcome', async () => {
    const services = aHilversumFamily(memoryServices());
    await showPage(address('2025-10'), services);
    await expect.element(page.getByLabelText('Bedrag')).toBeVisible();
    document.querySelector<HTMLInputElement>('input[id^=amount]')?.focus();
    await userEvent.keyboard('1423,50{Enter}');
    await seen('Iryna Bondar, loon uit werk: € 1.423,50 telt mee', 'Eigen bijdrage€ 244,22');
    expect(services.valuesIn({ kind: 'resident', id: motherId })['income.employment.2025-10']).toEqual({
      amountCents: 142_350,
      evidence: 'payslip',
    });
    await expect.element(page.getByRole('button', { name: 'Ongedaan maken' })).toBeVisible();
  });

  it('below nothing or of a million is refused at the field, and kept on the screen', async () => {
    const services = aHilversumFamily(memoryServices());
    await showPage(address('2025-10'), services);
    const amount = page.getByLabelText('Bedrag');
    const save = page.getByRole('button', { name: 'Inkomen opslaan' });
    const attempt = async (typed: string) => {
      await userEvent.fill(amount, typed);
      await userEvent.click(save);
    };
    await attempt('-5');
    await alertSays('kan niet lager zijn dan 0');
    await describedAs(amount, 'kan niet lager zijn dan 0');
    await expectAccessible();
    await picture('income-refused-nl');
    await attempt('1000000');
    await describedAs(amount, 'een miljoen euro of meer');
    await attempt('99999999999999999999999999');
    await describedAs(amount, 'een miljoen euro of meer');
    expect(services.log.filter((line) => line.startsWith('save'))).toEqual([]);
    await attempt('0');
    await expect.poll(() => services.log.filter((line) => line.startsWith('save'))).toEqual(['save edit']);
    expect(services.valuesIn({ kind: 'resident', id: motherId })['income.employment.2025-10']).toMatchObject({
      amountCents: 0,
    });
  });

  it('of the same kind twice is refused, and the month before can be taken over', async () => {
    const services = aHilversumFamily(memoryServices());
    income(services, 90_000, '2025-09');
    await showPage(address('2025-10'), services);
    await userEvent.click(page.getByRole('button', { name: 'Overnemen van september 2025' }));
    await expect.poll(() => document.querySelector<HTMLInputElement>('input[id^=amount]')?.value).toMatch(/900,00/);
    expect(services.valuesIn({ kind: 'resident', id: motherId })['income.employment.2025-10']).toBeUndefined();
    await userEvent.click(page.getByRole('button', { name: 'Inkomen opslaan' }));
    await seen('loon uit werk: € 900,00 telt mee');
  });
});

describe('deciding', () => {
  it('needs an amount within the limits and a reason, and is read-only afterwards', async () => {
    const services = aHilversumFamily(memoryServices());
    income(services, 100_000);
    await showPage(address('2025-10'), services);
    const decide = page.getByRole('button', { name: 'Besluit vastleggen' });
    await seen('geen officiële uitkomst');
    await userEvent.click(decide);
    await alertSays('Geef de reden van het bedrag');
    const amount = page.getByLabelText('Eigen bijdrage die u vaststelt');
    await userEvent.fill(amount, '300');
    await userEvent.fill(page.getByLabelText('Reden van het bedrag'), 'Hoge reiskosten');
    await userEvent.click(decide);
    await describedAs(amount, 'Vul een bedrag in van');
    await userEvent.fill(amount, '100');
    await userEvent.click(decide);

    await seen('Besluit vastgelegd', 'M. de Vries', 'Hoge reiskosten', 'Eigen bijdrage€ 100,00');
    await expect.element(page.getByRole('heading', { name: 'Besluit vastgelegd' })).toHaveFocus();
    expect(document.querySelectorAll('main form').length).toBe(0);
    expect(services.log.filter((line) => line.startsWith('save'))).toEqual(['save decide']);
    await expectAccessible();
    await picture('decided-nl');

    income(services, 200_000);
    await seen('De gegevens zijn na dit besluit gewijzigd');
    await userEvent.click(page.getByRole('button', { name: 'Corrigeren met een nieuw besluit' }));
    await seen('Verschil met het vastgelegde besluit');
    await userEvent.click(decide);
    await seen('In plaats van', 'Eerdere besluiten over deze maand');
    await picture('corrected-nl');
  });

  it('lets a due contribution be lowered with a reason', async () => {
    const services = aHilversumFamily(memoryServices());
    income(services, 200_000);
    await showPage(address('2025-10'), services);
    await userEvent.click(page.getByText(/De bijdrage verlagen/));
    await userEvent.fill(page.getByLabelText('Eigen bijdrage die u vaststelt'), '50');
    await userEvent.click(page.getByRole('button', { name: 'Besluit vastleggen' }));
    await alertSays('Geef de reden van het bedrag');
    await userEvent.fill(page.getByLabelText('Reden van het bedrag'), 'Schulden');
    await userEvent.click(page.getByRole('button', { name: 'Besluit vastleggen' }));
    await seen('Eigen bijdrage€ 50,00', 'Schulden');
  });

  it('asks how two adults count before anything is decided', async () => {
    const services = aHilversumFamily(memoryServices());
    services.put({ kind: 'resident', id: sonId }, { birthDate: '1986-01-01' });
    const field = `member.${sonId}.2022-05-01`;
    services.put({ kind: 'family', id: familyId }, { [field]: { to: null, relation: 'partner' } });
    income(services, 300_000);
    await showPage(address('2025-10'), services);
    await userEvent.click(page.getByRole('button', { name: 'Besluit vastleggen' }));
    await alertSays('Leg uit hoe de twee volwassenen meetellen');
    await userEvent.fill(page.getByLabelText('Hoe tellen de twee volwassenen mee?'), 'Alleen de verdiener');
    await userEvent.click(page.getByRole('button', { name: 'Besluit vastleggen' }));
    await seen('Besluit vastgelegd', 'Alleen de verdiener');
  });

  it('is done apart for a child of age', async () => {
    const services = aHilversumFamily(memoryServices());
    services.put({ kind: 'resident', id: sonId }, { birthDate: '2007-09-30' });
    await showPage(address('2025-10'), services);
    await userEvent.click(page.getByRole('link', { name: 'Andrii Bondar, 18 of ouder' }));
    await seen('Leefgeld€ 314,84');
    await expect
      .element(page.getByRole('link', { name: 'Andrii Bondar, 18 of ouder' }))
      .toHaveAttribute('aria-current');
    await picture('grown-child-nl');
  });
});

describe('months without an amount', () => {
  it('before April 2022 say so in a sentence', async () => {
    await showPage(address('2022-03'), aHilversumFamily(memoryServices()));
    await seen('De regeling begint in april 2022');
    await userEvent.click(page.getByRole('button', { name: 'Volgende maand' }));
    await seen('In deze maand hoort niemand bij dit huishouden');
  });

  it('without a choice between net and gross lead to the rules of the municipality', async () => {
    const services = aHilversumFamily(memoryServices());
    services.put({ kind: 'municipalPolicy', id: policyId }, { _deleted: true });
    await showPage(address('2025-10'), services);
    await userEvent.click(page.getByRole('link', { name: 'Naar de regels van de gemeente' }));
    await userEvent.click(page.getByRole('button', { name: 'Keuze opslaan' }));
    await alertSays('Kies netto of bruto inkomen');
    await userEvent.click(page.getByText('bruto inkomen').first());
    await userEvent.fill(page.getByLabelText('Reden').first(), 'Besluit college');
    await userEvent.click(page.getByRole('button', { name: 'Keuze opslaan' }));
    await seen('bruto inkomen. Reden: Besluit college');
    await userEvent.click(page.getByRole('link', { name: 'Leefgeld en bijdrage' }));
    await userEvent.click(page.getByRole('row').nth(1));
    await seen('€ 873,23');
  });
});

it('prints the letter in Dutch and in the language of the resident', async () => {
  const services = aHilversumFamily(memoryServices());
  await showPage(`/contributions/${familyId}/letter?month=2025-10`, services);
  await seen('Ірина Бондар', 'Iryna Bondar', 'U krijgt deze maand leefgeld', 'Цього місяця Ви отримуєте виплати');
  const rows = [...document.querySelectorAll('.letter__page')].map((part) => part.querySelectorAll('tbody tr').length);
  expect(rows[0]).toBeGreaterThanOrEqual(8);
  expect(rows).toEqual([rows[0], rows[0]]);
  await userEvent.click(page.getByText('English').last());
  await seen('You receive a living allowance this month');
  await userEvent.click(page.getByRole('button', { name: 'Opslaan als PDF' }));
  await userEvent.click(page.getByRole('button', { name: 'Afdrukken' }));
  await vi.waitFor(() => expect(services.log.slice(-2)).toEqual(['pdf leefgeld-2025-10.pdf', 'print']));
});
