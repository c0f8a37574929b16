import { useTranslation } from 'react-i18next';
import { expiringDocuments, horizons } from '../../../shared/reports/expiring-documents.ts';
import type { ReportFacts } from '../../../shared/reports/report-facts.ts';
import { FigureTable } from './FigureTable.tsx';
import { useReportAddress } from './report-address.ts';
import { ReportDay } from './ReportDays.tsx';

/** How long the documents of who is here are still valid. */
export function DocumentsPanel({ facts }: { facts: readonly ReportFacts[] }) {
  const { t } = useTranslation(['reports', 'register']);
  const { day } = useReportAddress();
  const rows = expiringDocuments(facts, day);
  const sum = (horizon: (typeof horizons)[number]) => rows.reduce((all, { by }) => all + by[horizon].length, 0);
  return (
    <FigureTable
      name="documenten"
      title={t('documents.title')}
      sentence={t('documents.sentence', { expired: sum('expired'), soon: sum('d30') })}
      rowHeader={t('documents.type')}
      columns={horizons.map((horizon) => ({ key: horizon, label: t(`documents.${horizon}`) }))}
      rows={rows.map(({ type, by }) => ({
        key: type,
        label: t(`register:documentType.${type}`),
        cells: horizons.map((horizon) => ({
          value: by[horizon].length,
          figure: { list: 'documents' as const, document: type, horizon },
        })),
      }))}
      chart={{
        label: t('documents.chart'),
        bars: horizons.map((horizon) => ({ label: t(`documents.${horizon}`), used: sum(horizon) })),
      }}
    >
      <ReportDay />
    </FigureTable>
  );
}
