import { beforeAll, describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { startI18n, type Language } from '../../renderer/i18n/i18n.ts';
import { useWorkspace } from '../../renderer/stores/workspace-store.ts';
import { toContributionDecision } from '../../shared/contribution/decision.ts';
import { decisionReference } from '../../shared/contribution/decisions-of.ts';
import { findPayment } from '../../shared/follow-up/payment.ts';
import { isoDate, isoMonth } from '../../shared/kernel/dates.ts';
import { aHilversumFamily, familyId, motherId } from '../fakes/contribution-family.ts';
import { memoryServices, type MemoryServices } from '../fakes/memory-services.ts';
import { expectAccessible } from './show.tsx';
import { showPage } from './show-page.tsx';

beforeAll(() => startI18n('nl'));

const text = () => (document.body.textContent ?? '').replaceAll(/\s/gu, ' ');
const seen = async (...parts: readonly string[]) => {
  for (const part of parts) await expect.poll(text).toContain(part);
};
const picture = (name: string) => page.screenshot({ path: `../../test-output/payments/${name}.png` });
const fits = () => expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(1366);
const address = `/contributions/${familyId}?month=2025-10`;

type Household = { readonly services: MemoryServices; readonly reference: string };

/** One earner: 244.22 for October and November 2025, both decided. */
async function decided(rows: readonly (readonly string[])[] = []): Promise<Household> {
  const services = aHilversumFamily(memoryServices({ day: isoDate('2026-01-15') }));
  const income = { amountCents: 200_000, evidence: 'payslip' };
  services.put(
    { kind: 'resident', id: motherId },
    { 'income.employment.2025-10': income, 'income.employment.2025-11': income },
  );
  for (const month of ['2025-10', '2025-11']) {
    const made = await services.decide(familyId, isoMonth(month), null, null, null);
    if (!made.ok) throw new Error(made.error.type);
  }
  const references = [...useWorkspace.getState().records.values()]
    .filter(({ kind }) => kind === 'contributionDecision')
    .map(({ id }) => toContributionDecision(id, services.valuesIn({ kind: 'contributionDecision', id })))
    .map(({ id, receipt }) => decisionReference(id, receipt!.facts.month))
    .sort();
  const reference = references[0]!;
  const named = rows.map((row) => row.map((cell) => cell.replace('{october}', reference)));
  const opened = { rows: named, format: 'csv', encoding: 'utf-8', delimiter: ';' } as const;
  return { services: { ...services, openFile: () => Promise.resolve(opened) }, reference };
}
const payments = (services: MemoryServices) =>
  [...useWorkspace.getState().records.values()]
    .filter(({ kind }) => kind === 'followUp')
    .flatMap(({ id }) => findPayment(id, services.valuesIn({ kind: 'followUp', id })) ?? []);

const words: Readonly<Record<Language, { add: string; choose: string }>> = {
  nl: { add: 'Betaling vastleggen', choose: 'Bestand kiezen' },
  uk: { add: 'Зафіксувати платіж', choose: 'Вибрати файл' },
  en: { add: 'Record a payment', choose: 'Choose a file' },
};
const list = [
  ['Kenmerk', 'Datum', 'Bedrag', 'Boekingsnummer', 'Soort'],
  ['{october}', '03-12-2025', '200,00', 'B-1', ''],
  ['2025-10-FFFFFF', '03-12-2025', '10,00', 'B-2', ''],
  ['{october}', '04-12-2025', '44,22', 'B-3', 'bijdrage'],
];

describe.each(['nl', 'uk', 'en'] as const)('in %s', (language) => {
  it('shows what is owed, and a form for one payment', async () => {
    const { services } = await decided();
    await showPage(address, services, language);
    await userEvent.click(page.getByRole('button', { name: words[language].add }));
    await expect.element(page.getByRole('dialog')).toBeVisible();
    await expectAccessible();
    fits();
    await picture(`form-${language}`);
  });

  it('shows all households, and checks a list before anything is recorded', async () => {
    const { services } = await decided(list);
    await showPage('/contributions/payments', services, language);
    await userEvent.click(page.getByRole('button', { name: words[language].choose }));
    await seen('2025-10-FFFFFF');
    await expectAccessible();
    fits();
    await picture(`list-${language}`);
    expect(payments(services)).toEqual([]);
  });
});

it('records a payment, shows what is left, and takes a wrong one out without losing it', async () => {
  const { services } = await decided();
  await showPage(address, services);
  await userEvent.click(page.getByRole('button', { name: 'Betaling vastleggen' }));
  await userEvent.click(page.getByRole('button', { name: 'Opslaan' }));
  await seen('Vul een bedrag in dat groter is dan nul');
  await userEvent.fill(page.getByLabelText('Bedrag'), '200');
  await userEvent.click(page.getByRole('button', { name: 'Opslaan' }));
  await seen('ontvangen voor oktober 2025', '€ 44,22');
  expect(payments(services)).toMatchObject([{ amountCents: 20_000, month: '2025-10', of: 'contribution' }]);
  await expectAccessible();
  await picture('household-nl');

  await userEvent.click(page.getByRole('button', { name: /^Terugdraaien: / }));
  await userEvent.click(page.getByRole('dialog').getByRole('button', { name: 'Terugdraaien' }));
  await seen('Vul in waarom');
  await userEvent.fill(page.getByLabelText('Reden'), 'was van een ander gezin');
  await userEvent.click(page.getByRole('dialog').getByRole('button', { name: 'Terugdraaien' }));
  await seen('Teruggedraaid op 15-01-2026: was van een ander gezin');
  expect(payments(services)).toMatchObject([{ amountCents: 20_000, withdrawn: { on: '2026-01-15' } }]);
  expect(page.getByRole('button', { name: /^Terugdraaien: / }).elements()).toEqual([]);
});

it('a payment that was entered by mistake is undone at once', async () => {
  const { services } = await decided();
  await showPage(address, services);
  await userEvent.click(page.getByRole('button', { name: 'Betaling vastleggen' }));
  await userEvent.fill(page.getByLabelText('Bedrag'), '50');
  await userEvent.click(page.getByRole('button', { name: 'Opslaan' }));
  await seen('ontvangen voor oktober 2025');
  await userEvent.click(page.getByRole('button', { name: 'Ongedaan maken' }));
  await expect.poll(() => payments(services)).toEqual([]);
});

it('records a list as far as it can, and the second time nothing of it', async () => {
  const { services } = await decided(list);
  await showPage('/contributions/payments', services);
  await userEvent.click(page.getByRole('button', { name: 'Bestand kiezen' }));
  await seen(
    '3 regels gelezen. Niet vast te leggen: 1',
    'Kolom kenmerk: dit kenmerk hoort bij geen besluit op deze laptop',
  );
  await userEvent.click(page.getByRole('button', { name: '2 betalingen vastleggen' }));
  await seen('2 betalingen zijn vastgelegd', 'november 2025: € 244,22 open');
  expect(
    payments(services)
      .map(({ amountCents }) => amountCents)
      .sort(),
  ).toEqual([20_000, 4_422]);
  await userEvent.click(page.getByRole('button', { name: 'Bestand kiezen' }));
  await seen('3 regels gelezen. Niet vast te leggen: 3', 'deze betaling is al vastgelegd');
  expect(page.getByRole('button', { name: /betaling(en)? vastleggen/ }).elements()).toEqual([]);
});

it('says which column a list lacks', async () => {
  const { services } = await decided([
    ['Kenmerk', 'Naam'],
    ['{october}', 'x'],
  ]);
  await showPage('/contributions/payments', services);
  await userEvent.click(page.getByRole('button', { name: 'Bestand kiezen' }));
  await seen('Deze kolommen ontbreken op de eerste regel: datum en bedrag');
});
