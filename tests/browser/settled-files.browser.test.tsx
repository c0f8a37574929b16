import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { startI18n, type Language } from '../../renderer/i18n/i18n.ts';
import { useWorkspace } from '../../renderer/stores/workspace-store.ts';
import { useSession } from '../../renderer/stores/session-store.ts';
import { aHilversumFamily, policyId, siteId } from '../fakes/contribution-family.ts';
import { memoryServices, testUser, type MemoryServices } from '../fakes/memory-services.ts';
import { expectAccessible } from './show.tsx';
import { showPage } from './show-page.tsx';

beforeAll(() => startI18n('nl'));
afterEach(() => useSession.setState({ user: null }));

const ref = { kind: 'municipalPolicy', id: policyId } as const;
const text = () => (document.body.textContent ?? '').replaceAll(/\s/gu, ' ');
const seen = async (...parts: readonly string[]) => {
  for (const part of parts) await expect.poll(text).toContain(part);
};
const decoded = (services: MemoryServices, name: string) => new TextDecoder().decode(services.files.get(name));

async function choose(content: string | Uint8Array<ArrayBuffer>) {
  await expect.poll(() => document.querySelector('input[type=file]')).not.toBeNull();
  const input = page.elementLocator(document.querySelector('input[type=file]') as HTMLElement);
  await userEvent.upload(input, new File([content], 'rules.json', { type: 'application/json' }));
}

/** A municipality that settled something of everything. */
function settled(): MemoryServices {
  const services = aHilversumFamily(memoryServices());
  services.put(ref, {
    'grounds.2025-01-01': { kinds: ['pension'], excluded: ['bonus'], reason: 'beleidsregel' },
    collectsFrom: { day: '2024-12-01', reason: 'raad' },
    [`catering.${siteId}.2025-01-01`]: { to: '2025-06-30', catered: true, reason: 'keuken', source: '' },
    'override.clothing.2025-01-01': { to: null, value: 7000, reason: 'hoger', source: 'gemeenteblad 1' },
    'amountsChecked.2025-11-01': { reason: 'regeling gelezen', source: 'wetten.overheid.nl' },
    // Of another page; no business of this one.
    'retention.file': { months: 84, source: 'archiefbesluit', resultCode: '1' },
  });
  return services;
}

async function written(services: MemoryServices, button = 'Bestand wegschrijven'): Promise<string> {
  await userEvent.click(page.getByRole('button', { name: button }));
  await expect.poll(() => services.files.has('regels-0402.json')).toBe(true);
  return decoded(services, 'regels-0402.json');
}

it('writes the rules of a municipality, and reads them in on a laptop that has none, after a look', async () => {
  const first = settled();
  await showPage('/settings/municipality', first);
  const file = await written(first);
  expect(text()).not.toContain('niet begrepen');
  document.body.replaceChildren();

  useSession.setState({ user: { id: testUser, label: 'M. de Vries', role: 'lead' } });
  const second = aHilversumFamily(memoryServices());
  second.put(ref, { 'basis.2022-04-01': null });
  await showPage('/settings/municipality', second);
  await choose(file);
  await seen(
    'Dit bestand verandert 6 vastgelegde regels',
    'nog niet vastgelegd',
    '1 huishouden krijgt een ander bedrag',
  );
  await expectAccessible();
  expect(Object.keys(second.valuesIn(ref))).toHaveLength(2);
  await userEvent.click(page.getByRole('button', { name: 'Wijziging opslaan' }));
  await expect.poll(() => document.querySelector('[role=dialog]')).toBeNull();
  const { 'retention.file': _, ...wanted } = first.valuesIn(ref);
  expect(second.valuesIn(ref)).toEqual(wanted);

  second.files.clear();
  expect(await written(second)).toBe(file);
  await choose(file);
  await seen('In dit bestand staat hetzelfde als wat al is vastgelegd');
});

it('saves nothing when the preview is closed, and reads the same file again', async () => {
  const services = settled();
  const before = services.valuesIn(ref);
  await showPage('/settings/municipality', services);
  const file = (await written(services)).replace('"value": 7000', '"value": 7500');
  for (let round = 0; round < 2; round++) {
    await choose(file);
    await seen('Dit bestand verandert 1 vastgelegde regel', '€ 70,00', '€ 75,00');
    await userEvent.keyboard('{Escape}');
    await expect.poll(() => document.querySelector('[role=dialog]')).toBeNull();
    expect(services.valuesIn(ref)).toEqual(before);
  }
});

const refusals: Readonly<Record<Language, readonly [read: string, cents: string, json: string]>> = {
  nl: [
    'Bestand wegschrijven',
    'overrides[0].value: Hier hoort een bedrag in hele centen',
    'Regel 3: Hier is het bestand geen geldige JSON',
  ],
  uk: [
    'Записати файл',
    'overrides[0].value: Тут має бути сума в цілих центах',
    'Рядок 3: Тут файл не є правильним JSON',
  ],
  en: [
    'Write a file',
    'overrides[0].value: Here should be an amount in whole cents',
    'Line 3: Here the file is not valid JSON',
  ],
};
describe.each(['nl', 'uk', 'en'] as const)('in %s', (language) => {
  it('says what is wrong with a file by line and key, and changes nothing', async () => {
    const services = settled();
    const before = services.valuesIn(ref);
    await showPage('/settings/municipality', services, language);
    const [write, cents, json] = refusals[language];
    const file = await written(services, write);
    await choose(file.replace('"value": 7000', '"value": 70.5'));
    await seen(cents);
    await expectAccessible();
    const alert = document.querySelector('[role=alert]') as HTMLElement;
    alert.scrollIntoView({ block: 'center' });
    await page.screenshot({ path: `../../test-output/settled-files/refused-${language}.png` });
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(1366);
    await choose('{\n"format": "onderdak-policy",\n"version" 1\n}');
    await seen(json);
    expect(text()).not.toContain(cents);
    await choose(file.replace('"value": 7000', '"value": 7500').replace('"day": "2024-12-01"', '"day": "2025-02-01"'));
    await seen(language === 'en' ? '70.00' : '70,00', language === 'en' ? '75.00' : '75,00');
    await expect.poll(() => document.querySelector('[role=progressbar]')).toBeNull();
    await expectAccessible();
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(1366);
    await page.screenshot({ path: `../../test-output/settled-files/preview-${language}.png` });
    expect(services.valuesIn(ref)).toEqual(before);
  });
});

const letterTexts = (services: MemoryServices) =>
  [...useWorkspace.getState().records.values()]
    .filter(({ kind }) => kind === 'letterText')
    .map(({ id }) => services.valuesIn({ kind: 'letterText', id }));

it('writes the texts of letters, and reads a changed file in after a look at what changes', async () => {
  const services = aHilversumFamily(memoryServices());
  await showPage('/settings/letters', services);
  await userEvent.click(page.getByRole('button', { name: 'Bestand wegschrijven' }));
  await expect.poll(() => services.files.has('brieven-0402.json')).toBe(true);
  const file = decoded(services, 'brieven-0402.json');
  await choose(file);
  await seen('In dit bestand staat hetzelfde als wat al is vastgelegd');

  await choose(file.replace('Huishouden: {household}', 'Aan: {householt}'));
  await seen('letters.', 'household.nl: “householt” is geen invulveld van deze brief');
  expect(letterTexts(services)).toEqual([]);

  const changed = file.replaceAll('Huishouden: {household}', 'Aan: {household}');
  await choose(changed);
  await seen(
    'Wat verandert er in de brieven?',
    'vanaf 24-11-2025',
    'Besluit, alinea “household”, Nederlands',
    'Aan: {household}',
  );
  await expectAccessible();
  await page.screenshot({ path: '../../test-output/settled-files/letters-nl.png' });
  expect(letterTexts(services)).toEqual([]);
  await userEvent.click(page.getByRole('button', { name: 'Terug, niet opslaan' }));
  await expect.poll(() => document.querySelector('[role=dialog]')).toBeNull();
  expect(letterTexts(services)).toEqual([]);

  await choose(changed);
  await userEvent.click(page.getByRole('button', { name: 'Teksten opslaan' }));
  await seen('Aan: Olena Pryklad');
  expect(letterTexts(services)).toMatchObject([
    {
      municipality: { code: '0402' },
      'text.decision.household.nl.2025-11-24': { text: 'Aan: {household}', reason: 'teksten van 24-11-2025' },
    },
  ]);
  services.files.clear();
  await userEvent.click(page.getByRole('button', { name: 'Bestand wegschrijven' }));
  await expect.poll(() => services.files.has('brieven-0402.json')).toBe(true);
  expect(decoded(services, 'brieven-0402.json')).toBe(changed);
});

it('opens the choice of a file with the keyboard alone', async () => {
  await showPage('/settings/municipality', settled());
  const button = page.getByRole('button', { name: 'Bestand inlezen' });
  await expect.element(button).toBeInTheDocument();
  let isAsked = false;
  document.querySelector('input[type=file]')?.addEventListener('click', (event) => {
    isAsked = true;
    event.preventDefault();
  });
  (button.element() as HTMLElement).focus();
  await userEvent.keyboard('{Enter}');
  expect(isAsked).toBe(true);
});
