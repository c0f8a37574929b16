import { useTranslation } from 'react-i18next';
import { parseIsoDate } from '../../../shared/kernel/dates.ts';
import { findCodeLabel } from '../../../shared/questionnaire/code-lists.ts';
import type { Value } from '../../../shared/records/record.ts';
import { registerCodes, type Fact, type FactKind, type FactPart } from '../../../shared/register/fact-kind.ts';
import { formatDate, formatNumber } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/i18n.ts';

/** Lists of codes that come with the app, by the type of a part. */
export const shippedList = { country: 'iso3166-1', oblast: 'ua_oblast', occupation: 'isco08' } as const;

const dayOf = (value: Value | undefined) => (typeof value === 'string' ? parseIsoDate(value) : undefined);

/** The words of dated facts: every kind, part and code has its text under its own name. */
export function useFactTexts() {
  const { t } = useTranslation(['facts', 'register', 'common']);
  const language = currentLanguage();

  const kindName = (kind: FactKind) => t(`facts:kind.${kind.stem}` as 'facts:kind.work');
  const oneName = (kind: FactKind) => t(`facts:one.${kind.stem}` as 'facts:one.work');
  const partName = (part: Pick<FactPart, 'name'>) => t(`facts:part.${part.name}` as 'facts:part.from');
  const codeText = (list: string, code: string) => {
    if (list === 'successor') return t(`facts:code.successor.${code}` as 'facts:code.successor.other');
    if (list === 'deregistrationReason') return t(`register:deregistrationReason.${code as 'other'}`);
    return Object.hasOwn(registerCodes, list)
      ? t(`register:${list}.${code}` as 'register:proofType.other')
      : t(`facts:code.${list}.${code}` as 'facts:code.contract.other');
  };
  const labelled = (part: FactPart, value: string) => t('facts:labelled', { label: partName(part), value });

  function partText(part: FactPart, value: Value | undefined): string {
    if (value === undefined || value === null || value === '') return '';
    if (typeof value === 'number') return labelled(part, formatNumber(value, language));
    if (typeof value !== 'string') return '';
    switch (part.type) {
      case 'code': {
        const text = codeText(part.list, value);
        return part.list === 'yesNoUnknown' || part.name === 'targetLevel' ? labelled(part, text) : text;
      }
      case 'day': {
        const day = dayOf(value);
        return day === undefined ? '' : labelled(part, formatDate(day, language));
      }
      case 'text':
      case 'count':
        return value;
      case 'country':
      case 'oblast':
      case 'occupation':
        return findCodeLabel(shippedList[part.type], value)?.[language] ?? value;
    }
  }

  /** When it holds: from and until, or the one day of something that happened once. */
  function periodText(kind: FactKind, { values }: Fact): string {
    const from = dayOf(values.from);
    const to = dayOf(values.to);
    if (from === undefined) return '';
    const start = formatDate(from, language);
    if (to !== undefined) return t('facts:period', { from: start, to: formatDate(to, language) });
    return kind.parts.some(({ name }) => name === 'to') ? t('facts:since', { from: start }) : start;
  }

  /** Everything but its period, in the order of its parts. */
  const detailText = (kind: FactKind, { values }: Fact) =>
    kind.parts
      .filter(({ name }) => name !== 'from' && name !== 'to')
      .map((part) => partText(part, values[part.name]))
      .filter((text) => text !== '')
      .join(' · ');

  return { t, kindName, oneName, partName, codeText, periodText, detailText };
}
