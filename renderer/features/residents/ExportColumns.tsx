import { useTranslation } from 'react-i18next';
import type { Sensitivity } from '../../../shared/exchange/export-table.ts';
import type { Compartment } from '../../../shared/records/record.ts';
import { CheckboxGroupField } from '../../ui/CheckboxField.tsx';
import {
  exportKeys,
  exportSections,
  inOrder,
  keysOfSection,
  sensitivityOfKey,
  type ExportKey,
  type FactColumns,
} from './export-columns.ts';

type Props = {
  readonly facts: FactColumns | null;
  readonly open: readonly Compartment[];
  /** False for what may not be kept, and so is in no file. */
  readonly isOffered: (key: ExportKey) => boolean;
  readonly labelOf: (key: ExportKey) => string;
  readonly columns: readonly ExportKey[];
  readonly onChange: (columns: readonly ExportKey[]) => void;
  readonly asked: readonly Sensitivity[];
  readonly confirmed: readonly Sensitivity[];
  readonly onConfirm: (confirmed: readonly Sensitivity[]) => void;
  readonly errorOf: (id: string) => string | undefined;
};

/** Columns by subject; those of a compartment of their own stand apart and are confirmed one by one. */
export function ExportColumns(props: Props) {
  const { facts, open, isOffered, labelOf, columns, onChange, asked, confirmed, onConfirm, errorOf } = props;
  const { t } = useTranslation('register');
  const isOpen = (key: ExportKey) => {
    const sensitivity = sensitivityOfKey(key, facts);
    return sensitivity !== null && open.includes(sensitivity);
  };
  const guarded = exportKeys.filter((key) => (facts !== null || (key !== 'fact' && key !== 'period')) && isOpen(key));
  const group = (id: string, label: string, keys: readonly ExportKey[], hint?: string) => (
    <CheckboxGroupField
      key={id}
      id={id}
      label={label}
      hint={hint}
      error={errorOf(id)}
      choices={keys.map((code) => ({ code, label: labelOf(code) }))}
      value={columns.filter((key) => keys.includes(key))}
      onChange={(chosen) => onChange(inOrder([...columns.filter((key) => !keys.includes(key)), ...chosen]))}
    />
  );
  return (
    <>
      <div className="export__columns">
        {facts !== null && facts.sensitive === null && group('export-facts', t('export.facts'), ['fact', 'period'])}
        {exportSections.map((section) =>
          group(`export-${section}`, t(`section.${section}`), keysOfSection(section).filter(isOffered)),
        )}
        {guarded.length > 0 && group('export-guarded', t('export.guarded'), guarded, t('export.guardedHint'))}
      </div>
      {asked.length > 0 && (
        <CheckboxGroupField
          id="exportConfirm"
          label={t('export.confirm')}
          error={errorOf('exportConfirm')}
          choices={asked.map((code) => ({ code, label: t(`export.confirms.${code}`) }))}
          value={confirmed.filter((one) => asked.includes(one))}
          onChange={onConfirm}
        />
      )}
    </>
  );
}
