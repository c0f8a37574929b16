import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PassphraseMeter } from './passphrase-strength.ts';
import type { FieldProblems } from './ui/ErrorSummary.tsx';

export const sealPassphraseId = 'sealPassphrase';
export const sealRepeatId = 'sealRepeat';

/** What was typed in a field that is in no state of the page; '' where the form has no such field. */
export function typedIn(form: HTMLFormElement, name: string): string {
  const field = form.elements.namedItem(name);
  return field instanceof HTMLInputElement ? field.value : '';
}

/** Whether a file is sealed, and under which passphrase; sealed unless somebody chooses otherwise (SEC-52). */
export function useSeal() {
  const { t } = useTranslation('settings');
  const [isSealed, setSealed] = useState(true);

  /** Reads the form when it is sent; the passphrase is in no state of the page before or after. */
  const read = async (form: HTMLFormElement): Promise<{ problems: FieldProblems; passphrase: string | null }> => {
    if (!isSealed) return { problems: [], passphrase: null };
    const passphrase = typedIn(form, sealPassphraseId);
    const { findPassphraseProblem } = await loadMeter();
    const weak = findPassphraseProblem(passphrase, []);
    const problems = [
      ...(weak === undefined
        ? []
        : [{ fieldId: sealPassphraseId, message: weak === 'too-short' ? t('enrol.tooShort') : t('enrol.tooWeak') }]),
      ...(typedIn(form, sealRepeatId) === passphrase
        ? []
        : [{ fieldId: sealRepeatId, message: t('enrol.repeatError') }]),
    ];
    return { problems, passphrase };
  };
  return { isSealed, setSealed, read };
}

export const loadMeter = (): Promise<PassphraseMeter> => import('./passphrase-strength.ts');
