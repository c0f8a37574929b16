import { useTranslation } from 'react-i18next';
import { decisionReference, replacedBy, type ReadDecision } from '../../../shared/contribution/decisions-of.ts';
import { formatFullMoment, formatList, formatMoney } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { DataList } from '../../ui/DataList.tsx';
import { useUserName } from './use-user-name.ts';

/** Who decided when, under which reference, and with which reasons. */
export function DecisionFacts({ decision }: { decision: ReadDecision }) {
  const { t } = useTranslation('contributions');
  const nameOfUser = useUserName();
  const { receipt } = decision;
  const { judgement } = receipt.facts;
  return (
    <DataList
      items={[
        { label: t('decision.reference'), value: decisionReference(decision.id, receipt.facts.month) },
        { label: t('decision.who'), value: nameOfUser(receipt.decidedBy) },
        { label: t('decision.when'), value: formatFullMoment(receipt.decidedAtMs, currentLanguage()) },
        ...(receipt.replaces === null
          ? []
          : [
              {
                label: t('decision.replaces'),
                value: formatList(
                  replacedBy(receipt).map((id) => decisionReference(id, receipt.facts.month)),
                  currentLanguage(),
                ),
              },
            ]),
        ...(judgement === undefined ? [] : [{ label: t('judge.reason'), value: judgement.reason }]),
        ...receipt.confirmations.map(({ reason }) => ({ label: t('judge.confirmation'), value: reason })),
      ]}
    />
  );
}

/** Earlier decisions on the same month, which others have taken the place of. */
export function EarlierDecisions({ decisions }: { decisions: readonly ReadDecision[] }) {
  const { t } = useTranslation('contributions');
  const language = currentLanguage();
  if (decisions.length === 0) return null;
  return (
    <section className="panel">
      <h2 className="nl-heading nl-heading--level-2">{t('decision.earlier')}</h2>
      <ul className="plain-list">
        {decisions.map(({ id, receipt }) => (
          <li key={id}>
            {t('decision.earlierLine', {
              reference: decisionReference(id, receipt.facts.month),
              date: formatFullMoment(receipt.decidedAtMs, language),
              allowance: formatMoney(receipt.assessment.allowanceCents, language),
              contribution: formatMoney(receipt.assessment.contributionCents, language),
            })}
          </li>
        ))}
      </ul>
    </section>
  );
}
