import { useTranslation } from 'react-i18next';
import type { Value } from '../../../shared/records/record.ts';
import { factKinds } from '../../../shared/register/facts.ts';
import { fieldName } from '../../i18n/field-name.ts';
import { formatMoney, formatMonth, formatPartialDate } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { isoMonth, parseIsoMonth } from '../../../shared/kernel/dates.ts';
import { useSites } from '../../stores/register-views.ts';
import { valueText } from '../../value-text.ts';
import { useFactTexts } from './use-fact-texts.ts';

type Group = Readonly<Record<string, Value>>;
const isGroup = (value: Value): value is Group => typeof value === 'object' && value !== null && !Array.isArray(value);

/** A field of a resident and its value in words, for where two of them stand side by side. */
export function useFieldText() {
  const { t } = useTranslation('register');
  const { detailText, periodText } = useFactTexts();
  const sites = useSites();
  const language = currentLanguage();

  const nameOfField = (field: string): string => {
    const [stem, , monthText] = field.split('.');
    const month = stem === 'income' ? parseIsoMonth(monthText ?? '') : undefined;
    return month === undefined
      ? fieldName(field)
      : t('merge.ofMonth', { field: fieldName(field), month: formatMonth(isoMonth(month), language) });
  };

  const textOf = (field: string, value: Value): string => {
    const [stem = ''] = field.split('.');
    if (stem === 'sex' && typeof value === 'string') return t(`sex.${value as 'F'}`);
    if (stem === 'nationalityGroup' && typeof value === 'string') return t(`nationalityGroup.${value as 'ua'}`);
    if (stem === 'bsn' && typeof value === 'string') return t('page.bsnHidden', { digits: value.slice(-3) });
    if (stem === 'birthDate' && typeof value === 'string') return formatPartialDate(value, language);
    if (stem === 'name' && isGroup(value)) {
      const part = (...names: readonly string[]) =>
        names.flatMap((name) => (typeof value[name] === 'string' && value[name] !== '' ? [value[name]] : [])).join(' ');
      return [part('family', 'given', 'patronymic'), part('familyCyrillic', 'givenCyrillic', 'patronymicCyrillic')]
        .filter((text) => text !== '')
        .join(' · ');
    }
    if (stem === 'placement' && isGroup(value)) {
      return sites.find(({ id }) => id === value.site)?.name ?? t('merge.noSite');
    }
    if (stem === 'income' && isGroup(value) && typeof value.amountCents === 'number') {
      return formatMoney(value.amountCents, language);
    }
    const kind = factKinds.find((one) => one.stem === stem);
    if (kind !== undefined && isGroup(value)) {
      const key = field.slice(stem.length + 1);
      const fact = { key, values: kind.keyed === 'start' ? { ...value, from: key.slice(0, 10) } : value };
      return [periodText(kind, fact), detailText(kind, fact)].filter((part) => part !== '').join(' · ');
    }
    return valueText(value);
  };
  return { nameOfField, textOf };
}
