import type { Laptop } from '../laptop.ts';
import { fill } from '../fields.ts';
import { openMenu } from './menu.ts';

export async function openImport(laptop: Laptop): Promise<void> {
  await openMenu(laptop, 'residents');
  await laptop.button('register:list.import').click();
  await laptop.title('register:import.title').waitFor();
}

/** `again`: another file in place of the one that was read. */
export async function readFile(laptop: Laptop, file: string, again = false): Promise<void> {
  laptop.shell.dialogs({ open: file });
  await laptop.button(again ? 'register:import.again' : 'register:import.choose').click();
  await laptop.page.getByRole('heading', { name: laptop.t('register:import.mapping'), exact: true }).waitFor();
}

export async function checkList(laptop: Laptop, municipality: { name: string; code: string }): Promise<void> {
  await fill(laptop.page, laptop.t('register:import.municipalityName'), municipality.name);
  await fill(laptop.page, laptop.t('register:import.municipalityCode'), municipality.code);
  await laptop.button('register:import.check').click();
  await laptop.page.getByRole('heading', { name: laptop.t('register:import.checked'), exact: true }).waitFor();
}

export const isRight = (laptop: Laptop, count: number): Promise<void> =>
  laptop.text('register:import.right', { count }).waitFor();

export async function runImport(laptop: Laptop, count: number): Promise<void> {
  await laptop.button('register:import.run', { count }).click();
  await laptop.text('register:import.done', { count }).waitFor({ timeout: 120_000 });
}

export async function toResidents(laptop: Laptop): Promise<void> {
  await laptop.button('register:import.toList').click();
  await laptop.title('register:list.title').waitFor();
}
