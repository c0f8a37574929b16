import { IconAlertTriangle } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { DueItem } from '../../../shared/follow-up/due.ts';
import { followUpTypes, type FollowUp } from '../../../shared/follow-up/follow-up.ts';
import { openAmount } from '../../../shared/follow-up/instalments.ts';
import type { Family } from '../../../shared/register/family.ts';
import { formatDate, formatMoney } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { useServices } from '../../services.tsx';
import { useDue } from '../../stores/due-views.ts';
import { useFamilies, useFollowUps } from '../../stores/register-views.ts';
import { Alert } from '../../ui/Alert.tsx';
import { Badge } from '../../ui/Badge.tsx';
import { DataGrid, type Column } from '../../ui/DataGrid.tsx';
import { PageHeading } from '../../ui/PageHeading.tsx';
import { SelectField } from '../../ui/SelectField.tsx';
import { SiteFilter } from './SiteFilter.tsx';

type Row = DueItem & {
  readonly key: string;
  readonly label: string;
  readonly site: string | null;
  readonly item: FollowUp | undefined;
};

function rowsOf(due: readonly DueItem[], families: readonly Family[], followUps: readonly FollowUp[]): readonly Row[] {
  const familyOf = new Map(families.map((family) => [family.id, family]));
  const itemOf = new Map(followUps.map((item) => [item.id, item]));
  return due.map((one) => {
    const family = familyOf.get(one.familyId);
    const item = one.id === null ? undefined : itemOf.get(one.id);
    const key = one.id ?? `information ${one.familyId}`;
    return { ...one, key, label: family?.label ?? '…', site: family?.site ?? null, item };
  });
}

/** What somebody has to do, overdue first; every line opens what it is about. Arrears stand last, without a day. */
export function DuePage() {
  const { t } = useTranslation('followUp');
  const navigate = useNavigate();
  const search = useSearch({ strict: false });
  const services = useServices();
  const language = currentLanguage();
  const due = useDue(services.today());
  const followUps = useFollowUps();
  const families = useFamilies();
  const kind = followUpTypes.find((known) => known === search.kind) ?? 'all';
  const site = search.site ?? null;
  const rows = useMemo(() => rowsOf(due, families, followUps), [due, families, followUps]);
  const shown = rows.filter((row) => (kind === 'all' || row.type === kind) && (site === null || row.site === site));
  const byKey = useMemo(() => new Map(rows.map((row) => [row.key, row])), [rows]);
  const detail = ({ item }: Row) => {
    if (item === undefined) return t('due.notGiven');
    if (item.subject !== '') return item.subject;
    if (item.hardship !== null) return item.hardship.reason;
    const isMoney = item.type === 'arrear' || item.type === 'arrangement';
    return isMoney ? t('state.openAmount', { amount: formatMoney(openAmount(item), language) }) : '';
  };
  const columns: readonly Column<Row>[] = [
    {
      key: 'due',
      header: t('field.due'),
      width: '120px',
      render: (row) => (row.due === null ? '–' : formatDate(row.due, language)),
    },
    {
      key: 'state',
      header: t('due.when'),
      width: '170px',
      render: (row) =>
        row.isOverdue ? (
          <Badge tone="warning" icon={<IconAlertTriangle size={16} />}>
            {t('due.overdue')}
          </Badge>
        ) : row.due === null ? (
          t('state.open')
        ) : (
          t('due.soon')
        ),
    },
    { key: 'type', header: t('due.kind'), width: 'minmax(190px, 1fr)', render: (row) => t(`type.${row.type}`) },
    {
      key: 'household',
      header: t('field.household'),
      width: 'minmax(160px, 1fr)',
      isRowHeader: true,
      render: ({ label }) => label,
    },
    { key: 'detail', header: t('due.detail'), width: 'minmax(220px, 2fr)', render: detail },
  ];
  const setSearch = (change: object) =>
    void navigate({ to: '/due', search: { kind: search.kind, site: search.site, ...change }, replace: true });
  return (
    <>
      <PageHeading
        title={t('due.title')}
        aside={
          <span role="status">
            {t('due.found', { count: shown.length, overdue: shown.filter(({ isOverdue }) => isOverdue).length })}
          </span>
        }
      />
      <div className="row">
        <SelectField
          id="dueKind"
          label={t('due.kind')}
          choices={[
            { code: 'all', label: t('due.allKinds') },
            ...followUpTypes.map((code) => ({ code, label: t(`type.${code}`) })),
          ]}
          value={kind}
          onChange={(code) => setSearch({ kind: code === 'all' ? undefined : code })}
        />
        <SiteFilter site={site} onChange={(next) => setSearch({ site: next })} />
      </div>
      {shown.length === 0 ? (
        <Alert tone="ok">{t('due.none')}</Alert>
      ) : (
        <DataGrid
          label={t('due.title')}
          list={`${kind} ${site ?? 'all'}`}
          columns={columns}
          ids={shown.map(({ key }) => key)}
          rowOf={(key) => byKey.get(key)}
          onOpen={(key) => {
            const row = byKey.get(key);
            if (row === undefined) return;
            if (row.id !== null) void navigate({ to: '/follow-up/$id', params: { id: row.id } });
            else void navigate({ to: '/contributions/$familyId', params: { familyId: row.familyId } });
          }}
        />
      )}
    </>
  );
}
