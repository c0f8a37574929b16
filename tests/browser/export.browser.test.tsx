import { beforeAll, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { languages, startI18n } from '../../renderer/i18n/i18n.ts';
import { texts } from '../../renderer/i18n/texts.ts';
import type { Services } from '../../renderer/services.tsx';
import { aFamily, aResident, aSiteId } from '../../shared/demo/builders.ts';
import { isoDate } from '../../shared/kernel/dates.ts';
import { err, ok } from '../../shared/kernel/result.ts';
import { memoryServices, type MemoryServices } from '../fakes/memory-services.ts';
import { expectAccessible } from './show.tsx';
import { showPage } from './show-page.tsx';

beforeAll(() => startI18n('nl'));
const words = texts.nl.register.export;
const columnWords = texts.nl.register.importColumn;
const idOf = (n: number) => `5a5a5a5a-0000-4000-8000-${String(n).padStart(12, '0')}`;
const named = (family: string) => ({ name: { ...(aResident().values.name as object), family } });

function begin(over: Partial<Services> = {}, count = 3): MemoryServices {
  const services = memoryServices({ day: isoDate('2026-11-24'), ...over });
  services.put({ kind: 'site', id: aSiteId }, { name: 'De Linde' });
  const special = [
    { ...named('Bondar'), 'income.employment.2026-10': { amountCents: 120_050, evidence: 'payslip' } },
    { ...named('=Tkachenko'), bsn: '123456782' },
  ];
  for (let at = 0; at < count; at++)
    services.put(
      { kind: 'resident', id: idOf(at + 1) },
      aResident(special[at] ?? named(`Persoon ${String(at)}`)).values,
    );
  return services;
}
const textOf = (services: MemoryServices, name: string) =>
  new TextDecoder('utf-8', { ignoreBOM: true }).decode(services.files.get(name));
const inDialog = () => page.getByRole('dialog');
const openDialog = async (path: string, services: Services) => {
  await showPage(path, services);
  await userEvent.click(page.getByRole('button', { name: words.title, exact: true }));
  await expect.element(inDialog()).toBeVisible();
};
const { seal } = texts.nl.privacy;
const passphrase = 'trein fiets molen kaas';
const openly = () => userEvent.click(inDialog().getByText(seal.choices.open, { exact: true }));
const choosePurpose = async (label: string) => {
  await userEvent.click(
    inDialog().getByRole('button', { name: new RegExp(words.purpose.replace('?', String.raw`\?`)) }),
  );
  await userEvent.click(page.getByRole('option', { name: label, exact: true }));
};
const tick = (label: string) => userEvent.click(inDialog().getByText(label, { exact: true }));
const save = () => userEvent.click(inDialog().getByRole('button', { name: words.save, exact: true }));
const saved = (count: number) =>
  expect.element(page.getByText(words.saved_other.replace('{{count, number}}', String(count)))).toBeVisible();
const leaving = (services: MemoryServices) => services.log.filter((line) => /^(scan|export|file)/.test(line));

it('writes the rows of the filter by keyboard alone, after the entry in the log', async () => {
  const services = begin();
  await showPage('/residents', services);
  await userEvent.fill(page.getByRole('searchbox'), 'tkachenko');
  await expect.element(page.getByText('1 bewoner', { exact: true })).toBeVisible();
  page.getByRole('button', { name: words.title, exact: true }).element().focus();
  await userEvent.keyboard('{Enter}');
  await expect.element(inDialog()).toBeVisible();
  await expectAccessible();

  await userEvent.keyboard('{Tab}{Enter}');
  await expect.element(page.getByRole('option', { name: words.purposes.site, exact: true })).toBeVisible();
  await userEvent.keyboard('{Home}{Enter}');
  await expect.element(page.getByRole('listbox')).not.toBeInTheDocument();
  await userEvent.keyboard('{Tab}voor het team{Tab}{ArrowLeft}');
  await expect.element(inDialog().getByRole('radio', { name: 'CSV' })).toBeChecked();
  inDialog().getByLabelText(seal.passphrase, { exact: true }).element().focus();
  await userEvent.keyboard(`${passphrase}{Tab}${passphrase}{Enter}`);
  await expect.element(inDialog()).not.toBeInTheDocument();

  const { code, status } = { code: 'Nummer', status: 'Status' };
  const [head, row, rest] = textOf(services, 'bewoners-2026-11-24.csv').split('\r\n');
  expect(head).toBe(
    `\ufeff"${code}";"Achternaam";"Voornamen";"Geboortedatum";"Locatie";"Gebouw";"Kamer";"Bed";"${status}"`,
  );
  expect(row).toMatch(/^"OA-\w{6}";"'=Tkachenko";"Yuliia";"1985-03-12";"De Linde";"";"";"";"Aanwezig"$/);
  expect(rest).toBe('');
  expect(leaving(services)).toEqual([
    'scan residents:export',
    'export residents csv 1: site: voor het team',
    'export residents csv 1 columns: code family given birthDate site building room bed status',
    `file bewoners-2026-11-24.csv.age under "${passphrase}"`,
  ]);
});

it('lets nothing leave without a purpose, and leads to what is missing', async () => {
  const services = begin();
  await openDialog('/residents', services);
  await openly();
  await save();
  await expect.element(inDialog().getByRole('link', { name: words.purposeMissing })).toBeVisible();
  await expectAccessible();
  await choosePurpose(words.purposes.other);
  await save();
  await expect.element(inDialog().getByRole('link', { name: words.detailMissing })).toBeVisible();
  expect(leaving(services)).toEqual([]);
});

it('seals what leaves unless somebody chooses otherwise, and takes no weak passphrase', async () => {
  const services = begin();
  await openDialog('/residents', services);
  await choosePurpose(words.purposes.site);
  await expect.element(inDialog().getByRole('radio', { name: seal.choices.sealed })).toBeChecked();
  const type = async (one: string, other: string) => {
    await userEvent.fill(inDialog().getByLabelText(seal.passphrase, { exact: true }), one);
    await userEvent.fill(inDialog().getByLabelText(seal.repeat, { exact: true }), other);
    await save();
  };
  const { enrol } = texts.nl.settings;
  await type('te kort', 'te kort');
  await expect.element(inDialog().getByRole('link', { name: enrol.tooShort })).toBeVisible();
  await type('wachtwoord123', 'wachtwoord123');
  await expect.element(inDialog().getByRole('link', { name: enrol.tooWeak })).toBeVisible();
  await type(passphrase, `${passphrase}s`);
  await expect.element(inDialog().getByRole('link', { name: enrol.repeatError })).toBeVisible();
  await expectAccessible();
  expect(leaving(services)).toEqual([]);
  await type(passphrase, passphrase);
  await saved(3);
  expect(leaving(services).at(-1)).toBe(`file bewoners-2026-11-24.xlsx.age under "${passphrase}"`);
});

it('asks a confirmation of its own for the BSN and the income, and knows the plain columns again', async () => {
  const services = begin();
  await openDialog('/residents', services);
  await choosePurpose(words.purposes.check);
  await tick('JSON');
  for (const label of ['BSN', columnWords.incomeAmount, columnWords.email]) await tick(label);
  await openly();
  await expect.element(inDialog().getByText(seal.warning.sensitive)).toBeVisible();
  await save();
  await expect.element(inDialog().getByRole('link', { name: words.confirmMissing })).toBeVisible();
  await tick(words.confirms.bsn);
  await save();
  await expect.element(inDialog().getByRole('link', { name: words.confirmMissing })).toBeVisible();
  expect(leaving(services)).toEqual([]);
  await tick(words.confirms.finance);
  await expectAccessible();
  await save();
  await saved(3);
  expect(JSON.parse(textOf(services, 'bewoners-2026-11-24.json'))).toMatchObject([
    { family: '=Tkachenko', bsn: '123456782' },
    { family: 'Bondar', bsn: '999993653', incomeAmount: '1200.50' },
    { family: 'Persoon 2' },
  ]);

  await userEvent.click(page.getByRole('button', { name: words.title, exact: true }));
  await choosePurpose(words.purposes.check);
  await expect.element(inDialog().getByRole('checkbox', { name: columnWords.email, exact: true })).toBeChecked();
  await expect.element(inDialog().getByRole('checkbox', { name: 'BSN', exact: true })).not.toBeChecked();
});

it('does not offer what the user may not open', async () => {
  await openDialog('/residents', begin({ openCompartments: () => Promise.resolve(['core', 'finance']) }));
  await expect.element(inDialog().getByRole('checkbox', { name: columnWords.incomeAmount })).toBeVisible();
  expect(inDialog().getByRole('checkbox', { name: 'BSN', exact: true }).elements()).toEqual([]);
});

it('asks for the passphrase above a hundred persons, and writes a workbook', async () => {
  const verify: Services['verify'] = (typed) =>
    Promise.resolve(typed === 'goed' ? ok(undefined) : err({ type: 'wrong', retryAfterMs: 0 }));
  const services = begin({ verify }, 101);
  await openDialog('/residents', services);
  await choosePurpose(words.purposes.transfer);
  await openly();
  await save();
  await expect.element(inDialog().getByRole('link', { name: texts.nl.settings.unlock.empty })).toBeVisible();
  await userEvent.fill(inDialog().getByLabelText(words.passphrase, { exact: true }), 'fout');
  await save();
  await expect.element(inDialog().getByRole('link', { name: texts.nl.settings.unlock.wrong })).toBeVisible();
  expect(leaving(services)).toEqual([]);
  await userEvent.fill(inDialog().getByLabelText(words.passphrase, { exact: true }), 'goed');
  await save();
  await saved(101);
  expect(textOf(services, 'bewoners-2026-11-24.xlsx').slice(0, 2)).toBe('PK');
});

it('stops without a file and without an entry, and asks no passphrase for a short list', async () => {
  const services = begin({
    scanResidents: (_purpose, _visit, onProgress, signal) => {
      onProgress(1, 3);
      return new Promise((resolve) => {
        signal.addEventListener('abort', () => resolve(ok({ read: 1, unreadable: 0 })));
      });
    },
  });
  await openDialog('/residents', services);
  expect(inDialog().getByLabelText(words.passphrase).elements()).toEqual([]);
  await choosePurpose(words.purposes.site);
  await openly();
  await save();
  const stop = inDialog().getByRole('button', { name: words.stop, exact: true });
  await expect.element(stop).toHaveFocus();
  await expectAccessible();
  await userEvent.keyboard('{Enter}');
  await expect.element(inDialog().getByText(words.stopped)).toBeVisible();
  expect(leaving(services)).toEqual([]);
});

it('writes nothing when the log takes no entry', async () => {
  const services = begin({ noteExport: () => Promise.resolve(err({ type: 'storage-full' })) });
  await openDialog('/residents', services);
  await choosePurpose(words.purposes.site);
  await openly();
  await save();
  await expect.element(inDialog().getByText(texts.nl.errors['storage-full'])).toBeVisible();
  expect(services.files.size).toBe(0);
});

it('takes along what a list was found by, and asks for what is health', async () => {
  const services = begin();
  const care = { to: null, route: 'rmo', note: null };
  services.put({ kind: 'resident', id: idOf(1) }, { 'careRoute.2026-02-01': care });
  await openDialog('/residents/facts?kind=careRoute', services);
  await choosePurpose(words.purposes.check);
  await tick('JSON');
  await openly();
  await tick(texts.nl.facts.kind.careRoute);
  await save();
  await expect.element(inDialog().getByRole('link', { name: words.confirmMissing })).toBeVisible();
  await tick(words.confirms.health);
  await save();
  await expect.element(inDialog()).not.toBeInTheDocument();
  const [line] = JSON.parse(textOf(services, 'bewoners-2026-11-24.json')) as { family: string; fact: string }[];
  expect(line?.family).toBe('Bondar');
  expect(line?.fact).not.toBe('');
});

it('tells households of one name apart', async () => {
  const services = begin();
  const family = (n: number) =>
    aFamily(
      { label: 'Bondar', [`member.${idOf(n)}.2026-02-01`]: { to: null, relation: 'child' } },
      `${String(n)}${idOf(n).slice(1)}`,
    );
  for (const { id, values } of [family(1), family(3)]) services.put({ kind: 'family', id }, values);
  await openDialog('/residents', services);
  await choosePurpose(words.purposes.transfer);
  await tick('JSON');
  await openly();
  await save();
  await saved(3);
  const rows = JSON.parse(textOf(services, 'bewoners-2026-11-24.json')) as { household?: string; relation?: string }[];
  const households = rows.flatMap(({ household }) => household ?? []);
  expect(new Set(households).size).toBe(2);
  expect(rows.map(({ relation }) => relation)).toContain(texts.nl.reception.relation.child);
});

it.each(languages)('fits the screen and passes the accessibility rules, in %s', async (language) => {
  await showPage('/residents', begin({}, 101), language);
  const main = document.querySelector('main');
  await expect.element(page.getByRole('grid')).toBeVisible();
  expect(main?.scrollWidth).toBe(main?.clientWidth);
  await userEvent.click(page.getByRole('button', { name: texts[language].register.export.title, exact: true }));
  await expect.element(inDialog().getByRole('checkbox', { name: /BSN/ })).toBeVisible();
  await expectAccessible();
  const dialog = document.querySelector('.dialog');
  expect(dialog?.scrollWidth).toBe(dialog?.clientWidth);
  expect(inDialog().element().textContent).not.toMatch(/register:|export\.|importColumn/);
});
