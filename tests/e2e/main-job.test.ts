import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ensureBuilt } from '../built-app.ts';
import { answer, answerAsStaff, hasAnswer, openSection, planInterview } from '../demo/interview.ts';
import { tabTo } from '../demo/keyboard.ts';
import { Laptop } from '../demo/laptop.ts';
import { makeSite } from '../demo/pages/beds.ts';
import * as gate from '../demo/pages/gate.ts';
import * as intake from '../demo/pages/intake.ts';
import { openMenu } from '../demo/pages/menu.ts';
import * as residents from '../demo/pages/residents.ts';
import { findReadable } from './readable.ts';

const passphrase = 'zeven blauwe fietsen langs de gracht';
/** Random letters, so that no compressed block can hide them and nothing else on the disk looks like them. */
const canary = () => randomBytes(12).toString('hex').replaceAll(/\d/g, 'q');
const label = canary();
const person = {
  family: canary(),
  given: canary(),
  familyCyrillic: 'Ґонтареженко',
  givenCyrillic: 'Їжакевичіана',
  birthDate: '12-3-1985',
  sex: 'F',
  bsn: '123456782',
  site: 'De Proef',
  arrival: '2025-03-01',
  from: canary(),
} as const satisfies residents.NewResident;
const typed = { family: canary(), given: canary() };

let folder: string;
let profile: string;
let laptop: Laptop;
beforeAll(async () => {
  await ensureBuilt();
  folder = mkdtempSync(path.join(tmpdir(), 'onderdak-e2e-'));
  profile = path.join(folder, 'one');
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

describe('the main job on one laptop', () => {
  it('refuses a weak passphrase, and makes a vault with a strong one', async () => {
    await gate.fillFirstStart(laptop, label, 'welkom12');
    await gate.submitFirstStart(laptop);
    await laptop.link('settings:enrol.tooShort').waitFor();
    await gate.takeIntoUse(laptop, label, passphrase);
  });

  it('keeps a resident', async () => {
    await openMenu(laptop, 'beds');
    await makeSite(laptop, 'De Proef');
    await residents.registerResident(laptop, person);
  });

  it('is used from the keyboard alone: registers a resident and finds them', async () => {
    const { page } = laptop;
    const { keyboard } = page;
    await keyboard.press('Alt+2');
    await laptop.title('register:list.title').waitFor();
    await tabTo(laptop.button('register:list.new'));
    await keyboard.press('Enter');
    await laptop.title('register:page.newTitle').waitFor();
    const field = (name: 'family' | 'given' | 'birthDate') =>
      page.getByRole('textbox', { name: laptop.t(`register:control.${name}`), exact: true });
    await tabTo(field('family'));
    await keyboard.type(typed.family);
    await tabTo(field('given'));
    await keyboard.type(typed.given);
    await tabTo(field('birthDate'));
    await keyboard.type('31-12-1990');
    await tabTo(page.getByRole('radiogroup', { name: laptop.t('register:control.sex'), exact: true }));
    await keyboard.press('ArrowUp');
    await keyboard.press('Control+Enter');
    await residents.residentTitle(laptop, typed).waitFor();

    await keyboard.press('Control+k');
    await laptop.title('register:list.title').waitFor();
    await page.getByRole('searchbox').and(page.locator(':focus')).waitFor();
    await keyboard.type(typed.family);
    const hit = residents.residentGrid(laptop).getByRole('row').nth(1);
    await hit.filter({ hasText: typed.given }).waitFor();
    await tabTo(hit);
    await keyboard.press('Enter');
    await residents.residentTitle(laptop, typed).waitFor();
    await keyboard.press('Alt+1');
    await laptop.title('common:today.title').waitFor();
  });

  it('locks, says that a passphrase is wrong, and opens with the right one', async () => {
    await gate.lock(laptop);
    expect(await laptop.page.content()).not.toContain(person.family);
    await gate.tryPassphrase(laptop, 'niet de goede wachtzin');
    await laptop.text('settings:unlock.wrong').waitFor();
    await gate.unlock(laptop, passphrase);
    await residents.openResident(laptop, person);
  });

  it('locks when the page is loaded again, and has everything', async () => {
    await laptop.page.reload();
    await laptop.title('settings:unlock.title').waitFor();
    expect(await laptop.page.content()).not.toContain(person.family);
    await gate.unlock(laptop, passphrase);
    await residents.residentTitle(laptop, person).waitFor();
  });

  it('goes on at the same question with every answer after the battery went in the middle of an interview', async () => {
    const plan = planInterview({ language: 'uk' });
    await intake.beginIntake(laptop, person);
    for (const section of ['A_meta', 'B_consent']) {
      await openSection(laptop, plan, section, person);
      await answerAsStaff(laptop, plan, section, 'all');
      await intake.backToTasks(laptop);
    }
    await openSection(laptop, plan, 'C_persons', person);
    const [first] = plan.asked.filter(({ section }) => section === 'C_persons');
    if (first === undefined) throw new Error('nothing is asked about persons');
    await answer(laptop, plan, first, 'nl', 'staff');
    await intake.kept(laptop);
    await laptop.shell.kill();

    laptop = await Laptop.open({ profile });
    await gate.unlock(laptop, passphrase);
    await intake.openIntake(laptop, person);
    await intake.goOn(laptop).click();
    const [, second] = plan.asked.filter(({ section }) => section === 'C_persons');
    const focused = laptop.page.getByRole('radiogroup', { name: second?.question.label.nl ?? '', exact: true });
    await focused.filter({ has: laptop.page.locator(':focus') }).waitFor();
    for (const section of ['A_meta', 'B_consent', 'C_persons']) {
      await intake.backToTasks(laptop);
      await openSection(laptop, plan, section, person);
      const given = plan.asked.filter(
        (shown) => shown.section === section && (section !== 'C_persons' || shown === first),
      );
      for (const shown of given) await hasAnswer(laptop, plan, shown, 'nl');
    }
  });

  it('leaves nothing readable on the disk', async () => {
    expect(await laptop.shell.close()).toBe(0);
    const { familyCyrillic, givenCyrillic, family, given, bsn, from } = person;
    const texts = [family, given, familyCyrillic, givenCyrillic, bsn, from, label, passphrase, typed.family];
    const { files, found } = findReadable(profile, texts);
    expect(files).toBeGreaterThan(20);
    expect(found).toEqual([]);
  });
});

describe('somebody who tries', () => {
  it('waits after five wrong passphrases, and a second window on the same profile is refused, aloud', async () => {
    profile = path.join(folder, 'two');
    laptop = await Laptop.open({ profile });
    await gate.takeIntoUse(laptop, 'Anna', passphrase);
    await expect(Laptop.open({ profile })).rejects.toThrow('Onderdak was already open');
    await laptop.told('common:wasOpen');
    await gate.lock(laptop);
    for (let at = 0; at < 5; at++) {
      await gate.tryPassphrase(laptop, 'niet de goede wachtzin');
      await laptop.text('settings:unlock.wrong').waitFor();
    }
    await gate.tryPassphrase(laptop, passphrase);
    await laptop.page
      .getByText(new RegExp(laptop.t('settings:unlock.wait', { count: 30 }).replace('30', '\\d+')))
      .waitFor();
    expect(await laptop.page.getByRole('navigation').count()).toBe(0);
  });
});
