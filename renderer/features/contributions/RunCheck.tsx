import { useTranslation } from 'react-i18next';
import type { RunLine } from '../../services.tsx';
import { PageHeading } from '../../ui/PageHeading.tsx';
import { ApprovalButtons } from './ApprovalButtons.tsx';
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
        <ApprovalButtons
          count={lines.length}
          approving={approving}
          back={t('check.back')}
          onDecide={onDecide}
          onStop={onStop}
          onBack={onBack}
        />
      </section>
      <section className="panel">
        <RunTable label={t('check.title')} lines={lines} nameOf={nameOf} />
      </section>
    </>
  );
}
