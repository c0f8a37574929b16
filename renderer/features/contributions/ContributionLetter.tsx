import { useTranslation } from 'react-i18next';
import type { MonthAssessment } from '../../../shared/contribution/month-assessment.ts';
import type { IsoDate, IsoMonth } from '../../../shared/kernel/dates.ts';
import { formatDayOf, formatList, formatLongDate, formatMoney, formatMonth } from '../../i18n/format.ts';
import type { Language } from '../../i18n/i18n.ts';
import { AssessmentSteps } from './AssessmentSteps.tsx';
import { amountsText, isReachedAbove } from './step-lines.ts';

export type LetterFacts = {
  readonly assessment: MonthAssessment;
  readonly members: readonly { readonly id: string; readonly name: string; readonly nameCyrillic: string }[];
  readonly site: string;
  readonly printedOn: IsoDate;
  /** When the bill comes, where that is another month; else null. */
  readonly billMonth: IsoMonth | null;
  /** Null while nothing has been decided: then the letter says that it only explains. */
  readonly decision: { readonly who: string; readonly atMs: number; readonly reference: string } | null;
};

/** The printed page: complete in each language, Dutch first, because the file must be readable to a Dutch judge. */
export function ContributionLetter({ facts, languages }: { facts: LetterFacts; languages: readonly Language[] }) {
  return (
    <article className="letter">
      {languages.map((language) => (
        <LetterPage key={language} facts={facts} language={language} />
      ))}
    </article>
  );
}

function LetterPage({ facts, language }: { facts: LetterFacts; language: Language }) {
  const { t } = useTranslation('contributions', { lng: language });
  const { assessment, members, site, printedOn, decision, billMonth } = facts;
  const { allowanceCents, contributionCents, thresholds } = assessment;
  const nameOf = (id: string) => nameIn(members.find((member) => member.id === id));
  const nameIn = (member: LetterFacts['members'][number] | undefined) =>
    (language === 'uk' && member?.nameCyrillic ? member.nameCyrillic : member?.name) ?? '';
  const names = formatList(members.map(nameIn), language);
  return (
    <section className="letter__page stack" lang={language}>
      <p>{site}</p>
      <h2 className="nl-heading nl-heading--level-2">
        {t('letter.title', { month: formatMonth(assessment.month, language) })}
      </h2>
      <p>{t('letter.household', { names })}</p>
      <p>
        {allowanceCents > 0
          ? t('letter.receives', { amount: formatMoney(allowanceCents, language) })
          : t('letter.receivesNothing')}
      </p>
      <p>
        {contributionCents > 0
          ? t('letter.pays', { amount: formatMoney(contributionCents, language) })
          : t('letter.paysNothing')}
      </p>
      {thresholds !== null && (
        <p>
          {t(isReachedAbove(assessment) ? 'letter.thresholdsAbove' : 'letter.thresholds', {
            withdrawFrom: formatMoney(thresholds.withdrawFrom, language),
            fullFrom: formatMoney(thresholds.fullContributionFrom, language),
          })}
        </p>
      )}
      <h3 className="nl-heading nl-heading--level-3">{t('letter.how')}</h3>
      <AssessmentSteps assessment={assessment} language={language} nameOf={nameOf} />
      {assessment.warnings.map((warning) => (
        <p key={warning}>{t(`letter.warning.${warning}`)}</p>
      ))}
      {assessment.warnings.includes('amounts-unconfirmed') && assessment.amounts !== undefined && (
        <p>{amountsText(t, assessment.amounts, language)}</p>
      )}
      {billMonth !== null && contributionCents > 0 && (
        <p>{t('letter.bill', { month: formatMonth(billMonth, language) })}</p>
      )}
      <p>{t('letter.questions')}</p>
      <p>
        {decision === null
          ? t('letter.notDecision')
          : t('letter.decision', {
              who: decision.who,
              date: formatDayOf(decision.atMs, language),
              number: decision.reference,
            })}
      </p>
      <p className="muted">{t('letter.printed', { date: formatLongDate(printedOn, language) })}</p>
    </section>
  );
}
