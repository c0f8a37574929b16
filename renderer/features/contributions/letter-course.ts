import type { AssessmentRule, MonthAssessment } from '../../../shared/contribution/month-assessment.ts';
import { isoDate } from '../../../shared/kernel/dates.ts';
import type { LetterCondition, PlaceholderName } from '../../../shared/letters/template.ts';
import { formatLongDate, formatMoney } from '../../i18n/format.ts';
import type { Language } from '../../i18n/i18n.ts';

/** What of a letter tells how the amounts came about, where that is not the plain course of the rules. */
export function courseWords(
  assessment: MonthAssessment,
  language: Language,
): { readonly values: Partial<Record<PlaceholderName, string>>; readonly holds: readonly LetterCondition[] } {
  const { allowanceCents, contributionCents, zone, toJudge } = assessment;
  const stepOf = (rule: AssessmentRule) => assessment.steps.find((step) => step.rule === rule);
  const holds: LetterCondition[] = [];
  const values: Partial<Record<PlaceholderName, string>> = {};
  const imposition = stepOf('default-imposition');
  if (imposition !== undefined) {
    holds.push('imposed');
    values.termEnded = formatLongDate(isoDate(String(imposition.inputs['termEnded'])), language);
  }
  const part = stepOf('part-month');
  if (part !== undefined) {
    holds.push(part.inputs['which'] === 'first' ? 'arrived-in-month' : 'left-in-month');
    if (part.inputs['mode'] === 'pro_rata') holds.push('by-days');
    if (part.inputs['mode'] === 'full') holds.push('whole-month');
    values.partDays = String(part.inputs['days']);
    values.partOf = String(part.inputs['of']);
  }
  const hardship = stepOf('hardship');
  // Above what was asked anyway it lowered nothing.
  const isLowered = hardship !== undefined && contributionCents <= hardship.amount;
  if (isLowered && (contributionCents > 0 || hardship.amount === 0)) {
    holds.push('lowered-for-hardship');
    values.hardshipUntil = formatLongDate(isoDate(String(hardship.inputs['until'])), language);
  }
  if (stepOf('judgement') !== undefined) holds.push('set-by-hand');
  // Of a part of a month or a lowered amount the share says nothing about the income.
  if (part !== undefined || hardship !== undefined) return { values, holds };
  const full = stepOf('allowance')?.amount ?? 0;
  const due = stepOf('contribution-due')?.amount ?? 0;
  if (zone === 'below' && allowanceCents > 0 && allowanceCents < full) {
    holds.push('partly-withheld');
    values.fullAllowance = formatMoney(full, language);
  }
  if (zone === 'between' && toJudge === null && allowanceCents === 0 && contributionCents === 0)
    holds.push('between-without-amounts');
  if (zone === 'between' && contributionCents > 0 && contributionCents < due) {
    holds.push('part-contribution');
    values.fullContribution = formatMoney(due, language);
  }
  return { values, holds };
}
