import type { Laptop } from '../demo/laptop.ts';
import { openMenu } from '../demo/pages/menu.ts';
import * as residents from '../demo/pages/residents.ts';
import { must } from './ledger.ts';
import type { Person } from './people.ts';

/** Whether the list has somebody of exactly that name. */
export async function isFound(laptop: Laptop, person: Person): Promise<boolean> {
  await openMenu(laptop, 'residents');
  await laptop.page.getByRole('searchbox').fill(`${person.family} ${person.given}`);
  const row = residents
    .residentGrid(laptop)
    .getByRole('rowheader', { name: `${person.family}, ${person.given}`, exact: true });
  await row.or(laptop.text('register:list.noneFound')).or(laptop.text('register:list.empty')).first().waitFor();
  return (await row.count()) > 0;
}

/** Opens the page of somebody who is there and finds on it what was typed. */
export async function isWhole(laptop: Laptop, person: Person): Promise<void> {
  await residents.openResident(laptop, person);
  const text = await laptop.page.getByRole('main').innerText();
  for (const part of [person.familyCyrillic, person.givenCyrillic, person.from])
    must(text.includes(part), `${person.family} was saved without ${part}`);
}

/**
 * What the page that the day begins on says was mended. A second copy that lay behind the store is written up to it,
 * and the store filled from it; anything else is a loss.
 */
export async function readRepairs(
  laptop: Laptop,
): Promise<{ readonly copiedAgain: boolean; readonly restored: boolean }> {
  if ((await laptop.text('sync:repair.title').count()) === 0) return { copiedAgain: false, restored: false };
  const text = await laptop.page.getByRole('main').innerText();
  const [, missing = ''] = laptop.t('sync:repair.missing', { count: 2 }).split('2');
  const [, lostOps = ''] = laptop.t('sync:repair.lostOps', { count: 2 }).split('2');
  const [lost = ''] = laptop.t('sync:repair.lost', { places: '|' }).split('|');
  for (const said of [missing, lostOps, lost]) must(!text.includes(said.slice(0, 40)), `the app says: ${said}`);
  const [restored = ''] = laptop.t('sync:repair.restored', { count: 2 }).split('.');
  return { copiedAgain: text.includes(laptop.t('sync:repair.copiedAgain')), restored: text.includes(restored) };
}

/** Asks until it fits or nothing more will come. */
export async function patiently<T>(ask: () => Promise<T>, fits: (seen: T) => boolean): Promise<T> {
  const until = performance.now() + 20_000;
  for (;;) {
    const seen = await ask();
    if (fits(seen) || performance.now() > until) return seen;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
