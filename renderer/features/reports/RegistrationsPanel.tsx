import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { addDays, type IsoDate } from '../../../shared/kernel/dates.ts';
import {
  countRegistrationFlow,
  countRegistrations,
  perWeek,
  type RegistrationFacts,
} from '../../../shared/register/registration.ts';
import type { Resident } from '../../../shared/register/resident.ts';
import { formatDate, formatNumber } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { useServices } from '../../services.tsx';
import { Alert } from '../../ui/Alert.tsx';
import { DateField } from '../../ui/DateField.tsx';
import { ProgressBar } from '../../ui/ProgressBar.tsx';
import { useScan } from '../../use-scan.ts';

/** Three weeks, as the ministry reports net inflow. */
const usualDays = 21;
const columns = ['registered', 'deregistered', 'inflow', 'outflow', 'net', 'perWeek'] as const;
const toFacts = ({ deleted, nationality, brp }: Resident): RegistrationFacts => ({ deleted, nationality, brp });

/** BRP on a reference date and the flow before it, by nationality. Backdated entries change earlier counts too. */
export function RegistrationsPanel() {
  const { t } = useTranslation('reports');
  const services = useServices();
  const [day, setDay] = useState<IsoDate | null>(services.today());
  const [from, setFrom] = useState<IsoDate | null>(addDays(services.today(), 1 - usualDays));
  const [scan] = useScan('reports:registrations', toFacts);
  return (
    <section className="panel">
      <h2 className="nl-heading nl-heading--level-2">{t('registrations.title')}</h2>
      <div className="row">
        <DateField id="registrationsFrom" label={t('registrations.from')} value={from} onChange={setFrom} />
        <DateField id="registrationsDay" label={t('registrations.day')} value={day} onChange={setDay} />
      </div>
      {scan.state === 'reading' && (
        <ProgressBar label={t('registrations.reading')} value={scan.read} total={scan.total} />
      )}
      {scan.state === 'failed' && <Alert tone="error">{scan.message}</Alert>}
      {scan.state === 'ready' && scan.unreadable > 0 && (
        <Alert tone="warning">{t('registrations.unreadable', { count: scan.unreadable })}</Alert>
      )}
      {scan.state === 'ready' && (day === null || from === null || from > day) && (
        <Alert tone="warning">{t('registrations.days')}</Alert>
      )}
      {scan.state === 'ready' && day !== null && from !== null && from <= day && (
        <RegistrationsTable rows={scan.rows} from={from} day={day} />
      )}
    </section>
  );
}

type Range = { readonly from: IsoDate; readonly day: IsoDate };

function RegistrationsTable({ rows, from, day }: Range & { readonly rows: readonly RegistrationFacts[] }) {
  const { t } = useTranslation('reports');
  const language = currentLanguage();
  const lines = useMemo(() => {
    const stock = countRegistrations(rows, day);
    const flow = countRegistrationFlow(rows, from, day);
    return (['Ua', 'Other'] as const).map((group) => {
      const net = flow[`inflow${group}`] - flow[`outflow${group}`];
      return {
        group,
        registered: stock[`registered${group}`],
        deregistered: stock[`deregistered${group}`],
        inflow: flow[`inflow${group}`],
        outflow: flow[`outflow${group}`],
        net,
        perWeek: perWeek(net, from, day),
      };
    });
  }, [rows, from, day]);
  const registered = lines.reduce((sum, line) => sum + line.registered, 0);
  return (
    <>
      <p>{t('registrations.summary', { count: registered, day: formatDate(day, language) })}</p>
      <table className="utrecht-table">
        <thead className="utrecht-table__header">
          <tr className="utrecht-table__row">
            <th scope="col" className="utrecht-table__header-cell">
              {t('registrations.nationality')}
            </th>
            {columns.map((name) => (
              <th key={name} scope="col" className="utrecht-table__header-cell amount">
                {t(`registrations.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="utrecht-table__body">
          {lines.map((line) => (
            <tr key={line.group} className="utrecht-table__row">
              <th scope="row" className="utrecht-table__cell">
                {t(`registrations.group${line.group}`)}
              </th>
              {columns.map((name) => (
                <td key={name} className="utrecht-table__cell amount">
                  {formatNumber(line[name], language)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
