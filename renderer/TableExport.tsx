import { IconFileExport } from '@tabler/icons-react';
import { useEffect, useRef, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { ExportBasics, useExportBasics } from './ExportBasics.tsx';
import { tablePurposes, type TablePurpose } from './export-purpose.ts';
import { errorMessage } from './i18n/error-message.ts';
import { OwnPassphraseField, useOwnPassphrase } from './OwnPassphrase.tsx';
import { saveTable, type SavedTable } from './save-table.ts';
import { SealFields } from './SealFields.tsx';
import { useServices } from './services.tsx';
import { addNotice } from './stores/session-store.ts';
import { Alert } from './ui/Alert.tsx';
import { Button } from './ui/Button.tsx';
import { Dialog } from './ui/Dialog.tsx';
import { ErrorSummary, type FieldProblems } from './ui/ErrorSummary.tsx';
import { useSeal } from './use-seal.ts';

/** `makeTable` makes it when somebody asks for the file, not each time the page is shown. */
export function TableExport({ makeTable }: { makeTable: () => SavedTable }) {
  const { t } = useTranslation('register');
  const [table, setTable] = useState<SavedTable | null>(null);
  return (
    <>
      <Button icon={<IconFileExport size={18} />} onPress={() => setTable(makeTable())}>
        {t('export.file')}
      </Button>
      {table !== null && <TableExportDialog table={table} onClose={() => setTable(null)} />}
    </>
  );
}

/** For what, in which format, and only then the file. */
function TableExportDialog({ table, onClose }: { table: SavedTable; onClose: () => void }) {
  const { t } = useTranslation(['register', 'settings', 'common']);
  const services = useServices();
  const basics = useExportBasics<TablePurpose>('table');
  const [problems, setProblems] = useState<FieldProblems>([]);
  const [isWorking, setWorking] = useState(false);
  const [message, setMessage] = useState<{ tone: 'info' | 'error'; text: string } | null>(null);
  const stop = useRef(new AbortController());
  useEffect(() => {
    const mine = new AbortController();
    stop.current = mine;
    return () => mine.abort();
  }, []);
  const own = useOwnPassphrase('tablePassphrase', table.persons);
  const { isSealed, setSealed, read: readSeal } = useSeal();
  const holdsPersons = table.persons > 0;
  const errorOf = (id: string) => problems.find(({ fieldId }) => fieldId === id)?.message;

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (isWorking) return;
    const asked = own.read(event.currentTarget);
    const seal = holdsPersons ? await readSeal(event.currentTarget) : { problems: [], passphrase: null };
    const found = [...basics.problems(), ...seal.problems, ...asked.problems];
    setProblems(found);
    setMessage(null);
    if (found.length > 0) return;
    setWorking(true);
    const refused = await asked.verify();
    if (refused.length > 0) {
      setWorking(false);
      return setProblems(refused);
    }
    const reason = t(table.persons > 0 ? 'register:export.reason' : 'register:export.figures');
    const saved = await saveTable(
      services,
      table,
      { format: basics.format, purpose: basics.said, reason, passphrase: seal.passphrase },
      stop.current.signal,
    );
    setWorking(false);
    if (!saved.ok) return setMessage({ tone: 'error', text: errorMessage(saved.error) });
    if (saved.value !== 'saved') return setMessage({ tone: 'info', text: t(`register:export.${saved.value}`) });
    addNotice({ tone: 'ok', text: t('register:export.tableSaved') });
    onClose();
  };

  return (
    <Dialog title={t('register:export.file')} isOpen onClose={onClose}>
      <form noValidate className="form" onSubmit={(event) => void submit(event)}>
        <ErrorSummary pageTitle={t('register:export.file')} problems={problems} />
        {message !== null && <Alert tone={message.tone}>{message.text}</Alert>}
        <p>
          {table.persons > 0
            ? t('register:export.introList', { count: table.persons })
            : t('register:export.introFigures')}
        </p>
        <ExportBasics of={basics} purposes={tablePurposes} errorOf={errorOf} />
        {holdsPersons && <SealFields isSensitive={false} isSealed={isSealed} onChange={setSealed} errorOf={errorOf} />}
        <OwnPassphraseField own={own} problems={problems} />
        <div className="form__actions">
          <Button type="submit" look="primary" isPending={isWorking}>
            {t('register:export.save')}
          </Button>
          <Button onPress={onClose}>{t('common:action.cancel')}</Button>
        </div>
      </form>
    </Dialog>
  );
}
