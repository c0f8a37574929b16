import type { Locator, Page } from 'playwright-core';
import { languageNames, type Language, type TextKey } from '../../renderer/i18n/i18n.ts';
import { startShell, type Shell, type ShellOptions } from '../shell.ts';
import { textOf, type Facts } from './words.ts';

/** What is left of an old laptop's screen is less, but pictures are made at its full size. */
export const screen = { width: 1366, height: 768 };
/** Work on a busy machine takes its time; nothing waits longer than it has to. */
const patienceMs = 30_000;

/** One laptop with the app open on it. Controls are found as a person finds them: by what they are and what they say. */
export class Laptop {
  readonly shell: Shell;
  page: Page;
  language: Language = 'nl';

  private constructor(shell: Shell, page: Page) {
    this.shell = shell;
    this.page = page;
  }

  static async open(options: ShellOptions): Promise<Laptop> {
    const shell = await startShell(options);
    const laptop = new Laptop(shell, await shell.page());
    await laptop.settle(laptop.page);
    return laptop;
  }

  /** After a lock there is another window. */
  async lockedBy(trigger: () => Promise<unknown>): Promise<void> {
    await this.settle(await this.shell.locked(trigger));
  }

  private async settle(page: Page): Promise<void> {
    this.page = page;
    page.setDefaultTimeout(patienceMs);
    await page.setViewportSize(screen);
    await page.getByRole('heading', { level: 1 }).waitFor();
    const shown = await page.evaluate(() => document.documentElement.lang);
    if (shown in languageNames) this.language = shown as Language;
  }

  t(key: TextKey, facts?: Facts): string {
    return textOf(this.language, key, facts);
  }

  button(key: TextKey, facts?: Facts): Locator {
    return this.page.getByRole('button', { name: this.t(key, facts), exact: true });
  }

  link(key: TextKey, facts?: Facts): Locator {
    return this.page.getByRole('link', { name: this.t(key, facts), exact: true });
  }

  /** The heading of the page. */
  title(key: TextKey, facts?: Facts): Locator {
    return this.page.getByRole('heading', { level: 1, name: this.t(key, facts), exact: true });
  }

  text(key: TextKey, facts?: Facts): Locator {
    return this.page.getByText(this.t(key, facts), { exact: true });
  }

  /** The message that something was done; it goes away by itself. */
  async told(key: TextKey, facts?: Facts): Promise<void> {
    await this.page.getByRole('status').getByText(this.t(key, facts), { exact: true }).first().waitFor();
  }

  /** Takes the messages away that would go by themselves: they stay in the language they were said in. */
  async closeNotices(): Promise<void> {
    const close = this.page.getByRole('status').getByRole('button', { name: this.t('common:action.close') });
    for (let left = await close.count(); left > 0; left = await close.count()) {
      // By the time of the click it may have gone.
      await close
        .first()
        .click({ timeout: 2_000 })
        .catch(() => undefined);
    }
  }

  async speak(language: Language): Promise<void> {
    if (language === this.language) return;
    const among = this.page.getByRole('group', { name: this.t('common:language'), exact: true });
    await among.getByRole('button', { name: languageNames[language] }).click();
    await this.page.waitForFunction((wanted) => document.documentElement.lang === wanted, language);
    this.language = language;
  }
}
