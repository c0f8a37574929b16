import { Link } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { residentCode } from '../../../shared/register/resident.ts';
import type { RetentionClass } from '../../../shared/register/retention.ts';
import { formatDate } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { useServices, type OpenedRecord } from '../../services.tsx';
import { usePolicies } from '../../stores/register-views.ts';
import { useWorkspace } from '../../stores/workspace-store.ts';
import { Alert } from '../../ui/Alert.tsx';
import { PageHeading } from '../../ui/PageHeading.tsx';
import { ProgressBar } from '../../ui/ProgressBar.tsx';
import { useOpened } from '../../use-opened.ts';
import { useScan } from '../../use-scan.ts';
import { retentionRows, termsIn, toDeparted, type RetentionRow } from './retention-rows.ts';
import { RetentionTermDialog } from './RetentionTermDialog.tsx';
import { RetentionTerms } from './RetentionTerms.tsx';

/** What is past its term, with everything that would go and everything that has to stay. Nothing goes by itself. */
export function RetentionPage() {
  const { t } = useTranslation('privacy');
  const [policy] = usePolicies();
  return (
    <>
      <PageHeading title={t('retention.title')} />
      {policy === undefined ? (
        <Alert tone="info">
          <Link to="/settings/municipality" className="nl-link">
            {t('retention.noMunicipality')}
          </Link>
        </Alert>
      ) : (
        <WithPolicy key={policy.id} id={policy.id} />
      )}
    </>
  );
}

function WithPolicy({ id }: { id: string }) {
  const opened = useOpened('municipalPolicy', id);
  return opened.state === 'ready' ? <Retention opened={opened.opened} /> : null;
}

function Retention({ opened }: { opened: OpenedRecord }) {
  const { t } = useTranslation('privacy');
  const services = useServices();
  const [scan] = useScan('retention', toDeparted);
  const records = useWorkspace((state) => state.records);
  const [changed, setChanged] = useState<RetentionClass | null>(null);
  const terms = useMemo(() => termsIn(opened.values), [opened.values]);
  const rows = useMemo(
    () => (scan.state === 'ready' ? retentionRows(scan.rows, records.values(), terms, services.today()) : []),
    [scan, records, terms, services],
  );
  return (
    <>
      <p>{t('retention.intro')}</p>
      <RetentionTerms terms={terms} onChange={setChanged} />
      <section className="panel">
        <h2 className="nl-heading nl-heading--level-2">{t('retention.listTitle')}</h2>
        {scan.state === 'reading' && (
          <ProgressBar label={t('retention.reading')} value={scan.read} total={scan.total} />
        )}
        {scan.state === 'failed' && <Alert tone="error">{scan.message}</Alert>}
        {scan.state === 'ready' && rows.length === 0 && <p>{t('retention.nothing')}</p>}
        {rows.map((row) => (
          <Person key={row.person.id} row={row} />
        ))}
      </section>
      {changed !== null && (
        <RetentionTermDialog
          opened={opened}
          which={changed}
          term={terms.get(changed)}
          onClose={() => setChanged(null)}
        />
      )}
    </>
  );
}

function Person({ row: { person, lines } }: { row: RetentionRow }) {
  const { t } = useTranslation(['privacy', 'facts']);
  const language = currentLanguage();
  const past = lines.filter(({ state }) => state === 'past');
  const staying = lines.filter(({ state }) => state !== 'past');
  const mayGoWhole = staying.length === 0;
  return (
    <article className="retention-person">
      <h3 className="nl-heading nl-heading--level-3">
        <Link to="/residents/$id" params={{ id: person.id }} className="nl-link">
          {person.name === '' ? residentCode(person.id) : person.name}
        </Link>{' '}
        <span className="muted">{t('retention.departed', { day: formatDate(person.departedOn, language) })}</span>
      </h3>
      <p>
        {t('retention.goes')}{' '}
        {past.map((line) => t('retention.line', { name: t(`class.${line.class}`), count: line.records })).join(' · ')}
      </p>
      {staying.length > 0 && (
        <p>
          {t('retention.stays')}{' '}
          {staying
            .map(({ class: one, until }) =>
              until === null
                ? t('retention.noTerm', { name: t(`class.${one}`) })
                : t('retention.until', { name: t(`class.${one}`), day: formatDate(until, language) }),
            )
            .join(' · ')}
        </p>
      )}
      <p>
        {person.decision === null
          ? t('retention.undecided')
          : t('retention.decided', { decision: t(`facts:code.retentionDecision.${person.decision as 'erase'}`) })}
      </p>
      {person.decision === 'erase' &&
        (mayGoWhole ? (
          <p>
            {t('retention.command')} <code>{`erase resident/${person.id}`}</code>
          </p>
        ) : (
          <p className="muted">{t('retention.partly')}</p>
        ))}
    </article>
  );
}
