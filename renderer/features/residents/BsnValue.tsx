import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useServices } from '../../services.tsx';
import { Button } from '../../ui/Button.tsx';
import { FormDialog } from '../../ui/FormDialog.tsx';
import { TextField } from '../../ui/TextField.tsx';

/** Masked until somebody gives a reason; the reason goes to the audit log before the number is shown. */
export function BsnValue({ id, bsn }: { id: string; bsn: string | null }) {
  const { t } = useTranslation('register');
  const services = useServices();
  const [isAsking, setAsking] = useState(false);
  const [isShown, setShown] = useState(false);
  const [reason, setReason] = useState('');
  const [error, setError] = useState<string>();
  if (bsn === null) return '–';
  if (isShown) return bsn;

  const submit = async () => {
    if (reason.trim() === '') return setError(t('page.showBsnError'));
    const seen = await services.open({ kind: 'resident', id }, reason.trim());
    if (!seen.ok) return setError(t('page.showBsnError'));
    setAsking(false);
    setShown(true);
  };
  return (
    <span className="row">
      {t('page.bsnHidden', { digits: bsn.slice(-3) })}
      <Button onPress={() => setAsking(true)}>{t('page.showBsn')}</Button>
      {isAsking && (
        <FormDialog
          title={t('page.showBsn')}
          onClose={() => setAsking(false)}
          onSubmit={submit}
          submit={t('page.showBsn')}
        >
          <TextField
            id="bsnReason"
            label={t('page.showBsnReason')}
            error={error}
            value={reason}
            onChange={setReason}
            width="full"
          />
        </FormDialog>
      )}
    </span>
  );
}
