import type { ResidentSummary } from '../../../shared/register/resident-summary.ts';
import { maxListName } from '../../../shared/follow-up/person-task.ts';
import { formatPartialDate } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { useWorkspace } from '../../stores/workspace-store.ts';
import { DataGrid, type Column } from '../../ui/DataGrid.tsx';
import { SelectField } from '../../ui/SelectField.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { flipped, goneHappens, type GoneChoice } from './gone-tasks.ts';
import { cyrillicNameOf, nameOf } from './resident-list.ts';
import { useImportTexts } from './use-import-texts.ts';

type Props = {
  readonly ids: readonly string[];
  readonly choice: GoneChoice;
  readonly onChoice: (choice: GoneChoice) => void;
  /** People with a task that is still open. */
  readonly busy: ReadonlySet<string>;
};

/** Who is in the register and not in the list, with the choice to have each of them looked into. */
export function GoneList({ ids, choice, onChoice, busy }: Props) {
  const { t } = useImportTexts();
  const language = currentLanguage();
  const residents = useWorkspace((state) => state.residents);
  const happens = (id: string) => t(`register:import.gone.${busy.has(id) ? 'busy' : goneHappens(choice, id)}`);
  const columns: readonly Column<ResidentSummary>[] = [
    {
      key: 'name',
      header: t('register:column.name'),
      width: 'minmax(170px, 1fr)',
      isRowHeader: true,
      render: (resident) => nameOf(resident) || cyrillicNameOf(resident),
    },
    {
      key: 'born',
      header: t('register:column.born'),
      width: '124px',
      render: ({ birthDate }) => (birthDate === null ? '–' : formatPartialDate(birthDate, language)),
    },
    {
      key: 'status',
      header: t('register:column.status'),
      width: '222px',
      render: ({ status }) => t(`register:status.${status}`),
    },
    { key: 'choice', header: t('register:import.happens'), width: '230px', render: ({ id }) => happens(id) },
  ];
  return (
    <>
      <div className="row">
        <SelectField
          id="importGone"
          label={t('register:import.groupChoice')}
          choices={(['skip', 'take'] as const).map((code) => ({ code, label: t(`register:import.goneAll.${code}`) }))}
          value={choice.all}
          onChange={(all) => onChoice({ ...choice, all, others: new Set() })}
        />
        <TextField
          id="importListName"
          label={t('register:import.listName')}
          value={choice.list}
          maxLength={maxListName}
          onChange={(list) => onChoice({ ...choice, list })}
        />
      </div>
      <DataGrid<ResidentSummary>
        label={t('register:import.goneList')}
        columns={columns}
        ids={ids}
        rowOf={(id) => residents.get(id)}
        onOpen={(id) => {
          if (!busy.has(id)) onChoice(flipped(choice, id));
        }}
      />
    </>
  );
}
