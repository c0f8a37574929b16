import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { toReportFacts, type ReportFacts } from '../../../shared/reports/report-facts.ts';
import { Alert } from '../../ui/Alert.tsx';
import { PageHeading } from '../../ui/PageHeading.tsx';
import { ProgressBar } from '../../ui/ProgressBar.tsx';
import { useScan } from '../../use-scan.ts';
import { WhenRead } from '../../WhenRead.tsx';
import { BedsBehind, ResidentsBehind } from './BehindFigure.tsx';
import { CompositionPanel } from './CompositionPanel.tsx';
import { DocumentsPanel } from './DocumentsPanel.tsx';
import { FlowPanel } from './FlowPanel.tsx';
import { NationalFiguresPanel } from './NationalFiguresPanel.tsx';
import { OccupancyPanel } from './OccupancyPanel.tsx';
import { RegionsPanel } from './RegionsPanel.tsx';
import { RegistrationsPanel } from './RegistrationsPanel.tsx';
import { reportTabs, useReportAddress, type ReportTab } from './report-address.ts';
import { WeeklyPanel } from './WeeklyPanel.tsx';

/** What reports read beside the residents. */
const kinds = ['site', 'bedStay', 'siteReport', 'nationalSnapshot'] as const;

export function ReportsPage() {
  const { t } = useTranslation('reports');
  const { tab, figure, day, from } = useReportAddress();
  return (
    <>
      <PageHeading title={t('title')} />
      <nav aria-label={t('figures.reports')} className="report-tabs no-print">
        {reportTabs.map((code) => (
          <Link
            key={code}
            to="/reports"
            search={{ tab: code, day, from }}
            className="report-tabs__tab"
            {...(code === tab ? { 'aria-current': 'page' as const } : {})}
          >
            {t(`tab.${code}`)}
          </Link>
        ))}
      </nav>
      <WhenRead kinds={kinds}>
        {figure?.list === 'beds' ? (
          <BedsBehind figure={figure} />
        ) : tab === 'occupancy' ? (
          <div className="stack">
            <OccupancyPanel />
            <NationalFiguresPanel />
          </div>
        ) : (
          <ResidentFigures tab={tab} />
        )}
      </WhenRead>
    </>
  );
}

/** Reports that read every resident once; going from a figure to its list and back reads nothing again. */
function ResidentFigures({ tab }: { tab: ReportTab }) {
  const { t } = useTranslation('reports');
  const { figure } = useReportAddress();
  const [scan] = useScan<ReportFacts>('reports:figures', (resident) =>
    resident.deleted ? null : toReportFacts(resident),
  );
  if (scan.state === 'reading')
    return <ProgressBar label={t('figures.reading')} value={scan.read} total={scan.total} />;
  if (scan.state === 'failed') return <Alert tone="error">{scan.message}</Alert>;
  const facts = scan.rows;
  return (
    <>
      {scan.unreadable > 0 && <Alert tone="warning">{t('registrations.unreadable', { count: scan.unreadable })}</Alert>}
      {figure !== null && figure.list !== 'beds' ? (
        <ResidentsBehind figure={figure} facts={facts} />
      ) : tab === 'flow' ? (
        <FlowPanel facts={facts} />
      ) : tab === 'composition' ? (
        <CompositionPanel facts={facts} />
      ) : tab === 'documents' ? (
        <DocumentsPanel facts={facts} />
      ) : tab === 'regions' ? (
        <RegionsPanel facts={facts} />
      ) : tab === 'registrations' ? (
        <RegistrationsPanel facts={facts} />
      ) : (
        <WeeklyPanel facts={facts} />
      )}
    </>
  );
}
