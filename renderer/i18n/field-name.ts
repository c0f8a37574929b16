import i18next from 'i18next';
import type { texts } from './texts.ts';

type RecordField = keyof typeof texts.nl.register.recordField;

/** What a field of a record is called on screen; the id itself for one that this version has no word for. */
export function fieldName(field: string): string {
  const stem = field.split('.', 1)[0] ?? field;
  return i18next.exists(`recordField.${stem}`, { ns: 'register' })
    ? i18next.t(`recordField.${stem as RecordField}`, { ns: 'register' })
    : stem;
}
