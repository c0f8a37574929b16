import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { IsoDate } from '../../../shared/kernel/dates.ts';
import { toResident } from '../../../shared/register/resident.ts';
import { formatDate } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import type { OpenedRecord } from '../../services.tsx';
import { Button } from '../../ui/Button.tsx';
import { DateField } from '../../ui/DateField.tsx';
import { ErrorSummary, type FieldProblems } from '../../ui/ErrorSummary.tsx';
import { SelectField } from '../../ui/SelectField.tsx';
import { useSave } from '../../use-save.ts';
import { careEdits, careProblems } from './care-form.ts';

type Props = {
  readonly opened: readonly OpenedRecord[];
  readonly nameOf: (id: string) => string;
};

/** Stays in a long-term care institution, from … to: then only the clothing amount is paid (RooO art. 10 lid 7). */
export function CareForm({ opened, nameOf }: Props) {
  const { t } = useTranslation('contributions');
  const save = useSave();
  const [who, setWho] = useState<string | null>(opened.length === 1 ? (opened[0]?.record.id ?? null) : null);
  const [from, setFrom] = useState<IsoDate | null>(null);
  const [to, setTo] = useState<IsoDate | null>(null);
  const [problems, setProblems] = useState<FieldProblems>([]);
  const errorOf = (fieldId: string) => problems.find((one) => one.fieldId === fieldId)?.message;
  const person = opened.find(({ record }) => record.id === who);
  const date = (day: IsoDate) => formatDate(day, currentLanguage());

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const stays = person === undefined ? [] : toResident(person.record.id, person.values).careStays;
    const found = careProblems({ who, from, to }, stays).map(({ field, problem }) => ({
      fieldId: field,
      message: t(`care.problem.${problem}`),
    }));
    setProblems(found);
    if (found.length > 0 || person === undefined || from === null) return;
    await save({ records: careEdits(person, from, to), action: 'edit', purpose: null });
  };

  return (
    <form noValidate className="stack" onSubmit={(event) => void submit(event)}>
      <ErrorSummary pageTitle={t('page.windowTitle')} problems={problems} />
      <ul className="plain-list">
        {opened.flatMap(({ record, values }) =>
          toResident(record.id, values).careStays.map((stay) => (
            <li key={`${record.id} ${stay.from}`}>
              {stay.to === null
                ? t('care.since', { name: nameOf(record.id), from: date(stay.from) })
                : t('care.period', { name: nameOf(record.id), from: date(stay.from), to: date(stay.to) })}
            </li>
          )),
        )}
      </ul>
      <div className="row">
        <SelectField
          id="careWho"
          label={t('care.who')}
          error={errorOf('careWho')}
          choices={opened.map(({ record }) => ({ code: record.id, label: nameOf(record.id) }))}
          value={who}
          onChange={(next) => {
            setWho(next);
            const chosen = opened.find(({ record }) => record.id === next);
            // A stay that still lasts is what somebody comes to end.
            const open = chosen && toResident(next, chosen.values).careStays.find((stay) => stay.to === null);
            setFrom(open?.from ?? null);
          }}
        />
        <DateField id="careFrom" label={t('care.from')} error={errorOf('careFrom')} value={from} onChange={setFrom} />
        <DateField id="careTo" label={t('care.to')} error={errorOf('careTo')} value={to} onChange={setTo} />
      </div>
      <div className="form__actions">
        <Button type="submit">{t('care.save')}</Button>
        <span className="muted">{t('care.hint')}</span>
      </div>
    </form>
  );
}
