import { useTranslation } from 'react-i18next';
import { toUtf8 } from '../../../shared/kernel/bytes.ts';
import { reportFormats, type ReportFormat } from '../../../shared/reports/report-formats.ts';
import type { FiledReport } from '../../../shared/reports/weekly-report.ts';
import { errorMessage } from '../../i18n/error-message.ts';
import { formatDate } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { useServices } from '../../services.tsx';
import { addNotice } from '../../stores/session-store.ts';
import { useSites } from '../../stores/register-views.ts';
import { Button } from '../../ui/Button.tsx';

/** What was filed, in each of the formats in which it can be handed over: counts only. */
export function FiledReports({ reports }: { reports: readonly FiledReport[] }) {
  const { t } = useTranslation('reports');
  const services = useServices();
  const sites = useSites();
  if (reports.length === 0) return null;
  const handOver = async (report: FiledReport, { code, extension, write }: ReportFormat) => {
    const noted = await services.noteExport(`report filed ${code}`, 'report');
    if (!noted.ok) return addNotice({ tone: 'error', text: errorMessage(noted.error) });
    const name = `weekrapport-${report.referenceDate}-v${String(report.version)}.${extension}`;
    await services.exportFile(name, toUtf8(write(report)), t('figures.exportReason'));
  };
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
                {reportFormats.map((format) => (
                  <Button key={format.code} onPress={() => void handOver(report, format)}>
                    {t('weekly.as', { format: format.code.toUpperCase(), name, day })}
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
