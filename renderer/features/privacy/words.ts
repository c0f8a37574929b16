import i18next from 'i18next';
import type { Language } from '../../i18n/i18n.ts';

const wordOf = (keys: readonly string[], language: Language): string | undefined => {
  const found = keys.find((key): boolean => i18next.exists(key, { lng: language }));
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-assertion -- the compiler asks for a known key
  return found === undefined ? undefined : i18next.t(found as 'privacy:document.title', { lng: language });
};

/** A field or a part of one in words; what this version has no word for keeps its own name. */
export function nameInWords(field: string, language: Language): string {
  const [stem = field, ...rest] = field.split('.');
  const name = wordOf(
    [`register:recordField.${stem}`, `facts:part.${stem}`, `register:control.${stem}`, `privacy:part.${stem}`],
    language,
  );
  // The key of one of several is random; a day or a month says which one it is.
  const which = rest.filter((part) => /^\d{4}-\d{2}/.test(part)).join(' ');
  return which === '' ? (name ?? stem) : `${name ?? stem} ${which}`;
}

/** A code in words where the register has some; free text stays as it was typed. */
export function valueInWords(field: string, value: string, language: Language): string {
  const [stem = field] = field.split('.');
  return (
    wordOf([`register:${stem}.${value}`, `facts:code.${stem}.${value}`, `privacy:value.${stem}.${value}`], language) ??
    value
  );
}
