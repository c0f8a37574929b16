import { IconChecks, IconRefresh } from '@tabler/icons-react';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { exceptionsOf, isDone, stateOf } from '../../../shared/contribution/month-run.ts';
import { nameOrder } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { useServices, type RunLine } from '../../services.tsx';
import { useFamilies, useSites } from '../../stores/register-views.ts';
import { Alert } from '../../ui/Alert.tsx';
import { Button } from '../../ui/Button.tsx';
import { PageHeading } from '../../ui/PageHeading.tsx';
import { ProgressBar } from '../../ui/ProgressBar.tsx';
import { ApprovalNotice } from './ApprovalNotice.tsx';
import { MonthChooser } from './MonthChooser.tsx';
import { monthIn } from './month-choice.ts';
import { MonthFilePanel } from './MonthFilePanel.tsx';
import { approvalOf } from './run-lines.ts';
import { RunCheck } from './RunCheck.tsx';
import { RunExceptions } from './RunExceptions.tsx';
import { RunTable } from './RunTable.tsx';
import { RunTotals } from './RunTotals.tsx';
import { SiteFilter } from './SiteFilter.tsx';
import { useApprovals } from './use-approvals.ts';
import { useMonthRun } from './use-month-run.ts';
import { YearAccountPanel } from './YearAccountPanel.tsx';

/** A month for all households of a site or the municipality: exceptions first, the rest approved at once, totals, files. */
export function MonthRunPage() {
  const { t } = useTranslation('run');
  const navigate = useNavigate();
  const services = useServices();
  const search = useSearch({ strict: false });
  const month = monthIn(search.month, services.today());
  const sites = useSites();
  const site = sites.some(({ id }) => id === search.site) ? (search.site ?? null) : null;
  const { state, again, stop, approveOne } = useMonthRun(month, site);
  const approvals = useApprovals();
  const [isChecking, setChecking] = useState(false);
  const nameOf = useLineNames();
  const ready = state.type === 'ready' ? state : null;
  const lines = useSorted(ready?.lines, nameOf);
  const current = useSorted(ready?.current, nameOf);
  const clear = current.filter((line) => stateOf(line) === 'clear');

  const setSearch = (change: { readonly month?: string; readonly site?: string | undefined }) => {
    approvals.forget();
    setChecking(false);
    void navigate({
      to: '/contributions/run',
      search: { month: search.month, site: search.site, ...change },
      replace: true,
    });
  };
  const decide = async () => {
    await approvals.approve(clear.flatMap((line) => approvalOf(line) ?? []));
    setChecking(false);
    again();
  };

  if (isChecking)
    return (
      <RunCheck
        lines={clear}
        nameOf={nameOf}
        approving={approvals.approving}
        onDecide={() => void decide()}
        onStop={approvals.stop}
        onBack={() => setChecking(false)}
      />
    );
  return (
    <>
      <PageHeading
        title={t('title')}
        aside={
          ready !== null && (
            <span role="status">{t('count', { count: current.length, done: current.filter(isDone).length })}</span>
          )
        }
        actions={
          <Link to="/contributions/effects" className="nl-link">
            {t('effects.open')}
          </Link>
        }
      />
      <p>{t('intro')}</p>
      <div className="row">
        <MonthChooser month={month} today={services.today()} onChange={(next) => setSearch({ month: next })} />
        <SiteFilter site={site} onChange={(next) => setSearch({ site: next })} />
        {state.type === 'working' ? (
          <Button onPress={stop}>{t('stop')}</Button>
        ) : (
          <Button icon={<IconRefresh size={18} />} onPress={again}>
            {t('again')}
          </Button>
        )}
        {clear.length > 0 && (
          <Button look="primary" icon={<IconChecks size={18} />} onPress={() => setChecking(true)}>
            {t('toCheck', { count: clear.length })}
          </Button>
        )}
      </div>
      {approvals.approved !== null && <ApprovalNotice approved={approvals.approved} />}
      {state.type === 'working' && <ProgressBar label={t('working')} value={state.done} total={state.total} />}
      {state.type === 'stopped' && <Alert tone="warning">{t('stopped')}</Alert>}
      {ready !== null && current.length === 0 && <Alert tone="info">{t('empty')}</Alert>}
      {ready !== null && current.length > 0 && (
        <>
          {current.every(isDone) && <Alert tone="ok">{t('allDone')}</Alert>}
          <h2 className="nl-heading nl-heading--level-2">
            {t('exceptions', { number: current.filter((line) => exceptionsOf(line).length > 0).length })}
          </h2>
          {lines.every((line) => exceptionsOf(line).length === 0) && <p>{t('noExceptions')}</p>}
          <RunExceptions lines={lines} current={current} nameOf={nameOf} approveOne={approveOne} />
          {clear.length > 0 && <Clear lines={clear} nameOf={nameOf} />}
          <section className="panel">
            <h2 className="nl-heading nl-heading--level-2">{t('totals.title')}</h2>
            <RunTotals lines={current} />
          </section>
        </>
      )}
      <div className="columns">
        <MonthFilePanel month={month} site={site} />
        <YearAccountPanel />
      </div>
    </>
  );
}

type ClearProps = { readonly lines: readonly RunLine[]; readonly nameOf: (line: RunLine) => string };

function Clear({ lines, nameOf }: ClearProps) {
  const { t } = useTranslation('run');
  const title = t('clear', { number: lines.length });
  return (
    <section className="panel">
      <h2 className="nl-heading nl-heading--level-2">{title}</h2>
      <p className="muted">{t('clearAbout')}</p>
      <details>
        <summary>{t('showClear')}</summary>
        <RunTable label={title} lines={lines} nameOf={nameOf} />
      </details>
    </section>
  );
}

/** The label of a household, and who it is about when that is a child of age. */
function useLineNames(): (line: RunLine) => string {
  const { t } = useTranslation('run');
  const families = useFamilies();
  return useMemo(() => {
    const labels = new Map(families.map(({ id, label }) => [id, label]));
    return ({ familyId, grownName }: RunLine) => {
      const household = labels.get(familyId) ?? '';
      return grownName === null ? household : t('grown', { household, name: grownName });
    };
  }, [families, t]);
}

function useSorted(lines: readonly RunLine[] | undefined, nameOf: (line: RunLine) => string): readonly RunLine[] {
  return useMemo(() => {
    const order = nameOrder(currentLanguage());
    return [...(lines ?? [])].sort((a, b) => order.compare(nameOf(a), nameOf(b)) || (a.familyId < b.familyId ? -1 : 1));
  }, [lines, nameOf]);
}
