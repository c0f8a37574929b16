import { IconArrowLeft } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { UnitBalance } from '../../../shared/contribution/money-entries.ts';
import { formatMoney, formatMonth, nameOrder } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { useServices } from '../../services.tsx';
import { useBalances, useFamilies } from '../../stores/register-views.ts';
import { useWorkspace } from '../../stores/workspace-store.ts';
import { Alert } from '../../ui/Alert.tsx';
import { Button } from '../../ui/Button.tsx';
import { DataGrid, type Column } from '../../ui/DataGrid.tsx';
import { PageHeading } from '../../ui/PageHeading.tsx';
import { SelectField } from '../../ui/SelectField.tsx';
import { PaymentListPanel } from './PaymentListPanel.tsx';
import { SiteFilter } from './SiteFilter.tsx';

const filters = ['open', 'too-much', 'all'] as const;
type Row = UnitBalance & { readonly key: string; readonly label: string; readonly site: string | null };

/** What all households owe and have paid, those with something open first; a list of the finance department is read in here. */
export function PaymentsPage() {
  const { t } = useTranslation(['payments', 'contributions']);
  const navigate = useNavigate();
  const search = useSearch({ strict: false });
  const language = currentLanguage();
  const rows = useRows();
  const filter = filters.find((known) => known === search.status) ?? 'open';
  const site = search.site ?? null;
  const shown = rows.filter(
    (row) =>
      (site === null || row.site === site) &&
      (filter === 'all' || row.months.some(({ open }) => (filter === 'open' ? open > 0 : open < 0))),
  );
  const byKey = useMemo(() => new Map(rows.map((row) => [row.key, row])), [rows]);
  const setSearch = (change: object) =>
    void navigate({
      to: '/contributions/payments',
      search: { status: search.status, site: search.site, ...change },
      replace: true,
    });
  const money = (amount: number) => formatMoney(amount, language);
  const columns: readonly Column<Row>[] = [
    {
      key: 'household',
      header: t('household'),
      width: 'minmax(160px, 1fr)',
      isRowHeader: true,
      render: ({ label }) => label,
    },
    ...(['due', 'received', 'waived', 'open'] as const).map((name): Column<Row> => ({
      key: name,
      header: t(`head.${name}`),
      width: '140px',
      align: 'end',
      render: ({ total }) => formatMoney(total[name], language),
    })),
    {
      key: 'months',
      header: t('openMonths'),
      width: 'minmax(220px, 1.4fr)',
      render: ({ months }) =>
        months
          .filter(({ open }) => open !== 0)
          .map(({ month, open }) =>
            t(open > 0 ? 'openMonth' : 'overMonth', {
              month: formatMonth(month, language),
              amount: formatMoney(Math.abs(open), language),
            }),
          )
          .join('; ') || '–',
    },
  ];
  const total = shown.reduce((sum, row) => sum + row.total.open, 0);
  return (
    <>
      <PageHeading
        title={t('page')}
        aside={<span role="status">{t('found', { count: shown.length, amount: money(total) })}</span>}
        actions={
          <Button icon={<IconArrowLeft size={18} />} onPress={() => void navigate({ to: '/contributions' })}>
            {t('contributions:list.title')}
          </Button>
        }
      />
      <PaymentListPanel labelOf={useLabelOf()} />
      <div className="row">
        <SelectField
          id="status"
          label={t('show')}
          choices={filters.map((code) => ({ code, label: t(`filter.${code}`) }))}
          value={filter}
          onChange={(code) => setSearch({ status: code === 'open' ? undefined : code })}
        />
        <SiteFilter site={site} onChange={(next) => setSearch({ site: next })} />
      </div>
      {shown.length === 0 ? (
        <Alert tone="info">{t(rows.length === 0 ? 'nothingDecided' : 'noneFound')}</Alert>
      ) : (
        <DataGrid
          list={JSON.stringify([filter, site])}
          label={t('page')}
          columns={columns}
          ids={shown.map(({ key }) => key)}
          rowOf={(key) => byKey.get(key)}
          onOpen={(key) => {
            const row = byKey.get(key);
            if (row === undefined) return;
            const month = row.months.find(({ open }) => open !== 0)?.month ?? row.months.at(-1)?.month;
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

/** The household by its name, a child of age by its own beside it. */
function useLabelOf(): (unit: Pick<UnitBalance, 'familyId' | 'grownChild'>) => string {
  const { t } = useTranslation('run');
  const families = useFamilies();
  const residents = useWorkspace((state) => state.residents);
  return useMemo(() => {
    const labels = new Map(families.map(({ id, label }) => [id, label]));
    return ({ familyId, grownChild }) => {
      const household = labels.get(familyId) ?? '…';
      const child = grownChild === null ? undefined : residents.get(grownChild);
      if (grownChild === null) return household;
      return t('grown', { household, name: child === undefined ? '…' : `${child.given} ${child.family}`.trim() });
    };
  }, [families, residents, t]);
}

function useRows(): readonly Row[] {
  const units = useBalances(useServices().today());
  const families = useFamilies();
  const labelOf = useLabelOf();
  const language = currentLanguage();
  return useMemo(() => {
    const order = nameOrder(language);
    const sites = new Map(families.map(({ id, site }) => [id, site]));
    return units
      .filter(({ total }) => total.due !== 0 || total.received !== 0)
      .map((unit): Row => {
        const key = `${unit.familyId} ${unit.grownChild ?? ''}`;
        return { ...unit, key, label: labelOf(unit), site: sites.get(unit.familyId) ?? null };
      })
      .sort((a, b) => b.total.open - a.total.open || order.compare(a.label, b.label) || (a.key < b.key ? -1 : 1));
  }, [units, families, labelOf, language]);
}
