import type { Locator } from 'playwright-core';

/** More stops than any screen has. */
const most = 80;

/** Goes with the tab key until a control has the focus, as somebody does who has no mouse. */
export async function tabTo(control: Locator): Promise<void> {
  const page = control.page();
  await control.waitFor();
  for (let at = 0; at < most; at++) {
    await page.keyboard.press('Tab');
    if (await control.evaluate((element) => element.contains(document.activeElement))) return;
  }
  throw new Error(`not within ${String(most)} presses of the tab key: ${String(control)}`);
}
