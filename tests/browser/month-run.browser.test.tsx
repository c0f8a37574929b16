import { beforeAll, describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { startI18n, type Language } from '../../renderer/i18n/i18n.ts';
import { useWorkspace } from '../../renderer/stores/workspace-store.ts';
import { isoDate, isoMonth } from '../../shared/kernel/dates.ts';
import { aHilversumFamily, familyId, motherId, siteId } from '../fakes/contribution-family.ts';
import { memoryServices, type MemoryServices } from '../fakes/memory-services.ts';
import { expectAccessible } from './show.tsx';
import { saveOpenly } from './save-openly.ts';
import { showPage } from './show-page.tsx';

beforeAll(() => startI18n('nl'));

const day = isoDate('2025-11-24');
const address = '/contributions/run?month=2025-10';
const text = () => (document.querySelector('main')?.textContent ?? '').replaceAll(/\s/gu, ' ');
const seen = async (...parts: readonly string[]) => {
  for (const part of parts) await expect.poll(text).toContain(part);
};
const picture = (name: string) => page.screenshot({ path: `../../test-output/month-run/${name}.png` });
const decisions = () =>
  [...useWorkspace.getState().records.values()].filter(({ kind }) => kind === 'contributionDecision').length;
const numbered = (start: string, at: number) => `${start}-0000-4000-8000-${String(at).padStart(12, '0')}`;

/** One adult alone on the site; `income` in cents per month, null: nothing is known. */
function household(services: MemoryServices, at: number, label: string, income: (month: string) => number | null) {
  const resident = numbered('ee600000', at);
  const entries = ['2025-08', '2025-09', '2025-10'].flatMap((month) => {
    const amountCents = income(month);
    return amountCents === null ? [] : [[`income.employment.${month}`, { amountCents, evidence: 'payslip' }] as const];
  });
  services.put(
    { kind: 'resident', id: resident },
    {
      placement: { site: siteId },
      name: {
        family: label,
        given: 'Olha',
        patronymic: '',
        familyCyrillic: '',
        givenCyrillic: '',
        patronymicCyrillic: '',
      },
      birthDate: '1980-03-12',
      nationality: ['UA'],
      arrival: { date: '2025-01-10', from: null },
      ...Object.fromEntries(entries),
    },
  );
  services.put(
    { kind: 'family', id: numbered('fa600000', at) },
    {
      placement: { site: siteId },
      label,
      [`member.${resident}.2025-01-10`]: { to: null, relation: 'main-person' },
    },
  );
}

/** The family of the published case without income information, two alike without, one that crossed, `more` clear ones. */
function aSite(more = 3, services = memoryServices({ day })): MemoryServices {
  aHilversumFamily(services);
  household(services, 1, 'Adamenko', () => null);
  household(services, 2, 'Bilyk', (month) => (month === '2025-10' ? 150_000 : 0));
  for (let at = 0; at < more; at++) household(services, 10 + at, `Clear ${String(at)}`, () => 0);
  return services;
}

const inLanguages: readonly { language: Language; words: readonly string[] }[] = [
  {
    language: 'nl',
    words: ['Zonder bijzonderheden: 3', 'Inkomen ontbreekt: 2', 'Over een drempel sinds vorige maand: 1'],
  },
  {
    language: 'uk',
    words: ['Без особливостей: 3', 'Немає даних про дохід: 2', 'Перетнуто поріг порівняно з минулим місяцем: 1'],
  },
  { language: 'en', words: ['Nothing special: 3', 'Income is missing: 2', 'Crossed a threshold since last month: 1'] },
];

describe.each(inLanguages)('in $language', ({ language, words }) => {
  it('shows the exceptions by reason, the totals and the files, without a horizontal bar', async () => {
    await showPage(address, aSite(), language);
    await seen(...words);
    await expectAccessible();
    await picture(`run-${language}`);
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(1366);
  });

  it('shows what a change means for decisions', async () => {
    const services = aSite();
    await services.decide(familyId, isoMonth('2025-10'), null, null, null);
    services.put(
      { kind: 'resident', id: motherId },
      { 'income.employment.2025-10': { amountCents: 200_000, evidence: 'payslip' } },
    );
    await showPage('/contributions/effects', services, language);
    await expect.element(page.getByRole('table')).toBeVisible();
    await expectAccessible();
    await picture(`effects-${language}`);
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(1366);
  });
});

describe('a run', () => {
  it('approves what has no exception after a check with totals, once', async () => {
    await showPage(address, aSite());
    await userEvent.click(page.getByRole('button', { name: /controleren en goedkeuren/ }));
    // Three times 314.84 of October 2025.
    await seen('Controleren voor het vastleggen', '€ 944,52');
    await expectAccessible();
    await picture('check-nl');
    expect(decisions()).toBe(0);
    await userEvent.click(page.getByRole('button', { name: '3 besluiten vastleggen' }));
    await seen('3 besluiten vastgelegd.', '6 huishoudens, vastgelegd: 3', 'Vraagt uw aandacht: 3');
    expect(decisions()).toBe(3);
    await userEvent.click(page.getByRole('button', { name: 'Opnieuw berekenen' }));
    await seen('6 huishoudens, vastgelegd: 3', 'Vraagt uw aandacht: 3');
    expect(decisions()).toBe(3);
  });

  it('goes one by one with the keyboard alone, and the focus moves on', async () => {
    await showPage(address, aSite());
    const first = page.getByRole('button', { name: 'Goedkeuren: Adamenko' });
    await expect.element(first).toBeVisible();
    (first.element() as HTMLElement).focus();
    await userEvent.keyboard('{Enter}');
    await expect.element(page.getByRole('button', { name: 'Goedkeuren: Bondar' })).toHaveFocus();
    await userEvent.keyboard('{Enter}');
    await expect.element(page.getByRole('button', { name: 'Goedkeuren: Bilyk' })).toHaveFocus();
    await userEvent.keyboard('{Enter}');
    await seen('6 huishoudens, vastgelegd: 3', 'Vraagt uw aandacht: 0');
    expect(decisions()).toBe(3);
    await expectAccessible();
  });

  it('can be stopped while the households are worked out', async () => {
    let release = () => undefined as void;
    const services = memoryServices({
      day,
      runMonth: (_, onProgress, signal) => {
        onProgress(1, 6);
        return new Promise((resolve) => {
          release = () => resolve(null);
          signal.addEventListener('abort', () => release());
        });
      },
    });
    aSite(3, services);
    await showPage(address, services);
    await expect.element(page.getByRole('progressbar')).toBeVisible();
    await userEvent.click(page.getByRole('button', { name: 'Stoppen' }));
    await seen('Het berekenen is gestopt. Er is niets vastgelegd.');
    expect(decisions()).toBe(0);
  });

  it('interrupted while it records: what is decided stays, the rest waits and goes on later', async () => {
    const real = aSite(30);
    let stopAfterFirst = true;
    const services: MemoryServices = {
      ...real,
      decideMany: (approvals, onProgress, signal) => {
        const stop = new AbortController();
        signal.addEventListener('abort', () => stop.abort());
        return real.decideMany(
          approvals,
          (done, total) => {
            onProgress(done, total);
            if (stopAfterFirst) stop.abort();
          },
          stop.signal,
        );
      },
    };
    await showPage(address, services);
    await userEvent.click(page.getByRole('button', { name: /controleren en goedkeuren/ }));
    await userEvent.click(page.getByRole('button', { name: '30 besluiten vastleggen' }));
    await seen('25 besluiten vastgelegd.', 'Gestopt: 5 huishoudens wachten nog.', 'Zonder bijzonderheden: 5');
    expect(decisions()).toBe(25);
    stopAfterFirst = false;
    await userEvent.click(page.getByRole('button', { name: /controleren en goedkeuren/ }));
    await userEvent.click(page.getByRole('button', { name: '5 besluiten vastleggen' }));
    await seen('5 besluiten vastgelegd.', '33 huishoudens, vastgelegd: 30');
    expect(decisions()).toBe(30);
  });
});

describe('files for the finance department', () => {
  it('hold the decisions with totals, and no cell that a spreadsheet takes for a formula', async () => {
    const services = aSite(2);
    services.put({ kind: 'family', id: numbered('fa600000', 10) }, { label: '=cmd()' });
    await showPage(address, services);
    await userEvent.click(page.getByRole('button', { name: /controleren en goedkeuren/ }));
    await userEvent.click(page.getByRole('button', { name: '2 besluiten vastleggen' }));
    await userEvent.click(page.getByRole('button', { name: 'Opslaan als CSV' }).first());
    await saveOpenly('betaling');
    await expect.poll(() => services.files.size).toBe(1);
    expect(services.log).toContain('export decisions csv 2025-10 2: betaling');
    const csv = new TextDecoder().decode(services.files.get('leefgeld-bijdrage-2025-10.csv'));
    const rows = csv.split('\r\n').map((line) => line.split(';').map((cell) => cell.replaceAll('"', '')));
    expect(rows).toHaveLength(5);
    expect(rows[3]?.[0]).toBe('Totaal');
    expect(rows[0]).toContain('Leefgeld samen');
    expect(rows[3]?.[rows[0]?.indexOf('Leefgeld samen') ?? -1]).toBe('629,68');
    expect(csv).toContain("'=cmd()");
    for (const cell of rows.flat()) expect(cell).not.toMatch(/^[=+\-@\t]/);

    document.querySelector('.run-totals')?.scrollIntoView();
    await picture('files-nl');
    await userEvent.click(page.getByRole('button', { name: 'Opslaan voor Excel' }).first());
    await saveOpenly('betaling');
    await expect
      .poll(() => services.files.get('leefgeld-bijdrage-2025-10.xlsx')?.slice(0, 2))
      .toEqual(Uint8Array.from([0x50, 0x4b]));
  });

  it('give the account of a year, the same again for the same reference day', async () => {
    const services = aSite(2);
    await showPage(address, services);
    await userEvent.click(page.getByRole('button', { name: /controleren en goedkeuren/ }));
    await userEvent.click(page.getByRole('button', { name: '2 besluiten vastleggen' }));
    await seen('2 besluiten vastgelegd.');
    const name = 'jaarrekening-0402-2025-peildatum-2025-11-24.csv';
    const save = page.getByRole('button', { name: 'Opslaan als CSV' }).last();
    await userEvent.click(save);
    await expect.poll(() => services.files.has(name)).toBe(true);
    const first = new TextDecoder().decode(services.files.get(name));
    expect(first).toContain('"Gemeentelijke opvang: leefgeld samen";"2";"huishoudmaanden"');
    services.files.clear();
    await userEvent.click(save);
    await expect.poll(() => services.files.has(name)).toBe(true);
    expect(new TextDecoder().decode(services.files.get(name))).toBe(first);
  });
});

it('of two laptops on one month is one task on Today and in the run, and approving ends it', async () => {
  const services = aSite(0);
  const made = await services.decide(familyId, isoMonth('2025-10'), null, null, null);
  if (!made.ok) throw new Error(made.error.type);
  const twin = { kind: 'contributionDecision', id: numbered('d0000000', 2) } as const;
  services.put(twin, { placement: { site: siteId }, decision: services.valuesIn(made.value)['decision'] ?? null });
  await showPage('/', services);
  await seen('Huishoudens zonder besluit voor deze maand: 3');
  await userEvent.click(page.getByRole('link', { name: 'Maanden met twee besluiten: 1' }));
  await seen('Twee besluiten over dezelfde maand: 1');
  await userEvent.click(page.getByRole('button', { name: 'Goedkeuren: Bondar' }));
  await seen('3 huishoudens, vastgelegd: 1');
  await userEvent.click(page.getByRole('button', { name: 'Opnieuw berekenen' }));
  await expect.poll(text).not.toContain('Twee besluiten over dezelfde maand');
  expect(decisions()).toBe(3);
});

it('counts on Today the households that the run of this month lists: who arrives or leaves during it too', async () => {
  const services = memoryServices({ day });
  aHilversumFamily(services);
  const placement = { site: siteId };
  const one = (at: number, label: string, from: string, arrival: string, departure?: string) => {
    household(services, at, label, () => 0);
    services.put(
      { kind: 'resident', id: numbered('ee600000', at) },
      {
        arrival: { date: arrival, from: null },
        ...(departure === undefined
          ? {}
          : { departure: { date: departure, reason: 'own-housing', destination: null } }),
      },
    );
    const member = `member.${numbered('ee600000', at)}`;
    services.put(
      { kind: 'family', id: numbered('fa600000', at) },
      { placement, [`${member}.2025-01-10`]: null, [`${member}.${from}`]: { to: null, relation: 'main-person' } },
    );
  };
  one(1, 'Arrives', '2025-11-12', '2025-11-12');
  one(2, 'Left in the month', '2025-01-10', '2025-01-10', '2025-11-15');
  one(3, 'Left before it', '2025-01-10', '2025-01-10', '2025-10-15');
  one(4, 'Expected', '2025-01-10', '2025-12-02');
  one(5, 'Comes next month', '2025-12-03', '2025-12-03');
  await showPage('/', services);
  await seen('Huishoudens zonder besluit voor deze maand: 3');
  await userEvent.click(page.getByRole('link', { name: 'Huishoudens zonder besluit voor deze maand: 3' }));
  await seen('3 huishoudens, vastgelegd: 0');
  await expect.poll(text).not.toContain('Left before it');
});

it('counts on Today, and corrects what a change hits in one run; the old decision stays', async () => {
  const services = aSite(2);
  await services.decide(familyId, isoMonth('2025-10'), null, null, null);
  services.put(
    { kind: 'resident', id: motherId },
    { 'income.employment.2025-10': { amountCents: 200_000, evidence: 'payslip' } },
  );
  await showPage('/', services);
  await userEvent.click(page.getByRole('link', { name: 'Besluiten die anders zouden uitkomen: 1' }));
  await seen(
    '1 besluit komt anders uit',
    'leefgeld € -759,33',
    'bijdrage +€ 244,22',
    '€ 759,33€ 0,00€ -759,33€ 0,00€ 244,22+€ 244,22',
    'klaar om te corrigeren',
  );
  expect(decisions()).toBe(1);
  await userEvent.click(page.getByRole('button', { name: '1 correctie controleren' }));
  await seen('Correcties controleren');
  await userEvent.click(page.getByRole('button', { name: '1 besluit vastleggen' }));
  await seen('1 besluit vastgelegd.', 'Alle besluiten komen nog hetzelfde uit.');
  expect(decisions()).toBe(2);
  await picture('corrected-nl');
});

it('leaves what a caseworker has to judge out of the run of corrections', async () => {
  const services = memoryServices({ day });
  aHilversumFamily(services);
  household(services, 1, 'Adamenko', () => 0);
  for (const household of [familyId, numbered('fa600000', 1)])
    await services.decide(household, isoMonth('2025-10'), null, null, null);
  // Between the thresholds of three persons, and far above that of one.
  for (const [id, amountCents] of [
    [motherId, 100_000],
    [numbered('ee600000', 1), 300_000],
  ] as const)
    services.put({ kind: 'resident', id }, { 'income.employment.2025-10': { amountCents, evidence: 'payslip' } });
  await showPage('/contributions/effects', services);
  await seen('2 besluiten komen anders uit', 'een medewerker stelt het bedrag vast');
  await userEvent.click(page.getByRole('button', { name: '1 correctie controleren' }));
  await seen('Correcties controleren', 'Adamenko');
  expect(text()).not.toContain('Bondar');
  await userEvent.click(page.getByRole('button', { name: '1 besluit vastleggen' }));
  await seen('1 besluit vastgelegd.', '1 besluit komt anders uit');
  expect(decisions()).toBe(3);
});
