import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { IsoDate } from '../../../shared/kernel/dates.ts';
import {
  absenceDaysInYear,
  absenceLimitDays,
  absenceSignal,
  type Absence,
} from '../../../shared/reception/presence.ts';
import type { Resident } from '../../../shared/register/resident.ts';
import { baseOf } from '../../../shared/sync/replica-record.ts';
import { definitionOf } from '../../../shared/sync/field-classes.ts';
import { formatDate } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { useServices } from '../../services.tsx';
import { useAbsences } from '../../stores/register-views.ts';
import { findRecord, useWorkspace } from '../../stores/workspace-store.ts';
import { Alert } from '../../ui/Alert.tsx';
import { Button } from '../../ui/Button.tsx';
import { useSave } from '../../use-save.ts';
import { AbsenceDialog } from './AbsenceDialog.tsx';

/** Absences with their days in this calendar year. The app signals; what follows from it a person decides. */
export function AbsencePanel({ resident }: { resident: Resident }) {
  const { t } = useTranslation('register');
  const services = useServices();
  const [isAdding, setAdding] = useState(false);
  const today = services.today();
  const absences = useAbsences()
    .filter((absence) => absence.resident === resident.id && !absence.void)
    .sort((a, b) => (a.from > b.from ? -1 : 1));
  const year = Number(today.slice(0, 4));
  const days = absenceDaysInYear(absences, year, today);
  const signal = absenceSignal(days);
  return (
    <section className="panel">
      <div className="panel__head">
        <h2 className="nl-heading nl-heading--level-2">{t('absence.title')}</h2>
        <Button onPress={() => setAdding(true)}>{t('absence.add')}</Button>
      </div>
      {absences.length === 0 ? <p>{t('absence.none')}</p> : <p>{t('absence.days', { count: days, year })}</p>}
      {signal !== 'none' && (
        <Alert tone="warning">
          {t(signal === 'near-limit' ? 'absence.near' : 'absence.over', { max: absenceLimitDays })}
        </Alert>
      )}
      <ul className="plain-list plain-list--ruled">
        {absences.map((absence) => (
          <AbsenceLine key={absence.id} absence={absence} today={today} />
        ))}
      </ul>
      {isAdding && <AbsenceDialog resident={resident} onClose={() => setAdding(false)} />}
    </section>
  );
}

function AbsenceLine({ absence, today }: { absence: Absence; today: IsoDate }) {
  const { t } = useTranslation('register');
  const save = useSave();
  const record = useWorkspace((state) => findRecord(state.records, { kind: 'absence', id: absence.id }));
  const language = currentLanguage();
  const from = formatDate(absence.from, language);
  const comeBack = () => {
    if (record === undefined) return;
    const edit = { field: 'until', value: today, base: baseOf(record, 'until', definitionOf('absence')) };
    const records = [{ ref: { kind: 'absence', id: absence.id }, edits: [edit] }] as const;
    void save({ records, action: 'edit', purpose: null });
  };
  return (
    <li className="plain-list__row">
      <span>
        {absence.until === null
          ? t('absence.open', { from })
          : t('absence.period', { from, until: formatDate(absence.until, language) })}
        {' · '}
        {t(`absenceReason.${absence.reason}`)}
      </span>
      {absence.until === null && <Button onPress={comeBack}>{t('absence.returned')}</Button>}
    </li>
  );
}
