import { beforeAll, describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { startI18n } from '../../renderer/i18n/i18n.ts';
import { aHilversumFamily, familyId, motherId, policyId, siteId, sonId } from '../fakes/contribution-family.ts';
import { memoryServices } from '../fakes/memory-services.ts';
import { expectAccessible } from './show.tsx';
import { showPage } from './show-page.tsx';

beforeAll(() => startI18n('nl'));

const address = `/contributions/${familyId}?month=2025-10`;
const text = () => (document.querySelector('main')?.textContent ?? '').replaceAll(/\s/gu, ' ');
const seen = async (...parts: readonly string[]) => {
  for (const part of parts) await expect.poll(text).toContain(part);
};
const otherFamily = 'fa300000-0000-4000-8000-000000000002';

const wrong = {
  nl: [
    'Iryna Bondar, lid van het huishouden: twee perioden vallen samen, van 01-01-2024 tot en met nu',
    'Andrii Bondar, lid van het huishouden: hoort van 01-03-2025 tot en met nu ook bij het huishouden Melnyk',
    'dit inkomen heeft geen maand die te lezen is en telt niet mee (income.employment.2025-13)',
  ],
  uk: [
    'Iryna Bondar, склад домогосподарства: два періоди накладаються, з 01.01.2024',
    'Andrii Bondar, склад домогосподарства: з 01.03.2025',
    'у цього доходу немає зрозумілого місяця, і він не враховується (income.employment.2025-13)',
  ],
  en: [
    'Iryna Bondar, member of the household: two periods overlap',
    'Andrii Bondar, member of the household: also belongs to the household Melnyk',
    'this income has no month that can be read and does not count (income.employment.2025-13)',
  ],
} as const;
const settled = {
  nl: '1 regel van de gemeente wordt niet begrepen en telt niet mee: override.clothes.2025-01-01',
  uk: '1 правило муніципалітету незрозуміле й не враховується: override.clothes.2025-01-01',
  en: '1 rule of the municipality is not understood and does not count: override.clothes.2025-01-01',
} as const;

describe.each(['nl', 'uk', 'en'] as const)('facts that cannot be right, in %s', (language) => {
  it('are named with their field, and the amounts stay on the screen', async () => {
    const services = aHilversumFamily(memoryServices());
    services.put(
      { kind: 'family', id: familyId },
      { [`member.${motherId}.2024-01-01`]: { to: null, relation: 'main-person' } },
    );
    services.put(
      { kind: 'family', id: otherFamily },
      {
        placement: { site: siteId },
        label: 'Melnyk',
        [`member.${sonId}.2025-03-01`]: { to: null, relation: 'child' },
      },
    );
    services.put(
      { kind: 'resident', id: motherId },
      { 'income.employment.2025-13': { amountCents: 100, evidence: 'payslip' } },
    );
    await showPage(address, services, language);
    await seen(...wrong[language], '759');
    await expectAccessible();
  });

  it('of a policy are named on its page', async () => {
    const services = aHilversumFamily(memoryServices());
    services.put(
      { kind: 'municipalPolicy', id: policyId },
      { 'override.clothes.2025-01-01': { to: null, value: 7000, reason: 'r', source: 's' } },
    );
    await showPage('/settings/municipality', services, language);
    await seen(settled[language]);
  });
});

it('a stay in care and a job are entered with their days, and act from the next month', async () => {
  const services = aHilversumFamily(memoryServices());
  await showPage(address, services);
  await userEvent.click(page.getByText('Verblijf in een zorginstelling'));
  await userEvent.click(page.getByRole('button', { name: 'Verblijf opslaan' }));
  await seen('Kies wie in de zorginstelling verblijft', 'Vul de eerste dag van het verblijf in');
  await userEvent.click(page.getByRole('button', { name: 'Begin of einde invullen' }));
  await userEvent.fill(page.getByLabelText('Bedrag').first(), '2000');
  const segments = [...document.querySelectorAll<HTMLElement>('.incomes__entry [role=spinbutton]')];
  segments[0]?.focus();
  await userEvent.keyboard('12102025');
  await userEvent.click(page.getByRole('button', { name: 'Inkomen opslaan' }));
  await seen('telt nog niet mee, want het begint na de eerste dag van de maand');
  expect(services.valuesIn({ kind: 'resident', id: motherId })['income.employment.2025-10']).toEqual({
    amountCents: 200_000,
    evidence: 'payslip',
    startedOn: '2025-10-12',
  });
});
