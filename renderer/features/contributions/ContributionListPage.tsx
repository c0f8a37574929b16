import { IconCoinEuro, IconFileText, IconListCheck, IconPlayerPlay } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { formatList, formatMoney, nameOrder } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { membersIn } from '../../../shared/register/family.ts';
import { parametersFor } from '../../../shared/contribution/parameters.ts';
import { errorMessage } from '../../i18n/error-message.ts';
import { useServices } from '../../services.tsx';
import { useDecisions, useFamilies } from '../../stores/register-views.ts';
import { Alert } from '../../ui/Alert.tsx';
import { Button } from '../../ui/Button.tsx';
import { DataGrid, type Column } from '../../ui/DataGrid.tsx';
import { PageHeading } from '../../ui/PageHeading.tsx';
import { SelectField } from '../../ui/SelectField.tsx';
import { listRows, rowStates, type ListRow } from './contribution-list.ts';
import { MonthChooser } from './MonthChooser.tsx';
import { monthIn } from './month-choice.ts';
import { RowStatus } from './RowStatus.tsx';
import { SiteFilter } from './SiteFilter.tsx';
import { useAssessments } from './use-assessed.ts';

const filters = ['all', ...rowStates] as const;

/** All families of a site in one month: what they get and pay, and what still has to be done. */
export function ContributionListPage() {
  const { t } = useTranslation(['contributions', 'letters', 'followUp', 'run', 'payments']);
  const navigate = useNavigate();
  const services = useServices();
  const language = currentLanguage();
  const search = useSearch({ strict: false });
  const month = monthIn(search.month, services.today());
  const filter = filters.find((known) => known === search.status) ?? 'all';
  const site = search.site;
  const families = useFamilies();
  const decisions = useDecisions();
  const setSearch = (change: object) =>
    void navigate({
      to: '/contributions',
      search: { month: search.month, status: search.status, site: search.site, ...change },
      replace: true,
    });

  const shown = useMemo(() => {
    const order = nameOrder(language);
    return families
      .filter((family) => (site === undefined || family.site === site) && membersIn(family, month).length > 0)
      .sort((a, b) => order.compare(a.label, b.label) || (a.id < b.id ? -1 : 1));
  }, [families, site, month, language]);
  const { byFamily, isComplete } = useAssessments(
    useMemo(() => shown.map(({ id }) => id), [shown]),
    month,
  );
  const rows = useMemo(() => listRows(shown, byFamily, decisions, month), [shown, byFamily, decisions, month]);
  const byKey = useMemo(() => new Map(rows.map((row) => [row.key, row])), [rows]);
  const keys = rows.filter(({ state }) => filter === 'all' || state === filter).map(({ key }) => key);
  const decided = rows.filter(({ state }) => state === 'decided').length;
  const parameters = parametersFor(month);

  const money = (amount: number | null) => (amount === null ? '–' : formatMoney(amount, language));
  const columns: readonly Column<ListRow>[] = [
    {
      key: 'family',
      header: t('list.family'),
      width: 'minmax(140px, 1fr)',
      isRowHeader: true,
      render: ({ label, grownName }) => (grownName === null ? label : t('page.unitGrown', { name: grownName })),
    },
    {
      key: 'members',
      header: t('list.members'),
      width: 'minmax(150px, 1.3fr)',
      render: ({ memberNames }) => (memberNames.length === 0 ? '–' : formatList(memberNames, language)),
    },
    {
      key: 'allowance',
      header: t('list.allowance'),
      width: '104px',
      align: 'end',
      render: ({ allowance }) => money(allowance),
    },
    {
      key: 'contribution',
      header: t('list.contribution'),
      width: '118px',
      align: 'end',
      render: ({ contribution }) => money(contribution),
    },
    {
      key: 'zone',
      header: t('list.zone'),
      title: t('list.zoneTitle'),
      width: 'minmax(190px, 1fr)',
      render: ({ zone }) => (zone === null ? '–' : t(`zoneShort.${zone}`)),
    },
    { key: 'state', header: t('list.state'), width: '300px', render: (row) => <RowStatus row={row} /> },
  ];

  return (
    <>
      <PageHeading
        title={t('list.title')}
        aside={
          <span role="status">{isComplete ? t('list.found', { count: rows.length, decided }) : t('list.working')}</span>
        }
        actions={
          <>
            <Button
              look="primary"
              icon={<IconPlayerPlay size={18} />}
              onPress={() => void navigate({ to: '/contributions/run', search: { month, site } })}
            >
              {t('run:title')}
            </Button>
            <Button icon={<IconListCheck size={18} />} onPress={() => void navigate({ to: '/due' })}>
              {t('followUp:due.title')}
            </Button>
            <Button
              icon={<IconCoinEuro size={18} />}
              onPress={() => void navigate({ to: '/contributions/payments', search: { site } })}
            >
              {t('payments:title')}
            </Button>
            <Button
              icon={<IconFileText size={18} />}
              onPress={() => void navigate({ to: '/letters', search: { month, site } })}
            >
              {t('letters:batch.open')}
            </Button>
          </>
        }
      />
      <div className="row">
        <MonthChooser month={month} today={services.today()} onChange={(next) => setSearch({ month: next })} />
        <SelectField
          id="status"
          label={t('list.state')}
          choices={filters.map((code) => ({ code, label: t(`filter.${code}`) }))}
          value={filter}
          onChange={(code) => setSearch({ status: code === 'all' ? undefined : code })}
        />
        <SiteFilter site={site ?? null} onChange={(next) => setSearch({ site: next })} />
      </div>
      {!parameters.ok ? (
        <Alert tone="warning">{errorMessage(parameters.error)}</Alert>
      ) : keys.length === 0 ? (
        isComplete && <Alert tone="info">{t(rows.length === 0 ? 'list.empty' : 'list.noneFound')}</Alert>
      ) : (
        <DataGrid
          key={JSON.stringify([month, filter, site])}
          label={t('list.title')}
          columns={columns}
          ids={keys}
          rowOf={(key) => byKey.get(key)}
          onOpen={(key) => {
            const row = byKey.get(key);
            if (row === undefined) return;
            void navigate({
              to: '/contributions/$familyId',
              params: { familyId: row.familyId },
              search: { month, unit: row.grownChild ?? undefined },
            });
          }}
        />
      )}
    </>
  );
}
