import { IconHourglassEmpty } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useSync } from '../../stores/sync-store.ts';

/** How many days a laptop is without contact, once it is worth saying, and what that will mean. */
export function LeaseNotice() {
  const { t } = useTranslation('sync');
  const lease = useSync((sync) => sync.lease);
  if (lease === null || lease.stage === 'open' || lease.stage === 'over') return null;
  const { stage, days, daysLeft } = lease;
  return (
    <div role="status" className="shell__notice">
      <IconHourglassEmpty size={20} aria-hidden="true" />
      <span>
        {t('lease.days', { count: days })}{' '}
        {t(stage === 'warned' ? 'lease.warned' : 'lease.readOnly', { count: daysLeft })}
      </span>
    </div>
  );
}
