import { formatMoney, formatMonth } from '../../../renderer/i18n/format.ts';
import type { IsoMonth } from '../../../shared/kernel/dates.ts';
import { choose, fill, fillDay, select } from '../fields.ts';
import type { Laptop } from '../laptop.ts';

export async function chooseMonth(laptop: Laptop, month: IsoMonth): Promise<void> {
  const line = formatMonth(month, laptop.language);
  await select(laptop.page, laptop.page, laptop.t('contributions:month.label'), line);
}

/** Follows the link of a month that cannot be worked out, settles the basis and comes back. */
export async function settleBasis(laptop: Laptop, basis: 'net' | 'gross', from: string, reason: string): Promise<void> {
  const { page } = laptop;
  await laptop.link('contributions:fix.settings').click();
  await laptop.title('contributions:policy.title').waitFor();
  const heading = page.getByRole('heading', { level: 2, name: laptop.t('contributions:policy.basis'), exact: true });
  const panel = page.locator('section').filter({ has: heading });
  await choose(panel, laptop.t('contributions:policy.basisQuestion'), laptop.t(`contributions:basisKind.${basis}`));
  await fillDay(panel, laptop.t('contributions:policy.from'), from);
  await fill(panel, laptop.t('contributions:policy.reason'), reason);
  await panel.getByRole('button', { name: laptop.t('contributions:policy.saveBasis'), exact: true }).click();
  const settled = { text: laptop.t(`contributions:basisKind.${basis}`), reason };
  await panel.getByText(laptop.t('contributions:policy.settled', settled), { exact: true }).waitFor();
}

/** The first income of the household in the month on the screen; waits until the outcome counts with it. */
export async function enterIncome(laptop: Laptop, euros: string, amountCents: number): Promise<void> {
  await laptop.page
    .getByRole('textbox', { name: laptop.t('contributions:income.amount'), exact: true })
    .first()
    .fill(euros);
  await laptop.button('contributions:income.save').click();
  const outcome = laptop.page.getByRole('region', { name: laptop.t('contributions:page.outcome'), exact: true });
  await outcome.getByText(formatMoney(amountCents, laptop.language), { exact: true }).waitFor();
}

/** The amounts at the top of the month, in cents, by what they are. */
export async function readOutcome(
  laptop: Laptop,
): Promise<{ allowance: number; contribution: number; income: number }> {
  const outcome = laptop.page.getByRole('region', { name: laptop.t('contributions:page.outcome'), exact: true });
  await outcome.waitFor();
  const cents = async (key: 'list.allowance' | 'figure.contribution' | 'figure.income') => {
    const label = laptop.t(`contributions:${key}`);
    const figure = outcome.locator('dl > div').filter({ has: laptop.page.getByText(label, { exact: true }) });
    return Number((await figure.getByRole('definition').innerText()).replace(/\D/g, ''));
  };
  return {
    allowance: await cents('list.allowance'),
    contribution: await cents('figure.contribution'),
    income: await cents('figure.income'),
  };
}

export async function decide(laptop: Laptop): Promise<void> {
  await laptop.button('contributions:decision.decide').click();
  await laptop.told('contributions:decision.saved');
  await laptop.button('contributions:decision.correct').waitFor();
}

export async function openLetter(laptop: Laptop): Promise<void> {
  await laptop.button('contributions:page.letter').click();
  await laptop.title('contributions:print.title').waitFor();
}

/** Saves the letter into a folder, as PDF. */
export async function saveLetter(laptop: Laptop, folder: string): Promise<void> {
  laptop.shell.dialogs({ saveTo: folder });
  await laptop.button('common:action.pdf').click();
  await laptop.told('contributions:print.saved');
}
