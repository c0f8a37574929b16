import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { isoMonth } from '../../shared/kernel/dates.ts';
import { toSite } from '../../shared/reception/site.ts';
import { ensureBuilt } from '../built-app.ts';
import { Laptop } from '../demo/laptop.ts';
import { writeLists, type ListFiles } from '../demo/list-files.ts';
import * as contributions from '../demo/pages/contributions.ts';
import * as families from '../demo/pages/families.ts';
import * as gate from '../demo/pages/gate.ts';
import * as lists from '../demo/pages/import.ts';
import { openMenu } from '../demo/pages/menu.ts';
import * as residents from '../demo/pages/residents.ts';
import { readPdf } from './pdf-text.ts';

const passphrase = 'zeven blauwe fietsen langs de gracht';
const person: residents.NewResident = {
  family: 'Marchuk',
  given: 'Halyna',
  familyCyrillic: 'Марчук',
  givenCyrillic: 'Галина',
  birthDate: '12-3-1985',
  sex: 'F',
};
let folder: string;
let laptop: Laptop;
let list: ListFiles;
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'onderdak-letter-'));
  await ensureBuilt();
  list = await writeLists(folder, 40, 17);
  laptop = await Laptop.open({ profile: path.join(folder, 'laptop') });
});
afterAll(async () => {
  await laptop.shell.kill();
  rmSync(folder, { recursive: true, force: true });
});

it('a letter is a tagged PDF from which the Ukrainian text can be copied', async () => {
  await gate.takeIntoUse(laptop, 'Anna de Vries', passphrase);
  await lists.openImport(laptop);
  await lists.readFile(laptop, list.csv);
  await lists.checkList(laptop, list.demo);
  await lists.runImport(laptop, list.demo.residents.length);
  await lists.toResidents(laptop);
  const [{ id = '', values = {} } = {}] = list.demo.sites;
  const site = toSite(id, values).name;
  await laptop.button('register:list.new').click();
  await laptop.title('register:page.newTitle').waitFor();
  await residents.fillResident(laptop, { ...person, site });
  await residents.saveResident(laptop, person);
  await families.makeFamily(laptop, person.family, site);
  await families.addMember(laptop, person, '2025-03-01');
  await families.setReception(laptop, 'municipal', '2025-03-01');
  await families.toContribution(laptop, person.family);
  await contributions.chooseMonth(laptop, isoMonth('2025-10'));
  await contributions.settleBasis(laptop, 'net', '2024-07-01', 'Besluit');
  await openMenu(laptop, 'families');
  await families.openFamily(laptop, person.family);
  await families.toContribution(laptop, person.family);
  await contributions.chooseMonth(laptop, isoMonth('2025-10'));
  await contributions.enterIncome(laptop, '1500,00', 150_000);
  await contributions.decide(laptop);
  await contributions.openLetter(laptop);
  await contributions.saveLetter(laptop, folder);

  const name = readdirSync(folder).find((file) => file.endsWith('.pdf')) ?? '';
  expect(name).toBe('leefgeld-2025-10.pdf');
  const bytes = readFileSync(path.join(folder, name));
  const pdf = readPdf(bytes);
  mkdirSync('test-output', { recursive: true });
  writeFileSync('test-output/letter.pdf', bytes);
  expect(pdf.pages).toBeGreaterThanOrEqual(2);
  expect(pdf.isSelectable).toBe(true);
  for (const said of [
    'Besluit over leefgeld en eigen bijdrage, oktober 2025',
    'Halyna Marchuk',
    'Рішення про виплати на проживання (leefgeld) та власний внесок (eigen bijdrage), жовтень 2025',
    'Галина Марчук',
    'Як ми це порахували',
  ])
    expect(pdf.text).toContain(said.replaceAll(' ', ''));
  // What stands around the letter on the screen is not on paper.
  expect(pdf.text).not.toContain(laptop.t('common:menu.residents'));
  for (const tag of ['H2', 'H3', 'P', 'Table', 'TR', 'TH', 'TD', 'Figure']) expect(pdf.tags).toContain(tag);
  expect([...pdf.languages]).toEqual(expect.arrayContaining(['nl', 'uk']));
});
