import { useTranslation } from 'react-i18next';
import { countPlaces, type PlaceCounts } from '../../../shared/reception/bed-stay.ts';
import { occupancyPercent } from '../../../shared/reception/occupancy.ts';
import { formatPercent } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { useServices } from '../../services.tsx';
import { useSites, useStays } from '../../stores/register-views.ts';
import { BarChart } from './BarChart.tsx';

const columns = ['realised', 'occupied', 'available', 'outOfService'] as const;

/** One sentence with the conclusion, bars, and the same as a table. */
export function OccupancyPanel() {
  const { t } = useTranslation('reports');
  const services = useServices();
  const sites = useSites();
  const stays = useStays();
  const today = services.today();
  const rows = sites.map((site) => ({ name: site.name, counts: countPlaces(site, stays, today) }));
  const total = (name: keyof PlaceCounts) => rows.reduce((sum, { counts }) => sum + counts[name], 0);
  const full = rows.filter(({ counts }) => counts.occupied >= counts.realised).length;
  return (
    <section className="panel">
      <h2 className="nl-heading nl-heading--level-2">{t('occupancy.title')}</h2>
      {rows.length === 0 ? (
        <p>{t('occupancy.none')}</p>
      ) : (
        <>
          <p>{full === 0 ? t('occupancy.within') : t('occupancy.full', { count: full })}</p>
          <BarChart
            label={t('occupancy.chart')}
            bars={rows.map(({ name, counts }) => ({ label: name, used: counts.occupied, capacity: counts.realised }))}
          />
          <details open>
            <summary>{t('occupancy.table')}</summary>
            <table className="utrecht-table">
              <thead className="utrecht-table__header">
                <tr className="utrecht-table__row">
                  <th scope="col" className="utrecht-table__header-cell">
                    {t('occupancy.site')}
                  </th>
                  {columns.map((name) => (
                    <th key={name} scope="col" className="utrecht-table__header-cell amount">
                      {t(`occupancy.${name}`)}
                    </th>
                  ))}
                  <th scope="col" className="utrecht-table__header-cell amount">
                    {t('occupancy.percent')}
                  </th>
                </tr>
              </thead>
              <tbody className="utrecht-table__body">
                {[
                  ...rows,
                  {
                    name: t('occupancy.total'),
                    counts: {
                      realised: total('realised'),
                      occupied: total('occupied'),
                      available: total('available'),
                      outOfService: total('outOfService'),
                    },
                  },
                ].map(({ name, counts }) => (
                  <tr key={name} className="utrecht-table__row">
                    <th scope="row" className="utrecht-table__cell">
                      {name}
                    </th>
                    {columns.map((column) => (
                      <td key={column} className="utrecht-table__cell amount">
                        {counts[column]}
                      </td>
                    ))}
                    <td className="utrecht-table__cell amount">
                      {formatPercent(occupancyPercent(counts.occupied, counts.realised), currentLanguage())}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </details>
        </>
      )}
    </section>
  );
}
