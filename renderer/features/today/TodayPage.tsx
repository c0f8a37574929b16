import { Link } from '@tanstack/react-router';
import { useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { addDays, type IsoDate } from '../../../shared/kernel/dates.ts';
import { findDoubleBookings } from '../../../shared/reception/bed-stay.ts';
import { placesBySite, sumPlaces } from '../../../shared/reports/site-occupancy.ts';
import type { ResidentSummary } from '../../../shared/register/resident-summary.ts';
import { formatNumber } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { useServices } from '../../services.tsx';
import { useDue } from '../../stores/due-views.ts';
import type { DueItem } from '../../../shared/follow-up/due.ts';
import type { LayeredMap } from '../../stores/layered-map.ts';
import { useOpenTasks } from '../../stores/person-task-views.ts';
import { notSeenOn, useStandings } from '../../stores/presence-views.ts';
import { useRollCalls, useSites, useStays } from '../../stores/register-views.ts';
import { allRows } from '../../stores/resident-rows.ts';
import { useSync } from '../../stores/sync-store.ts';
import { recordsOfKind, useWorkspace } from '../../stores/workspace-store.ts';
import { Alert } from '../../ui/Alert.tsx';
import { PageHeading } from '../../ui/PageHeading.tsx';
import { WhenRead } from '../../WhenRead.tsx';
import { useHeldChanges } from '../../use-held-changes.ts';
import { useMoneyTasks } from './money-tasks.ts';
import { RepairPanel } from './RepairPanel.tsx';

/** From how many days before the end a proof asks for attention (register.md §4, the middle of its three steps). */
const expiryDays = 90;

/** What the figures of this page are made of. */
const kinds = [
  ...(['site', 'bedStay', 'absence', 'rollCall', 'family', 'followUp'] as const),
  ...(['municipalPolicy', 'contributionDecision', 'returnIntake', 'finalisedIntake'] as const),
] as const;

/** Where a day begins: how full it is, and what asks for attention. */
export function TodayPage() {
  const { t } = useTranslation();
  return (
    <>
      <PageHeading title={t('today.title')} />
      <RepairPanel />
      <WhenRead kinds={kinds}>
        <WithDue>
          {(due) => (
            <WithSignals>
              {(signals) => (
                <WithDoubles>{(double) => <Figures due={due} absence={signals} double={double} />}</WithDoubles>
              )}
            </WithSignals>
          )}
        </WithDue>
      </WhenRead>
    </>
  );
}

// Each of these goes through a country. As parts of their own they leave the page its turn between them.

function WithDue({ children }: { readonly children: (due: readonly DueItem[]) => ReactNode }) {
  return children(useDue(useServices().today()));
}

function WithSignals({ children }: { readonly children: (count: number) => ReactNode }) {
  const standings = useStandings(useServices().today());
  return children(useMemo(() => [...standings.values()].filter(({ signal }) => signal !== 'none').length, [standings]));
}

function WithDoubles({ children }: { readonly children: (count: number) => ReactNode }) {
  const stays = useStays();
  const residents = useWorkspace((state) => state.residents);
  return children(
    useMemo(
      () => findDoubleBookings(stays, (id) => residents.get(id)?.familyId ?? undefined).length,
      [stays, residents],
    ),
  );
}

type FiguresProps = { readonly due: readonly DueItem[]; readonly absence: number; readonly double: number };

function Figures({ due, absence, double }: FiguresProps) {
  const { t } = useTranslation(['common', 'followUp']);
  const { t: run } = useTranslation('run');
  const services = useServices();
  const sites = useSites();
  const stays = useStays();
  const { residents, records } = useWorkspace();
  const enrolled = useSync((sync) => sync.enrolled);
  const held = useSync((sync) => sync.waiting.filter(({ state }) => state === 'held').length);
  const rejected = useHeldChanges().changes.filter(({ state }) => state === 'rejected').length;
  const tasks = useOpenTasks().length;
  const today = services.today();
  const calls = useRollCalls();
  const overdue = due.filter(({ isOverdue }) => isOverdue).length;

  const counts = useMemo(() => {
    const soon = addDays(today, expiryDays);
    return {
      ...countPeople(residents, soon),
      absence,
      notSeen: notSeenOn(calls, today),
      drafts: recordsOfKind(records, 'returnIntake').length - recordsOfKind(records, 'finalisedIntake').length,
      held,
      rejected,
      tasks,
      double,
      free: sumPlaces([...placesBySite(sites, stays, today).values()]).available,
    };
  }, [residents, records, sites, stays, today, absence, double, calls, held, rejected, tasks]);

  const money = useMoneyTasks(today);
  const moneyTasks = (
    [
      [money.effects, 'effects.today', { to: '/contributions/effects' }],
      [money.twice, 'effects.todayTwice', { to: '/contributions/run', search: { month: money.twiceIn ?? undefined } }],
      [money.undecided, 'effects.todayUndecided', { to: '/contributions/run' }],
    ] as const
  ).filter(([count]) => count > 0);

  const attention = (
    [
      ['rejected', { to: '/review' }],
      ['held', { to: '/review' }],
      ['double', { to: '/review' }],
      ['guardian', { to: '/residents', search: { alone: 'noGuardian' } }],
      ['noBed', { to: '/residents', search: { sort: 'bed' } }],
      ['absence', { to: '/presence' }],
      ['notSeen', { to: '/presence' }],
      ['expiring', { to: '/expiry' }],
      ['tasks', { to: '/residents/tasks' }],
      ['drafts', { to: '/intakes' }],
    ] as const
  ).filter(([name]) => counts[name] > 0);

  return (
    <>
      <ul className="figures">
        {(['here', 'free', 'expected', 'absent'] as const).map((name) => (
          <Figure key={name} label={t(`today.${name}`)}>
            {formatNumber(counts[name], currentLanguage())}
          </Figure>
        ))}
      </ul>
      {residents.size === 0 || enrolled === false ? (
        <section className="panel">
          <h2 className="nl-heading nl-heading--level-2">{t('today.start')}</h2>
          <ol className="stack">
            {sites.length === 0 && (
              <li>
                <Link to="/beds" className="nl-link">
                  {t('today.startSite')}
                </Link>
              </li>
            )}
            {residents.size === 0 && (
              <li>
                <Link to="/residents/import" className="nl-link">
                  {t('today.startImport')}
                </Link>
              </li>
            )}
            {enrolled === false && (
              <li>
                <Link to="/settings" className="nl-link">
                  {t('today.startConnect')}
                </Link>
              </li>
            )}
          </ol>
        </section>
      ) : null}
      <section className="panel">
        <h2 className="nl-heading nl-heading--level-2">{t('today.attention')}</h2>
        {attention.length === 0 && due.length === 0 ? (
          <Alert tone="ok">{t('today.nothing')}</Alert>
        ) : (
          <ul className="plain-list">
            {due.length > 0 && (
              <li>
                <Link to="/due" className="nl-link">
                  {t('followUp:due.today')}: {formatNumber(due.length, currentLanguage())}
                </Link>
                {overdue > 0 && (
                  <span>
                    . {t('followUp:due.todayOverdue')}: {formatNumber(overdue, currentLanguage())}
                  </span>
                )}
              </li>
            )}
            {attention.map(([name, target]) => (
              <li key={name}>
                <Link {...target} className="nl-link">
                  {t(`today.${name}`)}: {formatNumber(counts[name], currentLanguage())}
                </Link>
              </li>
            ))}
            {moneyTasks.map(([count, text, target]) => (
              <li key={text}>
                <Link {...target} className="nl-link">
                  {run(text)}: {formatNumber(count, currentLanguage())}
                </Link>
              </li>
            ))}
          </ul>
        )}
      </section>
    </>
  );
}

function Figure({ label, children }: { label: string; children: ReactNode }) {
  return (
    <li className="figures__figure">
      <span className="figures__value">{children}</span>
      <span>{label}</span>
    </li>
  );
}

/** From the columns: a country is no list of objects. */
function countPeople(residents: LayeredMap<ResidentSummary>, soon: IsoDate) {
  const counts = { here: 0, expected: 0, absent: 0, noBed: 0, expiring: 0, guardian: 0 };
  const rows = allRows(residents);
  for (let at = 0; at < rows.length; at++) {
    const status = rows.statusAt(at);
    if (status === 'expected') counts.expected += 1;
    if (status !== 'departed' && rows.lacksGuardianAt(at)) counts.guardian += 1;
    if (status !== 'present' && status !== 'absent') continue;
    counts.here += 1;
    if (status === 'absent') counts.absent += 1;
    if (rows.textAt('bed', at) === '') counts.noBed += 1;
    const until = rows.textAt('protectionUntil', at);
    if (until !== '' && until <= soon) counts.expiring += 1;
  }
  return counts;
}
