import { useCallback } from 'react';
import { currentIdOf, useWorkspace } from './stores/workspace-store.ts';

/** The name of a resident as the lists write it; dots for one that is not on this device. */
export function useNameOf(): (resident: string) => string {
  const residents = useWorkspace((state) => state.residents);
  const merged = useWorkspace((state) => state.merged);
  return useCallback(
    (id) => {
      const person = residents.get(id) ?? residents.get(currentIdOf(merged, id));
      return person === undefined ? '…' : [person.family, person.given].filter((part) => part !== '').join(', ');
    },
    [residents, merged],
  );
}
