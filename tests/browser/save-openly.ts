import { page, userEvent } from 'vitest/browser';
import { texts } from '../../renderer/i18n/texts.ts';

/** Answers the question before a file of persons leaves: without a passphrase, and for what where that is asked. */
export async function saveOpenly(purpose?: string): Promise<void> {
  const dialog = page.getByRole('dialog');
  const { register, privacy } = texts.nl;
  if (purpose !== undefined) await userEvent.fill(dialog.getByLabelText(register.export.purpose), purpose);
  await userEvent.click(dialog.getByText(privacy.seal.choices.open, { exact: true }));
  await userEvent.click(dialog.getByRole('button', { name: register.export.save, exact: true }));
}
