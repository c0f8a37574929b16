import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { isoDate, isoMonth } from '../../shared/kernel/dates.ts';
import { useSession } from '../../renderer/stores/session-store.ts';
import { startI18n, type Language } from '../../renderer/i18n/i18n.ts';
import { aHilversumFamily, familyId, motherId, policyId, siteId } from '../fakes/contribution-family.ts';
import { memoryServices, testUser } from '../fakes/memory-services.ts';
import { expectAccessible } from './show.tsx';
import { showPage } from './show-page.tsx';

beforeAll(() => startI18n('nl'));
afterEach(() => useSession.setState({ user: null }));

const text = () => (document.body.textContent ?? '').replaceAll(/\s/gu, ' ');
const seen = async (...parts: readonly string[]) => {
  for (const part of parts) await expect.poll(text).toContain(part);
};
async function section(name: string) {
  const heading = page.getByRole('heading', { name });
  await expect.element(heading).toBeInTheDocument();
  return page.elementLocator(heading.element().closest('section') as HTMLElement);
}

const words: Readonly<Record<Language, { grounds: string; look: string; found: string; back: string }>> = {
  nl: {
    grounds: 'Inkomen dat ook meetelt',
    look: 'Eerst de gevolgen bekijken',
    found: '1 huishouden krijgt een ander bedrag',
    back: 'Terug, niet opslaan',
  },
  uk: {
    grounds: 'Дохід, що також враховується',
    look: 'Спершу переглянути наслідки',
    found: 'Сума зміниться для 1 домогосподарства',
    back: 'Назад, не зберігати',
  },
  en: {
    grounds: 'Income that also counts',
    look: 'See the effects first',
    found: '1 household gets a different amount',
    back: 'Back, do not save',
  },
};

describe.each(['nl', 'uk', 'en'] as const)('in %s', (language) => {
  it('shows whom a change would touch before it is saved', async () => {
    const services = aHilversumFamily(memoryServices());
    services.put(
      { kind: 'resident', id: motherId },
      { 'income.pension.2025-11': { amountCents: 200_000, evidence: 'payslip' } },
    );
    await showPage('/settings/municipality', services, language);
    const said = words[language];
    const part = await section(said.grounds);
    (part.getByRole('checkbox').first().element() as HTMLElement).click();
    await userEvent.fill(part.getByRole('textbox').last(), 'besluit');
    await userEvent.click(part.getByRole('button', { name: said.look }));
    await seen(said.found, 'Bondar');
    await expectAccessible();
    await page.screenshot({ path: `../../test-output/contributions/preview-${language}.png` });
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(1366);
    await userEvent.click(page.getByRole('button', { name: said.back }));
    await expect.poll(() => document.querySelector('[role=dialog]')).toBeNull();
    const kept = await services.assess(familyId, isoMonth('2025-11'));
    expect(kept).toMatchObject({ value: [{ result: { value: { contributionCents: 0 } } }] });
  });
});

it('saves from the preview, ends an own value, and settles meals of a site', async () => {
  const services = aHilversumFamily(memoryServices());
  await showPage('/settings/municipality', services);
  const meals = await section('Maaltijden op een locatie');
  await userEvent.click(meals.getByText('met maaltijden'));
  await userEvent.fill(meals.getByLabelText('Reden'), 'keuken open');
  await userEvent.click(meals.getByRole('button', { name: 'Eerst de gevolgen bekijken' }));
  await seen('1 huishouden krijgt een ander bedrag');
  await userEvent.click(page.getByRole('button', { name: 'Wijziging opslaan' }));
  await seen('Noord 1: met maaltijden. Reden: keuken open');
});

it('shows for a later start of collection the months that it takes the contribution from', async () => {
  const services = aHilversumFamily(memoryServices());
  services.put(
    { kind: 'resident', id: motherId },
    { 'income.employment.2025-10': { amountCents: 200_000, evidence: 'payslip' } },
  );
  await showPage('/settings/municipality', services);
  const part = await section('Begin van de inning');
  await userEvent.fill(part.getByLabelText('Reden'), 'raadsbesluit');
  await userEvent.click(part.getByRole('button', { name: 'Eerst de gevolgen bekijken' }));
  await seen('1 huishouden krijgt een ander bedrag', 'oktober 2025', 'bijdrage € 244,22', 'bijdrage € 0,00');
});

it('shows whom the end of an own value touches, before it is saved', async () => {
  const services = aHilversumFamily(memoryServices());
  const own = { to: null, value: 7000, reason: 'hoger', source: 'gemeenteblad 1' };
  services.put({ kind: 'municipalPolicy', id: policyId }, { 'override.clothing.2025-01-01': own });
  const before = services.valuesIn({ kind: 'municipalPolicy', id: policyId });
  await showPage('/settings/municipality', services);
  const part = await section('Eigen waarden van de gemeente');
  await userEvent.click(part.getByRole('button', { name: 'Beëindigen' }));
  const segment = part.getByRole('group', { name: 'Geldt tot en met' }).first().getByRole('spinbutton').first();
  (segment.element() as HTMLElement).focus();
  await userEvent.keyboard('30092025');
  await userEvent.click(part.getByRole('button', { name: 'Eerst de gevolgen bekijken' }).first());
  await seen('1 huishouden krijgt een ander bedrag', 'oktober 2025 tot en met november 2025', '€ 781,35', '€ 759,33');
  expect(services.valuesIn({ kind: 'municipalPolicy', id: policyId })).toEqual(before);
  await userEvent.click(page.getByRole('button', { name: 'Wijziging opslaan' }));
  await seen('van 01-01-2025 tot en met 30-09-2025');
});

it('settles no two periods for the meals of a site that meet', async () => {
  const services = aHilversumFamily(memoryServices());
  const first = { to: null, catered: true, reason: 'keuken open', source: '' };
  services.put({ kind: 'municipalPolicy', id: policyId }, { [`catering.${siteId}.2025-01-01`]: first });
  const before = services.valuesIn({ kind: 'municipalPolicy', id: policyId });
  await showPage('/settings/municipality', services);
  await seen('Noord 1: met maaltijden. Reden: keuken open');
  const meals = await section('Maaltijden op een locatie');
  await userEvent.click(meals.getByText('kookt zelf'));
  await userEvent.fill(meals.getByLabelText('Reden'), 'keuken dicht');
  await userEvent.click(meals.getByRole('button', { name: 'Periode opslaan' }));
  await seen('Deze periode valt samen met die vanaf 01-01-2025');
  expect(services.valuesIn({ kind: 'municipalPolicy', id: policyId })).toEqual(before);
});

it('lets nobody but an administrator record that the amounts were checked', async () => {
  for (const role of ['caseworker', 'finance', 'coordinator']) {
    useSession.setState({ user: { id: testUser, label: 'M. de Vries', role } });
    await showPage('/settings/municipality', aHilversumFamily(memoryServices()));
    await seen('Alleen een beheerder van de gemeente legt vast dat de bedragen zijn gecontroleerd');
    expect(page.getByRole('button', { name: 'Controle opslaan' }).elements()).toEqual([]);
    document.body.replaceChildren();
  }
});

it('records that somebody checked the amounts, and takes the warning away for that day', async () => {
  useSession.setState({ user: { id: testUser, label: 'M. de Vries', role: 'lead' } });
  const services = aHilversumFamily(memoryServices({ day: isoDate('2026-11-24') }));
  await showPage('/settings/municipality', services);
  await userEvent.click(page.getByRole('button', { name: 'Controle opslaan' }));
  await seen('Schrijf op wat is gecontroleerd', 'Vul in waar de bedragen staan');
  await userEvent.fill(page.getByLabelText('Wat is gecontroleerd?'), 'Regeling gelezen');
  await userEvent.fill(page.getByLabelText('Waar staat het?'), 'wetten.overheid.nl');
  await userEvent.click(page.getByRole('button', { name: 'Controle opslaan' }));
  await seen('Regeling gelezen. Reden: wetten.overheid.nl');
  const assessed = await services.assess(familyId, isoMonth('2026-11'));
  const warnings = assessed.ok && assessed.value[0]?.result.ok ? assessed.value[0].result.value.warnings : ['?'];
  expect(warnings).not.toContain('amounts-unconfirmed');
});

it('keeps what was typed about incomes when the page is left', async () => {
  const services = aHilversumFamily(memoryServices());
  const address = `/contributions/${familyId}?month=2025-10`;
  await showPage(address, services);
  await userEvent.fill(page.getByLabelText('Bedrag').first(), '1234,56');
  await userEvent.tab();
  await expect.poll(() => services.readDraft(`income/2025-10/${motherId}`)).toBeDefined();
  await showPage(address, services);
  await userEvent.click(page.getByRole('button', { name: 'Verdergaan' }));
  await expect
    .poll(() => page.getByLabelText('Bedrag').last().element())
    .toHaveProperty('value', expect.stringContaining('1.234,56'));
});
