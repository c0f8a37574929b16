import { useMemo } from 'react';
import { openTasks, type PersonTask } from '../../shared/follow-up/person-task.ts';
import type { ResidentSummary } from '../../shared/register/resident-summary.ts';
import { usePersonTasks } from './register-views.ts';
import { currentIdOf, useWorkspace } from './workspace-store.ts';

export type TaskAbout = { readonly task: PersonTask; readonly person: ResidentSummary };

/** Open tasks about people of the register, the oldest list first; who was merged stands under his present record. */
export function useOpenTasks(): readonly TaskAbout[] {
  const tasks = usePersonTasks();
  const residents = useWorkspace((state) => state.residents);
  const merged = useWorkspace((state) => state.merged);
  return useMemo(
    () =>
      openTasks(tasks).flatMap((task) => {
        const person = residents.get(currentIdOf(merged, task.resident));
        return person === undefined ? [] : [{ task, person }];
      }),
    [tasks, residents, merged],
  );
}
