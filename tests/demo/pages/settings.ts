import type { Laptop } from '../laptop.ts';
import { fill } from '../fields.ts';
import { patternOf } from '../words.ts';
import { openMenu } from './menu.ts';

export async function fillConnection(laptop: Laptop, address: string, code: string): Promise<void> {
  await fill(laptop.page, laptop.t('settings:connection.address'), address);
  await fill(laptop.page, laptop.t('settings:connection.code'), code);
}

/** Joins the national register with a one-time code. */
export async function connect(laptop: Laptop, address: string, code: string): Promise<void> {
  await openMenu(laptop, 'settings');
  await fillConnection(laptop, address, code);
  await laptop.button('settings:connection.connect').click();
  await laptop.told('settings:connection.connected');
}

/** Presses "send now" and waits until it has ended, whatever came of it. */
export async function sendNow(laptop: Laptop): Promise<void> {
  await openMenu(laptop, 'settings');
  await laptop.button('settings:connection.sendNow').click();
  await laptop.page
    .getByRole('button', { name: laptop.t('settings:connection.sendNow') })
    .and(laptop.page.locator(':not([aria-disabled=true])'))
    .waitFor();
}

/** Sends until nothing waits any more. */
export async function sendAll(laptop: Laptop): Promise<void> {
  await sendNow(laptop);
  await allSent(laptop).waitFor({ timeout: 60_000 });
}

/** What the bar at the top says about sending. */
const syncStatus = (laptop: Laptop) => laptop.page.getByRole('banner').getByRole('status');
export const allSent = (laptop: Laptop) =>
  syncStatus(laptop).filter({ hasText: patternOf(laptop.language, 'sync:state.sent', {}, 'time') });
export const readSyncStatus = (laptop: Laptop): Promise<string> => syncStatus(laptop).innerText();
