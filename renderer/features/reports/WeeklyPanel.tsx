import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toUtf8 } from '../../../shared/kernel/bytes.ts';
import type { ReportFacts } from '../../../shared/reports/report-facts.ts';
import { reportFormats } from '../../../shared/reports/report-formats.ts';
import { makeWeeklyReport, standingReports, type FiledReport } from '../../../shared/reports/weekly-report.ts';
import { formatDate, formatPercent } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { useServices } from '../../services.tsx';
import { useSiteReports, useSites, useSitesOn, useStays } from '../../stores/register-views.ts';
import { Button } from '../../ui/Button.tsx';
import { SelectField } from '../../ui/SelectField.tsx';
import { useSave } from '../../use-save.ts';
import { FigureTable } from './FigureTable.tsx';
import { useReportAddress } from './report-address.ts';
import { ReportDay } from './ReportDays.tsx';

/** The weekly report of a site: what it would say now, filing it, and what was filed. A filed one is never changed. */
export function WeeklyPanel({ facts }: { facts: readonly ReportFacts[] }) {
  const { t } = useTranslation('reports');
  const services = useServices();
  const save = useSave();
  const { day } = useReportAddress();
  const sites = useSitesOn(day);
  const stays = useStays();
  const filed = useSiteReports();
  const [chosen, setChosen] = useState<string | null>(null);
  const site = sites.find(({ id }) => id === chosen) ?? sites[0];
  if (site === undefined) return <p>{t('occupancy.none')}</p>;
  const standing = standingReports(filed);
  const before = standing.find((report) => report.site === site.id && report.referenceDate === day) ?? null;
  const report = makeWeeklyReport(site, facts, stays, day, before);
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
  const arrived = Object.values(report.arrivals).reduce((sum, value) => sum + value, 0);
  const left = Object.values(report.departures).reduce((sum, value) => sum + value, 0);
  return (
    <div className="stack">
      <FigureTable
        title={t('weekly.title')}
        sentence={t('weekly.sentence', {
          from: formatDate(report.from, currentLanguage()),
          to: formatDate(report.to, currentLanguage()),
          version: report.version,
        })}
        rowHeader={t('weekly.figure')}
        columns={[t('weekly.value')]}
        rows={[
          ...(['realised', 'available', 'outOfService', 'occupied'] as const).map((state) => ({
            key: state,
            label: t(`occupancy.${state}`),
            cells: [{ value: report.places[state], figure: { list: 'beds' as const, state, ...where } }],
          })),
          {
            key: 'percent',
            label: t('occupancy.percent'),
            cells: [{ text: report.percent === '' ? '–' : formatPercent(report.percent, currentLanguage()) }],
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
          { key: 'net', label: t('flow.net'), cells: [{ text: String(report.net) }] },
        ]}
        chart={{
          label: t('occupancy.chart'),
          bars: [{ label: site.name, used: report.places.occupied, capacity: report.places.realised }],
        }}
        fileName={`weekrapport-${day}.csv`}
      >
        <div className="row no-print">
          <SelectField
            id="weekly-site"
            label={t('occupancy.site')}
            choices={sites.map(({ id, name }) => ({ code: id, label: name }))}
            value={site.id}
            onChange={setChosen}
          />
          <ReportDay />
          <Button look="primary" onPress={() => void file()}>
            {before === null ? t('weekly.file') : t('weekly.correct')}
          </Button>
        </div>
      </FigureTable>
      <FiledReports reports={standing} />
    </div>
  );
}

function FiledReports({ reports }: { reports: readonly FiledReport[] }) {
  const { t } = useTranslation('reports');
  const services = useServices();
  const sites = useSites();
  if (reports.length === 0) return null;
  return (
    <section className="panel no-print">
      <h2 className="nl-heading nl-heading--level-2">{t('weekly.filedTitle')}</h2>
      <ul className="plain-list">
        {reports.map((report) => {
          const name = sites.find(({ id }) => id === report.site)?.name ?? '';
          const day = formatDate(report.referenceDate, currentLanguage());
          return (
            <li key={report.id} className="recall">
              <span>{t('weekly.line', { name, day, version: report.version })}</span>
              <span className="form__actions">
                {reportFormats.map(({ code, extension, write }) => (
                  <Button
                    key={code}
                    onPress={() =>
                      void services.exportFile(
                        `weekrapport-${report.referenceDate}-v${String(report.version)}.${extension}`,
                        toUtf8(write(report)),
                        t('figures.exportReason'),
                      )
                    }
                  >
                    {t('weekly.as', { format: code.toUpperCase(), name, day })}
                  </Button>
                ))}
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
