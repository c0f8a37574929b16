import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { IsoDate } from '../../../shared/kernel/dates.ts';
import {
  absenceReasons,
  absenceStanding,
  type Absence,
  type AbsenceCount,
  type AbsenceReason,
} from '../../../shared/reception/presence.ts';
import type { Resident } from '../../../shared/register/resident.ts';
import { useServices } from '../../services.tsx';
import { Alert } from '../../ui/Alert.tsx';
import { ChoiceField } from '../../ui/ChoiceField.tsx';
import { DateField } from '../../ui/DateField.tsx';
import { FormDialog } from '../../ui/FormDialog.tsx';
import { useSave } from '../../use-save.ts';

type Errors = { readonly from?: string; readonly until?: string; readonly reason?: string };

type Props = {
  readonly resident: Resident;
  /** The absences that are known, for the warning before one more goes over the limit. */
  readonly absences: readonly Absence[];
  readonly count: AbsenceCount;
  readonly from: IsoDate;
  readonly reason: AbsenceReason | null;
  readonly onClose: () => void;
};

export function AbsenceDialog({ resident, absences, count, onClose, ...proposed }: Props) {
  const { t } = useTranslation(['register', 'common']);
  const services = useServices();
  const save = useSave();
  const [from, setFrom] = useState<IsoDate | null>(proposed.from);
  const [until, setUntil] = useState<IsoDate | null>(null);
  const [reason, setReason] = useState<AbsenceReason | null>(proposed.reason);
  const [errors, setErrors] = useState<Errors>({});
  const standing =
    from === null || until === null || until < from
      ? undefined
      : absenceStanding(
          [...absences, { id: '', resident: resident.id, from, until, reason: 'other', void: false }],
          until,
          count,
        );

  const submit = async () => {
    const found: Errors = {
      ...(from === null ? { from: t('absence.fromError') } : {}),
      ...(from !== null && until !== null && until < from ? { until: t('absence.untilError') } : {}),
      ...(reason === null ? { reason: t('absence.reasonError') } : {}),
    };
    setErrors(found);
    if (from === null || reason === null || Object.keys(found).length > 0) return;
    const edits = [
      { field: 'placement', value: { site: resident.site }, base: [] },
      { field: 'notice', value: { resident: resident.id, from, reason }, base: [] },
      ...(until === null ? [] : [{ field: 'until', value: until, base: [] }]),
    ];
    const records = [{ ref: { kind: 'absence', id: services.newId() }, edits }] as const;
    if ((await save({ records, action: 'create', purpose: null }, t('absence.saved'))) !== undefined) onClose();
  };

  return (
    <FormDialog title={t('absence.add')} onClose={onClose} onSubmit={submit}>
      <div className="form__pair">
        <DateField id="absenceFrom" label={t('absence.from')} value={from} onChange={setFrom} error={errors.from} />
        <DateField
          id="absenceUntil"
          label={t('common:form.optional', { label: t('absence.until') })}
          hint={t('absence.untilHint')}
          value={until}
          onChange={setUntil}
          error={errors.until}
        />
      </div>
      {standing !== undefined && (
        <Alert tone={standing.days > standing.maxDays ? 'warning' : 'info'}>
          {t(`absence.willBe.${standing.per}`, { days: standing.days, max: standing.maxDays })}
        </Alert>
      )}
      <ChoiceField
        id="absenceReason"
        label={t('absence.reason')}
        choices={absenceReasons.map((code) => ({ code, label: t(`absenceReason.${code}`) }))}
        value={reason}
        onChange={setReason}
        error={errors.reason}
      />
    </FormDialog>
  );
}
