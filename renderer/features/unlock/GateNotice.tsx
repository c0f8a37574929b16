import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatMoment } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { useServices, type Services } from '../../services.tsx';
import { useSession } from '../../stores/session-store.ts';
import { Alert } from '../../ui/Alert.tsx';

type Status = Awaited<ReturnType<Services['syncStatus']>>;

/** Before anybody is let in: that this laptop was closed, or emptied, and what there is to do. */
export function GateNotice() {
  const { t } = useTranslation('sync');
  const services = useServices();
  const emptied = useSession((session) => session.emptied);
  const [status, setStatus] = useState<Pick<Status, 'standing' | 'lease'>>({ standing: null, lease: null });
  useEffect(() => {
    const look = () => void services.syncStatus().then(setStatus);
    look();
    // A locked laptop asks by itself now and then.
    const timer = setInterval(look, 60_000);
    return () => clearInterval(timer);
  }, [services]);
  if (emptied !== null)
    return (
      <Alert tone="warning">
        {t(`gate.emptied.${emptied.reason}`, { when: formatMoment(emptied.atMs, currentLanguage()) })}
      </Alert>
    );
  const { standing, lease } = status;
  if (lease?.stage === 'over' && (standing === null || standing.status === 'active'))
    return <Alert tone="warning">{t('gate.lease', { count: lease.days })}</Alert>;
  if (standing === null || standing.status === 'active') return null;
  return (
    <Alert tone="warning">
      {standing.status === 'deposit_only'
        ? t(standing.reason === 'put-back' ? 'standing.putBack' : 'standing.depositOnly')
        : standing.status === 'wipe'
          ? t('gate.wipe')
          : t(`gate.revoked.${standing.reason === 'stolen' ? 'stolen' : 'returned'}`)}
    </Alert>
  );
}
