import { useTranslation } from 'react-i18next';
import type { MonthAssessment } from '../../../shared/contribution/month-assessment.ts';
import { formatMoney } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { amountsText, isReachedAbove } from './step-lines.ts';
import { Alert } from '../../ui/Alert.tsx';

/** What counts at a glance: two amounts, the income, and where it lies between the thresholds. */
export function Outcome({ assessment }: { assessment: MonthAssessment }) {
  const { t } = useTranslation('contributions');
  const { allowanceCents, contributionCents, thresholds, zone, steps, toJudge, warnings, amounts } = assessment;
  const above = isReachedAbove(assessment);
  const money = (amount: number) => formatMoney(amount, currentLanguage());
  const income = steps.find((step) => step.rule === 'countable-income')?.amount ?? 0;
  const figures: readonly (readonly [string, number])[] = [
    [t('list.allowance'), allowanceCents],
    [t('figure.contribution'), contributionCents],
    [t('figure.income'), income],
    ...(thresholds === null
      ? []
      : ([
          [t(above ? 'figure.withdrawAbove' : 'figure.withdrawFrom'), thresholds.withdrawFrom],
          [t(above ? 'figure.fullAbove' : 'figure.fullFrom'), thresholds.fullContributionFrom],
        ] as const)),
  ];
  const said = [
    ...(thresholds === null ? [] : [t(above ? `zoneAbove.${zone}` : `zone.${zone}`)]),
    ...(toJudge === null ? [] : [t('judge.missing')]),
    ...warnings.map((warning) => t(`warning.${warning}`)),
    ...(warnings.includes('amounts-unconfirmed') && amounts !== undefined
      ? [amountsText(t, amounts, currentLanguage())]
      : []),
  ];
  return (
    <section className="stack" aria-label={t('page.outcome')}>
      <dl className="figures outcome">
        {figures.map(([label, amount]) => (
          <div key={label} className="figures__figure">
            <dt>{label}</dt>
            <dd className="figures__value">{money(amount)}</dd>
          </div>
        ))}
      </dl>
      {said.length > 0 && (
        <Alert tone={warnings.length > 0 || toJudge !== null ? 'warning' : 'info'}>
          <ul className="plain-list outcome__said">
            {said.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        </Alert>
      )}
    </section>
  );
}
