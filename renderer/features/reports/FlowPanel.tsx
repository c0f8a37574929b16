import { useTranslation } from 'react-i18next';
import { flowIn, netPerWeek } from '../../../shared/reports/flow.ts';
import type { ReportFacts } from '../../../shared/reports/report-facts.ts';
import { formatDate } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { Alert } from '../../ui/Alert.tsx';
import { FigureTable, type Cell } from './FigureTable.tsx';
import { useReportAddress } from './report-address.ts';
import { ReportPeriod } from './ReportDays.tsx';

/** Who came and who left, and the net inflow per week. */
export function FlowPanel({ facts }: { facts: readonly ReportFacts[] }) {
  const { t } = useTranslation('reports');
  const { day, from } = useReportAddress();
  const language = currentLanguage();
  if (from > day) {
    return (
      <section className="panel">
        <h2 className="nl-heading nl-heading--level-2">{t('flow.title')}</h2>
        <ReportPeriod />
        <Alert tone="warning">{t('flow.order')}</Alert>
      </section>
    );
  }
  const period = { from, to: day };
  const rows = flowIn(facts, period);
  const [arrived, left] = (['arrivals', 'departures'] as const).map((key) =>
    rows.reduce((sum, row) => sum + row[key].length, 0),
  );
  const net = (arrived ?? 0) - (left ?? 0);
  const netCells = (arrivals: number, departures: number, group?: string): readonly Cell[] => {
    const figure = { list: 'net' as const, ...(group === undefined ? {} : { group }) };
    const behind = { figure, lines: arrivals + departures };
    return [
      { value: arrivals - departures, ...behind },
      { value: netPerWeek(arrivals - departures, period), ...behind },
    ];
  };
  return (
    <FigureTable
      name="in-en-uitstroom"
      title={t('flow.title')}
      sentence={t('flow.sentence', {
        from: formatDate(from, language),
        to: formatDate(day, language),
        arrived: arrived ?? 0,
        left: left ?? 0,
        perWeek: netPerWeek(net, period),
      })}
      rowHeader={t('figures.group')}
      columns={(['arrivals', 'departures', 'net', 'perWeek'] as const).map((key) => ({ key, label: t(`flow.${key}`) }))}
      rows={[
        ...rows.map(({ group, arrivals, departures }) => ({
          key: group,
          label: t(`group.${group}`),
          cells: [
            { value: arrivals.length, figure: { list: 'arrivals' as const, group } },
            { value: departures.length, figure: { list: 'departures' as const, group } },
            ...netCells(arrivals.length, departures.length, group),
          ],
        })),
        {
          key: 'total',
          label: t('occupancy.total'),
          cells: [
            { value: arrived ?? 0, figure: { list: 'arrivals' as const } },
            { value: left ?? 0, figure: { list: 'departures' as const } },
            ...netCells(arrived ?? 0, left ?? 0),
          ],
        },
      ]}
      chart={{
        label: t('flow.chart'),
        bars: [
          { label: t('flow.arrivals'), used: arrived ?? 0 },
          { label: t('flow.departures'), used: left ?? 0 },
        ],
      }}
    >
      <ReportPeriod />
    </FigureTable>
  );
}
