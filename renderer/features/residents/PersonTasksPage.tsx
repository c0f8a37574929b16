import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDate, formatPartialDate } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { useOpenTasks, type TaskAbout } from '../../stores/person-task-views.ts';
import { Alert } from '../../ui/Alert.tsx';
import { DataGrid, type Column } from '../../ui/DataGrid.tsx';
import { PageHeading } from '../../ui/PageHeading.tsx';
import { CloseTaskDialog } from './CloseTaskDialog.tsx';
import { cyrillicNameOf, nameOf } from './resident-list.ts';

/** People to look into because a list did not have them; each is closed with what came of it. */
export function PersonTasksPage() {
  const { t } = useTranslation('register');
  const language = currentLanguage();
  const tasks = useOpenTasks();
  const [asked, setAsked] = useState<string | null>(null);
  const byId = useMemo(() => new Map(tasks.map((one) => [one.task.id, one])), [tasks]);
  const about = asked === null ? undefined : byId.get(asked);
  const columns: readonly Column<TaskAbout>[] = [
    {
      key: 'name',
      header: t('column.name'),
      width: 'minmax(170px, 2fr)',
      isRowHeader: true,
      render: ({ person }) => nameOf(person) || cyrillicNameOf(person),
    },
    {
      key: 'born',
      header: t('column.born'),
      width: '124px',
      render: ({ person }) => (person.birthDate === null ? '–' : formatPartialDate(person.birthDate, language)),
    },
    {
      key: 'status',
      header: t('column.status'),
      width: '222px',
      render: ({ person }) => t(`status.${person.status}`),
    },
    {
      key: 'list',
      header: t('task.list'),
      width: 'minmax(170px, 2fr)',
      render: ({ task }) => <span title={task.list}>{task.list}</span>,
    },
    { key: 'day', header: t('task.day'), width: '150px', render: ({ task }) => formatDate(task.day, language) },
  ];
  return (
    <>
      <PageHeading
        title={t('task.title')}
        aside={<span role="status">{t('task.found', { count: tasks.length })}</span>}
      />
      <p>{t('task.intro')}</p>
      {tasks.length === 0 ? (
        <Alert tone="ok">{t('task.none')}</Alert>
      ) : (
        <DataGrid<TaskAbout>
          label={t('task.title')}
          columns={columns}
          ids={tasks.map(({ task }) => task.id)}
          rowOf={(id) => byId.get(id)}
          onOpen={setAsked}
        />
      )}
      {about !== undefined && <CloseTaskDialog about={about} onClose={() => setAsked(null)} />}
    </>
  );
}
