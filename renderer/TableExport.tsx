import { IconFileExport } from '@tabler/icons-react';
import { useEffect, useRef, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { exportFormats, type ExportFormat } from '../shared/exchange/export-table.ts';
import { freePersons, tablePurposes, type TablePurpose } from './export-purpose.ts';
import { errorMessage } from './i18n/error-message.ts';
import { unlockMessage } from './i18n/unlock-message.ts';
import { saveTable, type SavedTable } from './save-table.ts';
import { SealFields } from './SealFields.tsx';
import { useServices } from './services.tsx';
import { addNotice } from './stores/session-store.ts';
import { Alert } from './ui/Alert.tsx';
import { Button } from './ui/Button.tsx';
import { ChoiceField } from './ui/ChoiceField.tsx';
import { Dialog } from './ui/Dialog.tsx';
import { ErrorSummary, type FieldProblems } from './ui/ErrorSummary.tsx';
import { SelectField } from './ui/SelectField.tsx';
import { TextField } from './ui/TextField.tsx';
import { typedIn, useSeal } from './use-seal.ts';

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

const passphraseId = 'tablePassphrase';

/** For what, in which format, and only then the file. */
function TableExportDialog({ table, onClose }: { table: SavedTable; onClose: () => void }) {
  const { t } = useTranslation(['register', 'settings', 'common']);
  const services = useServices();
  const [purpose, setPurpose] = useState<TablePurpose | null>(null);
  const [detail, setDetail] = useState('');
  const [format, setFormat] = useState<ExportFormat>('xlsx');
  const [problems, setProblems] = useState<FieldProblems>([]);
  const [attempt, setAttempt] = useState(0);
  const [isWorking, setWorking] = useState(false);
  const [message, setMessage] = useState<{ tone: 'info' | 'error'; text: string } | null>(null);
  const stop = useRef(new AbortController());
  useEffect(() => {
    const mine = new AbortController();
    stop.current = mine;
    return () => mine.abort();
  }, []);
  const asksPassphrase = table.persons > freePersons;
  const { isSealed, setSealed, read: readSeal } = useSeal();
  const holdsPersons = table.persons > 0;
  const errorOf = (id: string) => problems.find(({ fieldId }) => fieldId === id)?.message;

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (isWorking) return;
    const passphrase = typedIn(event.currentTarget, passphraseId);
    const seal = holdsPersons ? await readSeal(event.currentTarget) : { problems: [], passphrase: null };
    const found = [
      ...(purpose === null ? [{ fieldId: 'tablePurpose', message: t('register:export.purposeMissing') }] : []),
      ...(purpose === 'other' && detail.trim() === ''
        ? [{ fieldId: 'tableDetail', message: t('register:export.detailMissing') }]
        : []),
      ...seal.problems,
      ...(asksPassphrase && passphrase === '' ? [{ fieldId: passphraseId, message: t('settings:unlock.empty') }] : []),
    ];
    setProblems(found);
    setMessage(null);
    if (found.length > 0 || purpose === null) return;
    setWorking(true);
    if (asksPassphrase) {
      const verified = await services.verify(passphrase);
      // A new field after each attempt: nothing of what was typed stays behind.
      setAttempt((before) => before + 1);
      if (!verified.ok) {
        setWorking(false);
        return setProblems([{ fieldId: passphraseId, message: unlockMessage(verified.error) }]);
      }
    }
    const said = [purpose, detail.trim()].filter((part) => part !== '').join(': ');
    const reason = t(table.persons > 0 ? 'register:export.reason' : 'register:export.figures');
    const saved = await saveTable(
      services,
      table,
      { format, purpose: said, reason, passphrase: seal.passphrase },
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
        <SelectField
          id="tablePurpose"
          label={t('register:export.purpose')}
          empty={t('register:export.purposeEmpty')}
          choices={tablePurposes.map((code) => ({ code, label: t(`register:export.purposes.${code}`) }))}
          value={purpose}
          onChange={setPurpose}
          error={errorOf('tablePurpose')}
        />
        <TextField
          id="tableDetail"
          label={
            purpose === 'other'
              ? t('register:export.detail')
              : t('common:form.optional', { label: t('register:export.detail') })
          }
          hint={t('register:export.detailHint')}
          value={detail}
          onChange={setDetail}
          maxLength={180}
          width="full"
          error={errorOf('tableDetail')}
        />
        <ChoiceField
          id="tableFormat"
          label={t('register:export.format')}
          choices={exportFormats.map((code) => ({ code, label: t(`register:export.formats.${code}`) }))}
          value={format}
          onChange={setFormat}
          inline
        />
        {holdsPersons && <SealFields isSensitive={false} isSealed={isSealed} onChange={setSealed} errorOf={errorOf} />}
        {asksPassphrase && (
          <TextField
            key={attempt}
            id={passphraseId}
            name={passphraseId}
            type="password"
            label={t('register:export.passphrase')}
            hint={t('register:export.passphraseHint', { count: freePersons })}
            error={errorOf(passphraseId)}
          />
        )}
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
