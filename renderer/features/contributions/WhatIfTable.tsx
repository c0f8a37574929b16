import { useTranslation } from 'react-i18next';
import type { AssessmentStep } from '../../../shared/contribution/month-assessment.ts';
import { compareSteps, type WhatIf } from '../../../shared/contribution/what-if.ts';
import { formatMoney } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { linesOf } from './step-lines.ts';

type Props = {
  readonly compared: WhatIf;
  readonly hasChange: boolean;
  readonly nameOf: (memberId: string) => string;
};

/** Two columns, step by step; what differs is marked with a word and a colour, never with the colour alone. */
export function WhatIfTable({ compared, hasChange, nameOf }: Props) {
  const { t } = useTranslation('contributions');
  const language = currentLanguage();
  const { before, after } = compared;
  const told = (step: AssessmentStep | null) =>
    step === null ? (
      <span className="muted">{t('whatIf.absent')}</span>
    ) : (
      <>
        {step.rule !== 'zone' && <strong>{formatMoney(step.amount, language)}</strong>}
        {linesOf(step, { t, language, nameOf }).map((line) => (
          <span key={line} className="steps__line">
            {line}
          </span>
        ))}
      </>
    );
  return (
    <>
      {after.map(({ grownChild, assessment }) => (
        <table key={grownChild ?? ''} className="utrecht-table steps what-if">
          <caption className="judge__caption">
            {grownChild === null ? t('whatIf.family') : t('whatIf.grown', { name: nameOf(grownChild) })}
          </caption>
          <thead className="utrecht-table__header">
            <tr className="utrecht-table__row">
              {(['rule', 'now', 'then'] as const).map((head) => (
                <th key={head} scope="col" className="utrecht-table__header-cell">
                  {t(`whatIf.${head}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody className="utrecht-table__body">
            {compareSteps(before, assessment).map((step, at) => (
              <tr
                key={`${step.rule} ${at}`}
                className={`utrecht-table__row ${hasChange && step.differs ? 'what-if__differs' : ''} ${
                  step.rule.endsWith('outcome') ? 'steps__outcome' : ''
                }`}
              >
                <th scope="row" className="utrecht-table__cell">
                  {t(`step.${step.rule}`)}
                  {hasChange && step.differs && <span className="what-if__mark">{t('whatIf.differs')}</span>}
                </th>
                <td className="utrecht-table__cell">{told(step.before)}</td>
                <td className="utrecht-table__cell">{told(step.after)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ))}
    </>
  );
}
