import { useEffect, useRef, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { sensitivities, type Sensitivity } from '../../../shared/exchange/export-table.ts';
import { residenceColumns } from '../../../shared/exchange/fact-columns.ts';
import type { Compartment } from '../../../shared/records/record.ts';
import { errorMessage } from '../../i18n/error-message.ts';
import { ExportBasics, useExportBasics } from '../../ExportBasics.tsx';
import { exportPurposes, type ExportPurpose } from '../../export-purpose.ts';
import { OwnPassphraseField, useOwnPassphrase } from '../../OwnPassphrase.tsx';
import { SealFields } from '../../SealFields.tsx';
import { useServices } from '../../services.tsx';
import { useKeepsLastResidence } from '../../stores/protection-views.ts';
import { addNotice } from '../../stores/session-store.ts';
import { useWorkspace } from '../../stores/workspace-store.ts';
import { Alert } from '../../ui/Alert.tsx';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { ErrorSummary, type FieldProblems } from '../../ui/ErrorSummary.tsx';
import { ProgressBar } from '../../ui/ProgressBar.tsx';
import { useSeal } from '../../use-seal.ts';
import {
  presetOf,
  readColumns,
  rememberColumns,
  sensitivityOfKey,
  type ExportKey,
  type FactColumns,
} from './export-columns.ts';
import { ExportColumns } from './ExportColumns.tsx';
import { saveList, type ExportRow } from './save-list.ts';
import { useExportTexts } from './use-export-texts.ts';

type Props = {
  readonly rows: readonly ExportRow[];
  /** Only of a list that was found by a fact. */
  readonly facts: FactColumns | null;
  readonly onClose: () => void;
};
type Work = { readonly read: number; readonly total: number };
type Message = { readonly tone: 'info' | 'error'; readonly text: string };

/** What leaves the app as a file: for what, which columns, and only then the file. */
export function ExportDialog({ rows, facts, onClose }: Props) {
  const { t } = useTranslation(['register', 'settings', 'common']);
  const services = useServices();
  const { labelOf, columnOf, words, surroundings } = useExportTexts(facts);
  const [open, setOpen] = useState<readonly Compartment[]>([]);
  const basics = useExportBasics<ExportPurpose>('export');
  const { purpose } = basics;
  const keepsResidence = useKeepsLastResidence(services.today());
  const isOffered = (key: ExportKey) => keepsResidence || !residenceColumns.includes(key);
  const [chosenColumns, setColumns] = useState<readonly ExportKey[]>(() => presetOf(null, facts));
  const columns = chosenColumns.filter(isOffered);
  const [confirmed, setConfirmed] = useState<readonly Sensitivity[]>([]);
  const [problems, setProblems] = useState<FieldProblems>([]);
  const [isChecking, setChecking] = useState(false);
  const [work, setWork] = useState<Work | null>(null);
  const [message, setMessage] = useState<Message | null>(null);
  const stop = useRef(new AbortController());
  const wanted = useRef<ExportPurpose | null>(null);
  const said = useRef<HTMLDivElement>(null);
  const stopButton = useRef<HTMLButtonElement>(null);
  const isWorking = work !== null;

  useEffect(() => void services.openCompartments().then(setOpen), [services]);
  useEffect(() => () => stop.current.abort(), []);
  useEffect(() => {
    if (isWorking) stopButton.current?.focus();
  }, [isWorking]);
  useEffect(() => {
    if (message !== null) said.current?.focus();
  }, [message]);

  const persons = new Set(rows.map(({ resident }) => resident)).size;
  const own = useOwnPassphrase('exportPassphrase', persons);
  const asked = sensitivities.filter((one) => columns.some((key) => sensitivityOfKey(key, facts) === one));
  const { isSealed, setSealed, read: readSeal } = useSeal();
  const errorOf = (id: string) => problems.find(({ fieldId }) => fieldId === id)?.message;

  const choosePurpose = async (chosen: ExportPurpose) => {
    basics.setPurpose(chosen);
    setConfirmed([]);
    wanted.current = chosen;
    const known = await readColumns(services, chosen, facts);
    if (wanted.current === chosen) setColumns(known ?? presetOf(chosen, facts));
  };

  const run = async (chosen: ExportPurpose, sealedWith: string | null) => {
    stop.current = new AbortController();
    const { signal } = stop.current;
    setMessage(null);
    setWork({ read: 0, total: useWorkspace.getState().residents.size });
    const saved = await saveList(
      services,
      {
        rows,
        columns: columns.map(columnOf),
        format: basics.format,
        sheet: t('register:list.title'),
        fileName: `bewoners-${services.today()}.${basics.format}`,
        purpose: basics.said,
        reason: t('register:export.reason'),
        aroundOf: surroundings(),
        words,
        passphrase: sealedWith,
      },
      (read, total) => setWork({ read, total }),
      signal,
    );
    setWork(null);
    if (!saved.ok) return setMessage({ tone: 'error', text: errorMessage(saved.error) });
    const { outcome, missing } = saved.value;
    if (outcome !== 'saved') return setMessage({ tone: 'info', text: t(`register:export.${outcome}`) });
    await rememberColumns(services, chosen, facts, columns);
    addNotice({ tone: 'ok', text: t('register:export.saved', { count: persons - missing }) });
    if (missing > 0) addNotice({ tone: 'error', text: t('register:export.missing', { count: missing }) });
    onClose();
  };

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (isChecking) return;
    const form = event.currentTarget;
    const again = own.read(form);
    const seal = await readSeal(form);
    const found = [
      ...basics.problems(),
      ...(columns.length === 0 ? [{ fieldId: 'export-identity', message: t('register:export.columnsMissing') }] : []),
      ...(asked.some((one) => !confirmed.includes(one))
        ? [{ fieldId: 'exportConfirm', message: t('register:export.confirmMissing') }]
        : []),
      ...seal.problems,
      ...again.problems,
    ];
    setProblems(found);
    if (found.length > 0 || purpose === null) return;
    setChecking(true);
    const refused = await again.verify();
    setChecking(false);
    if (refused.length > 0) return setProblems(refused);
    await run(purpose, seal.passphrase);
  };

  return (
    <Dialog title={t('register:export.title')} isOpen onClose={onClose}>
      {work !== null && (
        <div className="stack">
          <ProgressBar
            label={t('register:export.working', { read: work.read, total: work.total })}
            value={work.read}
            total={work.total}
          />
          <div className="form__actions">
            <Button ref={stopButton} onPress={() => stop.current.abort()}>
              {t('register:export.stop')}
            </Button>
          </div>
        </div>
      )}
      {message !== null && (
        <div ref={said} tabIndex={-1}>
          <Alert tone={message.tone}>{message.text}</Alert>
        </div>
      )}
      {work === null && (
        <form noValidate className="form export" onSubmit={(event) => void submit(event)}>
          <ErrorSummary pageTitle={t('register:export.title')} problems={problems} />
          <p>{t('register:export.intro', { count: persons })}</p>
          <ExportBasics
            of={basics}
            purposes={exportPurposes}
            onPurpose={(chosen) => void choosePurpose(chosen)}
            errorOf={errorOf}
          />
          <ExportColumns
            facts={facts}
            open={open}
            isOffered={isOffered}
            labelOf={labelOf}
            columns={columns}
            onChange={setColumns}
            asked={asked}
            confirmed={confirmed}
            onConfirm={setConfirmed}
            errorOf={errorOf}
          />
          <SealFields isSensitive={asked.length > 0} isSealed={isSealed} onChange={setSealed} errorOf={errorOf} />
          <OwnPassphraseField own={own} problems={problems} />
          <div className="form__actions">
            <Button type="submit" look="primary" isPending={isChecking}>
              {t('register:export.save')}
            </Button>
            <Button onPress={onClose}>{t('common:action.cancel')}</Button>
          </div>
        </form>
      )}
    </Dialog>
  );
}
