import { IconGavel } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { RunLine } from '../../services.tsx';
import { Button } from '../../ui/Button.tsx';
import { PageHeading } from '../../ui/PageHeading.tsx';
import { ProgressBar } from '../../ui/ProgressBar.tsx';
import { RunTable } from './RunTable.tsx';
import { RunTotals } from './RunTotals.tsx';
import type { Approving } from './use-approvals.ts';

type Props = {
  readonly lines: readonly RunLine[];
  readonly nameOf: (line: RunLine) => string;
  readonly approving: Approving | null;
  readonly onDecide: () => void;
  readonly onStop: () => void;
  readonly onBack: () => void;
};

/** The last look: what will be decided, line by line and in total, before it cannot be changed any more. */
export function RunCheck({ lines, nameOf, approving, onDecide, onStop, onBack }: Props) {
  const { t } = useTranslation('run');
  return (
    <>
      <PageHeading title={t('check.title')} />
      <p>{t('check.about')}</p>
      <section className="panel">
        <RunTotals lines={lines} only="all" />
        {approving === null ? (
          <div className="form__actions">
            <Button look="primary" icon={<IconGavel size={18} />} onPress={onDecide}>
              {t('check.decide', { count: lines.length })}
            </Button>
            <Button onPress={onBack}>{t('check.back')}</Button>
          </div>
        ) : (
          <>
            <ProgressBar label={t('check.working')} value={approving.done} total={approving.total} />
            <div className="form__actions">
              <Button onPress={onStop}>{t('stop')}</Button>
            </div>
          </>
        )}
      </section>
      <section className="panel">
        <RunTable label={t('check.title')} lines={lines} nameOf={nameOf} />
      </section>
    </>
  );
}
