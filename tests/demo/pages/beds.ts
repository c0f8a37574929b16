import type { Locator } from 'playwright-core';
import { fillDay, textField } from '../fields.ts';
import type { Laptop } from '../laptop.ts';

/** A bed that says it is free; its button names the bed and who is in it. */
const freeBeds = (laptop: Laptop): Locator =>
  laptop.page.getByRole('main').getByRole('button', { name: new RegExp(` ${laptop.t('reception:beds.free')}$`) });

/** From the page of a resident to the plan of the site, where a bed is looked for. */
export async function lookForBed(laptop: Laptop): Promise<void> {
  await laptop.button('register:page.move').click();
  await laptop.title('reception:beds.title').waitFor();
}

/** Gives a free bed from a night on and tells its name. */
export async function giveFreeBed(laptop: Laptop, which: 'first' | 'last', from?: string): Promise<string> {
  await freeBeds(laptop)[which]().click();
  const dialog = laptop.page.getByRole('dialog');
  const name = await dialog.getByRole('heading', { level: 2 }).innerText();
  if (from !== undefined) await fillDay(dialog, laptop.t('reception:beds.from'), from);
  await dialog.getByRole('button', { name: laptop.t('reception:beds.give'), exact: true }).click();
  await dialog.waitFor({ state: 'detached' });
  await laptop.told('reception:beds.placed', { bed: name });
  return name;
}

/** One more room on the site that is shown, with two free beds, in use from a day on. */
export async function addRoom(laptop: Laptop, room: string, inUseFrom: string): Promise<void> {
  await laptop.button('reception:roomForm.title').click();
  const dialog = laptop.page.getByRole('dialog');
  await textField(dialog, laptop.t('reception:roomForm.name')).fill(room);
  await fillDay(dialog, laptop.t('reception:roomForm.from'), inUseFrom);
  await dialog.getByRole('button', { name: laptop.t('common:action.save'), exact: true }).click();
  await laptop.told('reception:roomForm.added', { room });
}

/** A site with the rooms and beds that the form proposes. */
export async function makeSite(laptop: Laptop, name: string): Promise<void> {
  await laptop.button('reception:beds.newSite').click();
  const dialog = laptop.page.getByRole('dialog');
  await textField(dialog, laptop.t('reception:siteForm.name')).fill(name);
  await textField(dialog, laptop.t('reception:siteForm.municipalityName')).fill('Voorbeeldstad');
  await textField(dialog, laptop.t('reception:siteForm.municipalityCode')).fill('0000');
  await dialog.getByRole('button', { name: laptop.t('reception:siteForm.save'), exact: true }).click();
  await laptop.told('reception:siteForm.created');
}
