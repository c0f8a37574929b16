import { IconCloudCheck, IconCloudOff, IconCloudUp, IconDeviceLaptop, IconShieldCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { formatMoment, formatTime } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { useSync } from '../../stores/sync-store.ts';
import { isLate, isWorthATime } from './stuck.ts';

/** In the top bar: kept, waiting and sent are three different things and never share a word or an icon. */
export function SyncStatus() {
  const { t } = useTranslation('sync');
  const { unsent, unarchived, isSending, sentAtMs, failure, enrolled, oldestUnsentMs, nowMs } = useSync();
  const language = currentLanguage();
  const waitingMs = unsent === 0 || oldestUnsentMs === null ? 0 : nowMs - oldestUnsentMs;
  const waiting =
    oldestUnsentMs !== null && isWorthATime(waitingMs)
      ? t('state.waitingSince', { count: unsent, when: formatMoment(oldestUnsentMs, language) })
      : t('state.waiting', { count: unsent });
  const [Icon, text] = isSending
    ? ([IconCloudUp, t('state.sending')] as const)
    : unsent > 0
      ? ([failure === null ? IconCloudUp : IconCloudOff, waiting] as const)
      : sentAtMs !== null
        ? unarchived === 0
          ? ([IconShieldCheck, t('state.archived', { time: formatTime(sentAtMs, language) })] as const)
          : ([IconCloudCheck, t('state.sent', { time: formatTime(sentAtMs, language) })] as const)
        : ([IconDeviceLaptop, enrolled === false ? t('state.notEnrolled') : t('state.kept')] as const);
  const late = !isSending && isLate(waitingMs);
  return (
    <span role="status" className={late ? 'shell__status shell__status--late' : 'shell__status'}>
      <Icon size={20} aria-hidden="true" />
      {text}
    </span>
  );
}
