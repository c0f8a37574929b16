import { IconMessagePlus, IconPrinter } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { IntakeStatus } from '../../../shared/questionnaire/return-intake.ts';
import { formatDate } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { useServices } from '../../services.tsx';
import { useWorkspace } from '../../stores/workspace-store.ts';
import { Alert } from '../../ui/Alert.tsx';
import { Badge, type BadgeTone } from '../../ui/Badge.tsx';
import { Button } from '../../ui/Button.tsx';
import { DataGrid, type Column } from '../../ui/DataGrid.tsx';
import { PageHeading } from '../../ui/PageHeading.tsx';
import { intakeRows, type IntakeRow } from './intake-rows.ts';
import { NewIntakeDialog } from './NewIntakeDialog.tsx';
import { cyrillicName, peopleNames } from './person-names.ts';

const tones: Readonly<Record<IntakeStatus, BadgeTone>> = {
  draft: 'info',
  'ready-for-review': 'info',
  finalised: 'positive',
  withdrawn: 'neutral',
  stopped: 'neutral',
  superseded: 'neutral',
};

/** All interviews of this device, and a new one: `resident` in the address begins it for that person. */
export function IntakeListPage() {
  const { t } = useTranslation('intakes');
  const services = useServices();
  const navigate = useNavigate();
  const language = currentLanguage();
  const { resident } = useSearch({ strict: false });
  const [isStarting, setStarting] = useState(resident !== undefined);
  const records = useWorkspace((state) => state.records);
  const residents = useWorkspace((state) => state.residents);
  const today = services.today();
  const rows = useMemo(() => intakeRows(records, residents, today, language), [records, residents, today, language]);
  const byId = useMemo(() => new Map(rows.map((row) => [row.id, row])), [rows]);

  const columns: readonly Column<IntakeRow>[] = [
    {
      key: 'name',
      header: t('column.residents'),
      width: 'minmax(180px, 1.4fr)',
      isRowHeader: true,
      render: (row) => peopleNames(residents, row.residents) || t('list.nobody'),
    },
    {
      key: 'nameCyrillic',
      header: t('column.residentsCyrillic'),
      width: 'minmax(160px, 1.2fr)',
      lang: 'uk',
      render: (row) =>
        row.residents
          .flatMap((id) => [residents.get(id)].flatMap((known) => (known ? [cyrillicName(known)] : [])))
          .join('; '),
    },
    {
      key: 'day',
      header: t('column.day'),
      width: '116px',
      render: ({ day }) => (day === undefined ? '–' : formatDate(day, language)),
    },
    {
      key: 'status',
      header: t('column.status'),
      width: '190px',
      render: ({ status, needsAttention }) => (
        <>
          <Badge tone={tones[status]}>{t(`status.${status}`)}</Badge>
          {needsAttention && <Badge tone="warning">{t('list.attention')}</Badge>}
        </>
      ),
    },
    {
      key: 'missing',
      header: t('column.missing'),
      width: '150px',
      render: ({ missing }) =>
        missing === null ? '' : missing === 0 ? t('list.complete') : t('list.missing', { count: missing }),
    },
    { key: 'outcome', header: t('column.outcome'), width: 'minmax(150px, 1fr)', render: ({ outcome }) => outcome },
  ];

  return (
    <>
      <PageHeading
        title={t('list.title')}
        aside={<span role="status">{t('list.found', { count: rows.length })}</span>}
        actions={
          <>
            <Button icon={<IconPrinter size={18} />} onPress={() => void navigate({ to: '/intakes/paper' })}>
              {t('list.paper')}
            </Button>
            <Button look="primary" icon={<IconMessagePlus size={18} />} onPress={() => setStarting(true)}>
              {t('list.new')}
            </Button>
          </>
        }
      />
      {rows.length === 0 ? (
        <Alert tone="info">{t('list.empty')}</Alert>
      ) : (
        <DataGrid
          label={t('list.title')}
          columns={columns}
          ids={rows.map(({ id }) => id)}
          rowOf={(id) => byId.get(id)}
          onOpen={(id) => void navigate({ to: '/intakes/$intakeId', params: { intakeId: id } })}
        />
      )}
      {isStarting && (
        <NewIntakeDialog
          resident={resident}
          onClose={() => {
            setStarting(false);
            if (resident !== undefined) void navigate({ to: '/intakes', search: {}, replace: true });
          }}
        />
      )}
    </>
  );
}
