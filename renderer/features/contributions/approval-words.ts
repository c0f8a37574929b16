import type { useTranslation } from 'react-i18next';
import { errorMessage } from '../../i18n/error-message.ts';
import type { ApprovalReport } from '../../services.tsx';

type Translate = ReturnType<typeof useTranslation<'run'>>['t'];

/** What became of a bulk of `asked` approvals, in sentences; `tone` of the message around them. */
export function approvalWords(t: Translate, { decided, passed, error }: ApprovalReport, asked: number) {
  const rest = asked - decided - passed.length;
  return {
    tone: error !== null ? ('error' as const) : rest + passed.length > 0 ? ('warning' as const) : ('ok' as const),
    sentences: [
      t('check.done', { count: decided }),
      ...(passed.length > 0 ? [t('check.passed', { count: passed.length })] : []),
      ...(error === null ? [] : [errorMessage(error)]),
      ...(rest > 0 ? [t('check.rest', { count: rest })] : []),
    ],
  };
}
