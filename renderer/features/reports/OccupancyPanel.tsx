import { useTranslation } from 'react-i18next';
import { placeStates, siteOccupancy, type OccupancyLine } from '../../../shared/reports/site-occupancy.ts';
import { useSitesOn, useStays } from '../../stores/register-views.ts';
import { FigureTable, type Cell } from './FigureTable.tsx';
import { useReportAddress, type BedFigure } from './report-address.ts';
import { ReportDay } from './ReportDays.tsx';

const manySites = 50;

/** Places of every site, every municipality and all together. */
export function OccupancyPanel() {
  const { t } = useTranslation('reports');
  const { day } = useReportAddress();
  const sites = useSitesOn(day);
  const report = siteOccupancy(sites, useStays(), day);
  if (sites.length === 0) {
    return (
      <section className="panel">
        <h2 className="nl-heading nl-heading--level-2">{t('occupancy.title')}</h2>
        <p>{t('occupancy.none')}</p>
      </section>
    );
  }
  const names = new Map(sites.map(({ id, name }) => [id, name]));
  const nameOf = (site: string) => names.get(site) ?? '';
  const cellsOf = (
    line: OccupancyLine,
    where: Pick<BedFigure, 'site' | 'municipality' | 'shelter'>,
  ): readonly Cell[] => [
    ...placeStates.map((state) => ({ value: line[state], figure: { list: 'beds' as const, state, ...where } })),
    {
      percent: line.percent,
      figure: { list: 'beds' as const, state: 'occupied', ...where },
      lines: line.occupied,
    },
  ];
  const own = report.sites.map((line) => ({
    key: line.site,
    label: nameOf(line.site),
    cells: cellsOf(line, { site: line.site }),
  }));
  const municipalities = report.municipalities.map((line) => ({
    key: `municipality ${line.code ?? ''}`,
    label:
      line.code === null
        ? t('occupancy.noMunicipality')
        : t('occupancy.municipality', { name: line.name ?? line.code }),
    cells: cellsOf(line, { municipality: line.code ?? 'none', shelter: 'municipal' }),
  }));
  const total = { key: 'total', label: t('occupancy.total'), cells: cellsOf(report.total, { shelter: 'municipal' }) };
  // Of a country the sums come first: nobody looks for them under a thousand sites.
  const isMany = own.length > manySites;
  const full = report.sites.filter(({ occupied, realised }) => occupied >= realised).length;
  return (
    <FigureTable
      name="bezetting"
      title={t('occupancy.title')}
      sentence={full === 0 ? t('occupancy.within') : t('occupancy.full', { count: full })}
      rowHeader={t('occupancy.site')}
      columns={[
        ...placeStates.map((state) => ({ key: state, label: t(`occupancy.${state}`) })),
        { key: 'percent', label: t('occupancy.percent') },
      ]}
      rows={[...(isMany ? [total, ...municipalities] : []), ...own, ...(isMany ? [] : [...municipalities, total])]}
      chart={{
        label: t('occupancy.chart'),
        bars: report.sites.map(({ site, occupied, realised }) => ({
          label: nameOf(site),
          used: occupied,
          capacity: realised,
        })),
      }}
    >
      <ReportDay />
    </FigureTable>
  );
}
