import { useTranslation } from 'react-i18next';
import { nationalityGroups } from '../../../shared/register/codes.ts';
import { composition, yearsOf, type AgeBand } from '../../../shared/reports/composition.ts';
import type { ReportFacts } from '../../../shared/reports/report-facts.ts';
import { FigureTable } from './FigureTable.tsx';
import { useReportAddress } from './report-address.ts';
import { ReportDay } from './ReportDays.tsx';

/** Who is here, by age and nationality group. */
export function CompositionPanel({ facts }: { facts: readonly ReportFacts[] }) {
  const { t } = useTranslation('reports');
  const { day } = useReportAddress();
  const rows = composition(facts, day);
  const used = nationalityGroups.filter((group) => rows.some(({ groups }) => groups[group].length > 0));
  const nameOf = (band: AgeBand) => {
    const years = yearsOf(band);
    if (years === null) return t('composition.unknown');
    const [from, to] = years;
    return to > 120 ? t('composition.andOlder', { from }) : t('composition.years', { from, to });
  };
  const sumOf = (groups: (typeof rows)[number]['groups']) =>
    nationalityGroups.reduce((sum, group) => sum + groups[group].length, 0);
  const total = rows.reduce((sum, { groups }) => sum + sumOf(groups), 0);
  const minors = rows
    .filter(({ band }) => (yearsOf(band)?.[1] ?? 99) < 18)
    .reduce((sum, { groups }) => sum + sumOf(groups), 0);
  return (
    <FigureTable
      name="samenstelling"
      title={t('composition.title')}
      sentence={t('composition.sentence', { count: total, minors })}
      rowHeader={t('composition.age')}
      columns={[
        ...used.map((group) => ({ key: group, label: t(`group.${group}`) })),
        { key: 'total', label: t('occupancy.total') },
      ]}
      rows={[
        ...rows.map(({ band, groups }) => ({
          key: band,
          label: nameOf(band),
          cells: [
            ...used.map((group) => ({ value: groups[group].length, figure: { list: 'here' as const, band, group } })),
            { value: sumOf(groups), figure: { list: 'here' as const, band } },
          ],
        })),
        {
          key: 'total',
          label: t('occupancy.total'),
          cells: [
            ...used.map((group) => ({
              value: rows.reduce((sum, { groups }) => sum + groups[group].length, 0),
              figure: { list: 'here' as const, group },
            })),
            { value: total, figure: { list: 'here' as const } },
          ],
        },
      ]}
      chart={{
        label: t('composition.chart'),
        bars: rows.map(({ band, groups }) => ({ label: nameOf(band), used: sumOf(groups) })),
      }}
    >
      <ReportDay />
    </FigureTable>
  );
}
