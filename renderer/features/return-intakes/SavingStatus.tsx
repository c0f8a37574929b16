import { IconCircleCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/Button.tsx';
import type { SavingState } from './use-answers.ts';

/** Room is kept for it, so that nothing moves when it appears. */
export function SavingStatus({ saving, onRetry }: { saving: SavingState; onRetry: () => void }) {
  const { t } = useTranslation(['intakes', 'common']);
  return (
    <span className="saving-status">
      <span role="status" className="saving-status__text">
        {saving === 'saved' && (
          <>
            <IconCircleCheck size={18} aria-hidden="true" />
            {t('common:saved')}
          </>
        )}
        {saving === 'failed' && t('saving.failed')}
      </span>
      {saving === 'failed' && <Button onPress={onRetry}>{t('common:action.retry')}</Button>}
    </span>
  );
}
