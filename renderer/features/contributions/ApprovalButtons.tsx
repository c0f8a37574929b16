import { IconGavel } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/Button.tsx';
import { ProgressBar } from '../../ui/ProgressBar.tsx';
import type { Approving } from './use-approvals.ts';

type Props = {
  readonly count: number;
  readonly approving: Approving | null;
  readonly back: string;
  readonly onDecide: () => void;
  readonly onStop: () => void;
  readonly onBack: () => void;
};

/** Records `count` decisions or goes back; while they are being recorded, how far it is and a way to stop. */
export function ApprovalButtons({ count, approving, back, onDecide, onStop, onBack }: Props) {
  const { t } = useTranslation('run');
  if (approving === null)
    return (
      <div className="form__actions">
        <Button look="primary" icon={<IconGavel size={18} />} onPress={onDecide}>
          {t('check.decide', { count })}
        </Button>
        <Button onPress={onBack}>{back}</Button>
      </div>
    );
  return (
    <>
      <ProgressBar label={t('check.working')} value={approving.done} total={approving.total} />
      <div className="form__actions">
        <Button onPress={onStop}>{t('stop')}</Button>
      </div>
    </>
  );
}
