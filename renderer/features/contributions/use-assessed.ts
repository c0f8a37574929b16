import { useEffect, useMemo, useState } from 'react';
import type { IsoMonth } from '../../../shared/kernel/dates.ts';
import { useServices, type AssessedFamily, type Services } from '../../services.tsx';
import { useWorkspace } from '../../stores/workspace-store.ts';

export type Assessment = Awaited<ReturnType<Services['assess']>>;

/** What a family gets and pays; worked out again whenever a record changes. Undefined until it is known for this month. */
export function useAssessed(familyId: string, month: IsoMonth): Assessment | undefined {
  const all = useAssessments(
    useMemo(() => [familyId], [familyId]),
    month,
  );
  return all.byFamily.get(familyId);
}

const shownAtOnce = 25;
const none: ReadonlyMap<string, Assessment> = new Map();

/** The same for many families, shown in steps: a large site takes some seconds on an old laptop. */
export function useAssessments(
  familyIds: readonly string[],
  month: IsoMonth,
): { readonly byFamily: ReadonlyMap<string, Assessment>; readonly isComplete: boolean } {
  const services = useServices();
  const residents = useWorkspace((state) => state.residents);
  const records = useWorkspace((state) => state.records);
  const [found, setFound] = useState({ month, byFamily: none, isComplete: false });

  useEffect(() => {
    let isCurrent = true;
    const run = async () => {
      const fresh = new Map<string, Assessment>();
      for (const id of familyIds) {
        fresh.set(id, await services.assess(id, month));
        if (!isCurrent) return;
        if (fresh.size % shownAtOnce === 0)
          setFound((before) => ({ month, byFamily: merged(before, month, fresh), isComplete: false }));
      }
      setFound({ month, byFamily: fresh, isComplete: true });
    };
    void run();
    return () => {
      isCurrent = false;
    };
    // The records are read by the service: a change of any of them can change an amount.
  }, [services, familyIds, month, residents, records]);

  return found.month === month ? found : { byFamily: none, isComplete: false };
}

/** While amounts are worked out again, those of the same month stay on the screen. */
const merged = (
  before: { readonly month: IsoMonth; readonly byFamily: ReadonlyMap<string, Assessment> },
  month: IsoMonth,
  fresh: ReadonlyMap<string, Assessment>,
): ReadonlyMap<string, Assessment> =>
  before.month === month ? new Map([...before.byFamily, ...fresh]) : new Map(fresh);

export const findUnit = (units: readonly AssessedFamily[], grownChild: string | null): AssessedFamily | undefined =>
  units.find((unit) => unit.grownChild === grownChild) ?? units[0];
