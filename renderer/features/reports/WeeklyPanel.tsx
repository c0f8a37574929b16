import { useTranslation } from 'react-i18next';
import { addDays } from '../../../shared/kernel/dates.ts';
import { nationalityGroups } from '../../../shared/register/codes.ts';
import { flowIn, netPerWeek } from '../../../shared/reports/flow.ts';
import type { ReportFacts } from '../../../shared/reports/report-facts.ts';
import { makeWeeklyReport, standingReports, type WeeklyReport } from '../../../shared/reports/weekly-report.ts';
import { formatDate } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { useServices } from '../../services.tsx';
import { useSiteReports, useSitesOn, useStays } from '../../stores/register-views.ts';
import { Button } from '../../ui/Button.tsx';
import { SelectField } from '../../ui/SelectField.tsx';
import { useSave } from '../../use-save.ts';
import { FigureTable } from './FigureTable.tsx';
import { FiledReports } from './FiledReports.tsx';
import { useReportAddress, useReportDays } from './report-address.ts';
import { ReportDay } from './ReportDays.tsx';

/** The weekly report of a site: what it would say now, filing it, and what was filed. A filed one is never changed. */
export function WeeklyPanel({ facts }: { facts: readonly ReportFacts[] }) {
  const { t } = useTranslation('reports');
  const services = useServices();
  const save = useSave();
  const { day, of } = useReportAddress();
  const move = useReportDays();
  const sites = useSitesOn(day);
  const stays = useStays();
  const standing = standingReports(useSiteReports());
  const site = sites.find(({ id }) => id === of) ?? sites[0];
  if (site === undefined) return <p>{t('occupancy.none')}</p>;
  const before = standing.find((report) => report.site === site.id && report.referenceDate === day) ?? null;
  const own = facts.filter((person) => person.site === site.id);
  const report = makeWeeklyReport(site, own, stays, day, before);
  const file = async () => {
    const id = services.newId();
    const edits = [
      { field: 'placement', value: { site: site.id }, base: [] },
      { field: 'report', value: report, base: [] },
    ];
    await save(
      { records: [{ ref: { kind: 'siteReport', id }, edits }], action: 'create', purpose: null },
      t('weekly.filed', { version: report.version }),
    );
  };
  const where = { site: site.id };
  const arrived = sumOf(report.arrivals);
  const left = sumOf(report.departures);
  return (
    <div className="stack">
      <FigureTable
        name="weekrapport"
        title={t('weekly.title')}
        sentence={t('weekly.sentence', {
          from: formatDate(report.from, currentLanguage()),
          to: formatDate(report.to, currentLanguage()),
          version: report.version,
        })}
        rowHeader={t('weekly.figure')}
        columns={[{ key: 'value', label: t('weekly.value') }]}
        rows={[
          ...(['realised', 'available', 'outOfService', 'occupied'] as const).map((state) => ({
            key: state,
            label: t(`occupancy.${state}`),
            cells: [{ value: report.places[state], figure: { list: 'beds' as const, state, ...where } }],
          })),
          {
            key: 'percent',
            label: t('occupancy.percent'),
            cells: [
              {
                percent: report.percent,
                figure: { list: 'beds', state: 'occupied', ...where },
                lines: report.places.occupied,
              },
            ],
          },
          {
            key: 'short',
            label: t('weekly.short'),
            cells: [{ value: report.shortStay, figure: { list: 'occupants', state: 'short', ...where } }],
          },
          {
            key: 'long',
            label: t('weekly.long'),
            cells: [{ value: report.longStay, figure: { list: 'occupants', state: 'long', ...where } }],
          },
          {
            key: 'private',
            label: t('regions.privatePeople'),
            cells: [{ value: report.privatePeople, figure: { list: 'here', shelter: 'private', ...where } }],
          },
          { key: 'in', label: t('flow.arrivals'), cells: [{ value: arrived, figure: { list: 'arrivals', ...where } }] },
          {
            key: 'out',
            label: t('flow.departures'),
            cells: [{ value: left, figure: { list: 'departures', ...where } }],
          },
          {
            key: 'net',
            label: t('flow.net'),
            cells: [{ value: report.net, figure: { list: 'net', ...where }, lines: arrived + left }],
          },
        ]}
        chart={{
          label: t('occupancy.chart'),
          bars: [{ label: site.name, used: report.places.occupied, capacity: report.places.realised }],
        }}
      >
        <div className="row no-print">
          <SelectField
            id="weekly-site"
            label={t('occupancy.site')}
            choices={sites.map(({ id, name }) => ({ code: id, label: name }))}
            value={site.id}
            onChange={(id) => move({ of: id })}
          />
          <ReportDay />
          <Button look="primary" onPress={() => void file()}>
            {before === null ? t('weekly.file') : t('weekly.correct')}
          </Button>
        </div>
      </FigureTable>
      <GroupTable report={report} facts={own} />
      <DestinationTable report={report} />
      <FiledReports reports={standing} />
    </div>
  );
}

const sumOf = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((sum, value) => sum + value, 0);

/** Days of the three weeks over which net inflow is averaged. */
const threeWeeks = 21;

/** Who came and who left in the week by nationality group, and the average of three weeks. */
function GroupTable({ report, facts }: { report: WeeklyReport; facts: readonly ReportFacts[] }) {
  const { t } = useTranslation('reports');
  const period = { from: addDays(report.to, 1 - threeWeeks), to: report.to };
  const longer = flowIn(facts, period);
  const { site } = report;
  const rowOf = (key: string, label: string, group: string | undefined) => {
    const [arrivals, departures] = [report.arrivals, report.departures].map((counts) =>
      group === undefined ? sumOf(counts) : (counts[group] ?? 0),
    );
    const moves = longer.filter((one) => group === undefined || one.group === group);
    const net = moves.reduce((sum, one) => sum + one.arrivals.length - one.departures.length, 0);
    const all = moves.reduce((sum, one) => sum + one.arrivals.length + one.departures.length, 0);
    const where = { site, ...(group === undefined ? {} : { group }) };
    return {
      key,
      label,
      cells: [
        { value: arrivals ?? 0, figure: { list: 'arrivals' as const, ...where } },
        { value: departures ?? 0, figure: { list: 'departures' as const, ...where } },
        {
          value: (arrivals ?? 0) - (departures ?? 0),
          figure: { list: 'net' as const, ...where },
          lines: (arrivals ?? 0) + (departures ?? 0),
        },
        {
          value: netPerWeek(net, period),
          figure: { list: 'net' as const, days: String(threeWeeks), ...where },
          lines: all,
        },
      ],
    };
  };
  return (
    <FigureTable
      name="weekrapport-groepen"
      title={t('weekly.groups')}
      sentence={t('weekly.groupsSentence', {
        arrived: sumOf(report.arrivals),
        left: sumOf(report.departures),
      })}
      rowHeader={t('figures.group')}
      columns={[
        ...(['arrivals', 'departures', 'net'] as const).map((key) => ({ key, label: t(`flow.${key}`) })),
        { key: 'netThreeWeeks', label: t('weekly.netThreeWeeks') },
      ]}
      rows={[
        ...nationalityGroups.map((group) => rowOf(group, t(`group.${group}`), group)),
        rowOf('total', t('occupancy.total'), undefined),
      ]}
      chart={{
        label: t('weekly.groupsChart'),
        bars: nationalityGroups.map((group) => ({ label: t(`group.${group}`), used: report.arrivals[group] ?? 0 })),
      }}
    />
  );
}

/** Where they went who left in the week. */
function DestinationTable({ report }: { report: WeeklyReport }) {
  const { t } = useTranslation(['reports', 'register']);
  const reasons = Object.entries(report.departuresByReason);
  const { site } = report;
  const nameOf = (reason: string) => t(`register:departureReason.${reason as 'unknown'}`);
  return (
    <FigureTable
      name="weekrapport-bestemmingen"
      title={t('weekly.destinations')}
      sentence={t('weekly.destinationsSentence', { count: sumOf(report.departures) })}
      rowHeader={t('weekly.destination')}
      columns={[{ key: 'departures', label: t('flow.departures') }]}
      rows={[
        ...reasons.map(([reason, value]) => ({
          key: reason,
          label: nameOf(reason),
          cells: [{ value, figure: { list: 'departures' as const, reason, site } }],
        })),
        {
          key: 'total',
          label: t('occupancy.total'),
          cells: [{ value: sumOf(report.departures), figure: { list: 'departures' as const, site } }],
        },
      ]}
      chart={{
        label: t('weekly.destinationsChart'),
        bars: reasons.map(([reason, used]) => ({ label: nameOf(reason), used })),
      }}
    />
  );
}
