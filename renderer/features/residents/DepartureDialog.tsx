import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { IsoDate } from '../../../shared/kernel/dates.ts';
import { checkResident } from '../../../shared/register/check-resident.ts';
import { departureReasons, type DepartureReason } from '../../../shared/register/codes.ts';
import { useServices, type OpenedRecord } from '../../services.tsx';
import { useStaysOf } from '../../stores/register-views.ts';
import { useWorkspace } from '../../stores/workspace-store.ts';
import { DateField } from '../../ui/DateField.tsx';
import { FormDialog } from '../../ui/FormDialog.tsx';
import { SelectField } from '../../ui/SelectField.tsx';
import { useSave } from '../../use-save.ts';
import { endStay } from '../../stores/stay-edits.ts';

/** Departure with its reason; the bed is free from that day on, in the same save. */
export function DepartureDialog({ opened, onClose }: { opened: OpenedRecord; onClose: () => void }) {
  const { t } = useTranslation('register');
  const services = useServices();
  const save = useSave();
  const records = useWorkspace((state) => state.records);
  const [date, setDate] = useState<IsoDate | null>(services.today());
  const [reason, setReason] = useState<DepartureReason | null>(null);
  const [errors, setErrors] = useState<{ date?: string; reason?: string }>({});
  const { id } = opened.record;
  const stays = useStaysOf(id);

  const submit = async () => {
    if (date === null || reason === null) {
      setErrors({
        ...(date === null ? { date: t('departure.dateMissing') } : {}),
        ...(reason === null ? { reason: t('departure.reasonMissing') } : {}),
      });
      return;
    }
    const departure = { date, reason, destination: null };
    const wrong = checkResident({ ...opened.values, departure }, services.today()).find(
      ({ field }) => field === 'departure',
    );
    if (wrong !== undefined) {
      setErrors({ date: t(`problem.${wrong.problem}`, { field: t('control.departureDate') }) });
      return;
    }
    const edit = { field: 'departure', value: departure, base: opened.baseOf('departure') };
    const openStays = stays.filter((stay) => !stay.void && (stay.until ?? '9') > date);
    const receipt = await save(
      {
        records: [
          { ref: { kind: 'resident', id }, edits: [edit] },
          ...openStays.flatMap((stay) => endStay(records, stay, date)),
        ],
        action: 'edit',
        purpose: null,
      },
      t('page.departed'),
    );
    if (receipt !== undefined) onClose();
  };

  return (
    <FormDialog title={t('page.depart')} onClose={onClose} onSubmit={submit} submit={t('page.depart')}>
      <DateField
        id="departureDate"
        label={t('control.departureDate')}
        value={date}
        onChange={setDate}
        error={errors.date}
      />
      <SelectField
        id="departureReason"
        label={t('control.departureReason')}
        choices={departureReasons.map((code) => ({ code, label: t(`departureReason.${code}`) }))}
        value={reason}
        onChange={setReason}
        error={errors.reason}
      />
    </FormDialog>
  );
}
