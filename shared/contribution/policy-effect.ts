import { addMonths, firstDayOf, isoMonth, monthOf, type IsoDate, type IsoMonth } from '../kernel/dates.ts';
import type { Cents } from '../kernel/money.ts';
import type { ListedAssessment, Zone } from './month-assessment.ts';

/** What a change of policy could move, of one family of the law in one month. */
export type ShownAmounts = {
  readonly allowance: Cents;
  readonly contribution: Cents;
  readonly zone: Zone;
  readonly isToJudge: boolean;
};
/** Null: no amount can be worked out then. */
export type PolicyEffect = {
  readonly familyId: string;
  readonly grownChild: string | null;
  readonly month: IsoMonth;
  readonly before: ShownAmounts | null;
  readonly after: ShownAmounts | null;
};

const firstMonth = isoMonth('2022-04');
/** Two years back is as far as a preview goes; a later start is looked at for three months. */
const mostMonths = 24;
const monthsAhead = 2;

/**
 * The months a change from … to (both included) acts in, oldest first, up to the present month or a few ahead; of a
 * long period the last 24. What begins during a month acts from the next one.
 */
export function touchedMonths(from: IsoDate, to: IsoDate | null, today: IsoDate): readonly IsoMonth[] {
  const began = monthOf(from);
  const start = firstDayOf(began) === from ? began : addMonths(began, 1);
  const first = start < firstMonth ? firstMonth : start;
  const open = [monthOf(today), addMonths(first, monthsAhead)].sort().at(-1) ?? first;
  const last = to !== null && monthOf(to) < open ? monthOf(to) : open;
  const months: IsoMonth[] = [];
  for (let month = last; month >= first && months.length < mostMonths; month = addMonths(month, -1)) months.push(month);
  return months.reverse();
}

/** What a table of effects shows of an assessment, amounts in cents. */
export const shownAmounts = (assessment: ListedAssessment): ShownAmounts => ({
  allowance: assessment.allowanceCents,
  contribution: assessment.contributionCents,
  zone: assessment.zone,
  isToJudge: assessment.toJudge !== null,
});

/** Whether anybody would see the difference. */
export const isTouched = ({ before, after }: Pick<PolicyEffect, 'before' | 'after'>): boolean =>
  before === null || after === null
    ? before !== after
    : before.allowance !== after.allowance ||
      before.contribution !== after.contribution ||
      before.zone !== after.zone ||
      before.isToJudge !== after.isToJudge;
