import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { unlockMessage } from './i18n/unlock-message.ts';
import { useServices } from './services.tsx';
import type { FieldProblems } from './ui/ErrorSummary.tsx';
import { PassphraseField } from './ui/PassphraseField.tsx';
import { typedIn } from './use-seal.ts';

/** Above this number of persons the passphrase is asked for again (SEC-52). */
const freePersons = 100;

type OwnPassphrase = {
  readonly name: string;
  readonly isAsked: boolean;
  readonly attempt: number;
  /** What is missing in the form; what was typed is looked at by `verify`, which gives what is wrong with it. */
  readonly read: (form: HTMLFormElement) => {
    readonly problems: FieldProblems;
    readonly verify: () => Promise<FieldProblems>;
  };
};

/** The user's own passphrase once more, before the data of many persons leave the app. */
export function useOwnPassphrase(name: string, persons: number): OwnPassphrase {
  const { t } = useTranslation('settings');
  const services = useServices();
  const [attempt, setAttempt] = useState(0);
  const isAsked = persons > freePersons;
  const problemOf = (message: string): FieldProblems => [{ fieldId: name, message }];
  return {
    ...{ name, isAsked, attempt },
    read: (form) => {
      const typed = typedIn(form, name);
      return {
        problems: isAsked && typed === '' ? problemOf(t('unlock.empty')) : [],
        verify: async () => {
          if (!isAsked) return [];
          const verified = await services.verify(typed);
          // A new field after each attempt: nothing of what was typed stays behind.
          setAttempt((before) => before + 1);
          return verified.ok ? [] : problemOf(unlockMessage(verified.error));
        },
      };
    },
  };
}

export function OwnPassphraseField({ own, problems }: { own: OwnPassphrase; problems: FieldProblems }) {
  const { t } = useTranslation('register');
  if (!own.isAsked) return null;
  return (
    <PassphraseField
      key={own.attempt}
      name={own.name}
      label={t('export.passphrase')}
      hint={t('export.passphraseHint', { count: freePersons })}
      error={problems.find(({ fieldId }) => fieldId === own.name)?.message}
    />
  );
}
