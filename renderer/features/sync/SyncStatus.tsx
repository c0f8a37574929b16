import { IconCloudCheck, IconCloudOff, IconCloudUp, IconDeviceLaptop, IconShieldCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { formatTime } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { useSync } from '../../stores/sync-store.ts';

/** In the top bar: kept, waiting and sent are three different things and never share a word or an icon. */
export function SyncStatus() {
  const { t } = useTranslation('sync');
  const { unsent, unarchived, isSending, sentAtMs, failure, enrolled } = useSync();
  const [Icon, text] = isSending
    ? ([IconCloudUp, t('state.sending')] as const)
    : unsent > 0
      ? ([failure === null ? IconCloudUp : IconCloudOff, t('state.waiting', { count: unsent })] as const)
      : sentAtMs !== null
        ? unarchived === 0
          ? ([IconShieldCheck, t('state.archived', { time: formatTime(sentAtMs, currentLanguage()) })] as const)
          : ([IconCloudCheck, t('state.sent', { time: formatTime(sentAtMs, currentLanguage()) })] as const)
        : ([IconDeviceLaptop, enrolled === false ? t('state.notEnrolled') : t('state.kept')] as const);
  return (
    <span role="status" className="shell__status">
      <Icon size={20} aria-hidden="true" />
      {text}
    </span>
  );
}
