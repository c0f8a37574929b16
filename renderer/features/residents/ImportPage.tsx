import { useNavigate } from '@tanstack/react-router';
import { useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { monthOf } from '../../../shared/kernel/dates.ts';
import type { ColumnMapping } from '../../../shared/exchange/columns.ts';
import { residenceColumns } from '../../../shared/exchange/fact-columns.ts';
import { readHeaders, type TableError } from '../../../shared/exchange/spreadsheet.ts';
import { errorMessage } from '../../i18n/error-message.ts';
import { useServices, type FileRefusal, type OpenedFile } from '../../services.tsx';
import { useKeepsLastResidence } from '../../stores/protection-views.ts';
import { useOpenTasks } from '../../stores/person-task-views.ts';
import { useSites, useStays } from '../../stores/register-views.ts';
import { useWorkspace } from '../../stores/workspace-store.ts';
import { Alert } from '../../ui/Alert.tsx';
import { Button } from '../../ui/Button.tsx';
import { PageHeading } from '../../ui/PageHeading.tsx';
import { ProgressBar } from '../../ui/ProgressBar.tsx';
import { choiceFor, compareList, firstChoices, type Choice, type ListCheck } from './compare-list.ts';
import { goneHappens, listNameOf, withTasks, type GoneChoice } from './gone-tasks.ts';
import { findOblast } from './find-oblast.ts';
import { ImportCheckStep } from './ImportCheckStep.tsx';
import { ImportFileStep } from './ImportFileStep.tsx';
import { ImportMappingStep, type Municipality } from './ImportMappingStep.tsx';
import { ImportReview } from './ImportReview.tsx';
import { ImportRunStep } from './ImportRunStep.tsx';
import { planSaves, takenBeds, type ImportSaves } from './import-saves.ts';
import { readMapping, rememberMapping } from './remembered-mapping.ts';

type Progress = { readonly done: number; readonly total: number };
type Listed = { readonly listed: ListCheck; readonly municipality: Municipality };

/** File, mapping, check against the register, import: in this order, and nothing is written before the last step. */
export function ImportPage() {
  const { t } = useTranslation('register');
  const navigate = useNavigate();
  const services = useServices();
  const sites = useSites();
  const findTerritory = useKeepsLastResidence(services.today()) ? findOblast : undefined;
  const [file, setFile] = useState<OpenedFile | null>(null);
  const [mapping, setMapping] = useState<ColumnMapping>({});
  const [isRemembered, setRemembered] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [progress, setProgress] = useState<Progress | null>(null);
  const [checked, setChecked] = useState<Listed | null>(null);
  const [running, setRunning] = useState<ImportSaves | null>(null);
  const stop = useRef<AbortController | null>(null);
  const rows = useMemo(() => file?.rows.slice(1) ?? [], [file]);

  const sayRefusal = (refusal: FileRefusal | TableError) => {
    if ('refused' in refusal) {
      setProblem(refusal.refused === 'cancelled' ? null : t(`fileProblem.${refusal.refused}`));
    } else if (refusal.type === 'too-many-columns') setProblem(t('fileProblem.too-many-columns', refusal));
    else setProblem(t(`fileProblem.${refusal.type}`));
  };
  const open = async (opened: OpenedFile | FileRefusal) => {
    setFile(null);
    setChecked(null);
    if ('refused' in opened) return sayRefusal(opened);
    const names = opened.rows[0] ?? [];
    const headers = readHeaders(names, opened.rows.length - 1);
    const remembered = await readMapping(services, names);
    if (!headers.ok && (remembered === undefined || headers.error.type !== 'no-known-column'))
      return sayRefusal(headers.error);
    setProblem(null);
    setRemembered(remembered !== undefined);
    setMapping(remembered ?? (headers.ok ? headers.value : {}));
    setFile(opened);
  };
  const check = async (municipality: Municipality) => {
    const today = services.today();
    const options = {
      today,
      incomeMonth: monthOf(today),
      municipality: municipality.code,
      ...(findTerritory === undefined ? {} : { findTerritory }),
    };
    const controller = new AbortController();
    stop.current = controller;
    setProgress({ done: 0, total: rows.length });
    await rememberMapping(services, file?.rows[0] ?? [], mapping);
    const note = (done: number, total: number) => setProgress({ done, total });
    const compared = await compareList(services, rows, mapping, options, note, controller.signal);
    setProgress(null);
    if (compared === null) return;
    if (compared.ok) setChecked({ listed: compared.value, municipality });
    else setProblem(errorMessage(compared.error));
  };

  return (
    <>
      <PageHeading title={t('import.title')} />
      {problem !== null && (
        <Alert tone="error" role="alert">
          {problem}
        </Alert>
      )}
      {running === null && progress === null && <ImportFileStep file={file} onOpen={(opened) => void open(opened)} />}
      {file !== null && checked === null && progress === null && (
        <>
          {isRemembered && <Alert tone="info">{t('import.remembered')}</Alert>}
          <ImportMappingStep
            headers={file.rows[0] ?? []}
            isOffered={(column) => findTerritory !== undefined || !residenceColumns.includes(column)}
            mapping={mapping}
            onMapping={setMapping}
            municipality={sites.find((site) => site.municipality !== null)?.municipality ?? null}
            onCheck={(municipality) => void check(municipality)}
          />
        </>
      )}
      {progress !== null && (
        <section className="panel">
          <ProgressBar label={t('import.comparing')} value={progress.done} total={progress.total} />
          <div className="row">
            <Button onPress={() => stop.current?.abort()}>{t('import.stop')}</Button>
          </div>
        </section>
      )}
      {file !== null && checked !== null && running === null && (
        <CheckedList
          {...checked}
          header={file.rows[0] ?? []}
          rows={rows}
          fileName={file.name ?? ''}
          onRun={setRunning}
        />
      )}
      {running !== null && <ImportRunStep saves={running} onDone={() => void navigate({ to: '/residents' })} />}
    </>
  );
}

type CheckedProps = Listed & {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly fileName: string;
  readonly onRun: (saves: ImportSaves) => void;
};

/** What the list would do, and the choices that change it. */
function CheckedList({ listed, municipality, header, rows, fileName, onRun }: CheckedProps) {
  const { t } = useTranslation('register');
  const services = useServices();
  const sites = useSites();
  const stays = useStays();
  const residents = useWorkspace((state) => state.residents);
  const [groups, setGroups] = useState(firstChoices);
  const [own, setOwn] = useState<ReadonlyMap<number, Choice>>(new Map());
  const [goneChoice, setGoneChoice] = useState<GoneChoice>({
    all: 'skip',
    others: new Set(),
    list: listNameOf(fileName),
  });
  const tasks = useOpenTasks();
  const busy = useMemo(() => new Set(tasks.map(({ person }) => person.id)), [tasks]);
  const { outcomes, gone } = listed.diff;
  const choiceOf = (at: number): Choice => {
    const outcome = outcomes[at];
    return outcome === undefined ? { type: 'skip' } : choiceFor(outcome, groups, own.get(at));
  };
  const saves = useMemo(
    () =>
      planSaves(
        listed,
        (at) => {
          const outcome = outcomes[at];
          return outcome === undefined ? { type: 'skip' } : choiceFor(outcome, groups, own.get(at));
        },
        (id) => residents.get(id)?.familyId ?? null,
        { sites, municipality, today: services.today(), newId: services.newId, isTaken: takenBeds(stays) },
      ),
    [listed, outcomes, groups, own, residents, sites, stays, municipality, services],
  );
  const wanted = gone.filter((id) => !busy.has(id) && goneHappens(goneChoice, id) === 'take');
  const run = () =>
    onRun(
      withTasks(saves, wanted, {
        list: goneChoice.list.trim() || t('import.unnamedList'),
        today: services.today(),
        newId: services.newId,
        siteOf: (id) => residents.get(id)?.site ?? null,
      }),
    );
  return (
    <>
      <ImportCheckStep
        check={listed.check}
        count={saves.count}
        tasks={wanted.length}
        unreadable={listed.unreadable}
        withoutBed={saves.withoutBed}
        header={header}
        rows={rows}
        onRun={run}
      />
      <ImportReview
        listed={listed}
        groups={groups}
        onGroups={setGroups}
        choiceOf={choiceOf}
        onChoice={(at, choice) => setOwn(new Map([...own, [at, choice]]))}
        goneChoice={goneChoice}
        onGoneChoice={setGoneChoice}
        busy={busy}
      />
    </>
  );
}
