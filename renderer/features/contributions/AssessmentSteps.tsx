import { useTranslation } from 'react-i18next';
import type { MonthAssessment } from '../../../shared/contribution/month-assessment.ts';
import { formatMoney } from '../../i18n/format.ts';
import type { Language } from '../../i18n/i18n.ts';
import { linesOf } from './step-lines.ts';

type Props = {
  readonly assessment: MonthAssessment;
  /** Language of the reader, which need not be that of the screen: a letter goes to the resident. */
  readonly language: Language;
  readonly nameOf: (memberId: string) => string;
};

/** Every step with what it was made of, its article, source and how sure it is. The same on the screen and in a letter. */
export function AssessmentSteps({ assessment, language, nameOf }: Props) {
  const { t } = useTranslation('contributions', { lng: language });
  return (
    <table className="utrecht-table steps" lang={language}>
      <thead className="utrecht-table__header">
        <tr className="utrecht-table__row">
          <th scope="col" className="utrecht-table__header-cell">
            {t('table.rule')}
          </th>
          <th scope="col" className="utrecht-table__header-cell">
            {t('table.basis')}
          </th>
          <th scope="col" className="utrecht-table__header-cell amount">
            {t('table.amount')}
          </th>
        </tr>
      </thead>
      <tbody className="utrecht-table__body">
        {assessment.steps.map((step, at) => (
          <tr
            // The same rule can stand twice, once per component: the order is fixed, so its place names it.
            key={`${step.rule} ${at}`}
            className={`utrecht-table__row ${step.rule.endsWith('outcome') ? 'steps__outcome' : ''}`}
          >
            <th scope="row" className="utrecht-table__cell">
              {t(`step.${step.rule}`)}
              {linesOf(step, { t, language, nameOf }).map((line) => (
                <span key={line} className="steps__line">
                  {line}
                </span>
              ))}
            </th>
            <td className="utrecht-table__cell steps__basis">
              {t('basis', {
                article: step.article,
                source: shortSource(step.source),
                confidence: t(`confidence.${step.confidence}`),
              })}
            </td>
            <td className="utrecht-table__cell amount">
              {step.rule === 'zone' ? '' : formatMoney(step.amount, language)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Addresses without the part that is the same in all of them: a line of the table stays readable. */
const shortSource = (source: string) => source.replaceAll('https://', '').replaceAll('www.', '');
