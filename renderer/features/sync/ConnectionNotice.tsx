import { IconCloudOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { SyncError } from '../../../shared/ports.ts';
import { useSync } from '../../stores/sync-store.ts';

const textOf = {
  offline: 'state.offline',
  'captive-portal': 'state.portal',
  'wrong-endpoint': 'state.unknownEndpoint',
  untrusted: 'state.untrusted',
  unauthorised: 'state.unauthorised',
  'upgrade-needed': 'state.upgrade',
  'too-big': 'state.retry',
  rewound: 'state.retry',
  'endpoint-failed': 'state.retry',
} as const satisfies Record<SyncError['type'], string>;

/** Being offline is a state, not an error: a calm bar that says what still works. */
export function ConnectionNotice() {
  const { t } = useTranslation('sync');
  const { failure, secondCopyFailed } = useSync();
  return (
    <>
      {secondCopyFailed && (
        <div role="status" className="shell__notice">
          <IconCloudOff size={20} aria-hidden="true" />
          {t('state.secondCopyFailed')}
        </div>
      )}
      {failure !== null && (
        <div role="status" className="shell__notice">
          <IconCloudOff size={20} aria-hidden="true" />
          {t(textOf[failure])}
        </div>
      )}
    </>
  );
}
