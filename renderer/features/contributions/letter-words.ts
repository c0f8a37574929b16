import type { LetterCondition, LetterFacts, PlaceholderName } from '../../../shared/letters/template.ts';
import { formatDate, formatList, formatLongDate, formatMoney, formatMonth } from '../../i18n/format.ts';
import type { Language } from '../../i18n/i18n.ts';
import type { LetterCase, LetterMember } from './letter-case.ts';
import { courseWords } from './letter-course.ts';
import { isReachedAbove } from './step-lines.ts';

export const nameIn = (member: LetterMember | undefined, language: Language): string =>
  (language === 'uk' && member?.nameCyrillic ? member.nameCyrillic : member?.name) ?? '';

/** The values of all placeholders in one language, and which paragraphs belong in this letter. */
export function letterWords(letter: LetterCase, language: Language): LetterFacts {
  const money = (amount: number) => formatMoney(amount, language);
  const day = (date: LetterCase['until']) => (date === null ? '' : formatLongDate(date, language));
  const { assessment, decision, before, arrangement } = letter;
  const holds = new Set<LetterCondition>(letter.site === '' ? [] : ['has-site']);
  const values: Partial<Record<PlaceholderName, string>> = {
    site: letter.site,
    municipality: letter.municipality,
    household: formatList(
      letter.members.map((member) => nameIn(member, language)),
      language,
    ),
    month: formatMonth(letter.month, language),
    printedOn: day(letter.printedOn),
    requestedOn: day(letter.since),
    receivedOn: day(letter.since),
    objectionUntil: day(letter.until),
    answerBy: day(letter.until),
    decideBy: day(letter.until),
    subject: letter.subject,
  };
  if (decision !== null) {
    if (assessment === null) holds.add('about-decision');
    Object.assign(values, {
      reference: decision.reference,
      decidedBy: decision.who,
      decidedOn: day(decision.day),
    });
  }
  if (assessment !== null) {
    const { allowanceCents, contributionCents, thresholds, warnings, amounts } = assessment;
    values.allowance = money(allowanceCents);
    values.contribution = money(contributionCents);
    holds.add(allowanceCents > 0 ? 'receives-allowance' : 'receives-no-allowance');
    holds.add(contributionCents > 0 ? 'pays-contribution' : 'pays-no-contribution');
    if (thresholds !== null) {
      holds.add(isReachedAbove(assessment) ? 'thresholds-above' : 'thresholds-from');
      values.withdrawFrom = money(thresholds.withdrawFrom);
      values.fullFrom = money(thresholds.fullContributionFrom);
    }
    for (const warning of warnings) if (warning !== 'amounts-unconfirmed') holds.add(warning);
    const course = courseWords(assessment, language);
    for (const condition of course.holds) holds.add(condition);
    // Said more fully where it had a consequence.
    if (holds.has('imposed')) holds.delete('no-income-information');
    Object.assign(values, course.values);
    if (warnings.includes('amounts-unconfirmed') && amounts !== undefined) {
      holds.add('amounts-unconfirmed');
      values.amountsSince = formatDate(amounts.since, language);
      values.amountsUntil = formatDate(amounts.confirmedUntil, language);
    }
    if (letter.billMonth !== null && contributionCents > 0) {
      holds.add('billed-later');
      values.billMonth = formatMonth(letter.billMonth, language);
    }
    if (before !== null) {
      const allowance = allowanceCents - before.allowance;
      const contribution = contributionCents - before.contribution;
      if (allowance !== 0) holds.add(allowance > 0 ? 'allowance-higher' : 'allowance-lower');
      if (contribution !== 0) holds.add(contribution > 0 ? 'contribution-higher' : 'contribution-lower');
      Object.assign(values, {
        previousReference: before.reference,
        previousAllowance: money(before.allowance),
        previousContribution: money(before.contribution),
        allowanceDifference: money(Math.abs(allowance)),
        contributionDifference: money(Math.abs(contribution)),
      });
    }
  }
  const [first] = arrangement?.parts ?? [];
  const last = arrangement?.parts.at(-1);
  if (arrangement !== null && first !== undefined && last !== undefined) {
    if (arrangement.waivedCents > 0) holds.add('partly-waived');
    if (arrangement.isPaused) holds.add('paused');
    values.total = money(arrangement.totalCents);
    values.waived = money(arrangement.waivedCents);
    values.firstMonth = formatMonth(first.month, language);
    values.lastMonth = formatMonth(last.month, language);
  }
  return { values, holds };
}
