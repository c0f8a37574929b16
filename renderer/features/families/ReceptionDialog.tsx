import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { IsoDate } from '../../../shared/kernel/dates.ts';
import { receptionFieldId, type Family } from '../../../shared/register/family.ts';
import { useServices, type OpenedRecord } from '../../services.tsx';
import { CheckboxField } from '../../ui/CheckboxField.tsx';
import { ChoiceField } from '../../ui/ChoiceField.tsx';
import { DateField } from '../../ui/DateField.tsx';
import { FormDialog } from '../../ui/FormDialog.tsx';
import { useSave } from '../../use-save.ts';

const kinds = ['municipal', 'private'] as const;
type Props = { readonly opened: OpenedRecord; readonly family: Family; readonly onClose: () => void };

/** Kind of reception from a day on; what was before stays in the file. */
export function ReceptionDialog({ opened, family, onClose }: Props) {
  const { t } = useTranslation('reception');
  const services = useServices();
  const save = useSave();
  const [kind, setKind] = useState<(typeof kinds)[number]>('municipal');
  const [isCatered, setCatered] = useState(false);
  const [from, setFrom] = useState<IsoDate | null>(services.today());
  const [error, setError] = useState<string>();

  const submit = async () => {
    if (from === null) return setError(t('families.fromError'));
    const field = receptionFieldId(from);
    const value = { reception: kind, catered: kind === 'municipal' && isCatered };
    const records = [
      { ref: { kind: 'family', id: family.id }, edits: [{ field, value, base: opened.baseOf(field) }] },
    ] as const;
    if ((await save({ records, action: 'edit', purpose: null })) !== undefined) onClose();
  };

  return (
    <FormDialog title={t('families.setReception')} onClose={onClose} onSubmit={submit}>
      <ChoiceField
        id="kind"
        label={t('families.reception')}
        choices={kinds.map((code) => ({ code, label: t(`kind.${code}`) }))}
        value={kind}
        onChange={setKind}
      />
      {kind === 'municipal' && (
        <CheckboxField id="catered" label={t('families.catered')} value={isCatered} onChange={setCatered} />
      )}
      <DateField id="receptionFrom" label={t('families.from')} value={from} onChange={setFrom} error={error} />
    </FormDialog>
  );
}
