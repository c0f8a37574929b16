import { beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { languages, startI18n } from '../../renderer/i18n/i18n.ts';
import { texts } from '../../renderer/i18n/texts.ts';
import { setSession } from '../../renderer/stores/session-store.ts';
import { useWorkspace } from '../../renderer/stores/workspace-store.ts';
import { isoDate } from '../../shared/kernel/dates.ts';
import { memoryServices, testUser, type MemoryServices } from '../fakes/memory-services.ts';
import { showPage } from './show-page.tsx';
import { expectAccessible } from './show.tsx';

beforeAll(() => startI18n('nl'));
beforeEach(() => setSession({ user: { id: testUser, label: 'M. de Vries', role: 'caseworker' }, protection: 'full' }));

const today = isoDate('2026-11-24');
const site = '11111111-1111-4111-8111-111111111111';
const olena = '33333333-3333-4333-8333-333333333333';
const taras = '44444444-4444-4444-8444-444444444444';

/** One site with four beds, one out of service, and two residents: one in a bed, one who came this week. */
function reportServices(exported: string[] = []): MemoryServices {
  const services: MemoryServices = memoryServices({
    day: today,
    exportFile: (name, bytes) => {
      exported.push(name, new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes));
      return Promise.resolve('saved');
    },
  });
  services.put(
    { kind: 'site', id: site },
    {
      placement: { site },
      name: 'Noord',
      municipality: { code: '0599', name: 'Havenstad' },
      'building.a': { name: 'A' },
      'room.r': { building: 'a', name: '101', floor: 1 },
      ...Object.fromEntries(
        [1, 2, 3, 4].map((at) => [
          `bed.b${String(at)}`,
          {
            room: 'r',
            name: String(at),
            outOfService: at === 4 ? { reason: 'lek', from: '2026-11-01', until: null } : null,
          },
        ]),
      ),
    },
  );
  const resident = (id: string, given: string, arrival: string, birthDate: string, until: string) =>
    services.put(
      { kind: 'resident', id },
      {
        placement: { site },
        name: { family: 'Bondarenko', given, patronymic: '', familyCyrillic: 'Бондаренко', givenCyrillic: 'Олена' },
        birthDate,
        nationalityGroup: 'ua',
        arrival: { date: arrival, from: null },
        'document.d1': { type: 'passport', number: 'FA000001', issuingCountry: 'UA', validUntil: until, seenOn: null },
      },
    );
  resident(olena, 'Olena', '2023-04-01', '1988-03-31', '2026-12-01');
  resident(taras, 'Taras', '2026-11-20', '2012-07-02', '2031-01-01');
  services.put(
    { kind: 'bedStay', id: '99999999-9999-4999-8999-999999999999' },
    { placement: { site }, stay: { site, bed: 'b1', resident: olena, from: '2026-01-01' } },
  );
  return services;
}

const tabs = ['occupancy', 'flow', 'composition', 'documents', 'weekly', 'regions', 'registrations'] as const;

it.for(languages.flatMap((language) => tabs.map((tab) => [language, tab] as const)))(
  'shows the report in %s: %s, accessible and without scrolling sideways',
  async ([language, tab]) => {
    await page.viewport(1366, 768);
    await showPage(`/reports?tab=${tab}`, reportServices(), language);
    await expect.element(page.getByRole('table').first()).toBeVisible();
    await expectAccessible();
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(1366);
    for (const panel of document.querySelectorAll('.panel')) {
      expect(panel.scrollWidth, panel.textContent).toBeLessThanOrEqual(panel.clientWidth);
    }
  },
);

it('counts places by site and municipality, and opens the beds behind a number', async () => {
  await showPage('/reports', reportServices());
  const row = page.getByRole('row', { name: /Gemeente Havenstad/ });
  await expect.element(row).toHaveTextContent('Gemeente Havenstad421125,0%');
  await userEvent.click(page.getByRole('link', { name: '2, Noord, Vrij' }));
  await expect.element(page.getByRole('heading', { name: 'Vrije plaatsen: 2' })).toBeVisible();
  await expect.element(page.getByRole('grid').getByText('101').first()).toBeVisible();
  await expectAccessible();
});

it('opens the people behind a figure, and no name stands in the address', async () => {
  await showPage('/reports?tab=flow', reportServices());
  await expect.element(page.getByText('1 aangekomen, 0 vertrokken', { exact: false })).toBeVisible();
  await userEvent.click(page.getByRole('link', { name: '1, Oekraïens, Aangekomen' }));
  await expect.element(page.getByRole('heading', { name: '1 bewoner achter dit cijfer' })).toBeVisible();
  await expect.element(page.getByText('Bondarenko, Taras')).toBeVisible();
  await userEvent.click(page.getByRole('link', { name: 'Terug naar het overzicht' }));
  await expect.element(page.getByRole('heading', { name: 'Aankomst en vertrek' })).toBeVisible();
});

it.for(['csv', 'xlsx', 'json'] as const)(
  'saves a report as %s for a purpose, noted before it is written',
  async (format) => {
    const exported: string[] = [];
    const services = reportServices(exported);
    await showPage('/reports?tab=documents', services);
    await userEvent.click(page.getByRole('button', { name: texts.nl.register.export.file }));
    await expectAccessible();
    await userEvent.click(page.getByRole('button', { name: 'Bestand bewaren' }));
    await expect.element(page.getByText('Kies waarvoor het bestand is').first()).toBeVisible();
    expect(exported).toEqual([]);
    await userEvent.click(page.getByRole('button', { name: /Waarvoor is het bestand/ }));
    await userEvent.click(page.getByRole('option', { name: /Rapportage/ }));
    await userEvent.click(page.getByText({ csv: 'CSV', xlsx: 'Excel (XLSX)', json: 'JSON' }[format], { exact: true }));
    await userEvent.click(page.getByRole('button', { name: 'Bestand bewaren' }));
    await vi.waitFor(() => expect(exported[0]).toBe(`documenten-2026-11-24.${format}`));
    expect(services.log.filter((line) => /export|note/.test(line))).toEqual([
      `export report documenten ${format} 1: report`,
    ]);
    const file = exported[1] ?? '';
    if (format === 'csv') expect(file).toContain('"paspoort";"0";"1";"0";"0";"1";"0"');
    if (format === 'xlsx') expect(file.startsWith('PK')).toBe(true);
    if (format === 'json') {
      expect(JSON.parse(file)).toEqual([
        { row: 'paspoort', expired: '0', d30: '1', d90: '0', d180: '0', later: '1', open: '0' },
      ]);
    }
  },
);

it.each(tabs)('offers every table of the report %s as a file, and prints', async (tab) => {
  const services = reportServices();
  await showPage(`/reports?tab=${tab}`, services);
  await expect.element(page.getByRole('table').first()).toBeVisible();
  const panels = [...document.querySelectorAll('section.report')];
  const save = texts.nl.register.export.file;
  expect(
    panels.map((panel) => [...panel.querySelectorAll('button')].filter((one) => one.textContent === save).length),
  ).toEqual(panels.map(() => 1));
  await userEvent.click(page.getByRole('button', { name: 'Afdrukken' }).first());
  expect(services.log).toContain('print');
});

it('opens behind a net figure who came and who left, with the sign', async () => {
  const services = reportServices();
  const values = services.valuesIn({ kind: 'resident', id: olena });
  services.put(
    { kind: 'resident', id: olena },
    { ...values, departure: { date: '2026-11-22', reason: 'own-housing', destination: null } },
  );
  await showPage('/reports?tab=flow', services);
  await userEvent.click(page.getByRole('link', { name: '0, Oekraïens, Netto', exact: true }));
  await expect.element(page.getByRole('heading', { name: 'Netto 0: 1 erbij, 1 eraf' })).toBeVisible();
  const grid = page.getByRole('grid');
  await expect.element(grid.getByRole('row', { name: /\+1.*Taras/ })).toBeVisible();
  await expect.element(grid.getByRole('row', { name: /−1.*Olena/ })).toBeVisible();
  await expectAccessible();
  await userEvent.click(page.getByRole('link', { name: 'Terug naar het overzicht' }));
  await expect.element(page.getByRole('heading', { name: 'Aankomst en vertrek' })).toBeVisible();
});

it('shows the week by group and by destination, each with its list', async () => {
  const services = reportServices();
  const values = services.valuesIn({ kind: 'resident', id: olena });
  services.put(
    { kind: 'resident', id: olena },
    { ...values, departure: { date: '2026-11-22', reason: 'own-housing', destination: null } },
  );
  await showPage('/reports?tab=weekly', services);
  await expect.element(page.getByRole('link', { name: '1, Oekraïens, Aangekomen' })).toBeVisible();
  await expect.element(page.getByRole('link', { name: '0, Oekraïens, Netto per week, 3 weken' })).toBeVisible();
  await userEvent.click(page.getByRole('link', { name: '1, eigen woning, Vertrokken' }));
  await expect.element(page.getByText('Bondarenko, Olena')).toBeVisible();
  expect(document.querySelector('main')?.textContent).not.toContain('Taras');
});

it('files the weekly report, and a correction as a new version beside it', async () => {
  const exported: string[] = [];
  const services = reportServices(exported);
  await showPage('/reports?tab=weekly', services);
  await userEvent.click(page.getByRole('button', { name: 'Rapport vastleggen' }));
  await userEvent.click(page.getByRole('button', { name: 'Nieuwe versie vastleggen' }));
  await expect.element(page.getByText('Noord, 24-11-2026, versie 2')).toBeVisible();
  const filed = [...useWorkspace.getState().records.values()].filter(({ kind }) => kind === 'siteReport');
  expect(filed).toHaveLength(2);
  await userEvent.click(page.getByRole('button', { name: /^JSON/ }));
  await vi.waitFor(() => expect(exported[0]).toBe('weekrapport-2026-11-24-v2.json'));
  expect(JSON.parse(exported[1] ?? '')).toMatchObject({ version: 2, places: { realised: 4, occupied: 1 }, net: 1 });
});

it('puts a site in a safety region with the keyboard, and every total opens its list', async () => {
  const services = reportServices();
  await showPage('/reports?tab=regions', services);
  const { regions } = texts.nl.reports;
  const change = page.getByRole('button', { name: 'Indeling van Noord wijzigen' });
  await expect.element(change).toBeVisible();
  (change.element() as HTMLElement).focus();
  await userEvent.keyboard('{Enter}');
  const region = page.getByRole('button', { name: new RegExp(regions.region) });
  await expect.element(region).toBeVisible();
  await expectAccessible();
  (region.element() as HTMLElement).focus();
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByRole('option', { name: 'Zeeland' })).toBeVisible();
  await userEvent.keyboard('Zeel{Enter}');
  await userEvent.click(page.getByText(regions.shelter.private, { exact: true }));
  await userEvent.click(page.getByText(texts.nl.reception.since.answers.correction, { exact: true }));
  await userEvent.click(page.getByRole('button', { name: texts.nl.common.action.save, exact: true }));
  await expect.element(page.getByText(`Noord: Zeeland, ${regions.shelter.private}`)).toBeVisible();
  await userEvent.click(page.getByRole('link', { name: `2, Zeeland, ${regions.privatePeople}` }));
  await expect.element(page.getByRole('grid').getByRole('row').nth(2)).toBeVisible();
  expect(document.querySelector('main')?.textContent).toContain('2 bewoners achter dit cijfer');
});
