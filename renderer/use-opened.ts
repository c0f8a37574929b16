import { useCallback, useEffect, useState } from 'react';
import { refKey, type RecordKind } from '../shared/records/record.ts';
import { useServices, type OpenedRecord, type OpenError } from './services.tsx';
import { useWorkspace } from './stores/workspace-store.ts';

export type Opened =
  | { readonly state: 'loading' }
  | { readonly state: 'ready'; readonly opened: OpenedRecord }
  | { readonly state: 'failed'; readonly error: OpenError };

/**
 * The record of a page. It is opened again when a save or another laptop changed it; a form takes its values and bases
 * once, when it starts, so that such a change is never overwritten unseen.
 */
export function useOpened(kind: RecordKind, id: string): Opened {
  const services = useServices();
  const [result, setResult] = useState<{ readonly key: string; readonly opened: Opened }>();
  const version = useWorkspace((state) =>
    kind === 'resident'
      ? (state.residents.get(id) ?? state.merged.get(id))?.rev
      : state.records.get(refKey({ kind, id }))?.rev,
  );
  const key = refKey({ kind, id });

  const load = useCallback(async () => {
    const outcome = await services.open({ kind, id });
    return outcome.ok
      ? ({ state: 'ready', opened: outcome.value } as const)
      : ({ state: 'failed', error: outcome.error } as const);
  }, [services, kind, id]);

  useEffect(() => {
    let isCurrent = true;
    void load().then((opened) => {
      if (isCurrent) setResult({ key, opened });
    });
    return () => {
      isCurrent = false;
    };
  }, [load, key, version]);

  return result?.key === key ? result.opened : { state: 'loading' };
}
