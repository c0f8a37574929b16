import type { Laptop } from '../laptop.ts';
import { fill } from '../fields.ts';

/** First start: name and passphrase; `repeat` only when it is to differ. */
export async function fillFirstStart(laptop: Laptop, label: string, passphrase: string, repeat = passphrase) {
  await fill(laptop.page, laptop.t('settings:enrol.label'), label);
  await laptop.page.getByLabel(laptop.t('settings:unlock.passphrase'), { exact: true }).fill(passphrase);
  await laptop.page.getByLabel(laptop.t('settings:enrol.repeat'), { exact: true }).fill(repeat);
}

export const submitFirstStart = (laptop: Laptop) => laptop.button('settings:enrol.submit').click();

export async function takeIntoUse(laptop: Laptop, label: string, passphrase: string): Promise<void> {
  await fillFirstStart(laptop, label, passphrase);
  await submitFirstStart(laptop);
  await laptop.title('common:today.title').waitFor();
}

export async function tryPassphrase(laptop: Laptop, passphrase: string): Promise<void> {
  await laptop.page.getByLabel(laptop.t('settings:unlock.passphrase'), { exact: true }).fill(passphrase);
  await laptop.button('settings:unlock.submit').click();
}

/** Whoever locks or reloads on a page comes back to it. */
export async function unlock(laptop: Laptop, passphrase: string): Promise<void> {
  await tryPassphrase(laptop, passphrase);
  await laptop.page.getByRole('navigation').waitFor();
}

export async function lock(laptop: Laptop): Promise<void> {
  await laptop.lockedBy(() => laptop.button('common:action.lock').click());
  await laptop.title('settings:unlock.title').waitFor();
}
