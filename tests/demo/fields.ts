import type { Locator, Page } from 'playwright-core';

/** A page, or a part of it such as a dialog. */
export type Place = Page | Locator;
type Text = string | RegExp;

export const textField = (place: Place, name: Text): Locator => place.getByRole('textbox', { name, exact: true });

/** Whatever text is typed into: a field, a search box or a list that is found by typing. */
export async function fill(place: Place, name: Text, text: string): Promise<void> {
  await textField(place, name).fill(text);
}

/** A day typed in the order day, month, year, which all three languages have. */
export async function fillDay(place: Place, name: Text, isoDay: string): Promise<void> {
  const first = place.getByRole('group', { name, exact: true }).getByRole('spinbutton').first();
  await first.focus();
  await first.pressSequentially(isoDay.split('-').reverse().join(''));
}

/** Opens the list of a field and takes one of its lines. */
export async function select(page: Page, place: Place, name: Text, choice: Text): Promise<void> {
  await selectButton(place, name).click();
  await page.getByRole('option', { name: choice, exact: true }).click();
}

/** The button says the chosen value as well as the label. */
export const selectButton = (place: Place, name: Text): Locator =>
  place.getByLabel(name, { exact: true }).and(place.getByRole('button'));

/** Types into a list until the wanted line is there, and takes it. */
export async function findAndTake(page: Page, place: Place, name: Text, typed: string, line: Text): Promise<void> {
  await place.getByRole('combobox', { name, exact: true }).fill(typed);
  await page.getByRole('option', { name: line, exact: true }).first().click();
}

/** The circle of a choice is drawn beside a hidden control, so the click goes where a person clicks: on its words. */
export async function choose(place: Place, group: Text, choice: Text): Promise<void> {
  await tick(place.getByRole('radiogroup', { name: group, exact: true }), 'radio', choice);
}

export async function check(place: Place, group: Text, choices: readonly string[]): Promise<void> {
  const boxes = place.getByRole('group', { name: group, exact: true });
  for (const choice of choices) await tick(boxes, 'checkbox', choice);
}

export async function tick(place: Place, role: 'radio' | 'checkbox', name: Text): Promise<void> {
  const control = place.getByRole(role, { name, exact: true });
  if (await control.isChecked()) return;
  await control.locator('xpath=ancestor::label').click();
  // An answer is shown as chosen once it has been taken in, which is not at once.
  await place.getByRole(role, { name, exact: true, checked: true }).waitFor({ state: 'attached' });
}
