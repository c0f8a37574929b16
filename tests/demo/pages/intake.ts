import type { Locator } from 'playwright-core';
import { languageNames, type Language } from '../../../renderer/i18n/i18n.ts';
import type { Laptop } from '../laptop.ts';
import { fill } from '../fields.ts';
import { openMenu } from './menu.ts';

/** Begins an interview about one resident, found by name, and ends on its page. */
export async function beginIntake(laptop: Laptop, person: { family: string; given: string }): Promise<void> {
  await openMenu(laptop, 'intakes');
  await laptop.button('intakes:list.new').click();
  const dialog = laptop.page.getByRole('dialog');
  await fill(dialog, laptop.t('intakes:start.search'), person.family);
  await dialog
    .getByRole('button', { name: new RegExp(`^${person.given} ${person.family}|^${person.family}, ${person.given}`) })
    .click();
  await dialog.getByRole('button', { name: laptop.t('intakes:start.button'), exact: true }).click();
  await laptop.title('intakes:page.title').waitFor();
}

/** The interview of a resident from the list. */
export async function openIntake(laptop: Laptop, person: { family: string }): Promise<void> {
  await openMenu(laptop, 'intakes');
  const grid = laptop.page.getByRole('grid', { name: laptop.t('intakes:list.title'), exact: true });
  await grid.getByRole('rowheader', { name: person.family }).first().click();
}

/** The language of the questions; the rest of the screen keeps its own. */
export async function speakInSection(laptop: Laptop, language: Language): Promise<void> {
  const among = laptop.page.getByRole('group', { name: laptop.t('intakes:section.language'), exact: true });
  await among.getByRole('button', { name: languageNames[language], exact: true }).click();
}

export const goOn = (laptop: Laptop): Locator => laptop.button('intakes:page.continue');

export async function backToTasks(laptop: Laptop): Promise<void> {
  await laptop.link('intakes:section.back').click();
  await laptop.title('intakes:page.title').waitFor();
}

/** Every answer is kept as it is given; this waits until the screen says so of the last one. */
export const kept = (laptop: Laptop): Promise<void> =>
  laptop.page
    .getByRole('main')
    .getByRole('status')
    .filter({ hasText: laptop.t('common:saved') })
    .first()
    .waitFor();

export async function checkAnswers(laptop: Laptop): Promise<void> {
  await laptop.button('intakes:page.check').click();
  await laptop.title('intakes:finalise.title').waitFor();
}

export async function finalise(laptop: Laptop): Promise<void> {
  await laptop.button('intakes:finalise.button').click();
  await laptop.title('intakes:frozen.title').waitFor();
}
