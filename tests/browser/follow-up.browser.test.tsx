import { beforeAll, describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { startI18n, type Language } from '../../renderer/i18n/i18n.ts';
import { useWorkspace } from '../../renderer/stores/workspace-store.ts';
import { isoDate, isoMonth } from '../../shared/kernel/dates.ts';
import type { Value } from '../../shared/records/record.ts';
import { aHilversumFamily, familyId, motherId, policyId, siteId } from '../fakes/contribution-family.ts';
import { memoryServices, type MemoryServices } from '../fakes/memory-services.ts';
import { expectAccessible } from './show.tsx';
import { showPage } from './show-page.tsx';

beforeAll(() => startI18n('nl'));

const text = () => (document.body.textContent ?? '').replaceAll(/\s/gu, ' ');
const seen = async (...parts: readonly string[]) => {
  for (const part of parts) await expect.poll(text).toContain(part);
};
const picture = (name: string) => page.screenshot({ path: `../../test-output/follow-up/${name}.png` });
const fits = () => expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(1366);
const idOf = (at: number) => `0a000000-0000-4000-8000-${String(at).padStart(12, '0')}`;
const month = isoMonth('2025-10');

function put(
  services: MemoryServices,
  at: number,
  type: string,
  day: string,
  own: Readonly<Record<string, Value>> = {},
) {
  const about = { type, familyId, grownChild: null, day, month: '2025-10', decision: null };
  services.put({ kind: 'followUp', id: idOf(at) }, { placement: { site: siteId }, about, ...own });
}
function someOfEach(): MemoryServices {
  const services = aHilversumFamily(memoryServices());
  put(services, 1, 'objection', '2025-10-01', { subject: 'het inkomen van oktober klopt niet' });
  put(services, 2, 'request', '2025-11-20');
  put(services, 3, 'arrangement', '2025-10-20', {
    arrangement: { firstMonth: '2025-11', totalCents: 30_000, instalments: 3, reason: 'in één keer lukt niet' },
  });
  put(services, 4, 'arrear', '2025-11-01', { arrear: { amountCents: 24_422 } });
  put(services, 5, 'hardship', '2025-06-01', {
    hardship: { amountCents: 10_000, until: '2025-12-10', reason: 'schulden', evidence: 'brief bewindvoerder' },
  });
  return services;
}
const values = (at: number, services: MemoryServices) => services.valuesIn({ kind: 'followUp', id: idOf(at) });

const words: Readonly<Record<Language, { overdue: string; add: string; title: string }>> = {
  nl: { overdue: '5 zaken, 1 te laat', add: 'Iets vastleggen', title: 'Wat er moet gebeuren' },
  uk: { overdue: '5 справ, прострочено: 1', add: 'Зафіксувати', title: 'Що треба зробити' },
  en: { overdue: '5 cases, 1 overdue', add: 'Record something', title: 'What has to be done' },
};

describe.each(['nl', 'uk', 'en'] as const)('in %s', (language) => {
  it('lists what is due, overdue first', async () => {
    await showPage('/due', someOfEach(), language);
    await seen(words[language].overdue);
    await expectAccessible();
    fits();
    await picture(`due-${language}`);
  });

  it('shows an objection with its term', async () => {
    const services = someOfEach();
    await showPage(`/follow-up/${idOf(1)}`, services, language);
    await seen('het inkomen van oktober klopt niet', 'Bondar');
    await expectAccessible();
    await picture(`objection-${language}`);
  });

  it('shows an arrangement with its parts', async () => {
    const services = someOfEach();
    await showPage(`/follow-up/${idOf(3)}`, services, language);
    await seen('Bondar');
    await expectAccessible();
    fits();
    await picture(`arrangement-${language}`);
  });

  it('records something for a household', async () => {
    await showPage(`/contributions/${familyId}?month=2025-10`, someOfEach(), language);
    await userEvent.click(page.getByRole('button', { name: words[language].add }));
    await expect.element(page.getByRole('dialog')).toBeVisible();
    await expectAccessible();
    await picture(`new-${language}`);
  });
});

it('leads from the day to the list and into a line, by keyboard alone', async () => {
  await showPage('/', someOfEach());
  await seen('Daarvan te laat: 1');
  page
    .getByRole('link', { name: /Bezwaren, verzoeken/ })
    .element()
    .focus();
  await userEvent.keyboard('{Enter}');
  await seen('5 zaken, 1 te laat');
  const row = page.getByRole('row').nth(1);
  await expect.element(row).toBeInTheDocument();
  (row.element() as HTMLElement).focus();
  await userEvent.keyboard('{Enter}');
  await seen('Bezwaar van 01-10-2025', 'te laat, uiterlijk 12-11-2025');
});

it('ends an objection with an outcome and the decision that was worked out again', async () => {
  const services = someOfEach();
  const made = await services.decide(familyId, month, null, null, null);
  if (!made.ok) throw new Error(made.error.type);
  await showPage(`/follow-up/${idOf(1)}`, services);
  await userEvent.click(page.getByRole('button', { name: 'Uitkomst vastleggen' }));
  await userEvent.click(page.getByRole('button', { name: 'Opslaan' }));
  await seen('Vul dit in');
  await userEvent.fill(page.getByLabelText('Reden'), 'inkomen was lager');
  await userEvent.click(page.getByRole('button', { name: /Nieuw besluit/ }));
  await userEvent.click(page.getByRole('option', { name: /2025-10-/ }));
  await userEvent.click(page.getByRole('button', { name: 'Opslaan' }));
  await seen('gegrond. Reden: inkomen was lager', 'Nieuw besluit: 2025-10-');
  expect(values(1, services).outcome).toMatchObject({ outcome: 'upheld', decision: made.value.id });
  await expect.poll(() => page.getByRole('button', { name: 'Uitkomst vastleggen' }).elements()).toEqual([]);
});

it('takes payments, a pause and a waiver of an arrangement, each beside the others', async () => {
  const services = someOfEach();
  await showPage(`/follow-up/${idOf(3)}`, services);
  const record = async (name: string, field: string, typed: string, reason?: string) => {
    await userEvent.click(page.getByRole('button', { name }));
    await userEvent.fill(page.getByLabelText(field), typed);
    if (reason !== undefined) await userEvent.fill(page.getByLabelText('Reden'), reason);
    await userEvent.click(page.getByRole('button', { name: 'Opslaan' }));
  };
  await record('Betaling vastleggen', 'Bedrag', '400,00');
  await seen('Dit is meer dan wat nog open is');
  await userEvent.fill(page.getByLabelText('Bedrag'), '100,00');
  await userEvent.click(page.getByRole('button', { name: 'Opslaan' }));
  await seen('betaald € 100,00', 'Nog open€ 200,00');
  await record('Bedrag kwijtschelden', 'Bedrag', '30,00', 'hardheid');
  await seen('kwijtgescholden € 30,00', 'Nog open€ 170,00');
  await userEvent.click(page.getByRole('button', { name: 'Pauze afspreken' }));
  await userEvent.fill(page.getByLabelText('Reden'), 'ziekenhuis');
  await userEvent.click(page.getByRole('button', { name: 'Opslaan' }));
  await seen('Pauze van november 2025', 'december 2025€ 90,00 van € 90,00 betaald');
  expect(Object.keys(values(3, services)).filter((field) => /^(paid|waiver|pause)\./.test(field))).toHaveLength(3);
});

it('offers the number of instalments that the municipality settled, and refuses what is not filled in', async () => {
  const services = aHilversumFamily(memoryServices());
  services.put(
    { kind: 'municipalPolicy', id: policyId },
    { 'override.payment-instalments.2025-01-01': { to: null, value: 6, reason: 'besluit', source: 'beleid' } },
  );
  await showPage(`/contributions/${familyId}?month=2025-10`, services);
  await userEvent.click(page.getByRole('button', { name: 'Iets vastleggen' }));
  await userEvent.click(page.getByRole('button', { name: /Waar gaat het over/ }));
  await userEvent.click(page.getByRole('option', { name: 'Betalingsregeling' }));
  await seen('De gemeente rekent met 6 termijnen.');
  await expect.element(page.getByLabelText('Aantal termijnen')).toHaveValue('6');
  await userEvent.click(page.getByRole('button', { name: 'Opslaan' }));
  await seen('Vul een bedrag in dat groter is dan nul', 'Vul dit in');
  await userEvent.fill(page.getByLabelText('Totaal te betalen'), '244,22');
  await userEvent.fill(page.getByLabelText('Reden'), 'verzoek');
  await userEvent.click(page.getByRole('button', { name: 'Opslaan' }));
  await seen('Betalingsregeling, 24-11-2025: uiterlijk 31-12-2025');
  const kept = [...useWorkspace.getState().records.values()].find(({ kind }) => kind === 'followUp');
  expect(kept).toBeDefined();
  expect(services.valuesIn({ kind: 'followUp', id: kept?.id ?? '' }).arrangement).toEqual({
    firstMonth: '2025-12',
    totalCents: 24_422,
    instalments: 6,
    reason: 'verzoek',
  });
});

it('asks whether a household that came was informed, until that is recorded', async () => {
  const services = aHilversumFamily(memoryServices({ day: isoDate('2022-05-10') }));
  await showPage('/due', services);
  await seen('16-05-2022', 'Informatie na aankomst', 'nog niet vastgelegd');
  services.put(
    { kind: 'followUp', id: idOf(1) },
    {
      placement: { site: siteId },
      about: { type: 'information', familyId, grownChild: null, day: '2022-05-01', month: null, decision: null },
      closed: { day: '2022-05-09', reason: 'folder in het Oekraïens' },
    },
  );
  await seen('Er staat niets open');
});

it('prints the letter of an arrangement and of an objection', async () => {
  const services = someOfEach();
  services.put(
    { kind: 'resident', id: motherId },
    { 'income.employment.2025-10': { amountCents: 200_000, evidence: 'payslip' } },
  );
  await showPage(`/follow-up/${idOf(3)}`, services);
  await userEvent.click(page.getByRole('button', { name: 'Brief' }));
  await seen('Uw betalingsregeling', 'Ваш графік сплати', 'november 2025€ 100,00', 'листопад 2025');
  await showPage(`/follow-up/${idOf(1)}`, services);
  await userEvent.click(page.getByRole('button', { name: 'Brief' }));
  await seen(
    'Wij hebben uw bezwaar ontvangen',
    'U krijgt uiterlijk op 12 november 2025 een antwoord',
    '12 листопада 2025',
  );
});

it('shows what is due of one site, and of all again', async () => {
  const services = someOfEach();
  const [otherSite, otherFamily] = [idOf(90), idOf(91)];
  services.put({ kind: 'site', id: otherSite }, { placement: { site: otherSite }, name: 'Zuid 2' });
  services.put({ kind: 'family', id: otherFamily }, { placement: { site: otherSite }, label: 'Melnyk' });
  services.put(
    { kind: 'followUp', id: idOf(92) },
    {
      placement: { site: otherSite },
      about: {
        type: 'request',
        familyId: otherFamily,
        grownChild: null,
        day: '2025-11-20',
        month: null,
        decision: null,
      },
    },
  );
  await showPage('/due', services);
  await seen('6 zaken', 'Bondar', 'Melnyk');
  const choose = async (name: string) => {
    await userEvent.click(page.getByRole('button', { name: /Locatie/ }));
    await userEvent.click(page.getByRole('option', { name, exact: true }));
  };
  await choose('Zuid 2');
  await seen('1 zaak');
  expect(document.querySelector('[role=grid]')?.textContent).not.toContain('Bondar');
  await choose('Alle locaties');
  await seen('6 zaken');
});
