import { useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { monthOf } from '../../../shared/kernel/dates.ts';
import type { ColumnMapping } from '../../../shared/exchange/columns.ts';
import { planImport, type ImportPlan } from '../../../shared/exchange/import-plan.ts';
import { checkRows, readHeaders, type ImportCheck, type TableError } from '../../../shared/exchange/spreadsheet.ts';
import { staysOn } from '../../../shared/reception/bed-stay.ts';
import { useServices, type FileRefusal, type OpenedFile } from '../../services.tsx';
import { useSites, useStays } from '../../stores/register-views.ts';
import { Alert } from '../../ui/Alert.tsx';
import { PageHeading } from '../../ui/PageHeading.tsx';
import { ImportCheckStep } from './ImportCheckStep.tsx';
import { ImportFileStep } from './ImportFileStep.tsx';
import { ImportMappingStep, type Municipality } from './ImportMappingStep.tsx';
import { ImportRunStep } from './ImportRunStep.tsx';

type Checked = { readonly check: ImportCheck; readonly plan: ImportPlan };

/** File, mapping, check, import: in this order, and nothing is written before the last step. */
export function ImportPage() {
  const { t } = useTranslation('register');
  const navigate = useNavigate();
  const services = useServices();
  const sites = useSites();
  const stays = useStays();
  const [file, setFile] = useState<OpenedFile | null>(null);
  const [mapping, setMapping] = useState<ColumnMapping>({});
  const [problem, setProblem] = useState<string | null>(null);
  const [checked, setChecked] = useState<Checked | null>(null);
  const [isRunning, setRunning] = useState(false);
  const rows = useMemo(() => file?.rows.slice(1) ?? [], [file]);
  const today = services.today();

  const sayRefusal = (refusal: FileRefusal | TableError) => {
    if ('refused' in refusal) {
      setProblem(refusal.refused === 'cancelled' ? null : t(`fileProblem.${refusal.refused}`));
    } else if (refusal.type === 'too-many-columns') setProblem(t('fileProblem.too-many-columns', refusal));
    else setProblem(t(`fileProblem.${refusal.type}`));
  };
  const open = (opened: OpenedFile | FileRefusal) => {
    setFile(null);
    setChecked(null);
    if ('refused' in opened) return sayRefusal(opened);
    const headers = readHeaders(opened.rows[0] ?? [], opened.rows.length - 1);
    if (!headers.ok) return sayRefusal(headers.error);
    setProblem(null);
    setMapping(headers.value);
    setFile(opened);
  };
  const check = (municipality: Municipality) => {
    const result = checkRows(rows, mapping, {
      today,
      incomeMonth: monthOf(today),
      municipality: municipality.code,
    });
    const plan = planImport(result.lines, {
      sites,
      municipality,
      today,
      newId: services.newId,
      isTaken: (site, bed, from) => staysOn(stays, from).some((stay) => stay.site === site && stay.bed === bed),
    });
    setChecked({ check: result, plan });
  };

  return (
    <>
      <PageHeading title={t('import.title')} />
      {problem !== null && (
        <Alert tone="error" role="alert">
          {problem}
        </Alert>
      )}
      {!isRunning && <ImportFileStep file={file} onOpen={open} />}
      {file !== null && checked === null && (
        <ImportMappingStep
          headers={file.rows[0] ?? []}
          mapping={mapping}
          onMapping={setMapping}
          municipality={sites.find((site) => site.municipality !== null)?.municipality ?? null}
          onCheck={check}
        />
      )}
      {file !== null && checked !== null && !isRunning && (
        <ImportCheckStep
          check={checked.check}
          withoutBed={checked.plan.withoutBed}
          header={file.rows[0] ?? []}
          rows={rows}
          onRun={() => setRunning(true)}
        />
      )}
      {checked !== null && isRunning && (
        <ImportRunStep plan={checked.plan} onDone={() => void navigate({ to: '/residents' })} />
      )}
    </>
  );
}
