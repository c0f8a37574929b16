import { IconDeviceLaptopOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useSync } from '../../stores/sync-store.ts';

/** What the municipality decided about this laptop, and what the user can still do with it. */
export function StandingNotice() {
  const { t } = useTranslation('sync');
  const standing = useSync((sync) => sync.standing);
  const undelivered = useSync((sync) => sync.undelivered);
  const unsent = useSync((sync) => sync.unsent);
  if (standing === null || standing.status === 'active') return null;
  const left = undelivered ?? unsent;
  return (
    <div role="status" className="shell__notice shell__notice--closed">
      <IconDeviceLaptopOff size={20} aria-hidden="true" />
      <span>
        {standing.status === 'deposit_only' ? (
          t(standing.reason === 'put-back' ? 'standing.putBack' : 'standing.depositOnly')
        ) : (
          <>
            {t(
              standing.status === 'wipe'
                ? 'standing.wipe'
                : `standing.revoked.${standing.reason === 'stolen' ? 'stolen' : 'returned'}`,
            )}{' '}
            {left === 0 ? t('standing.delivered') : t('standing.undelivered', { count: left })}
          </>
        )}
      </span>
    </div>
  );
}
