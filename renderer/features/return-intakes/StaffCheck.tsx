import { useEffect, useRef, useState, type FormEvent } from 'react';
import { Input, TextField } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { languages, type Language } from '../../i18n/i18n.ts';
import { unlockMessage } from '../../i18n/unlock-message.ts';
import { useServices } from '../../services.tsx';
import { Button } from '../../ui/Button.tsx';
import { controlClass, FieldHead, fieldProps } from '../../ui/field.tsx';
import { ProgressBar } from '../../ui/ProgressBar.tsx';

type Props = { readonly language: Language; readonly onStaff: () => void; readonly onContinue: () => void };

/** A page that says nothing about an interview. Only the member of staff who is signed in gets past it. */
export function StaffCheck({ language, onStaff, onContinue }: Props) {
  const { t } = useTranslation(['intakes', 'settings', 'common']);
  const { t: tShown } = useTranslation('intakes', { lng: language });
  const services = useServices();
  const heading = useRef<HTMLHeadingElement>(null);
  const [isWorking, setWorking] = useState(false);
  const [failure, setFailure] = useState<{ readonly text: string; readonly attempt: number }>();
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    document.title = t('common:appName');
  }, [t]);
  useEffect(() => heading.current?.focus(), []);
  // A new field after each attempt: nothing of what was typed stays behind.
  useEffect(() => {
    if (failure !== undefined) input.current?.focus();
  }, [failure]);
  const refuse = (text: string) => setFailure((before) => ({ text, attempt: (before?.attempt ?? 0) + 1 }));

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const field = event.currentTarget.elements.namedItem('staff-passphrase') as HTMLInputElement;
    const { submitter } = event.nativeEvent as SubmitEvent;
    const toStaff = submitter?.getAttribute('value') !== 'continue';
    if (field.value === '') return refuse(t('settings:unlock.empty'));
    setWorking(true);
    const outcome = await services.verify(field.value);
    setWorking(false);
    if (outcome.ok) return toStaff ? onStaff() : onContinue();
    refuse(unlockMessage(outcome.error));
  };

  const sentences = [tShown('neutral.text'), ...languages.map((other) => t('neutral.text', { lng: other }))];
  return (
    <div className="resident-page resident-page--neutral">
      <main>
        <h1 ref={heading} tabIndex={-1} className="nl-heading nl-heading--level-1">
          {t('common:appName')}
        </h1>
        {[...new Set(sentences)].map((sentence, at) => (
          <p key={sentence} lang={[language, ...languages.filter((other) => other !== language)][at]}>
            {sentence}
          </p>
        ))}
        <form noValidate className="form" onSubmit={(event) => void submit(event)}>
          <TextField
            key={failure?.attempt}
            id="staff-passphrase"
            name="staff-passphrase"
            type="password"
            autoComplete="off"
            {...fieldProps(failure?.text)}
          >
            <FieldHead label={t('neutral.passphrase')} error={failure?.text} />
            <Input
              ref={input}
              className={`utrecht-textbox--html-input ${controlClass(failure?.text)} text-field__control--medium`}
            />
          </TextField>
          {isWorking && <ProgressBar label={t('settings:unlock.working')} value={0} total={null} />}
          <div className="form__actions">
            <Button type="submit" look="primary" value="staff" isDisabled={isWorking}>
              {t('neutral.toStaff')}
            </Button>
            <Button type="submit" value="continue" isDisabled={isWorking}>
              {t('neutral.continue')}
            </Button>
          </div>
        </form>
      </main>
    </div>
  );
}
