import { useCallback, useEffect, useState } from 'react';
import { useServices, type Services } from './services.tsx';
import { useSync } from './stores/sync-store.ts';

export type HeldChange = Awaited<ReturnType<Services['heldChanges']>>[number];
export type Held = {
  readonly changes: readonly HeldChange[];
  /** Their author has read that these were not let through. */
  readonly hide: (keys: readonly string[]) => void;
};

const seenDraft = 'exchange/rejected-seen';

/** What only this laptop has; a change that was not let through goes from the list when its author says so. */
export function useHeldChanges(): Held {
  const services = useServices();
  const waiting = useSync((sync) => sync.waiting);
  const rejected = useSync((sync) => sync.rejected);
  const [changes, setChanges] = useState<readonly HeldChange[]>([]);
  const [seen, setSeen] = useState<ReadonlySet<string>>();
  useEffect(() => {
    let isGone = false;
    const look = async () => {
      const kept = seen === undefined ? await services.readDraft(seenDraft) : undefined;
      const read = seen ?? new Set(kept === undefined || kept === '' ? [] : kept.split(' '));
      const found = await services.heldChanges(read);
      if (isGone) return;
      if (seen === undefined) setSeen(read);
      setChanges(found.filter(({ key, state }) => state === 'held' || !read.has(key)));
    };
    void look();
    return () => {
      isGone = true;
    };
  }, [services, waiting, rejected, seen]);
  const hide = useCallback(
    (keys: readonly string[]) => {
      const all = new Set([...(seen ?? []), ...keys]);
      setSeen(all);
      setChanges((before) => before.filter(({ key }) => !keys.includes(key)));
      void services.writeDraft(seenDraft, [...all].join(' '));
    },
    [services, seen],
  );
  return { changes, hide };
}
