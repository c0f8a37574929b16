import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { amountsCheckedFieldId, type AmountsChecked } from '../../../shared/contribution/municipal-policy.ts';
import { parametersFor } from '../../../shared/contribution/parameters.ts';
import { monthOf, type IsoDate } from '../../../shared/kernel/dates.ts';
import { formatDate } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { useServices } from '../../services.tsx';
import { Button } from '../../ui/Button.tsx';
import { DateField } from '../../ui/DateField.tsx';
import { ErrorSummary, type FieldProblems } from '../../ui/ErrorSummary.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { useSession } from '../../stores/session-store.ts';
import { usePolicyDesk } from './policy-desk.ts';
import { administrator } from './policy-edits.ts';
import { SettledList } from './SettledList.tsx';

/** Somebody looked whether the amounts are still those: up to that day no month carries the warning any more. */
export function ChecksSection({ settled }: { settled: readonly AmountsChecked[] }) {
  const { t } = useTranslation('contributions');
  const services = useServices();
  const { settle } = usePolicyDesk();
  const mayRecord = useSession((state) => state.user?.role) === administrator;
  const today = services.today();
  const [on, setOn] = useState<IsoDate | null>(today);
  const [reason, setReason] = useState('');
  const [source, setSource] = useState('');
  const [problems, setProblems] = useState<FieldProblems>([]);
  const errorOf = (fieldId: string) => problems.find((one) => one.fieldId === fieldId)?.message;
  const known = parametersFor(monthOf(today));

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const found = [
      // Nobody can have looked on a day to come.
      ...(on === null || on > today ? [{ fieldId: 'checkedOn', message: t('policy.problem.checkedOn') }] : []),
      ...(reason.trim() === '' ? [{ fieldId: 'checkedReason', message: t('policy.problem.checkedReason') }] : []),
      ...(source.trim() === '' ? [{ fieldId: 'checkedSource', message: t('policy.problem.checkedSource') }] : []),
    ];
    setProblems(found);
    if (found.length > 0 || on === null) return;
    await settle({ field: amountsCheckedFieldId(on), value: { reason: reason.trim(), source: source.trim() } });
  };
  return (
    <section className="panel">
      <h2 className="nl-heading nl-heading--level-2">{t('policy.checks')}</h2>
      {known.ok && (
        <p>{t('policy.checkedUntil', { date: formatDate(known.value.confirmedUntil, currentLanguage()) })}</p>
      )}
      {settled.length > 0 && (
        <SettledList items={settled.map(({ on: from, reason: text, source: reason }) => ({ from, text, reason }))} />
      )}
      {!mayRecord && <p>{t('policy.checkedBy')}</p>}
      {mayRecord && (
        <form noValidate className="stack" onSubmit={(event) => void submit(event)}>
          <ErrorSummary pageTitle={t('policy.title')} problems={problems} />
          <DateField
            id="checkedOn"
            label={t('policy.checkedOn')}
            hint={t('policy.checkedHint')}
            error={errorOf('checkedOn')}
            value={on}
            onChange={setOn}
          />
          <TextField
            id="checkedReason"
            label={t('policy.checkedReason')}
            error={errorOf('checkedReason')}
            width="full"
            value={reason}
            onChange={setReason}
          />
          <TextField
            id="checkedSource"
            label={t('policy.checkedSource')}
            error={errorOf('checkedSource')}
            width="full"
            value={source}
            onChange={setSource}
          />
          <div>
            <Button type="submit" look="primary">
              {t('policy.saveCheck')}
            </Button>
          </div>
        </form>
      )}
    </section>
  );
}
