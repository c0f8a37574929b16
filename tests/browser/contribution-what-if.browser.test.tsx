import { beforeAll, describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { startI18n, type Language } from '../../renderer/i18n/i18n.ts';
import { fromUtf8 } from '../../shared/kernel/bytes.ts';
import { aHilversumFamily, familyId, motherId } from '../fakes/contribution-family.ts';
import { memoryServices } from '../fakes/memory-services.ts';
import { expectAccessible } from './show.tsx';
import { saveOpenly } from './save-openly.ts';
import { showPage } from './show-page.tsx';

beforeAll(() => startI18n('nl'));

const address = `/contributions/${familyId}?month=2025-10`;
const text = () => (document.querySelector('main')?.textContent ?? '').replaceAll(/\s/gu, ' ');
const seen = async (...parts: readonly string[]) => {
  for (const part of parts) await expect.poll(text).toContain(part);
};
const earning = (amountCents: number) => {
  const services = aHilversumFamily(memoryServices());
  services.put(
    { kind: 'resident', id: motherId },
    { 'income.employment.2025-10': { amountCents, evidence: 'payslip' } },
  );
  return services;
};
const words: Readonly<
  Record<Language, { open: string; partner: string; catered: string; newcomer: string; mark: string }>
> = {
  nl: {
    open: 'Wat als …?',
    partner: 'Een partner zonder inkomen komt erbij',
    catered: 'Verhuist naar een locatie met maaltijden',
    newcomer: 'nieuwe partner',
    mark: 'anders',
  },
  uk: {
    open: 'Що, якщо …?',
    partner: 'Приєднується партнер без доходу',
    catered: 'Переїзд до місця проживання з харчуванням',
    newcomer: 'новий партнер',
    mark: 'інакше',
  },
  en: {
    open: 'What if …?',
    partner: 'A partner without income moves in',
    catered: 'Moves to a site with meals',
    newcomer: 'new partner',
    mark: 'different',
  },
};

describe.each(['nl', 'uk', 'en'] as const)('what if, in %s', (language) => {
  it('shows the month beside what it would be, marks what differs, and keeps nothing', async () => {
    const services = earning(200_000);
    const before = services.log.length;
    await showPage(address, services, language);
    const said = words[language];
    await userEvent.click(page.getByRole('button', { name: said.open }));
    expect(document.querySelectorAll('.what-if__differs')).toHaveLength(0);
    await userEvent.click(page.getByText(said.partner));
    await userEvent.click(page.getByText(said.catered));
    await seen(said.newcomer);
    await expect.poll(() => document.querySelectorAll('.what-if__differs').length).toBeGreaterThan(5);
    expect(document.querySelector('.what-if__mark')?.textContent).toBe(said.mark);
    await expectAccessible();
    page.getByText(said.partner).element().scrollIntoView();
    await page.screenshot({ path: `../../test-output/contributions/what-if-${language}.png` });
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(1366);
    expect(services.log.slice(before).filter((line) => line.startsWith('save'))).toEqual([]);
  });
});

it('a child that turns 18 stands beside the family as a household of its own', async () => {
  await showPage(address, earning(200_000));
  await userEvent.click(page.getByRole('button', { name: 'Wat als …?' }));
  await userEvent.click(page.getByRole('button', { name: /Wie wordt 18/ }));
  await userEvent.click(page.getByRole('option', { name: /Andrii/ }));
  await seen('Andrii Bondar, dan een eigen huishouden');
  expect(document.querySelectorAll('.what-if')).toHaveLength(2);
});

it('saves a decision as an execution receipt, in a file whose name says nothing of anybody', async () => {
  const services = earning(200_000);
  await showPage(address, services);
  await userEvent.click(page.getByRole('button', { name: 'Besluit vastleggen' }));
  await userEvent.click(page.getByRole('button', { name: 'Uitvoer' }));
  await saveOpenly('bezwaar');
  await vi.waitFor(() => expect(services.files.size).toBe(1));
  const [[name, bytes] = ['', new Uint8Array()]] = services.files;
  expect(name).toMatch(/^besluit-2025-10-[0-9A-F]{6}\.json$/);
  expect(JSON.parse(fromUtf8(bytes) ?? '')).toMatchObject({
    provenance: { engine: 'onderdak', regulation_id: 'BWBR0046503' },
    results: { outputs: { hoogte_leefgeld: 0, hoogte_eigen_bijdrage: 24422 } },
    execution: { calculation_date: '2025-10-01' },
  });
});
