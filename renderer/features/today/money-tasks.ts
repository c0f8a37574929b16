import { useEffect, useMemo, useState } from 'react';
import { standingIndex } from '../../../shared/contribution/all-standing.ts';
import { isNobodyThere } from '../../../shared/contribution/family-month.ts';
import { firstDayOf, monthOf, type IsoDate, type IsoMonth } from '../../../shared/kernel/dates.ts';
import { membersIn, membersOn, type Family } from '../../../shared/register/family.ts';
import { useServices } from '../../services.tsx';
import { useDecisions, useFamilies, usePolicies } from '../../stores/register-views.ts';
import { useWorkspace } from '../../stores/workspace-store.ts';
import { useDecisionEffects } from '../../use-decision-effects.ts';

type MoneyTasks = {
  /**
   * Households of this month without a decision, whoever arrives or leaves during it included; 0 where the municipality
   * has not settled how it counts income, and until it is known.
   */
  readonly undecided: number;
  /** Months of a household on which two laptops decided, and the oldest of them. */
  readonly twice: number;
  readonly twiceIn: IsoMonth | null;
  /** Decisions that would come out otherwise; 0 until that is known. */
  readonly effects: number;
};

const noFamilies: readonly Family[] = [];

/** What the money part asks of somebody today. */
export function useMoneyTasks(today: IsoDate): MoneyTasks {
  const families = useFamilies();
  const decisions = useDecisions();
  const policies = usePolicies();
  const { state } = useDecisionEffects();
  const month = monthOf(today);
  const { open, ...counts } = useMemo(() => {
    const groups = standingIndex(decisions).all;
    const decided = new Set(
      groups.flatMap(([newest]) => (newest?.receipt.facts.month === month ? newest.receipt.familyId : [])),
    );
    const settled = policies.some(({ bases }) => bases.length > 0);
    const open = families.filter((family) => !decided.has(family.id) && membersIn(family, month).length > 0);
    const twice = groups.filter((group) => group.length > 1);
    const months = twice.flatMap(([newest]) => newest?.receipt.facts.month ?? []).sort();
    return { open: settled ? open : noFamilies, twice: twice.length, twiceIn: months[0] ?? null };
  }, [families, decisions, policies, month]);
  const undecided = useHouseholds(open, month);
  return { ...counts, undecided, effects: state.type === 'ready' ? state.effects.length : 0 };
}

/** How many of these have somebody in reception in the month, as the month run lists them; 0 until it is known. */
function useHouseholds(families: readonly Family[], month: IsoMonth): number {
  const services = useServices();
  const residents = useWorkspace((state) => state.residents);
  const [found, setFound] = useState<{ readonly of: readonly Family[]; readonly count: number }>();

  useEffect(() => {
    let isCurrent = true;
    const isHere = (id: string) => ['present', 'absent'].includes(residents.get(id)?.status ?? '');
    const count = async () => {
      let households = 0;
      for (const family of families) {
        const present = membersOn(family, firstDayOf(month));
        // Opened only where the list does not tell: nobody was here on the first, or nobody is here now.
        const isSure = present.some(({ resident }) => isHere(resident));
        const assessed = isSure ? null : await services.assess(family.id, month);
        if (!isCurrent) return;
        if (assessed === null || assessed.ok || !isNobodyThere(assessed.error)) households += 1;
      }
      setFound({ of: families, count: households });
    };
    void count();
    return () => {
      isCurrent = false;
    };
  }, [services, families, month, residents]);

  return found?.of === families ? found.count : 0;
}
