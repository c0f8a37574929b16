import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PassphraseField } from './ui/PassphraseField.tsx';
import type { PassphraseMeter } from './passphrase-strength.ts';
import { Alert } from './ui/Alert.tsx';
import { ChoiceField } from './ui/ChoiceField.tsx';
import { loadMeter, sealPassphraseId, sealRepeatId } from './use-seal.ts';

type Props = {
  /** Numbers, care or money of persons are in it. */
  readonly isSensitive: boolean;
  readonly isSealed: boolean;
  readonly onChange: (isSealed: boolean) => void;
  readonly errorOf: (fieldId: string) => string | undefined;
};

/** Under a passphrase, or open with a warning. */
export function SealFields({ isSensitive, isSealed, onChange, errorOf }: Props) {
  const { t } = useTranslation(['privacy', 'settings']);
  const [meter, setMeter] = useState<PassphraseMeter | null>(null);
  const [strength, setStrength] = useState<0 | 1 | 2 | 3 | 4 | null>(null);
  useEffect(() => {
    void loadMeter().then(setMeter);
  }, []);
  return (
    <>
      <ChoiceField
        id="sealChoice"
        label={t('privacy:seal.choice')}
        choices={(['sealed', 'open'] as const).map((code) => ({ code, label: t(`privacy:seal.choices.${code}`) }))}
        value={isSealed ? 'sealed' : 'open'}
        onChange={(code) => onChange(code === 'sealed')}
      />
      {isSealed ? (
        <>
          <div className="form__pair">
            <PassphraseField
              name={sealPassphraseId}
              label={t('privacy:seal.passphrase')}
              error={errorOf(sealPassphraseId)}
              onInput={(text) => setStrength(text === '' || meter === null ? null : meter.strengthOf(text, []))}
            />
            <PassphraseField name={sealRepeatId} label={t('privacy:seal.repeat')} error={errorOf(sealRepeatId)} />
          </div>
          <p role="status" className="strength">
            {strength === null ? (
              t('settings:enrol.passphraseHint')
            ) : (
              <>
                <meter min={0} max={4} value={strength} aria-hidden="true" />
                {t('settings:enrol.strength', { strength: t(`settings:enrol.strengths.${strength}`) })}
              </>
            )}
          </p>
          <p className="muted">{t('privacy:seal.tell')}</p>
        </>
      ) : (
        <Alert tone="warning">{t(`privacy:seal.warning.${isSensitive ? 'sensitive' : 'persons'}`)}</Alert>
      )}
    </>
  );
}
