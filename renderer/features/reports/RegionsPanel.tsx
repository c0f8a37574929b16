import { useTranslation } from 'react-i18next';
import { safetyRegionName } from '../../../shared/reception/safety-regions.ts';
import { regionReport, type RegionLine, type SiteWhere } from '../../../shared/reports/region-report.ts';
import type { ReportFacts } from '../../../shared/reports/report-facts.ts';
import { placeStates } from '../../../shared/reports/site-occupancy.ts';
import { useSites, useSitesOn, useStays } from '../../stores/register-views.ts';
import { FigureTable, type Cell } from './FigureTable.tsx';
import { RegionSites } from './RegionSites.tsx';
import { useReportAddress } from './report-address.ts';
import { ReportDay } from './ReportDays.tsx';

/** The week by safety region: places of the municipality, and people in municipal and in private shelter. */
export function RegionsPanel({ facts }: { facts: readonly ReportFacts[] }) {
  const { t } = useTranslation('reports');
  const { day } = useReportAddress();
  const sites = useSitesOn(day);
  const present = useSites();
  const stays = useStays();
  if (sites.length === 0) return <p>{t('occupancy.none')}</p>;
  const { regions, total } = regionReport(sites, facts, stays, day);
  const rowsOf = (cellsOf: (line: RegionLine, where: SiteWhere) => readonly Cell[]) => [
    ...regions.map((line) => ({
      key: line.code ?? 'none',
      label: line.code === null ? t('regions.none') : safetyRegionName(line.code),
      cells: cellsOf(line, { region: line.code ?? 'none' }),
    })),
    { key: 'total', label: t('occupancy.total'), cells: cellsOf(total, {}) },
  ];
  const labelOf = (code: string | null) => (code === null ? t('regions.none') : safetyRegionName(code));
  const places = (line: RegionLine, where: SiteWhere): readonly Cell[] => [
    ...placeStates.map((state) => ({
      value: line[state],
      figure: { list: 'beds' as const, state, ...where, shelter: 'municipal' },
    })),
    {
      percent: line.percent,
      figure: { list: 'beds' as const, state: 'occupied', ...where, shelter: 'municipal' },
      lines: line.occupied,
    },
  ];
  // Together the people of known sites only: who has no site is in no region.
  const people = (line: RegionLine, where: SiteWhere): readonly Cell[] => [
    { value: line.municipalPeople, figure: { list: 'here', ...where, shelter: 'municipal' } },
    { value: line.privatePeople, figure: { list: 'here', ...where, shelter: 'private' } },
    { value: line.arrivals, figure: { list: 'arrivals', region: 'any', ...where } },
    { value: line.departures, figure: { list: 'departures', region: 'any', ...where } },
    {
      value: line.arrivals - line.departures,
      figure: { list: 'net', region: 'any', ...where },
      lines: line.arrivals + line.departures,
    },
  ];
  return (
    <div className="stack">
      <FigureTable
        name="plaatsen-veiligheidsregio"
        title={t('regions.places')}
        sentence={t('regions.placesSentence')}
        rowHeader={t('regions.region')}
        columns={[
          ...placeStates.map((state) => ({ key: state, label: t(`occupancy.${state}`) })),
          { key: 'percent', label: t('occupancy.percent') },
        ]}
        rows={rowsOf(places)}
        chart={{
          label: t('occupancy.chart'),
          bars: regions.map((line) => ({ label: labelOf(line.code), used: line.occupied, capacity: line.realised })),
        }}
      >
        <ReportDay />
      </FigureTable>
      <FigureTable
        name="mensen-veiligheidsregio"
        title={t('regions.people')}
        sentence={t('regions.peopleSentence')}
        rowHeader={t('regions.region')}
        columns={[
          { key: 'municipalPeople', label: t('regions.municipalPeople') },
          { key: 'privatePeople', label: t('regions.privatePeople') },
          { key: 'arrivals', label: t('flow.arrivals') },
          { key: 'departures', label: t('flow.departures') },
          { key: 'net', label: t('flow.net') },
        ]}
        rows={rowsOf(people)}
        chart={{
          label: t('regions.peopleChart'),
          bars: regions.map((line) => ({
            label: labelOf(line.code),
            used: line.privatePeople,
            capacity: line.municipalPeople + line.privatePeople,
          })),
        }}
      />
      <RegionSites sites={present} />
    </div>
  );
}
