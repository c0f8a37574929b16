import { parseIsoDate } from '../shared/kernel/dates.ts';
import type { Value } from '../shared/records/record.ts';
import { formatDate, formatList } from './i18n/format.ts';
import { currentLanguage } from './i18n/i18n.ts';

/** A stored value for the eye: the parts of a group one after the other, days as the language writes them. */
export function valueText(value: Value): string {
  if (value === null || value === false || value === '') return '';
  if (value === true) return '✓';
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') {
    const day = parseIsoDate(value);
    return day === undefined ? value : formatDate(day, currentLanguage());
  }
  const parts = Array.isArray(value) ? (value as readonly Value[]) : Object.values(value);
  return formatList(
    parts.map(valueText).filter((part) => part !== ''),
    currentLanguage(),
  );
}
