import { useEffect, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { unlockMessage } from '../../i18n/unlock-message.ts';
import { useServices } from '../../services.tsx';
import { Button } from '../../ui/Button.tsx';
import { ErrorSummary, type FieldProblems } from '../../ui/ErrorSummary.tsx';
import { PageHeading } from '../../ui/PageHeading.tsx';
import { ProgressBar } from '../../ui/ProgressBar.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { PassphraseField } from '../../ui/PassphraseField.tsx';
import type { PassphraseMeter } from '../../passphrase-strength.ts';

/** The first start of a laptop, or one more user on it. */
export function EnrolPage({ onDone }: { onDone?: () => void }) {
  const { t } = useTranslation('settings');
  const services = useServices();
  const [label, setLabel] = useState('');
  const [strength, setStrength] = useState<0 | 1 | 2 | 3 | 4 | null>(null);
  const [problems, setProblems] = useState<FieldProblems>([]);
  const [isWorking, setWorking] = useState(false);
  const [meter, setMeter] = useState<PassphraseMeter | null>(null);
  useEffect(() => {
    void loadMeter().then(setMeter);
  }, []);
  const errorOf = (fieldId: string) => problems.find((problem) => problem.fieldId === fieldId)?.message;

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const { elements } = event.currentTarget;
    const valueOf = (name: string) => (elements.namedItem(name) as HTMLInputElement).value;
    const passphrase = valueOf('passphrase');
    const repeated = valueOf('repeat');
    const { findPassphraseProblem } = await loadMeter();
    const weak = findPassphraseProblem(passphrase, label.split(/\s+/));
    const found = [
      ...(label.trim() === '' ? [{ fieldId: 'label', message: t('enrol.labelError') }] : []),
      ...(weak === undefined
        ? []
        : [{ fieldId: 'passphrase', message: weak === 'too-short' ? t('enrol.tooShort') : t('enrol.tooWeak') }]),
      ...(repeated === passphrase ? [] : [{ fieldId: 'repeat', message: t('enrol.repeatError') }]),
    ];
    setProblems(found);
    if (found.length > 0) return;
    setWorking(true);
    const outcome = await services.enrol(label.trim(), passphrase);
    setWorking(false);
    if (outcome.ok) onDone?.();
    else setProblems([{ fieldId: 'label', message: unlockMessage(outcome.error) }]);
  };

  return (
    <form noValidate className="form" onSubmit={(event) => void submit(event)}>
      <ErrorSummary pageTitle={t('enrol.title')} problems={problems} />
      <PageHeading title={t('enrol.title')} />
      <p>{t('enrol.intro')}</p>
      <TextField
        id="label"
        label={t('enrol.label')}
        hint={t('enrol.labelHint')}
        error={errorOf('label')}
        value={label}
        onChange={setLabel}
      />
      <PassphraseField
        name="passphrase"
        label={t('unlock.passphrase')}
        hint={t('enrol.passphraseHint')}
        error={errorOf('passphrase')}
        onInput={(text) =>
          setStrength(text === '' || meter === null ? null : meter.strengthOf(text, label.split(/\s+/)))
        }
      />
      <p role="status" className="strength">
        {strength !== null && (
          <>
            <meter min={0} max={4} value={strength} aria-hidden="true" />
            {t('enrol.strength', { strength: t(`enrol.strengths.${strength}`) })}
          </>
        )}
      </p>
      <PassphraseField name="repeat" label={t('enrol.repeat')} error={errorOf('repeat')} />
      <p>{t('enrol.forgotten')}</p>
      {isWorking ? (
        <ProgressBar label={t('unlock.working')} value={0} total={null} />
      ) : (
        <div className="form__actions">
          <Button type="submit" look="primary">
            {t('enrol.submit')}
          </Button>
        </div>
      )}
    </form>
  );
}

const loadMeter = (): Promise<PassphraseMeter> => import('../../passphrase-strength.ts');
