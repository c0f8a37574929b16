import { IconCheck, IconCircleCheck } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { canApprove, exceptionGroups, exceptionsOf, isDone } from '../../../shared/contribution/month-run.ts';
import { errorMessage } from '../../i18n/error-message.ts';
import type { Approval, ApprovalReport, RunLine } from '../../services.tsx';
import { Alert } from '../../ui/Alert.tsx';
import { Badge } from '../../ui/Badge.tsx';
import { Button } from '../../ui/Button.tsx';
import { missingWord } from './missing-word.ts';
import { approvalOf, keyOf } from './run-lines.ts';
import { RunTable } from './RunTable.tsx';

type Props = {
  readonly lines: readonly RunLine[];
  readonly current: readonly RunLine[];
  readonly nameOf: (line: RunLine) => string;
  readonly approveOne: (approval: Approval) => Promise<ApprovalReport>;
};

/**
 * What somebody has to look at, by reason. A line that was approved stays where it was until the run is worked out
 * again, and the focus goes on to the next one.
 */
export function RunExceptions({ lines, current, nameOf, approveOne }: Props) {
  const { t } = useTranslation(['run', 'contributions']);
  const section = useRef<HTMLDivElement>(null);
  const [failure, setFailure] = useState<string>();
  const isBusy = useRef(false);
  const byKey = new Map(current.map((line) => [keyOf(line), line]));
  const groups = exceptionGroups(lines);

  const approve = async (line: RunLine) => {
    const approval = approvalOf(line);
    if (approval === null || isBusy.current) return;
    isBusy.current = true;
    const buttons = [...(section.current?.querySelectorAll<HTMLElement>('[data-step]') ?? [])];
    const next = buttons[buttons.findIndex((button) => button.dataset['step'] === keyOf(line)) + 1];
    const report = await approveOne(approval);
    isBusy.current = false;
    setFailure(
      report.error !== null ? errorMessage(report.error) : report.passed.length > 0 ? t('changedMeanwhile') : undefined,
    );
    if (report.decided > 0) next?.focus();
  };

  const actionOf = (line: RunLine) => {
    const household = nameOf(line);
    if (isDone(line))
      return (
        <Badge tone="positive" icon={<IconCircleCheck size={16} />}>
          {t('recorded')}
        </Badge>
      );
    if (canApprove(exceptionsOf(line)))
      return (
        <Button
          data-step={keyOf(line)}
          icon={<IconCheck size={18} />}
          aria-label={t('approveOne', { household })}
          onPress={() => void approve(line)}
        >
          {t('approve')}
        </Button>
      );
    return (
      <Link
        data-step={keyOf(line)}
        className="nl-link"
        to="/contributions/$familyId"
        params={{ familyId: line.familyId }}
        search={{ month: line.month, unit: line.grownChild ?? undefined }}
        aria-label={t('openOne', { household })}
      >
        {t('openShort')}
      </Link>
    );
  };
  return (
    <div ref={section} className="stack">
      {failure !== undefined && (
        <Alert tone="error" role="alert">
          {failure}
        </Alert>
      )}
      {groups.map(({ reason, subjects }) => {
        const title = t('group', { reason: t(`reason.${reason}`), number: subjects.length });
        return (
          <section key={reason} className="panel">
            <h3 className="nl-heading nl-heading--level-3">{title}</h3>
            <p className="muted">{t(`why.${reason}`)}</p>
            <RunTable
              label={title}
              lines={subjects.map((line) => byKey.get(keyOf(line)) ?? line)}
              nameOf={nameOf}
              more={(line) => {
                const others = exceptionsOf(line).filter((one) => one !== reason);
                const words = [
                  ...(line.problem === null ? [] : [t(`contributions:missing.${missingWord(line.problem)}`)]),
                  ...others.map((one) => t(`reason.${one}`)),
                ];
                return {
                  reasons:
                    words.length === 0
                      ? t('none')
                      : words.map((word) => (
                          <span key={word} className="run-table__reason">
                            {word}
                          </span>
                        )),
                  action: actionOf(line),
                };
              }}
            />
          </section>
        );
      })}
    </div>
  );
}
