import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { PassphraseField } from './ui/PassphraseField.tsx';
import { OwnPassphraseField, useOwnPassphrase } from './OwnPassphrase.tsx';
import { SealFields } from './SealFields.tsx';
import { useFileQuestions, type OpenProblem, type SaveAnswer, type SaveQuestion } from './stores/file-questions.ts';
import { Button } from './ui/Button.tsx';
import { Dialog } from './ui/Dialog.tsx';
import { ErrorSummary, type FieldProblems } from './ui/ErrorSummary.tsx';
import { TextField } from './ui/TextField.tsx';
import { typedIn, useSeal } from './use-seal.ts';

const openId = 'openFilePassphrase';

/** Once in the app, over every page: how a file about persons leaves, and what opens one that was sealed. */
export function FileQuestions() {
  const save = useFileQuestions((asked) => asked.save);
  const open = useFileQuestions((asked) => asked.open);
  if (save !== null) return <SaveDialog key={save.name} file={save} onAnswer={save.answer} />;
  if (open !== null) return <OpenDialog problem={open.problem} onAnswer={open.answer} />;
  return null;
}

function SaveDialog({ file, onAnswer }: { file: SaveQuestion; onAnswer: (answer: SaveAnswer | null) => void }) {
  const { t } = useTranslation(['privacy', 'register', 'settings', 'common']);
  const { isSealed, setSealed, read } = useSeal();
  const [purpose, setPurpose] = useState('');
  const [problems, setProblems] = useState<FieldProblems>([]);
  const [isChecking, setChecking] = useState(false);
  const errorOf = (id: string) => problems.find(({ fieldId }) => fieldId === id)?.message;
  const own = useOwnPassphrase('saveFileOwn', file.persons);

  const submit = async (form: HTMLFormElement) => {
    const again = own.read(form);
    const seal = await read(form);
    const found = [
      ...(file.purpose === null && purpose.trim() === ''
        ? [{ fieldId: 'saveFilePurpose', message: t('register:export.detailMissing') }]
        : []),
      ...seal.problems,
      ...again.problems,
    ];
    setProblems(found);
    if (found.length > 0) return;
    setChecking(true);
    const refused = await again.verify();
    setChecking(false);
    if (refused.length > 0) return setProblems(refused);
    onAnswer({ purpose: file.purpose ?? purpose.trim(), passphrase: seal.passphrase });
  };

  return (
    <Dialog title={t('privacy:seal.title')} isOpen onClose={() => onAnswer(null)}>
      <form
        noValidate
        className="form"
        onSubmit={(event: FormEvent<HTMLFormElement>) => {
          event.preventDefault();
          if (!isChecking) void submit(event.currentTarget);
        }}
      >
        <ErrorSummary pageTitle={t('privacy:seal.title')} problems={problems} />
        <p>{t('privacy:seal.file', { name: isSealed ? `${file.name}.age` : file.name })}</p>
        {file.purpose === null && (
          <TextField
            id="saveFilePurpose"
            label={t('register:export.purpose')}
            hint={t('register:export.detailHint')}
            value={purpose}
            onChange={setPurpose}
            maxLength={180}
            width="full"
            error={errorOf('saveFilePurpose')}
          />
        )}
        <SealFields isSensitive={file.isSensitive} isSealed={isSealed} onChange={setSealed} errorOf={errorOf} />
        <OwnPassphraseField own={own} problems={problems} />
        <div className="form__actions">
          <Button type="submit" look="primary" isPending={isChecking}>
            {t('register:export.save')}
          </Button>
          <Button onPress={() => onAnswer(null)}>{t('common:action.cancel')}</Button>
        </div>
      </form>
    </Dialog>
  );
}

type OpenProps = { readonly problem: OpenProblem | null; readonly onAnswer: (passphrase: string | null) => void };
function OpenDialog({ problem, onAnswer }: OpenProps) {
  const { t } = useTranslation(['privacy', 'settings', 'common']);
  const [isEmpty, setEmpty] = useState(false);
  const message = isEmpty
    ? t('settings:unlock.empty')
    : problem === null
      ? undefined
      : t(`privacy:seal.failed.${problem}`);
  return (
    <Dialog title={t('privacy:seal.openTitle')} isOpen onClose={() => onAnswer(null)}>
      <form
        noValidate
        className="form"
        onSubmit={(event: FormEvent<HTMLFormElement>) => {
          event.preventDefault();
          const typed = typedIn(event.currentTarget, openId);
          if (typed === '') setEmpty(true);
          else onAnswer(typed);
        }}
      >
        <PassphraseField
          name={openId}
          label={t('privacy:seal.passphrase')}
          hint={t('privacy:seal.passphraseFrom')}
          error={message}
          takesFocus
        />
        <div className="form__actions">
          <Button type="submit" look="primary">
            {t('privacy:seal.openIt')}
          </Button>
          <Button onPress={() => onAnswer(null)}>{t('common:action.cancel')}</Button>
        </div>
      </form>
    </Dialog>
  );
}
