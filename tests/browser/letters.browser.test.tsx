import { beforeAll, describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { startI18n, type Language } from '../../renderer/i18n/i18n.ts';
import { isoMonth } from '../../shared/kernel/dates.ts';
import { aHilversumFamily, familyId, motherId, policyId, siteId } from '../fakes/contribution-family.ts';
import { memoryServices, type MemoryServices } from '../fakes/memory-services.ts';
import { expectAccessible } from './show.tsx';
import { showPage } from './show-page.tsx';

beforeAll(() => startI18n('nl'));

const month = isoMonth('2025-10');
const letterAt = (more = '') => `/contributions/${familyId}/letter?month=2025-10${more}`;
const text = () => (document.body.textContent ?? '').replaceAll(/\s/gu, ' ');
const seen = async (...parts: readonly string[]) => {
  for (const part of parts) await expect.poll(text).toContain(part);
};
const picture = (name: string) => page.screenshot({ path: `../../test-output/letters/${name}.png` });
const fits = () => expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(1366);

async function decided(services: MemoryServices): Promise<string> {
  services.put(
    { kind: 'resident', id: motherId },
    { 'income.employment.2025-10': { amountCents: 200_000, evidence: 'payslip' } },
  );
  const made = await services.decide(familyId, month, null, null, null);
  if (!made.ok) throw new Error(made.error.type);
  return made.value.id;
}

describe.each(['nl', 'uk', 'en'] as const)('in %s', (language: Language) => {
  it('shows a decided letter with the mark of its receipt, also side by side', async () => {
    const services = aHilversumFamily(memoryServices());
    const id = await decided(services);
    await showPage(letterAt(), services, language);
    const reference = `2025-10-${id.slice(0, 6).toUpperCase()}`;
    await seen('Besluit over leefgeld', 'Рішення про виплати на проживання', reference, 'Bent u het er niet mee eens?');
    expect(document.querySelectorAll('.letter__mark svg')).toHaveLength(2);
    await expectAccessible();
    await picture(`decision-${language}`);
    const beside = { nl: 'naast elkaar', uk: 'поруч', en: 'side by side' }[language];
    await userEvent.click(page.getByText(beside));
    await expect.poll(() => document.querySelectorAll('.letter__pair').length).toBeGreaterThan(8);
    await expectAccessible();
    fits();
    await picture(`beside-${language}`);
  });

  it('changes a text with a reason, with a made-up household beside it', async () => {
    const services = aHilversumFamily(memoryServices());
    await showPage('/settings/letters', services, language);
    await seen('Olena Pryklad', 'Олена Приклад');
    await expectAccessible();
    fits();
    await picture(`texts-${language}`);
    const save = { nl: 'Tekst opslaan', uk: 'Зберегти текст', en: 'Save text' }[language];
    await userEvent.fill(page.getByLabelText('Nederlands').last(), '{month} en {naam}');
    await userEvent.click(page.getByRole('button', { name: save }));
    const said = {
      nl: 'Alinea “title”: naam is geen invulveld',
      uk: 'Абзац «title»: naam не є полем',
      en: 'Paragraph “title”: naam is not a field',
    }[language];
    await seen(said);
    await picture(`refused-${language}`);
  });

  it('makes the letters of a month', async () => {
    const services = aHilversumFamily(memoryServices());
    await decided(services);
    await showPage('/letters?month=2025-10', services, language);
    const make = { nl: 'Brieven maken', uk: 'Створити листи', en: 'Make the letters' }[language];
    await expectAccessible();
    await userEvent.click(page.getByRole('button', { name: make }));
    await expect.poll(() => document.querySelectorAll('article.letter').length).toBe(1);
    await expectAccessible();
    fits();
    await picture(`batch-${language}`);
  });
});

it('shows what another decision changed', async () => {
  const services = aHilversumFamily(memoryServices());
  await decided(services);
  services.put(
    { kind: 'resident', id: motherId },
    { 'income.employment.2025-10': { amountCents: 0, evidence: 'payslip' } },
  );
  await services.decide(familyId, month, null, null, null);
  await showPage(letterAt(), services);
  await seen('Gewijzigd besluit', 'Dit besluit komt in de plaats van', 'minder te betalen', 'meer leefgeld');
});

describe.each(['nl', 'uk'] as const)('a decision that did not take the plain course, read in %s', (language) => {
  it('says why the full contribution was imposed, and until when it was lowered', async () => {
    const services = aHilversumFamily(memoryServices());
    const about = (type: string, day: string) => ({
      type,
      familyId,
      grownChild: null,
      day,
      month: '2025-10',
      decision: null,
    });
    const item = (at: number, values: Parameters<MemoryServices['put']>[1]) =>
      services.put({ kind: 'followUp', id: `0a000000-0000-4000-8000-00000000000${String(at)}` }, values);
    const override = { to: null, value: 'default_impose', reason: 'besluit', source: 'gemeenteblad' };
    services.put({ kind: 'municipalPolicy', id: policyId }, { 'override.no_income_info.2025-01-01': override });
    item(1, { placement: { site: siteId }, about: about('request', '2025-09-01') });
    item(2, {
      placement: { site: siteId },
      about: about('hardship', '2025-10-01'),
      hardship: { amountCents: 10_000, until: '2026-03-31', reason: 'schulden', evidence: 'brief' },
    });
    const made = await services.decide(familyId, month, null, null, null);
    if (!made.ok) throw new Error(made.error.type);
    await showPage(letterAt(), services, language);
    await seen('Daarom legt de gemeente de volledige eigen bijdrage op', 'Dit geldt tot en met 31 maart 2026');
    await seen('Тому муніципалітет нараховує повний власний внесок', 'до 31 березня 2026 р. включно');
    await expectAccessible();
    fits();
    await picture(`imposed-${language}`);
  });
});

it('asks for income with the last day to answer, counted from the request', async () => {
  const services = aHilversumFamily(memoryServices());
  services.put(
    { kind: 'followUp', id: '0a000000-0000-4000-8000-000000000001' },
    {
      placement: { site: siteId },
      about: { type: 'request', familyId, grownChild: null, day: '2025-11-10', month: '2025-10', decision: null },
    },
  );
  await showPage(letterAt('&kind=income-request'), services);
  await seen('Doe dit uiterlijk op 24 november 2025', 'Wij vroegen dit op 10 november 2025', '24 листопада 2025');
});

it('keeps a changed text as a dated fact with its reason, and prints it from that day', async () => {
  const services = aHilversumFamily(memoryServices());
  await decided(services);
  await showPage('/settings/letters', services);
  await userEvent.click(page.getByRole('button', { name: /Alinea/ }));
  await userEvent.click(page.getByRole('option', { name: /Klopt er iets niet/ }));
  await userEvent.fill(page.getByLabelText('Nederlands').last(), 'Bel 14 035 over {month}.');
  await seen('Bel 14 035 over oktober 2025.');
  await userEvent.fill(page.getByLabelText('Reden'), 'eigen nummer');
  await userEvent.click(page.getByRole('button', { name: 'Tekst opslaan' }));
  await seen('Eerder vastgelegd', 'Reden: eigen nummer');
  await showPage(letterAt(), services);
  await seen('Bel 14 035 over oktober 2025.', 'Щось неправильно або змінився Ваш дохід');
});

it('stops between two households, says how far it came, and goes on from there', async () => {
  let release = () => {};
  const hold = new Promise<void>((resolve) => {
    release = resolve;
  });
  const services = aHilversumFamily(memoryServices());
  await decided(services);
  const slow: MemoryServices = {
    ...services,
    assess: async (...asked) => {
      await hold;
      return services.assess(...asked);
    },
  };
  await showPage('/letters?month=2025-10', slow);
  await userEvent.click(page.getByRole('button', { name: 'Brieven maken' }));
  await userEvent.click(page.getByRole('button', { name: 'Stoppen' }));
  release();
  await seen('Gestopt na 0 van 1 huishoudens');
  await userEvent.click(page.getByRole('button', { name: 'Verdergaan' }));
  await seen('1 brief klaar');
  await userEvent.click(page.getByRole('button', { name: 'Opslaan als PDF' }));
  await vi.waitFor(() => expect(services.log.at(-1)).toBe('pdf brieven-2025-10-decision.pdf'));
});
