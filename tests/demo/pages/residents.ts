import type { Locator } from 'playwright-core';
import type { SummaryStatus } from '../../../shared/register/resident-summary.ts';
import { choose, fill, fillDay, select } from '../fields.ts';
import type { Laptop } from '../laptop.ts';
import { openMenu } from './menu.ts';

export type NewResident = {
  readonly family: string;
  readonly given: string;
  readonly familyCyrillic: string;
  readonly givenCyrillic: string;
  /** As it is typed: 12-3-1985. */
  readonly birthDate: string;
  readonly sex: 'F' | 'M' | 'X' | 'unknown';
  readonly bsn?: string;
  readonly site?: string;
  readonly arrival?: string;
  readonly from?: string;
};

export async function fillResident(laptop: Laptop, resident: NewResident): Promise<void> {
  const { page } = laptop;
  const optional = (name: 'familyCyrillic' | 'givenCyrillic' | 'bsn' | 'site' | 'arrivalDate' | 'arrivalFrom') =>
    laptop.t('common:form.optional', { label: laptop.t(`register:control.${name}`) });
  await fill(page, laptop.t('register:control.family'), resident.family);
  await fill(page, laptop.t('register:control.given'), resident.given);
  await fill(page, optional('familyCyrillic'), resident.familyCyrillic);
  await fill(page, optional('givenCyrillic'), resident.givenCyrillic);
  await fill(page, laptop.t('register:control.birthDate'), resident.birthDate);
  await choose(page, laptop.t('register:control.sex'), laptop.t(`register:sex.${resident.sex}`));
  if (resident.bsn !== undefined) await fill(page, optional('bsn'), resident.bsn);
  if (resident.site !== undefined) await select(page, page, optional('site'), resident.site);
  if (resident.arrival !== undefined) await fillDay(page, optional('arrivalDate'), resident.arrival);
  if (resident.from !== undefined) await fill(page, optional('arrivalFrom'), resident.from);
}

/** Begins on any page and ends on the page of the new resident. */
export async function registerResident(laptop: Laptop, resident: NewResident): Promise<void> {
  await openMenu(laptop, 'residents');
  await laptop.button('register:list.new').click();
  await laptop.title('register:page.newTitle').waitFor();
  await fillResident(laptop, resident);
  await saveResident(laptop, resident);
}

export async function saveResident(laptop: Laptop, resident: NewResident): Promise<void> {
  await laptop.button('common:action.save').click();
  await residentTitle(laptop, resident).waitFor();
}

export const residentTitle = (laptop: Laptop, { family, given }: Pick<NewResident, 'family' | 'given'>): Locator =>
  laptop.page.getByRole('heading', { level: 1, name: `${family}, ${given}`, exact: true });

/** Types a search and waits until somebody with that given name leads the list. */
export async function searchResidents(laptop: Laptop, typed: string, given: string): Promise<void> {
  await laptop.page.getByRole('searchbox').fill(typed);
  await residentGrid(laptop).getByRole('row').nth(1).filter({ hasText: given }).waitFor();
}

export const residentGrid = (laptop: Laptop): Locator =>
  laptop.page.getByRole('grid', { name: laptop.t('register:list.title'), exact: true });

export async function filterStatus(laptop: Laptop, status: SummaryStatus | 'all' | 'here'): Promise<void> {
  await select(laptop.page, laptop.page, laptop.t('register:list.status'), laptop.t(`register:filter.${status}`));
}

/** Finds one person in the list and opens their page. */
export async function openResident(laptop: Laptop, resident: Pick<NewResident, 'family' | 'given'>): Promise<void> {
  await openMenu(laptop, 'residents');
  const name = `${resident.family}, ${resident.given}`;
  await searchResidents(laptop, `${resident.family} ${resident.given}`, resident.given);
  await residentGrid(laptop).getByRole('rowheader', { name, exact: true }).first().click();
  await residentTitle(laptop, resident).waitFor();
}

/** Opens a line of the list by its place, the first being 1. */
export async function openRow(laptop: Laptop, place: number): Promise<void> {
  await residentGrid(laptop).getByRole('row').nth(place).click();
  await laptop.button('register:page.edit').waitFor();
}

/** The absence of whoever's page is open, from today on. */
export async function registerAbsence(laptop: Laptop, reason: 'announced' | 'visit-to-ukraine'): Promise<void> {
  await laptop.button('register:absence.add').click();
  const dialog = laptop.page.getByRole('dialog');
  await choose(dialog, laptop.t('register:absence.reason'), laptop.t(`register:absenceReason.${reason}`));
  await dialog.getByRole('button', { name: laptop.t('common:action.save'), exact: true }).click();
  await laptop.told('register:absence.saved');
}

/** The departure of whoever's page is open. */
export async function registerDeparture(laptop: Laptop, reason: 'own-housing' | 'return-to-ukraine'): Promise<void> {
  await laptop.button('register:page.depart').click();
  const dialog = laptop.page.getByRole('dialog');
  const label = laptop.t('register:control.departureReason');
  await select(laptop.page, dialog, label, laptop.t(`register:departureReason.${reason}`));
  await dialog.getByRole('button', { name: laptop.t('register:page.depart'), exact: true }).click();
  await laptop.told('register:page.departed');
}

/** How many the list says it has found. */
export async function foundCount(laptop: Laptop): Promise<number> {
  const status = laptop.page.getByRole('main').getByRole('status').first();
  return Number((await status.innerText()).replace(/\D/g, ''));
}
