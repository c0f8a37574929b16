import { languageNames, type Language } from '../../../renderer/i18n/i18n.ts';
import type { Laptop } from '../laptop.ts';
import { textOf } from '../words.ts';

/** The laptop turned to the resident: the page speaks their language, not that of the member of staff. */
export async function turnLaptop(laptop: Laptop): Promise<void> {
  await laptop.button('intakes:turn.button').click();
  await laptop.page.getByRole('banner').waitFor();
}

export async function speakToResident(laptop: Laptop, from: Language, to: Language): Promise<void> {
  const among = laptop.page.getByRole('group', { name: textOf(from, 'intakes:resident.language'), exact: true });
  await among.getByRole('button', { name: languageNames[to], exact: true }).click();
}

export async function press(laptop: Laptop, language: Language, name: 'next' | 'back' | 'stop' | 'toStaff') {
  await laptop.page.getByRole('button', { name: textOf(language, `intakes:resident.${name}`), exact: true }).click();
}

/** The question on the screen. */
export const shownQuestion = (laptop: Laptop): Promise<string> =>
  laptop.page.getByRole('heading', { level: 1 }).innerText();

/** Past the neutral page, which only the member of staff can leave. */
export async function leaveNeutralPage(laptop: Laptop, passphrase: string, to: 'toStaff' | 'continue'): Promise<void> {
  await laptop.page.getByLabel(laptop.t('intakes:neutral.passphrase'), { exact: true }).fill(passphrase);
  await laptop.button(`intakes:neutral.${to}`).click();
}
