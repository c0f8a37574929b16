import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { exportFormats, type ExportFormat } from '../shared/exchange/export-table.ts';
import type { ExportPurpose, TablePurpose } from './export-purpose.ts';
import { ChoiceField } from './ui/ChoiceField.tsx';
import type { FieldProblems } from './ui/ErrorSummary.tsx';
import { SelectField } from './ui/SelectField.tsx';
import { TextField } from './ui/TextField.tsx';

/** For what a file leaves and in which form; `id` begins the ids of the fields. */
export function useExportBasics<Purpose extends ExportPurpose | TablePurpose>(id: string) {
  const { t } = useTranslation('register');
  const [purpose, setPurpose] = useState<Purpose | null>(null);
  const [detail, setDetail] = useState('');
  const [format, setFormat] = useState<ExportFormat>('xlsx');
  const problems = (): FieldProblems => [
    ...(purpose === null ? [{ fieldId: `${id}Purpose`, message: t('export.purposeMissing') }] : []),
    ...(purpose === 'other' && detail.trim() === ''
      ? [{ fieldId: `${id}Detail`, message: t('export.detailMissing') }]
      : []),
  ];
  /** As it stands in the log. */
  const said = [purpose, detail.trim()].filter((part) => part !== '' && part !== null).join(': ');
  return { id, purpose, setPurpose, detail, setDetail, format, setFormat, problems, said };
}

type Props<Purpose extends ExportPurpose | TablePurpose> = {
  readonly of: ReturnType<typeof useExportBasics<Purpose>>;
  readonly purposes: readonly Purpose[];
  readonly onPurpose?: (purpose: Purpose) => void;
  readonly errorOf: (id: string) => string | undefined;
};

export function ExportBasics<Purpose extends ExportPurpose | TablePurpose>({
  of,
  purposes,
  onPurpose = of.setPurpose,
  errorOf,
}: Props<Purpose>) {
  const { t } = useTranslation(['register', 'common']);
  const detail = t('register:export.detail');
  const labelOf = (code: ExportPurpose | TablePurpose) => t(`register:export.purposes.${code}`);
  return (
    <>
      <SelectField
        id={`${of.id}Purpose`}
        label={t('register:export.purpose')}
        empty={t('register:export.purposeEmpty')}
        choices={purposes.map((code) => ({ code, label: labelOf(code) }))}
        value={of.purpose}
        onChange={onPurpose}
        error={errorOf(`${of.id}Purpose`)}
      />
      <TextField
        id={`${of.id}Detail`}
        label={of.purpose === 'other' ? detail : t('common:form.optional', { label: detail })}
        hint={t('register:export.detailHint')}
        value={of.detail}
        onChange={of.setDetail}
        maxLength={180}
        width="full"
        error={errorOf(`${of.id}Detail`)}
      />
      <ChoiceField
        id={`${of.id}Format`}
        label={t('register:export.format')}
        choices={exportFormats.map((code) => ({ code, label: t(`register:export.formats.${code}`) }))}
        value={of.format}
        onChange={of.setFormat}
        inline
      />
    </>
  );
}
