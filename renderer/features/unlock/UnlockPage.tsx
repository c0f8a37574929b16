import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { unlockMessage } from '../../i18n/unlock-message.ts';
import { useServices, type UserCard } from '../../services.tsx';
import { Button } from '../../ui/Button.tsx';
import { ChoiceField } from '../../ui/ChoiceField.tsx';
import { PageHeading } from '../../ui/PageHeading.tsx';
import { ProgressBar } from '../../ui/ProgressBar.tsx';
import { PassphraseField } from '../../ui/PassphraseField.tsx';

export function UnlockPage({ users }: { users: readonly UserCard[] }) {
  const { t } = useTranslation('settings');
  const services = useServices();
  const [user, setUser] = useState(users[0]?.user ?? '');
  const [isWorking, setWorking] = useState(false);
  const [error, setError] = useState<string>();
  const [attempt, setAttempt] = useState(0);

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const field = event.currentTarget.elements.namedItem('passphrase') as HTMLInputElement;
    const passphrase = field.value;
    if (passphrase === '') {
      setError(t('unlock.empty'));
      field.focus();
      return;
    }
    setWorking(true);
    setError(undefined);
    const outcome = await services.unlock(user, passphrase);
    setWorking(false);
    if (outcome.ok) return;
    setError(unlockMessage(outcome.error));
    setAttempt((count) => count + 1);
  };

  return (
    <form noValidate className="form" onSubmit={(event) => void submit(event)}>
      <PageHeading title={t('unlock.title')} />
      {users.length > 1 && (
        <ChoiceField
          id="user"
          label={t('unlock.who')}
          choices={users.map(({ user: code, label }) => ({ code, label }))}
          value={user}
          onChange={setUser}
        />
      )}
      {users.length === 1 && <p>{users[0]?.label}</p>}
      {/* A field of its own per attempt: it starts empty and with the focus. */}
      <PassphraseField
        key={attempt}
        name="passphrase"
        label={t('unlock.passphrase')}
        error={error}
        takesFocus={attempt > 0}
      />
      {isWorking ? (
        <ProgressBar label={t('unlock.working')} value={0} total={null} />
      ) : (
        <div className="form__actions">
          <Button type="submit" look="primary">
            {t('unlock.submit')}
          </Button>
        </div>
      )}
    </form>
  );
}
