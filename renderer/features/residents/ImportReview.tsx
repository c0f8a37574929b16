import { useMemo, useState } from 'react';
import type { ImportedLine } from '../../../shared/exchange/spreadsheet.ts';
import { formatPartialDate } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { DataGrid, type Column } from '../../ui/DataGrid.tsx';
import { SelectField } from '../../ui/SelectField.tsx';
import {
  candidatesOf,
  outcomeTypes,
  type Choice,
  type GroupChoices,
  type ListCheck,
  type Outcome,
  type OutcomeType,
} from './compare-list.ts';
import { GoneList } from './GoneList.tsx';
import type { GoneChoice } from './gone-tasks.ts';
import { ImportLineDialog } from './ImportLineDialog.tsx';
import { cyrillicNameOf, nameOf } from './resident-list.ts';
import { useImportTexts } from './use-import-texts.ts';

type Props = {
  readonly listed: ListCheck;
  readonly groups: GroupChoices;
  readonly onGroups: (groups: GroupChoices) => void;
  readonly choiceOf: (at: number) => Choice;
  readonly onChoice: (at: number, choice: Choice) => void;
  readonly goneChoice: GoneChoice;
  readonly onGoneChoice: (choice: GoneChoice) => void;
  /** People with a task that is still open. */
  readonly busy: ReadonlySet<string>;
};
type Group = OutcomeType | 'gone';
type Row = { readonly at: number; readonly line: ImportedLine; readonly outcome: Outcome };

const nameIn = ({ resident }: ImportedLine): string => {
  const name = resident['name'] as Parameters<typeof nameOf>[0] & Parameters<typeof cyrillicNameOf>[0];
  return nameOf(name) || cyrillicNameOf(name);
};

/** Every line beside the register, group by group, with a choice for the group and one for each line. */
export function ImportReview({ listed, groups, onGroups, choiceOf, onChoice, ...rest }: Props) {
  const { goneChoice, onGoneChoice, busy } = rest;
  const { t } = useImportTexts();
  const { lines } = listed.check;
  const { outcomes, gone } = listed.diff;
  const members = useMemo(() => {
    const byType = Map.groupBy(lines.keys(), (at) => outcomes[at]?.type ?? 'new');
    return (type: OutcomeType): readonly number[] => byType.get(type) ?? [];
  }, [lines, outcomes]);
  const filled = outcomeTypes.filter((type) => members(type).length > 0);
  const [chosen, setChosen] = useState<Group | null>(null);
  const [asked, setAsked] = useState<number | null>(null);
  const group = chosen ?? filled.find((type) => type === 'doubt' || type === 'changed') ?? filled[0] ?? 'gone';
  const shown: readonly Group[] = [...filled, ...(gone.length > 0 ? (['gone'] as const) : [])];
  const columns = useLineColumns(choiceOf);
  const rowOf = (id: string): Row | undefined => {
    const at = Number(id);
    const line = lines[at];
    const outcome = outcomes[at];
    return line === undefined || outcome === undefined ? undefined : { at, line, outcome };
  };
  const askedRow = asked === null ? undefined : rowOf(String(asked));
  if (shown.length === 0) return null;
  return (
    <section className="panel import-review">
      <div className="row">
        <SelectField
          id="importGroup"
          label={t('register:import.group')}
          choices={shown.map((code) => ({
            code,
            label: t(`register:import.groups.${code}`, { count: code === 'gone' ? gone.length : members(code).length }),
          }))}
          value={group}
          onChange={setChosen}
        />
        {group !== 'gone' && group !== 'same' && (
          <SelectField
            id="importGroupChoice"
            label={t('register:import.groupChoice')}
            choices={(['take', 'skip'] as const).map((code) => ({
              code,
              label: code === 'skip' ? t('register:import.choice.skip') : t(`register:import.take.${group}`),
            }))}
            value={groups[group]}
            onChange={(choice) => onGroups({ ...groups, [group]: choice })}
          />
        )}
      </div>
      <p>{t(`register:import.groupHint.${group}`)}</p>
      {group === 'gone' ? (
        <GoneList ids={gone} choice={goneChoice} onChoice={onGoneChoice} busy={busy} />
      ) : (
        <DataGrid<Row>
          key={group}
          list={group}
          label={t('register:import.lines')}
          columns={columns}
          ids={members(group).map(String)}
          rowOf={rowOf}
          onOpen={(id) => setAsked(Number(id))}
        />
      )}
      {askedRow !== undefined && (
        <ImportLineDialog
          line={askedRow.line}
          name={nameIn(askedRow.line)}
          outcome={askedRow.outcome}
          choice={choiceOf(askedRow.at)}
          onChoice={(choice) => {
            onChoice(askedRow.at, choice);
            setAsked(null);
          }}
          onClose={() => setAsked(null)}
        />
      )}
    </section>
  );
}

function useLineColumns(choiceOf: (at: number) => Choice): readonly Column<Row>[] {
  const { t, differenceText } = useImportTexts();
  const language = currentLanguage();
  const whatOf = (outcome: Outcome): string => {
    if (outcome.type === 'doubt') return t(`register:import.doubt.${outcome.reason}`);
    if (outcome.type !== 'changed') return '';
    return candidatesOf(outcome)
      .flatMap(({ differences }) => differences)
      .map(differenceText)
      .join(' · ');
  };
  return [
    { key: 'line', header: t('register:import.line'), width: '72px', render: ({ line }) => line.line },
    {
      key: 'name',
      header: t('register:column.name'),
      width: 'minmax(170px, 1fr)',
      isRowHeader: true,
      render: ({ line }) => nameIn(line),
    },
    {
      key: 'born',
      header: t('register:column.born'),
      width: '108px',
      render: ({ line: { resident } }) =>
        typeof resident['birthDate'] === 'string' ? formatPartialDate(resident['birthDate'], language) : '–',
    },
    {
      key: 'what',
      header: t('register:import.what'),
      width: 'minmax(240px, 3fr)',
      render: ({ outcome }) => <span title={whatOf(outcome)}>{whatOf(outcome)}</span>,
    },
    {
      key: 'choice',
      header: t('register:import.happens'),
      width: '190px',
      render: ({ at, outcome }) =>
        outcome.type === 'same' ? t('register:import.choice.none') : t(`register:import.choice.${choiceOf(at).type}`),
    },
  ];
}
