import { useTranslation } from 'react-i18next';
import { errorMessage } from '../../i18n/error-message.ts';
import { Alert } from '../../ui/Alert.tsx';
import type { Approved } from './use-approvals.ts';

/** What became of a bulk of approvals, also of those that wait. */
export function ApprovalNotice({ approved: { asked, decided, passed, error } }: { approved: Approved }) {
  const { t } = useTranslation('run');
  const rest = asked - decided - passed.length;
  const tone = error !== null ? 'error' : rest + passed.length > 0 ? 'warning' : 'ok';
  return (
    <Alert tone={tone} role={tone === 'error' ? 'alert' : 'status'}>
      <p>{t('check.done', { count: decided })}</p>
      {passed.length > 0 && <p>{t('check.passed', { count: passed.length })}</p>}
      {error !== null && <p>{errorMessage(error)}</p>}
      {rest > 0 && <p>{t('check.rest', { count: rest })}</p>}
    </Alert>
  );
}
