import i18next from 'i18next';
import type { Language, TextKey } from '../../renderer/i18n/i18n.ts';
import { texts } from '../../renderer/i18n/texts.ts';

const words = i18next.createInstance();
await words.init({
  lng: 'nl',
  fallbackLng: false,
  defaultNS: 'common',
  ns: Object.keys(texts.nl),
  resources: texts,
  interpolation: { escapeValue: false },
});

export type Facts = Readonly<Record<string, unknown>>;

/** The text that the app shows for a key of the locale files; a key without a text is a mistake of the caller. */
export function textOf(language: Language, key: TextKey, facts: Facts = {}): string {
  const name: string = key;
  if (!words.exists(name, { ...facts, lng: language })) throw new Error(`no text for ${name} in ${language}`);
  // Which facts a text takes is checked where the app uses it.
  const say = words.getFixedT(language) as unknown as (key: string, facts: Facts) => string;
  return say(name, facts);
}

/** A pattern for a text in which one fact is not known yet: `anything` stands for it. */
export function patternOf(language: Language, key: TextKey, facts: Facts, ...unknown: readonly string[]): RegExp {
  const hole = '\u0001';
  const filled = { ...facts, ...Object.fromEntries(unknown.map((name) => [name, hole])) };
  const escaped = textOf(language, key, filled).replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(escaped.split(hole).join('.*'));
}
