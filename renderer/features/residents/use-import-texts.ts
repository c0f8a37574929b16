import { useTranslation } from 'react-i18next';
import type { ImportColumn } from '../../../shared/exchange/columns.ts';
import type { CellDifference } from '../../../shared/exchange/field-diff.ts';
import { cents } from '../../../shared/kernel/money.ts';
import { findCodeLabel } from '../../../shared/questionnaire/code-lists.ts';
import { formatMoney, formatPartialDate } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/i18n.ts';

const dates: readonly ImportColumn[] = [
  'birthDate',
  'arrivalDate',
  'leftUkraineOn',
  'brpFrom',
  'documentValidUntil',
  'proofValidUntil',
  'departureDate',
  'residenceFrom',
  'residenceUntil',
  'brpUntil',
  'protectionSince',
  'asylumFrom',
  'guardianFrom',
  'guardianUntil',
];

/** What a cell says, in the words of the screen. */
export function useImportTexts() {
  const { t } = useTranslation(['register', 'facts', 'contributions']);
  const language = currentLanguage();

  const valueText = (column: ImportColumn, value: string): string => {
    if (value === '') return t('register:import.emptyCell');
    if (dates.includes(column)) return formatPartialDate(value, language);
    if (column === 'incomeAmount') return formatMoney(cents(Number(value)), language);
    if (column === 'bsn') return t('register:page.bsnHidden', { digits: value.slice(-3) });
    switch (column) {
      case 'sex':
        return t(`register:sex.${value as 'F'}`);
      case 'nationalityGroup':
        return t(`register:nationalityGroup.${value as 'ua'}`);
      case 'documentType':
        return t(`register:documentType.${value as 'other'}`);
      case 'proofType':
        return t(`register:proofType.${value as 'other'}`);
      case 'protectionStatus':
        return t(`register:protectionStatus.${value as 'arrived'}`);
      case 'brpReason':
        return t(`register:deregistrationReason.${value as 'other'}`);
      case 'departureReason':
        return t(`register:departureReason.${value as 'other'}`);
      case 'successor':
        return t(`facts:code.successor.${value as 'other'}`);
      case 'asylumState':
        return t(`facts:code.asylumState.${value as 'filed'}`);
      case 'guardianKind':
        return t(`facts:code.guardianKind.${value as 'court'}`);
      case 'livedInUkraine':
      case 'unaccompanied':
      case 'interpreterNeeded':
        return t(`facts:code.yesNoUnknown.${value as 'yes'}`);
      case 'residenceOblast':
        return findCodeLabel('ua_oblast', value)?.[language] ?? value;
      default:
        return value;
    }
  };
  const columnText = (column: ImportColumn) => t(`register:importColumn.${column}`);
  const differenceText = ({ column, before, after }: CellDifference) =>
    t('register:import.difference', {
      field: columnText(column),
      before: valueText(column, before),
      after: valueText(column, after),
    });
  return { t, valueText, columnText, differenceText };
}
