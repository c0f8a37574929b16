import { useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { daysBetween, type IsoDate } from '../../../shared/kernel/dates.ts';
import {
  expiryList,
  expiryTerms,
  previewEnd,
  toExpiryPerson,
  type ExpiryLine,
  type ScenarioLine,
} from '../../../shared/register/expiry.ts';
import { useServices } from '../../services.tsx';
import { useProtectionPeriods } from '../../stores/protection-views.ts';
import { TableExport } from '../../TableExport.tsx';
import { Alert } from '../../ui/Alert.tsx';
import { Button } from '../../ui/Button.tsx';
import { PageHeading } from '../../ui/PageHeading.tsx';
import { ProgressBar } from '../../ui/ProgressBar.tsx';
import { SelectField } from '../../ui/SelectField.tsx';
import { useScan } from '../../use-scan.ts';
import { ExpiryGrid } from './ExpiryGrid.tsx';
import type { Scenario } from './scenario.ts';
import { ScenarioDialog } from './ScenarioDialog.tsx';
import { ScenarioPanel } from './ScenarioPanel.tsx';
import { useExpiryTable } from './use-expiry-table.ts';

const causes = ['any', 'protectionEnd', 'proofEnd', 'documentEnd'] as const;

/** Whose protection, proof or document ends soon, side by side; and what another end date would mean, before it is law. */
export function ExpiryPage() {
  const { t } = useTranslation('expiry');
  const services = useServices();
  const navigate = useNavigate();
  const today = services.today();
  const periods = useProtectionPeriods();
  const [scan, again] = useScan('expiry', (resident) => toExpiryPerson(resident, today));
  const [term, setTerm] = useState(String(expiryTerms[1] ?? expiryTerms[0]));
  const [cause, setCause] = useState<(typeof causes)[number]>('any');
  const [scenario, setScenario] = useState<Scenario | null>(null);
  const [isAsking, setAsking] = useState(false);

  const persons = useMemo(() => (scan.state === 'ready' ? scan.rows : []), [scan]);
  const lines = useMemo<readonly (ExpiryLine | ScenarioLine)[]>(() => {
    if (scenario !== null) return previewEnd(persons, scenario, today, periods);
    const soon = expiryList(persons, today, Number(term), periods);
    return cause === 'any' ? soon : soon.filter((line) => isDue(line[cause], today, Number(term)));
  }, [persons, scenario, today, periods, term, cause]);

  const makeTable = useExpiryTable(lines);

  return (
    <>
      <PageHeading
        title={t('title')}
        aside={scan.state === 'ready' && <span role="status">{t('found', { count: lines.length })}</span>}
        actions={
          <>
            {lines.length > 0 && <TableExport makeTable={makeTable} />}
            <Button onPress={() => setAsking(true)}>{t('scenario.open')}</Button>
          </>
        }
      />
      {scan.state === 'reading' && <ProgressBar label={t('reading')} value={scan.read} total={scan.total} />}
      {scan.state === 'failed' && <Alert tone="error">{scan.message}</Alert>}
      {scan.state === 'ready' && scan.unreadable > 0 && (
        <Alert tone="warning">{t('unreadable', { count: scan.unreadable })}</Alert>
      )}
      {scenario === null ? (
        <>
          <p className="muted">{t('explanation')}</p>
          <div className="row">
            <SelectField
              id="expiryTerm"
              label={t('term')}
              choices={expiryTerms.map((days) => ({ code: String(days), label: t('days', { count: days }) }))}
              value={term}
              onChange={setTerm}
            />
            <SelectField
              id="expiryCause"
              label={t('cause')}
              choices={causes.map((code) => ({ code, label: t(`causes.${code}`) }))}
              value={cause}
              onChange={setCause}
            />
          </div>
        </>
      ) : (
        scan.state === 'ready' && (
          <ScenarioPanel
            scenario={scenario}
            lines={lines.filter((line) => 'isRedated' in line)}
            onClose={() => setScenario(null)}
            onDecided={() => {
              setScenario(null);
              again();
            }}
          />
        )
      )}
      {scan.state === 'ready' && lines.length === 0 && <Alert tone="ok">{t('none')}</Alert>}
      {lines.length > 0 && (
        <ExpiryGrid
          key={JSON.stringify([term, cause, scenario])}
          lines={lines}
          onOpen={(id) => void navigate({ to: '/residents/$id', params: { id } })}
        />
      )}
      {isAsking && (
        <ScenarioDialog
          periods={periods}
          onClose={() => setAsking(false)}
          onChosen={(chosen) => {
            setScenario(chosen);
            setAsking(false);
          }}
        />
      )}
    </>
  );
}

function isDue(end: IsoDate | null, today: IsoDate, term: number): boolean {
  return end !== null && daysBetween(today, end) <= term;
}
