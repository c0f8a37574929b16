import { useMemo } from 'react';
import { standingIndex } from '../../../shared/contribution/all-standing.ts';
import { firstDayOf, monthOf, type IsoDate, type IsoMonth } from '../../../shared/kernel/dates.ts';
import { membersOn } from '../../../shared/register/family.ts';
import { useDecisions, useFamilies, usePolicies } from '../../stores/register-views.ts';
import { useDecisionEffects } from '../../use-decision-effects.ts';

type MoneyTasks = {
  /** Households of this month without a decision; 0 where the municipality has not settled how it counts income. */
  readonly undecided: number;
  /** Months of a household on which two laptops decided, and the oldest of them. */
  readonly twice: number;
  readonly twiceIn: IsoMonth | null;
  /** Decisions that would come out otherwise; 0 until that is known. */
  readonly effects: number;
};

/** What the money part asks of somebody today. */
export function useMoneyTasks(today: IsoDate): MoneyTasks {
  const families = useFamilies();
  const decisions = useDecisions();
  const policies = usePolicies();
  const { state } = useDecisionEffects();
  const counts = useMemo(() => {
    const month = monthOf(today);
    const groups = standingIndex(decisions).all;
    const decided = new Set(
      groups.flatMap(([newest]) => (newest?.receipt.facts.month === month ? newest.receipt.familyId : [])),
    );
    const settled = policies.some(({ bases }) => bases.length > 0);
    const open = families.filter(
      (family) => !decided.has(family.id) && membersOn(family, firstDayOf(month)).length > 0,
    );
    const twice = groups.filter((group) => group.length > 1);
    const months = twice.flatMap(([newest]) => newest?.receipt.facts.month ?? []).sort();
    return { undecided: settled ? open.length : 0, twice: twice.length, twiceIn: months[0] ?? null };
  }, [families, decisions, policies, today]);
  return { ...counts, effects: state.type === 'ready' ? state.effects.length : 0 };
}
