import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { IsoDate } from '../../../shared/kernel/dates.ts';
import type { Absence } from '../../../shared/reception/presence.ts';
import type { Value } from '../../../shared/records/record.ts';
import { definitionOf } from '../../../shared/sync/field-classes.ts';
import { baseOf } from '../../../shared/sync/replica-record.ts';
import { formatDate } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { findRecord, useWorkspace } from '../../stores/workspace-store.ts';
import { Button } from '../../ui/Button.tsx';
import { DateField } from '../../ui/DateField.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { useSave } from '../../use-save.ts';

/** One absence: come back today, another day of return, or withdrawn because it did not happen. */
export function AbsenceLine({ absence, today }: { absence: Absence; today: IsoDate }) {
  const { t } = useTranslation(['register', 'common']);
  const save = useSave();
  const record = useWorkspace((state) => findRecord(state.records, { kind: 'absence', id: absence.id }));
  const [isChanging, setChanging] = useState(false);
  const [until, setUntil] = useState<IsoDate | null>(absence.until);
  const [error, setError] = useState<string>();
  const language = currentLanguage();
  const from = formatDate(absence.from, language);

  const set = async (field: 'until' | 'void', value: Value) => {
    if (record === undefined) return;
    const edit = { field, value, base: baseOf(record, field, definitionOf('absence')) };
    const records = [{ ref: { kind: 'absence', id: absence.id }, edits: [edit] }] as const;
    if ((await save({ records, action: 'edit', purpose: null })) !== undefined) setChanging(false);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const isWrong = until !== null && until < absence.from;
    setError(isWrong ? t('absence.untilError') : undefined);
    if (!isWrong) void set('until', until);
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
      <span className="row">
        {absence.until === null && absence.from <= today && (
          <Button onPress={() => void set('until', today)}>{t('absence.returned')}</Button>
        )}
        <Button onPress={() => setChanging(true)}>{t('common:action.edit')}</Button>
      </span>
      {isChanging && (
        <Dialog title={t('absence.change')} isOpen onClose={() => setChanging(false)}>
          <form noValidate className="form" onSubmit={submit}>
            <DateField
              id="changeUntil"
              label={t('common:form.optional', { label: t('absence.until') })}
              hint={t('absence.untilHint')}
              value={until}
              onChange={setUntil}
              error={error}
            />
            <div className="form__actions">
              <Button type="submit" look="primary">
                {t('common:action.save')}
              </Button>
              <Button onPress={() => void set('void', { reason: 'withdrawn' })}>{t('absence.withdraw')}</Button>
            </div>
          </form>
        </Dialog>
      )}
    </li>
  );
}
