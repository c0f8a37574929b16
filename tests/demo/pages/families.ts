import type { Locator } from 'playwright-core';
import { choose, fill, fillDay, findAndTake, select } from '../fields.ts';
import type { Laptop } from '../laptop.ts';
import { openMenu } from './menu.ts';

/** Ends on the page of the new household. */
export async function makeFamily(laptop: Laptop, label: string, site: string): Promise<void> {
  await openMenu(laptop, 'families');
  await laptop.button('reception:families.new').click();
  const dialog = laptop.page.getByRole('dialog');
  await fill(dialog, laptop.t('reception:families.label'), label);
  await select(laptop.page, dialog, laptop.t('reception:families.site'), site);
  await dialog.getByRole('button', { name: laptop.t('reception:families.new'), exact: true }).click();
  await laptop.page.getByRole('heading', { level: 1, name: label, exact: true }).waitFor();
}

export const familyGrid = (laptop: Laptop): Locator =>
  laptop.page.getByRole('grid', { name: laptop.t('reception:families.title'), exact: true });

export async function openFamily(laptop: Laptop, label: string): Promise<void> {
  await openMenu(laptop, 'families');
  await laptop.page.getByRole('searchbox').fill(label);
  await familyGrid(laptop).getByRole('rowheader', { name: label, exact: true }).first().click();
  await laptop.page.getByRole('heading', { level: 1, name: label, exact: true }).waitFor();
}

type Member = { readonly family: string; readonly given: string; readonly familyCyrillic: string };

/** The first member is the main person by itself. */
export async function addMember(laptop: Laptop, member: Member, from: string): Promise<void> {
  await laptop.button('reception:families.addMember').click();
  const dialog = laptop.page.getByRole('dialog');
  const name = `${member.family}, ${member.given}`;
  const label = laptop.t('reception:families.resident');
  await findAndTake(laptop.page, dialog, label, name, `${name} ${member.familyCyrillic}`);
  await fillDay(dialog, laptop.t('reception:families.from'), from);
  await dialog.getByRole('button', { name: laptop.t('reception:families.addMember'), exact: true }).click();
  await dialog.waitFor({ state: 'detached' });
  await laptop.page.getByRole('link', { name, exact: true }).waitFor();
}

export async function setReception(laptop: Laptop, kind: 'municipal' | 'private', from: string): Promise<void> {
  await laptop.button('reception:families.setReception').click();
  const dialog = laptop.page.getByRole('dialog');
  await choose(dialog, laptop.t('reception:families.reception'), laptop.t(`reception:kind.${kind}`));
  await fillDay(dialog, laptop.t('reception:families.from'), from);
  await dialog.getByRole('button', { name: laptop.t('common:action.save'), exact: true }).click();
  await dialog.waitFor({ state: 'detached' });
}

/** From the page of a household to its month. */
export async function toContribution(laptop: Laptop, label: string): Promise<void> {
  await laptop.button('reception:families.contribution').click();
  await laptop.button('contributions:month.previous').waitFor();
  await laptop.page.getByRole('heading', { level: 1, name: label, exact: true }).waitFor();
}
