import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { SyncError } from '../../../shared/transport-ports.ts';
import { useServices } from '../../services.tsx';
import { Alert } from '../../ui/Alert.tsx';
import { Button } from '../../ui/Button.tsx';
import { TextField } from '../../ui/TextField.tsx';

const isAddress = (text: string) => /^https?:\/\/\S+$/.test(text);

const failedText = {
  offline: 'unreachable',
  'captive-portal': 'portal',
  'wrong-endpoint': 'refusedAddress',
  untrusted: 'untrusted',
  unauthorised: 'failed',
  revoked: 'failed',
  'upgrade-needed': 'upgrade',
  'too-big': 'failed',
  rewound: 'failed',
  'endpoint-failed': 'failed',
} as const satisfies Record<SyncError['type'], string>;

/** Address and one-time code of the central endpoint; every user of a laptop has a code of their own. */
export function ConnectForm({ address, onConnected }: { address: string; onConnected: () => void }) {
  const { t } = useTranslation('settings');
  const services = useServices();
  const [url, setUrl] = useState(address);
  const [code, setCode] = useState('');
  const [errors, setErrors] = useState<{ url?: string; code?: string; outcome?: string }>({});
  const [isWorking, setWorking] = useState(false);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const found = {
      ...(isAddress(url.trim()) ? {} : { url: t('connection.addressError') }),
      ...(code.trim() === '' ? { code: t('connection.codeError') } : {}),
    };
    setErrors(found);
    if (Object.keys(found).length > 0) return;
    setWorking(true);
    const outcome = await services.connect(url.trim(), code.trim());
    setWorking(false);
    if ('sites' in outcome) return onConnected();
    if ('failed' in outcome) {
      return setErrors({ outcome: t(`connection.${failedText[outcome.failed]}`) });
    }
    const refusal = { code: 'refusedCode', protection: 'refusedProtection', address: 'onlyHttps' } as const;
    setErrors({ outcome: t(`connection.${refusal[outcome.refused]}`) });
  };

  return (
    <form noValidate className="form" onSubmit={(event) => void submit(event)}>
      {errors.outcome !== undefined && (
        <Alert tone="error" role="alert">
          {errors.outcome}
        </Alert>
      )}
      <TextField id="endpoint" label={t('connection.address')} value={url} onChange={setUrl} error={errors.url} />
      <TextField
        id="code"
        label={t('connection.code')}
        hint={t('connection.codeHint')}
        value={code}
        onChange={setCode}
        error={errors.code}
      />
      <div className="form__actions">
        <Button type="submit" look="primary" isPending={isWorking}>
          {t('connection.connect')}
        </Button>
      </div>
    </form>
  );
}
