import { IconCloudOff } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { formatMoment } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { mayWrite, useSync } from '../../stores/sync-store.ts';
import { LeaseNotice } from './LeaseNotice.tsx';
import { StandingNotice } from './StandingNotice.tsx';
import { adviceFor, failureText, isLate } from './stuck.ts';

/** Being offline is a state, not an error: a calm bar that says what still works, and in time what can be done. */
export function ConnectionNotice() {
  const { t } = useTranslation('sync');
  const { failure, secondCopyFailed, unsent, oldestUnsentMs, pulledMs, nowMs, lease } = useSync();
  const waitingMs = unsent === 0 || oldestUnsentMs === null ? 0 : nowMs - oldestUnsentMs;
  const advice = unsent === 0 ? undefined : adviceFor(failure, waitingMs);
  const pulled = Object.values(pulledMs);
  const oldestPulled = pulled.length === 0 ? undefined : Math.min(...pulled);
  const isOld = failure !== null && oldestPulled !== undefined && isLate(nowMs - oldestPulled);
  return (
    <>
      {secondCopyFailed && (
        <div role="status" className="shell__notice">
          <IconCloudOff size={20} aria-hidden="true" />
          {t('state.secondCopyFailed')}
        </div>
      )}
      <StandingNotice />
      <LeaseNotice />
      {failure !== null && failure !== 'revoked' && (
        <div role="status" className="shell__notice">
          <IconCloudOff size={20} aria-hidden="true" />
          <span>
            {t(failure === 'offline' && !mayWrite(lease) ? 'lease.offline' : failureText[failure])}
            {isOld && <> {t('age.others', { when: formatMoment(oldestPulled, currentLanguage()) })}</>}
            {advice !== undefined && <> {t(advice)}</>}
            {(advice !== undefined || isOld) && (
              <>
                {' '}
                <Link to="/settings/help" className="nl-link">
                  {t('stuck.link')}
                </Link>
              </>
            )}
          </span>
        </div>
      )}
    </>
  );
}
