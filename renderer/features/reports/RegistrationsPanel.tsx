import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { IsoDate } from '../../../shared/kernel/dates.ts';
import {
  countRegistrationFlow,
  countRegistrations,
  perWeek,
  registrationGroups,
} from '../../../shared/register/registration.ts';
import type { ReportFacts } from '../../../shared/reports/report-facts.ts';
import { formatDate } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { Alert } from '../../ui/Alert.tsx';
import { DateField } from '../../ui/DateField.tsx';
import { FigureTable } from './FigureTable.tsx';
import { placeOf, useReportAddress } from './report-address.ts';

const columns = ['registered', 'deregistered', 'inflow', 'outflow', 'net', 'perWeek'] as const;

/** BRP on a reference date and the flow before it, by nationality. Backdated entries change earlier counts too. */
export function RegistrationsPanel({ facts }: { facts: readonly ReportFacts[] }) {
  const { t } = useTranslation('reports');
  const address = useReportAddress();
  const [day, setDay] = useState<IsoDate | null>(address.day);
  const [from, setFrom] = useState<IsoDate | null>(address.from);
  // The fields stay where they are while a day is half typed.
  return (
    <div className="stack">
      <div className="row no-print">
        <DateField id="registrationsFrom" label={t('registrations.from')} value={from} onChange={setFrom} />
        <DateField id="registrationsDay" label={t('registrations.day')} value={day} onChange={setDay} />
      </div>
      {day === null || from === null || from > day ? (
        <Alert tone="warning">{t('registrations.days')}</Alert>
      ) : (
        <RegistrationsTable facts={facts} from={from} day={day} />
      )}
    </div>
  );
}

type TableProps = {
  readonly facts: readonly ReportFacts[];
  readonly from: IsoDate;
  readonly day: IsoDate;
};

function RegistrationsTable({ facts, from, day }: TableProps) {
  const { t } = useTranslation('reports');
  const address = useReportAddress();
  const lines = useMemo(() => {
    const stock = countRegistrations(facts, day);
    const flow = countRegistrationFlow(facts, from, day);
    return registrationGroups.map((group) => {
      const [inflow, outflow] = [flow[`inflow${group}`], flow[`outflow${group}`]];
      return {
        ...{ group, inflow, outflow, net: inflow - outflow, perWeek: perWeek(inflow - outflow, from, day) },
        ...{ registered: stock[`registered${group}`], deregistered: stock[`deregistered${group}`] },
      };
    });
  }, [facts, from, day]);
  return (
    <FigureTable
      name="inschrijvingen"
      title={t('registrations.title')}
      sentence={t('registrations.summary', {
        count: lines.reduce((sum, line) => sum + line.registered, 0),
        day: formatDate(day, currentLanguage()),
      })}
      rowHeader={t('registrations.nationality')}
      columns={columns.map((key) => ({ key, label: t(`registrations.${key}`) }))}
      rows={lines.map((line) => {
        const { group } = line;
        const net = { figure: { list: 'registrationNet' as const, group }, lines: line.inflow + line.outflow };
        return {
          key: group,
          label: t(`registrations.group${group}`),
          cells: [
            { value: line.registered, figure: { list: 'registered', group } },
            { value: line.deregistered, figure: { list: 'deregistered', group } },
            { value: line.inflow, figure: { list: 'registrations', group } },
            { value: line.outflow, figure: { list: 'deregistrations', group } },
            { value: line.net, ...net },
            { value: line.perWeek, ...net },
          ],
        };
      })}
      chart={{
        label: t('registrations.chart'),
        bars: lines.map((line) => ({ label: t(`registrations.group${line.group}`), used: line.registered })),
      }}
      place={{ ...placeOf(address), day, from }}
    />
  );
}
