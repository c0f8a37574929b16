import { useMemo } from 'react';
import type { IsoDate } from '../../../shared/kernel/dates.ts';
import { staysOn, type BedStay } from '../../../shared/reception/bed-stay.ts';
import type { PlacingContext, StayPlan } from '../../../shared/reception/placing.ts';
import type { Site } from '../../../shared/reception/site.ts';
import { membersOn } from '../../../shared/register/family.ts';
import { useServices, type SaveReceipt } from '../../services.tsx';
import { useFamilies, useStays } from '../../stores/register-views.ts';
import { planEdits } from '../../stores/stay-edits.ts';
import { useWorkspace } from '../../stores/workspace-store.ts';
import { useNameOf } from '../../use-name-of.ts';
import { useSave } from '../../use-save.ts';

export type Placing = {
  readonly context: PlacingContext;
  readonly nameOf: (resident: string) => string;
  /** Everybody of the household on the day, the resident among them. */
  readonly householdOf: (resident: string) => readonly string[];
  readonly stayOf: (resident: string) => BedStay | undefined;
  readonly carryOut: (plan: StayPlan, said: string) => Promise<SaveReceipt | undefined>;
};

/** Everything that placing somebody on a site from `day` on needs to know, and the one way to do it. */
export function usePlacing(site: Site, day: IsoDate): Placing {
  const services = useServices();
  const save = useSave();
  const nameOf = useNameOf();
  const stays = useStays();
  const families = useFamilies();
  const residents = useWorkspace((state) => state.residents);
  const records = useWorkspace((state) => state.records);

  const context = useMemo<PlacingContext>(() => {
    const standing = stays.filter((stay) => !stay.void);
    const sleeperOf = (id: string) => {
      const person = residents.get(id);
      return person === undefined ? undefined : { id, sex: person.sex, family: person.familyId };
    };
    return { site, stays: standing, sleeperOf };
  }, [site, stays, residents]);

  return {
    context,
    nameOf,
    householdOf: (resident) => {
      const id = residents.get(resident)?.familyId;
      const family = families.find((one) => one.id === id);
      return family === undefined ? [resident] : membersOn(family, day).map((member) => member.resident);
    },
    stayOf: (resident) => staysOn(context.stays, day).find((stay) => stay.resident === resident),
    carryOut: (plan, said) =>
      save({ records: planEdits(records, plan, services.newId), action: 'edit', purpose: null }, said),
  };
}
