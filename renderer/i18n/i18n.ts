import i18next, { type ParseKeys } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { texts } from './texts.ts';

export const languages = ['nl', 'uk', 'en'] as const;
export type Language = (typeof languages)[number];

/** Locale for Intl and React Aria; the language codes stay short everywhere else. */
export const localeOf: Record<Language, string> = { nl: 'nl-NL', uk: 'uk-UA', en: 'en-GB' };

/** Each language is named in itself, so that a reader finds their own. */
export const languageNames: Record<Language, string> = { nl: 'Nederlands', uk: 'Українська', en: 'English' };

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common';
    resources: typeof texts.nl;
  }
}

/** A text of any namespace, as in `errors:storage-full`. */
export type TextKey = ParseKeys<(keyof typeof texts.nl)[]>;

export const isLanguage = (text: string): text is Language => languages.some((language) => language === text);
export const currentLanguage = (): Language => (isLanguage(i18next.language) ? i18next.language : 'nl');

export async function startI18n(language: Language): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: language,
    // A gap is a mistake that the tests find; Dutch in its place would hide it.
    fallbackLng: false,
    defaultNS: 'common',
    ns: Object.keys(texts.nl),
    resources: texts,
    interpolation: { escapeValue: false },
  });
  document.documentElement.lang = language;
}

export async function changeLanguage(language: Language): Promise<void> {
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}
