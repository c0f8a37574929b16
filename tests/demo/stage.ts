import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { languages, type Language } from '../../renderer/i18n/i18n.ts';
import type { Laptop } from './laptop.ts';

export type Pictures = {
  /** Does once more in this language what made the screen: a message stays in the language it was said in. */
  readonly again?: () => Promise<unknown>;
  /** Another switch than the one at the top of the screen. */
  readonly speak?: (language: Language) => Promise<unknown>;
  /** The language that such a switch stands at. */
  readonly now?: Language;
};

/** Runs the steps of the demonstration, says how long each took and keeps a picture of it in each language. */
export class Stage {
  readonly folder: string;
  private readonly isQuiet: boolean;
  private readonly laptops = new Map<string, Laptop>();
  private readonly done: { readonly step: string; readonly seconds: number }[] = [];
  private failed: { readonly step: string; readonly reason: string } | undefined;
  private shown = 0;

  private constructor(folder: string, isQuiet: boolean) {
    this.folder = folder;
    this.isQuiet = isQuiet;
  }

  static async clear(folder: string, isQuiet: boolean): Promise<Stage> {
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    return new Stage(folder, isQuiet);
  }

  /** From now on a failing step leaves a picture of this laptop. */
  add(name: string, laptop: Laptop): Laptop {
    this.laptops.set(name, laptop);
    return laptop;
  }

  say(line: string): void {
    if (!this.isQuiet) console.log(line);
  }

  async step<T>(name: string, work: () => Promise<T>): Promise<T> {
    const began = performance.now();
    try {
      const result = await work();
      this.done.push({ step: name, seconds: secondsSince(began) });
      this.say(`${String(this.done.length).padStart(2)}. ${name} (${seconds(began)})`);
      return result;
    } catch (error) {
      const reason = reasonOf(error);
      // A step within a step fails both: the inner one knows better.
      this.failed ??= { step: name, reason };
      console.error(`FAILED ${name} (${seconds(began)}): ${reason}`);
      for (const [laptop, { page }] of this.laptops) {
        const picture = path.join(this.folder, `failed-${laptop}.png`);
        const taken = await page.screenshot({ path: picture }).then(
          () => true,
          () => false,
        );
        if (taken) console.error(`picture of the screen: ${picture}`);
      }
      throw error;
    }
  }

  /**
   * The whole play, and the exit code. `summary.json` is written in any case: what was done, and after a failure in
   * which step and why.
   */
  async perform(play: () => Promise<object>): Promise<number> {
    const began = performance.now();
    const outcome = await play().then(
      (told) => ({ passed: true, ...told }),
      (error: unknown) => {
        // Nothing may fail without a word, also not between two steps.
        if (this.failed === undefined) console.error(`FAILED: ${reasonOf(error)}`);
        return { passed: false, failed: this.failed ?? { step: null, reason: reasonOf(error) } };
      },
    );
    const summary = { ...outcome, steps: this.done, seconds: Math.round(secondsSince(began)) };
    const text = `${JSON.stringify(summary, null, 2)}\n`;
    await writeFile(path.join(this.folder, 'summary.json'), text);
    if (this.isQuiet) process.stdout.write(text);
    else if (outcome.passed) {
      this.say(`Done in ${summary.seconds} s; pictures and summary.json are in ${path.basename(this.folder)}/`);
    }
    return outcome.passed ? 0 : 1;
  }

  /** A picture of the screen as it is, in each language; ends in the language it began in. */
  async picture(laptop: Laptop, name: string, { again, speak, now }: Pictures = {}): Promise<void> {
    const at = String(++this.shown).padStart(2, '0');
    const before = now ?? laptop.language;
    await laptop.closeNotices();
    const change = speak ?? ((language: Language) => laptop.speak(language));
    for (const language of [...languages.filter((one) => one !== before), before]) {
      await change(language);
      await again?.();
      await this.take(laptop, `${at}-${name}-${language}`);
    }
  }

  /** Of a screen that says the same in every language. */
  async pictureOnce(laptop: Laptop, name: string): Promise<void> {
    await this.take(laptop, `${String(++this.shown).padStart(2, '0')}-${name}`);
  }

  private async take(laptop: Laptop, name: string): Promise<void> {
    await laptop.page.screenshot({ path: path.join(this.folder, `${name}.png`), animations: 'disabled' });
  }
}

const secondsSince = (began: number) => Math.round((performance.now() - began) / 100) / 10;
const seconds = (began: number) => `${secondsSince(began).toFixed(1)} s`;
const reasonOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
