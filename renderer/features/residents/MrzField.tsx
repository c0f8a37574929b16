import { IconScan } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Resident } from '../../../shared/register/resident.ts';
import { isWholeMrz, parseMrz, type MrzCheck } from '../../../shared/register/mrz.ts';
import { useServices } from '../../services.tsx';
import { Alert } from '../../ui/Alert.tsx';
import { Button } from '../../ui/Button.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { fillFromMrz, type MrzControl } from './mrz-form.ts';
import type { ResidentFormValues } from './resident-form.ts';

type Props = {
  readonly form: ResidentFormValues;
  readonly before: Resident;
  readonly set: (change: Partial<ResidentFormValues>) => void;
};
type Outcome = {
  readonly failed: readonly MrzCheck[];
  readonly differs: readonly MrzControl[];
  readonly namesCut: boolean;
};

/**
 * The lines at the foot of a passport or card, scanned by a reader that types like a keyboard or typed by hand. They
 * fill the form as soon as they are whole.
 */
export function MrzField({ form, before, set }: Props) {
  const { t } = useTranslation('register');
  const services = useServices();
  const [isOpen, setOpen] = useState(false);
  const [typed, setTyped] = useState('');
  const [error, setError] = useState<string>();
  const [outcome, setOutcome] = useState<Outcome | null>(null);

  useEffect(() => {
    if (isOpen) document.getElementById('mrz')?.focus();
  }, [isOpen]);

  const read = (text: string) => {
    const mrz = parseMrz(text, services.today());
    setOutcome(null);
    if (!mrz.ok) {
      setError(
        mrz.error.type === 'wrong-sign' ? t('mrz.error.wrong-sign', mrz.error) : t(`mrz.error.${mrz.error.type}`),
      );
      return;
    }
    setError(undefined);
    const { change, differs } = fillFromMrz(mrz.value, form, before.documents.length === 0);
    set(change);
    setOutcome({ failed: mrz.value.failed, differs, namesCut: mrz.value.namesCut });
  };

  if (!isOpen) {
    return (
      <div>
        <Button icon={<IconScan size={18} />} onPress={() => setOpen(true)}>
          {t('mrz.open')}
        </Button>
      </div>
    );
  }
  return (
    <div className="form__section mrz-field">
      <TextField
        id="mrz"
        label={t('mrz.label')}
        hint={t('mrz.hint')}
        error={error}
        width="full"
        lines={3}
        value={typed}
        onChange={(text) => {
          setTyped(text);
          if (isWholeMrz(text) && !isWholeMrz(typed)) read(text);
        }}
      />
      <div className="row">
        <Button onPress={() => read(typed)}>{t('mrz.read')}</Button>
      </div>
      <div role="status">{outcome !== null && <MrzOutcome outcome={outcome} />}</div>
    </div>
  );
}

function MrzOutcome({ outcome: { failed, differs, namesCut } }: { outcome: Outcome }) {
  const { t } = useTranslation('register');
  const isClean = failed.length === 0 && differs.length === 0 && !namesCut;
  return (
    <Alert tone={isClean ? 'ok' : 'warning'}>
      <p>{t('mrz.filled')}</p>
      {failed.map((check) => (
        <p key={check}>{t('mrz.failed', { field: t(`mrz.check.${check}`) })}</p>
      ))}
      {differs.map((control) => (
        <p key={control}>{t('mrz.differs', { field: t(`control.${control}`) })}</p>
      ))}
      {namesCut && <p>{t('mrz.namesCut')}</p>}
    </Alert>
  );
}
