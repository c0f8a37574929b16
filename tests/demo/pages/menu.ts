import type { TextKey } from '../../../renderer/i18n/i18n.ts';
import type { Laptop } from '../laptop.ts';

/** The pages of the menu and the heading that each of them has. */
export const titles = {
  today: 'common:today.title',
  residents: 'register:list.title',
  families: 'reception:families.title',
  beds: 'reception:beds.title',
  contributions: 'contributions:list.title',
  intakes: 'intakes:list.title',
  review: 'sync:review.title',
  reports: 'reports:title',
  settings: 'settings:title',
} as const satisfies Record<string, TextKey>;
export type MenuName = keyof typeof titles;

export async function openMenu(laptop: Laptop, name: MenuName): Promise<void> {
  const menu = laptop.page.getByRole('navigation', { name: laptop.t('common:menu.label'), exact: true });
  await menu.getByRole('link', { name: laptop.t(`common:menu.${name}`), exact: true }).click();
  await laptop.title(titles[name]).waitFor();
}
