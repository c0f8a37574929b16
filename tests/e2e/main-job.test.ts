import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import axe from 'axe-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { languages } from '../../renderer/i18n/i18n.ts';
import { ensureBuilt } from '../built-app.ts';
import { Laptop } from '../demo/laptop.ts';
import { makeSite } from '../demo/pages/beds.ts';
import * as gate from '../demo/pages/gate.ts';
import { openMenu } from '../demo/pages/menu.ts';
import * as residents from '../demo/pages/residents.ts';
import * as intake from '../demo/pages/intake.ts';

const passphrase = 'zeven blauwe fietsen langs de gracht';
/** Random letters, so that no compressed block can hide them and nothing else on the disk looks like them. */
const canary = () => randomBytes(12).toString('hex').replaceAll(/\d/g, 'q');
const planted = { family: canary(), given: canary(), familyCyrillic: 'Ґонта', givenCyrillic: 'Їжак', label: canary() };
const person: residents.NewResident = {
  ...planted,
  birthDate: '12-3-1985',
  sex: 'F',
  bsn: '123456782',
  site: 'De Proef',
};

let profile: string;
let laptop: Laptop;
beforeAll(async () => {
  await ensureBuilt();
  profile = mkdtempSync(path.join(tmpdir(), 'onderdak-e2e-'));
  laptop = await Laptop.open({ profile });
});
afterAll(async () => {
  await laptop.shell.kill();
  rmSync(profile, { recursive: true, force: true });
});

describe('the main job on one laptop', () => {
  it('refuses a weak passphrase, and makes a vault with a strong one', async () => {
    await gate.fillFirstStart(laptop, planted.label, 'welkom12');
    await gate.submitFirstStart(laptop);
    await laptop.page.getByRole('alert').waitFor();
    await gate.takeIntoUse(laptop, planted.label, passphrase);
  });

  it('keeps a resident and names nobody in the title of the window', async () => {
    await openMenu(laptop, 'beds');
    await makeSite(laptop, 'De Proef');
    await residents.registerResident(laptop, person);
    expect(await laptop.page.title()).not.toMatch(new RegExp(`${planted.family}|${planted.given}`));
    expect(laptop.page.url()).not.toMatch(new RegExp(`${planted.family}|${planted.given}`));
  });

  it('locks, says that a passphrase is wrong, and opens with the right one', async () => {
    await gate.lock(laptop);
    expect(await laptop.page.content()).not.toContain(planted.family);
    await gate.tryPassphrase(laptop, 'niet de goede wachtzin');
    await laptop.text('settings:unlock.wrong').waitFor();
    await gate.unlock(laptop, passphrase);
    await residents.openResident(laptop, person);
  });

  it('fits an old screen and passes the accessibility rules on every page of the menu, in three languages', async () => {
    const problems: string[] = [];
    await laptop.page.evaluate(axe.source);
    for (const language of languages) {
      await laptop.speak(language);
      for (const name of [
        'today',
        'residents',
        'families',
        'beds',
        'contributions',
        'intakes',
        'review',
        'reports',
        'settings',
      ] as const) {
        await openMenu(laptop, name);
        const { wide, violations } = await laptop.page.evaluate(lookAt);
        if (wide) problems.push(`${name} in ${language} is wider than the screen`);
        problems.push(...violations.map((violation) => `${name} in ${language}: ${violation}`));
      }
    }
    await laptop.speak('nl');
    expect(problems).toEqual([]);
  });

  it('has everything after the battery went in the middle of an interview', async () => {
    await intake.beginIntake(laptop, person);
    await laptop.shell.kill();
    laptop = await Laptop.open({ profile });
    await gate.unlock(laptop, passphrase);
    await intake.openIntake(laptop, person);
    await residents.openResident(laptop, person);
  });

  it('leaves nothing readable on the disk', async () => {
    await laptop.shell.close();
    const files = readdirSync(profile, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    expect(files.length).toBeGreaterThan(20);
    const wanted = [planted.family, planted.given, planted.label, person.bsn ?? '', planted.familyCyrillic].flatMap(
      (text) => [
        Buffer.from(text, 'utf8'),
        Buffer.from(text, 'utf16le'),
        Buffer.from(Buffer.from(text, 'utf8').toString('base64').replace(/.?=*$/, '')),
      ],
    );
    const found = files.flatMap((entry) => {
      const bytes = readFileSync(path.join(entry.parentPath, entry.name));
      return wanted.some((text) => bytes.includes(text)) ? [entry.name] : [];
    });
    expect(found).toEqual([]);
  });
});

/** Runs in the page, where axe was brought in before. */
async function lookAt(): Promise<{ wide: boolean; violations: string[] }> {
  const host = globalThis as typeof globalThis & { axe: typeof axe };
  const runOnly = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
  const { violations } = await host.axe.run({ runOnly });
  const page = document.querySelector('main');
  const wide =
    document.documentElement.scrollWidth > document.documentElement.clientWidth ||
    (page !== null && page.scrollWidth > page.clientWidth);
  return { wide, violations: violations.map(({ id, nodes }) => `${id} ${nodes[0]?.html.slice(0, 120) ?? ''}`) };
}
