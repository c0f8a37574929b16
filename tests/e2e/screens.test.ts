import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { languages, type Language } from '../../renderer/i18n/i18n.ts';
import { isoMonth } from '../../shared/kernel/dates.ts';
import { toSite } from '../../shared/reception/site.ts';
import { ensureBuilt } from '../built-app.ts';
import { answerAsResident, answerAsStaff, finishAsStaff, openSection, planInterview } from '../demo/interview.ts';
import { Laptop } from '../demo/laptop.ts';
import { writeLists, type ListFiles } from '../demo/list-files.ts';
import * as beds from '../demo/pages/beds.ts';
import * as contributions from '../demo/pages/contributions.ts';
import * as families from '../demo/pages/families.ts';
import * as gate from '../demo/pages/gate.ts';
import * as lists from '../demo/pages/import.ts';
import * as intake from '../demo/pages/intake.ts';
import { openMenu, titles, type MenuName } from '../demo/pages/menu.ts';
import * as residents from '../demo/pages/residents.ts';
import * as view from '../demo/pages/resident-view.ts';
import { lookAt } from './look.ts';

const passphrase = 'zeven blauwe fietsen langs de gracht';
const person: residents.NewResident = {
  family: 'Marchuk',
  given: 'Halyna',
  familyCyrillic: 'Марчук',
  givenCyrillic: 'Галина',
  birthDate: '12-3-1985',
  sex: 'F',
};
const hidden = /Marchuk|Halyna|Марчук|Галина|Anna|1234/;
const siteName = () => {
  const [{ id = '', values = {} } = {}] = list.demo.sites;
  return toSite(id, values).name;
};
let folder: string;
let laptop: Laptop;
let list: ListFiles;
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'onderdak-screens-'));
  await ensureBuilt();
  list = await writeLists(folder, 40, 17);
  laptop = await Laptop.open({ profile: path.join(folder, 'laptop') });
});
afterEach(async ({ task }) => {
  if (task.result?.state !== 'fail') return;
  await laptop.page.screenshot({ path: `test-output/${task.name.replaceAll(/\W+/g, '-')}.png` });
});
afterAll(async () => {
  await laptop.shell.kill();
  rmSync(folder, { recursive: true, force: true });
});

/** The screen as it is, in each language; `speak` where it has a switch of its own. */
async function look(name: string, before?: () => Promise<unknown>, speak?: (language: Language) => Promise<unknown>) {
  const problems: string[] = [];
  for (const language of languages) {
    await (speak ?? ((wanted: Language) => laptop.speak(wanted)))(language);
    await before?.();
    problems.push(...(await lookAt(laptop, name, hidden)));
  }
  if (speak === undefined) await laptop.speak('nl');
  expect(problems).toEqual([]);
}

/** A dialog hides the switch: it is opened once in each language. */
const dialog = (name: string, open: () => Promise<unknown>) =>
  look(
    name,
    async () => {
      const { page } = laptop;
      if (await page.getByRole('dialog').isVisible()) await page.keyboard.press('Escape');
      await open();
      await page.getByRole('dialog').waitFor();
    },
    async (language) => {
      await laptop.page.keyboard.press('Escape');
      await laptop.page.getByRole('dialog').waitFor({ state: 'detached' });
      await laptop.speak(language);
    },
  ).finally(async () => {
    await laptop.page.keyboard.press('Escape');
    await laptop.page.getByRole('dialog').waitFor({ state: 'detached' });
    await laptop.speak('nl');
  });

describe('every screen fits 1366 x 768 and passes the accessibility rules in three languages', () => {
  it('the first start, with what is wrong', async () => {
    await look('first start');
    await look('first start refused', async () => {
      await gate.submitFirstStart(laptop);
      await laptop.link('settings:enrol.labelError').waitFor();
    });
    await gate.takeIntoUse(laptop, 'Anna de Vries', passphrase);
    await look('empty app');
    await openMenu(laptop, 'beds');
    await look('no site');
    await dialog('new site', () => laptop.button('reception:beds.newSite').click());
  });

  it('reading in a list', async () => {
    await lists.openImport(laptop);
    await look('import');
    await lists.readFile(laptop, list.csv);
    await look('import columns');
    await lists.checkList(laptop, list.demo);
    await look('import check');
    await lists.runImport(laptop, list.demo.residents.length);
    await look('imported');
    await lists.toResidents(laptop);
    await dialog('list to save', () => laptop.button('register:export.title').click());
  });

  it.each(Object.keys(titles) as MenuName[])('%s', async (name) => {
    await openMenu(laptop, name);
    await look(name);
  });

  it('a resident', async () => {
    await openMenu(laptop, 'residents');
    await laptop.button('register:list.new').click();
    await laptop.title('register:page.newTitle').waitFor();
    await look('new resident');
    await residents.fillResident(laptop, { ...person, site: siteName(), birthDate: '31-2-1985', bsn: '123456789' });
    await look('new resident refused', async () => {
      await laptop.button('common:action.save').click();
      await laptop.link('register:problem.bsn-eleven-test').waitFor();
    });
    const bsn = laptop.t('common:form.optional', { label: laptop.t('register:control.bsn') });
    await laptop.page.getByRole('textbox', { name: bsn, exact: true }).fill('123456782');
    await laptop.page
      .getByRole('textbox', { name: laptop.t('register:control.birthDate'), exact: true })
      .fill('12-3-1985');
    await residents.saveResident(laptop, person);
    await look('resident');
    await dialog('absence', () => laptop.button('register:absence.add').click());
    await dialog('departure', () => laptop.button('register:page.depart').click());
    await dialog('BSN', () => laptop.button('register:page.showBsn').click());
    await laptop.button('register:page.edit').click();
    await laptop.title('register:page.editTitle').waitFor();
    await look('resident form');
    await laptop.button('common:action.cancel').click();
    await beds.lookForBed(laptop);
    await look('bed for a resident');
    await dialog('bed', () => laptop.page.getByRole('main').getByRole('button', { name: /^1 / }).first().click());
    await dialog('room', () => laptop.button('reception:roomForm.title').click());
    await laptop.button('reception:siteData.button').click();
    await laptop.title('reception:siteData.title').waitFor();
    await look('data of a site');
    await dialog('data of a site to change', () => laptop.button('reception:siteData.edit').click());
    await dialog('site agreements', () => laptop.button('reception:siteData.agree').click());
    await laptop.button('reception:siteData.toBeds').click();
    await laptop.title('reception:beds.title').waitFor();
    await laptop.button('reception:presence.title').click();
    await laptop.title('reception:presence.title').waitFor();
    await look('presence');
  });

  it('a household and its month', async () => {
    await openMenu(laptop, 'families');
    await dialog('new household', () => laptop.button('reception:families.new').click());
    await families.makeFamily(laptop, person.family, siteName());
    await families.addMember(laptop, person, '2025-03-01');
    await families.setReception(laptop, 'municipal', '2025-03-01');
    await look('household');
    await dialog('member', () => laptop.button('reception:families.addMember').click());
    await dialog('reception', () => laptop.button('reception:families.setReception').click());
    await dialog('join households', () => laptop.button('reception:families.join').click());
    await families.toContribution(laptop, person.family);
    await contributions.chooseMonth(laptop, isoMonth('2025-10'));
    await look('month without basis');
    await contributions.settleBasis(laptop, 'net', '2024-07-01', 'Besluit');
    await look('rules of the municipality');
    await families.openFamily(laptop, person.family);
    await families.toContribution(laptop, person.family);
    await contributions.chooseMonth(laptop, isoMonth('2025-10'));
    await contributions.enterIncome(laptop, '500,00', 50_000);
    await look('month to be judged');
    await contributions.enterIncome(laptop, '1500,00', 150_000);
    await look('month');
    await contributions.decide(laptop);
    await look('decided month');
    await contributions.openLetter(laptop);
    await look('letter');
  });

  it('an interview', async () => {
    const plan = planInterview({ language: 'uk' });
    await openMenu(laptop, 'intakes');
    await dialog('new interview', () => laptop.button('intakes:list.new').click());
    await intake.beginIntake(laptop, person);
    await look('task list');
    for (const section of ['A_meta', 'B_consent', 'C_persons']) {
      await openSection(laptop, plan, section, person);
      await answerAsStaff(laptop, plan, section, 'all');
      await look(section);
      await intake.backToTasks(laptop);
    }
    await view.turnLaptop(laptop);
    let shown: Language = 'uk';
    const speak = async (language: Language) => {
      await view.speakToResident(laptop, shown, language);
      shown = language;
    };
    await look('question to the resident', undefined, speak);
    await speak('uk');
    await answerAsResident(laptop, plan, 'uk');
    await look('ranking by the resident', undefined, speak);
    await view.press(laptop, shown, 'stop');
    await laptop.button('intakes:neutral.toStaff').waitFor();
    expect(await lookAt(laptop, 'neutral page', hidden)).toEqual([]);
    await view.leaveNeutralPage(laptop, passphrase, 'toStaff');
    await finishAsStaff(laptop, plan, person);
    await look('task list, answered');
    await intake.checkAnswers(laptop);
    await look('check of the answers');
    await intake.finalise(laptop);
    await look('recorded interview');
  });

  it.each([
    '/presence',
    '/expiry',
    '/residents/facts',
    '/residents/doubles',
    '/retention',
    '/contributions/run',
    '/contributions/effects',
    '/letters',
    '/settings/contacts',
    '/settings/letters',
    '/settings/help',
    '/settings/sealed-file',
    '/due',
    '/contributions/payments',
    '/intakes/paper',
    '/reports?tab=flow',
    '/reports?tab=composition',
    '/reports?tab=documents',
    '/reports?tab=weekly',
    '/reports?tab=registrations',
  ])('%s', async (address) => {
    await laptop.page.evaluate((to) => location.assign(`#${to}`), address);
    await laptop.title('common:today.title').waitFor({ state: 'detached' });
    await laptop.page.getByRole('heading', { level: 1 }).first().waitFor();
    await look(address);
    await openMenu(laptop, 'today');
  });

  it('national figures, another user, the keys, a page that is not there, the lock', async () => {
    await openMenu(laptop, 'reports');
    await dialog('national figures', () => laptop.button('reports:national.add').click());
    await dialog('keys', () => laptop.page.keyboard.press('Shift+?'));
    await openMenu(laptop, 'settings');
    await laptop.button('settings:users.add').click();
    await laptop.title('settings:enrol.title').waitFor();
    await look('another user');
    await laptop.page.evaluate(() => location.assign('#/nowhere'));
    await laptop.title('common:notFound.title').waitFor();
    await look('not found');
    await openMenu(laptop, 'today');
    await gate.lock(laptop);
    await look('locked');
  });
});
