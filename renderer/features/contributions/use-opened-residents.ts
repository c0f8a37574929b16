import { useCallback, useEffect, useState } from 'react';
import { useServices, type OpenedRecord } from '../../services.tsx';
import { useWorkspace } from '../../stores/workspace-store.ts';

/**
 * The records of some residents as they were when the form began. They are opened again when one changes, unless
 * `isTyped` says that somebody is in the middle of it: then the base stays that of the screen. `generation` counts the
 * openings; null while there is nothing to show yet.
 */
export function useOpenedResidents(ids: readonly string[], isTyped: boolean) {
  const services = useServices();
  const key = ids.join(' ');
  const revs = useWorkspace((state) =>
    key
      .split(' ')
      .map((id) => state.residents.get(id)?.rev ?? 0)
      .join(' '),
  );
  const [found, setFound] = useState<{ key: string; generation: number; opened: readonly OpenedRecord[] }>();

  const load = useCallback(async () => {
    const opened: OpenedRecord[] = [];
    for (const id of key.split(' ')) {
      const outcome = await services.open({ kind: 'resident', id });
      if (outcome.ok) opened.push(outcome.value);
    }
    return opened;
  }, [services, key]);

  useEffect(() => {
    if (isTyped) return;
    let isCurrent = true;
    void load().then((opened) => {
      if (isCurrent) setFound((before) => ({ key, opened, generation: (before?.generation ?? 0) + 1 }));
    });
    return () => {
      isCurrent = false;
    };
  }, [load, key, revs, isTyped]);

  return found?.key === key ? found : null;
}
