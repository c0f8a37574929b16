import { randomFillSync } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { languages } from '../../renderer/i18n/i18n.ts';
import { ensureBuilt } from '../built-app.ts';
import { answerAsStaff, hasAnswer, openSection, planInterview, type Plan } from '../demo/interview.ts';
import { Laptop } from '../demo/laptop.ts';
import { makeSite } from '../demo/pages/beds.ts';
import * as gate from '../demo/pages/gate.ts';
import * as intake from '../demo/pages/intake.ts';
import { openMenu } from '../demo/pages/menu.ts';
import * as residents from '../demo/pages/residents.ts';

const passphrase = 'zeven blauwe fietsen langs de gracht';
const person = {
  family: 'Ромашкіна',
  given: 'Орися',
  familyCyrillic: 'Ромашкіна',
  givenCyrillic: 'Орися',
  birthDate: '12-3-1985',
  sex: 'F',
  bsn: '123456782',
  site: 'De Proef',
  arrival: '2025-03-01',
  from: 'Суми',
} as const satisfies residents.NewResident;

let folder: string;
let profile: string;
let plan: Plan;
let laptop: Laptop;
beforeAll(async () => {
  await ensureBuilt();
  folder = mkdtempSync(path.join(tmpdir(), 'onderdak-lost-'));
  profile = path.join(folder, 'one');
  plan = planInterview({ language: 'uk' });
  laptop = await Laptop.open({ profile });
});
afterEach(async ({ task }) => {
  if (task.result?.state !== 'fail') return;
  await laptop.page.screenshot({ path: `test-output/${task.name.replaceAll(/\W+/g, '-')}.png` });
});
afterAll(async () => {
  await laptop.shell.kill();
  rmSync(folder, { recursive: true, force: true });
});

const store = () => path.join(profile, 'chromium', 'Default', 'IndexedDB');

/** Unlocks and is told on the page the day begins on, in every language. */
async function isTold(): Promise<void> {
  laptop = await Laptop.open({ profile });
  await gate.unlock(laptop, passphrase);
  await laptop.title('common:today.title').waitFor();
  for (const language of [...languages, 'nl'] as const) {
    await laptop.speak(language);
    const main = laptop.page.getByRole('main');
    await main.getByText(laptop.t('sync:repair.title'), { exact: true }).waitFor();
    // The number of changes is not known here.
    const [sentence = ''] = laptop.t('sync:repair.restored', { count: 100 }).split('.');
    await main.getByText(sentence).waitFor();
    await main.getByText(laptop.t('sync:repair.locals', { count: 1 }), { exact: true }).waitFor();
  }
}

/** The resident with the number, and every answer of the section, also the one that never leaves the laptop. */
async function hasEverything(): Promise<void> {
  await residents.openResident(laptop, person);
  await intake.openIntake(laptop, person);
  await openSection(laptop, plan, 'B_consent', person);
  const given = plan.asked.filter(({ section }) => section === 'B_consent');
  expect(given.some(({ question }) => question.sync === 'local')).toBe(true);
  for (const shown of given) await hasAnswer(laptop, plan, shown, 'nl');
}

describe('a store that is lost', () => {
  it('held a resident and an interview', async () => {
    await gate.takeIntoUse(laptop, 'Anna', passphrase);
    await openMenu(laptop, 'beds');
    await makeSite(laptop, 'De Proef');
    await residents.registerResident(laptop, person);
    await intake.beginIntake(laptop, person);
    for (const section of ['A_meta', 'B_consent']) {
      await openSection(laptop, plan, section, person);
      await answerAsStaff(laptop, plan, section, 'all');
      await intake.backToTasks(laptop);
    }
    await hasEverything();
    await laptop.shell.close();
  });

  it('and deleted comes back whole, answers that never leave the laptop included, and this is told', async () => {
    expect(existsSync(store())).toBe(true);
    rmSync(store(), { recursive: true });
    await isTold();
    await hasEverything();
    await laptop.shell.close();
  });

  it('and overwritten with random bytes as well, and work goes on and is there the next time', async () => {
    const files = readdirSync(store(), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    for (const entry of files) {
      const file = path.join(entry.parentPath, entry.name);
      writeFileSync(file, randomFillSync(readFileSync(file)));
    }
    await isTold();
    await hasEverything();
    await openMenu(laptop, 'beds');
    await makeSite(laptop, 'De Tweede');
    await laptop.shell.kill();
    laptop = await Laptop.open({ profile });
    await gate.unlock(laptop, passphrase);
    await openMenu(laptop, 'beds');
    await laptop.page.getByText('De Tweede').first().waitFor({ state: 'attached' });
    await hasEverything();
  });
});
