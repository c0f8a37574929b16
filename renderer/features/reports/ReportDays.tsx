import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { IsoDate } from '../../../shared/kernel/dates.ts';
import { useServices } from '../../services.tsx';
import { DateField } from '../../ui/DateField.tsx';
import { useReportAddress, useReportDays } from './report-address.ts';

/** The reference date; a half-typed one changes nothing yet. */
export function ReportDay() {
  const { t } = useTranslation('reports');
  const { day } = useReportAddress();
  const move = useReportDays();
  return <TypedDay key={day} id="reportDay" label={t('figures.day')} day={day} onDay={(next) => move({ day: next })} />;
}

export function ReportPeriod() {
  const { t } = useTranslation('reports');
  const { day, from } = useReportAddress();
  const move = useReportDays();
  return (
    <div className="row no-print">
      <TypedDay
        key={`from ${from}`}
        id="reportFrom"
        label={t('figures.from')}
        day={from}
        onDay={(next) => move({ from: next })}
      />
      <TypedDay
        key={`to ${day}`}
        id="reportDay"
        label={t('figures.to')}
        day={day}
        onDay={(next) => move({ day: next, from })}
      />
    </div>
  );
}

type Props = { id: string; label: string; day: IsoDate; onDay: (day: IsoDate) => void };

function TypedDay({ id, label, day, onDay }: Props) {
  const { t } = useTranslation('reports');
  const services = useServices();
  const [typed, setTyped] = useState<IsoDate | null>(day);
  const isFuture = typed !== null && typed > services.today();
  return (
    <DateField
      id={id}
      label={label}
      value={typed}
      onChange={setTyped}
      onBlur={() => {
        if (typed !== null && typed !== day && !isFuture && typed >= '1900-01-01') onDay(typed);
      }}
      error={isFuture ? t('figures.future') : undefined}
    />
  );
}
