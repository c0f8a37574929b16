import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import type { Endpoint } from '../../endpoint/start-endpoint.ts';
import { isoMonth } from '../../shared/kernel/dates.ts';
import { toSite } from '../../shared/reception/site.ts';
import { textField } from './fields.ts';
import { holdInterview } from './interview-story.ts';
import type { Laptop } from './laptop.ts';
import { today, type ListFiles } from './list-files.ts';
import * as beds from './pages/beds.ts';
import * as contributions from './pages/contributions.ts';
import * as families from './pages/families.ts';
import * as gate from './pages/gate.ts';
import { readGrid } from './pages/grid.ts';
import * as lists from './pages/import.ts';
import { openMenu } from './pages/menu.ts';
import * as reports from './pages/reports.ts';
import * as residents from './pages/residents.ts';
import * as settings from './pages/settings.ts';
import type { Stage } from './stage.ts';

export type Cast = {
  readonly stage: Stage;
  readonly lists: ListFiles;
  readonly first: Laptop;
  readonly second: () => Promise<Laptop>;
  readonly endpoint: Endpoint;
  /** At the same address, with the same data. */
  readonly startAgain: () => Promise<Endpoint>;
};

export const passphrase = 'koffie molen zeven wolken 48';
const arrival = '2025-03-01';
/** PUB-09 of the published figures: one earner with enough income pays € 244,22 from October 2025. */
const month = isoMonth('2025-10');

export async function tell({ stage, lists: files, first, second, endpoint, startAgain }: Cast) {
  const { demo } = files;
  const count = demo.residents.length;
  const [{ id = '', values = {} } = {}] = demo.sites;
  const site = toSite(id, values).name;
  const halyna: residents.NewResident = {
    family: 'Marchuk',
    given: 'Halyna',
    familyCyrillic: 'Марчук',
    givenCyrillic: 'Галина',
    birthDate: '12-3-1985',
    sex: 'F',
    bsn: '123456782',
    site,
    arrival,
    from: 'Харків',
  };

  await stage.step('First start: a weak passphrase is refused', async () => {
    await stage.picture(first, 'first-start');
    await gate.fillFirstStart(first, 'Anna de Vries', 'welkom12');
    const refused = async () => {
      await gate.submitFirstStart(first);
      await first.link('settings:enrol.tooShort').waitFor();
    };
    await stage.picture(first, 'weak-passphrase', { again: refused });
  });
  await stage.step('First start: a strong one makes the vault', async () => {
    await gate.takeIntoUse(first, 'Anna de Vries', passphrase);
    await stage.picture(first, 'empty');
  });

  await stage.step('The list as CSV is read and checked', async () => {
    await lists.openImport(first);
    await lists.readFile(first, files.csv);
    await stage.picture(first, 'import-columns');
    await lists.checkList(first, demo);
    await lists.isRight(first, count);
  });
  await stage.step(`The same list as XLSX is imported: ${String(count)} residents`, async () => {
    await lists.readFile(first, files.xlsx, true);
    await lists.checkList(first, demo);
    await lists.isRight(first, count);
    await stage.picture(first, 'import-check');
    await lists.runImport(first, count);
    await stage.picture(first, 'imported');
    await lists.toResidents(first);
    await stage.picture(first, 'residents');
  });
  await stage.step('A resident is found in both scripts', async () => {
    await residents.searchResidents(first, 'Олена', 'Olena');
    const cyrillic = await residents.foundCount(first);
    await residents.searchResidents(first, 'Olena', 'Olena');
    if ((await residents.foundCount(first)) < cyrillic || cyrillic === 0) throw new Error('not found in both scripts');
    await stage.picture(first, 'search');
  });

  await stage.step('The laptop is connected with a one-time code and sends', async () => {
    await openMenu(first, 'settings');
    await stage.picture(first, 'connect');
    await settings.connect(first, endpoint.url, await endpoint.invite());
    await settings.sendAll(first);
    await stage.picture(first, 'connected');
  });

  await stage.step('A resident is registered by hand', async () => {
    await openMenu(first, 'residents');
    await first.button('register:list.new').click();
    await residents.fillResident(first, { ...halyna, bsn: '123456789' });
    const refused = async () => {
      await first.button('common:action.save').click();
      await first.link('register:problem.bsn-eleven-test').waitFor();
    };
    await stage.picture(first, 'register-refused', { again: refused });
    const bsn = first.t('common:form.optional', { label: first.t('register:control.bsn') });
    await textField(first.page, bsn).fill(halyna.bsn ?? '');
    await residents.saveResident(first, halyna);
    await stage.picture(first, 'resident');
  });
  const bed = await stage.step('She gets a bed, and another one later', async () => {
    await beds.lookForBed(first);
    await beds.addRoom(first, '401', arrival);
    await stage.picture(first, 'beds');
    const former = await beds.giveFreeBed(first, 'first', arrival);
    await residents.openResident(first, halyna);
    await beds.lookForBed(first);
    const now = await beds.giveFreeBed(first, 'last');
    if (former === now) throw new Error('she did not move');
    return now;
  });
  await stage.step('An absence and a departure are recorded', async () => {
    await openMenu(first, 'residents');
    await residents.filterStatus(first, 'present');
    await residents.openRow(first, 3);
    await residents.registerAbsence(first, 'announced');
    await stage.picture(first, 'absence');
    await openMenu(first, 'residents');
    await residents.filterStatus(first, 'present');
    await residents.openRow(first, 6);
    await residents.registerDeparture(first, 'own-housing');
    await stage.picture(first, 'departure');
  });

  await stage.step('Her household is made', async () => {
    await families.makeFamily(first, halyna.family, site);
    await families.addMember(first, halyna, arrival);
    await families.setReception(first, 'municipal', arrival);
    await stage.picture(first, 'household');
  });
  const amounts = await stage.step('A month is worked out, explained, decided and printed', async () => {
    await families.toContribution(first, halyna.family);
    await contributions.chooseMonth(first, month);
    await stage.picture(first, 'month-without-basis');
    await contributions.settleBasis(first, 'net', '2024-07-01', 'Besluit van het college');
    await stage.picture(first, 'municipality');
    await openMenu(first, 'families');
    await families.openFamily(first, halyna.family);
    await families.toContribution(first, halyna.family);
    await contributions.chooseMonth(first, month);
    const without = await contributions.readOutcome(first);
    await contributions.enterIncome(first, '1500,00', 150_000);
    const withIncome = await contributions.readOutcome(first);
    await stage.picture(first, 'month');
    await contributions.decide(first);
    await stage.picture(first, 'decided');
    await contributions.openLetter(first);
    await stage.picture(first, 'letter');
    await contributions.saveLetter(first, stage.folder);
    if (!(await readdir(stage.folder)).some((name) => name.endsWith('.pdf'))) throw new Error('no letter was saved');
    return { month, allowanceCentsBefore: without.allowance, ...centsOf(withIncome) };
  });

  const interview = await stage.step('A return interview is held, interrupted, resumed and recorded', () =>
    holdInterview(stage, first, halyna, passphrase),
  );

  await stage.step('Everything is sent', async () => {
    await settings.sendAll(first);
    await stage.picture(first, 'sent');
  });
  const other = await stage.step('A second laptop joins with its own code and receives', async () => {
    const laptop = await second();
    await gate.takeIntoUse(laptop, 'Pieter Bakker', 'zeven groene fietsen 2026 dansen');
    await settings.connect(laptop, endpoint.url, await endpoint.invite());
    await settings.sendAll(laptop);
    await openMenu(laptop, 'residents');
    await stage.picture(laptop, 'second-laptop');
    return laptop;
  });
  const list = await stage.step('Both laptops show the same', async () => {
    const [one, two] = await Promise.all([first, other].map(readAll));
    if (one === undefined || two === undefined) throw new Error('a list is missing');
    const at = one.lines.findIndex((line, place) => line !== two.lines[place]);
    if (at >= 0) throw new Error(`the lists differ: ${one.lines[at] ?? ''} <> ${two.lines[at] ?? ''}`);
    return one;
  });

  await stage.step('Without a connection the work goes on', async () => {
    await endpoint.stop();
    await residents.openResident(first, halyna);
    await residents.registerAbsence(first, 'visit-to-ukraine');
    await settings.sendNow(first);
    await first.text('sync:state.offline').waitFor();
    await stage.picture(first, 'offline');
  });
  await stage.step('With a connection it is sent, and received', async () => {
    await startAgain();
    await settings.sendAll(first);
    await settings.sendAll(other);
    await residents.openResident(other, halyna);
    const reason = other.t('register:absenceReason.visit-to-ukraine');
    await other.page.getByRole('listitem').filter({ hasText: reason }).waitFor();
    await stage.picture(other, 'received');
  });

  const occupancy = await stage.step('National figures: 89,500 places, 88,910 occupied', async () => {
    const snapshot = { day: today(), realised: 89_500, occupied: 88_910, source: 'Kamerbrief' };
    await reports.addNationalFigures(first, snapshot);
    const rate = await reports.readNationalRate(first, snapshot);
    if (!/^99,3\s?%$/.test(rate)) throw new Error(`the rate reads ${rate}`);
    await stage.picture(first, 'reports');
    return { ...snapshot, rate };
  });

  return {
    imported: { sites: demo.sites.length, residents: count, households: demo.families.length },
    residents: { laptop1: list.count, laptop2: list.count, households: list.households, digest: list.digest },
    bed,
    contribution: { household: halyna.family, ...amounts },
    interview,
    national: occupancy,
  };
}

const centsOf = (outcome: Awaited<ReturnType<typeof contributions.readOutcome>>) => ({
  incomeCents: outcome.income,
  allowanceCents: outcome.allowance,
  contributionCents: outcome.contribution,
});

/** All residents and households as the screen shows them, and one number for all of it. */
async function readAll(laptop: Laptop) {
  await openMenu(laptop, 'residents');
  await residents.filterStatus(laptop, 'all');
  const people = await readGrid(residents.residentGrid(laptop));
  await openMenu(laptop, 'families');
  const households = await readGrid(families.familyGrid(laptop));
  const lines = [...people, ...households];
  const digest = createHash('sha256').update(lines.join('\n')).digest('hex').slice(0, 16);
  return { count: people.length, households: households.length, lines, digest };
}
