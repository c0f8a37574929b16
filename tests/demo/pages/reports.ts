import { formatNumber } from '../../../renderer/i18n/format.ts';
import { fill, fillDay } from '../fields.ts';
import type { Laptop } from '../laptop.ts';
import { openMenu } from './menu.ts';

type Snapshot = { readonly day: string; readonly realised: number; readonly occupied: number; readonly source: string };

export async function addNationalFigures(laptop: Laptop, snapshot: Snapshot): Promise<void> {
  await openMenu(laptop, 'reports');
  await laptop.button('reports:national.add').click();
  const dialog = laptop.page.getByRole('dialog');
  await fillDay(dialog, laptop.t('reports:national.date'), snapshot.day);
  await fill(dialog, laptop.t('reports:national.realised'), String(snapshot.realised));
  await fill(dialog, laptop.t('reports:national.occupied'), String(snapshot.occupied));
  await fill(dialog, laptop.t('reports:national.source'), snapshot.source);
  await dialog.getByRole('button', { name: laptop.t('common:action.save'), exact: true }).click();
  await dialog.waitFor({ state: 'detached' });
}

/** The rate of the newest national figures, as the screen writes it. */
export async function readNationalRate(laptop: Laptop, { occupied }: Snapshot): Promise<string> {
  const article = laptop.page
    .getByRole('article')
    .filter({ hasText: formatNumber(occupied, laptop.language) })
    .first();
  const rate = article.locator('dl > div').filter({
    has: laptop.page.getByText(laptop.t('reports:national.percent'), { exact: true }),
  });
  return (await rate.getByRole('definition').innerText()).replace(/\s/g, ' ');
}
