import { currentLanguage, localeOf } from '../../i18n/i18n.ts';

/** `99.3` as the language writes it; nothing stays a dash: without places there is no rate, which is not 0. */
export function percentText(percent: string): string {
  if (percent === '') return '–';
  return new Intl.NumberFormat(localeOf[currentLanguage()], {
    style: 'percent',
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  }).format(Number(percent) / 100);
}
