import { policyOn, type DatedPolicy } from '../contribution/dated-policy.ts';
import type { MonthFacts } from '../contribution/month-facts.ts';
import { firstDayOf, lastDayOf, type IsoMonth } from '../kernel/dates.ts';
import { followUpsOf, type FollowUp } from './follow-up.ts';
import { lastDayOfTerm } from './terms.ts';

/**
 * What the follow-ups of one family of the law say for the assessment of a month: a hardship decision in force, and
 * since when nobody has answered about an income, where the municipality settled that this matters. Of several hardship
 * decisions the last one counts; one that was closed does not.
 */
export function monthEffectOf(
  all: readonly FollowUp[],
  unit: { readonly familyId: string; readonly grownChild: string | null },
  month: IsoMonth,
  policy: DatedPolicy,
): Pick<MonthFacts, 'hardship' | 'incomeTermEnded'> {
  const [first, last] = [firstDayOf(month), lastDayOf(month)];
  const own = followUpsOf(all, unit).filter(({ closed }) => closed === null);
  const given = own.find(
    ({ type, day, hardship }) => type === 'hardship' && hardship !== null && day <= last && hardship.until >= first,
  )?.hardship;
  const imposes = policyOn(policy, first)?.overrides.some(
    ({ param, value }) => param === 'no_income_info' && value === 'default_impose',
  );
  const ended =
    imposes === true
      ? own
          .filter(({ type }) => type === 'request')
          .map(({ day }) => lastDayOfTerm(policy, 'term.income_request', day))
          .filter((day) => day < first)
          .sort()[0]
      : undefined;
  return {
    ...(given === undefined || given === null
      ? {}
      : { hardship: { contributionCents: given.amountCents, until: given.until, reason: given.reason } }),
    ...(ended === undefined ? {} : { incomeTermEnded: ended }),
  };
}
