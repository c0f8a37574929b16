import { useEffect, useRef, useState } from 'react';
import type { DecisionEffect } from '../shared/contribution/decision-effects.ts';
import { useServices } from './services.tsx';
import { useWorkspace } from './stores/workspace-store.ts';

type EffectsState =
  | { readonly type: 'working'; readonly done: number; readonly total: number | null }
  | { readonly type: 'stopped' }
  | { readonly type: 'ready'; readonly effects: readonly DecisionEffect[] };

const starting: EffectsState = { type: 'working', done: 0, total: null };

/** What was found for these records and residents: a page that is opened again does not work everything out again. */
const found = new WeakMap<object, { readonly residents: object; readonly effects: readonly DecisionEffect[] }>();

/** Decisions that would come out otherwise now, worked out again after every change; it stops when the page is left. */
export function useDecisionEffects(): {
  readonly state: EffectsState;
  readonly stop: () => void;
  readonly again: () => void;
} {
  const services = useServices();
  const residents = useWorkspace((workspace) => workspace.residents);
  const records = useWorkspace((workspace) => workspace.records);
  const [round, setRound] = useState(0);
  const [shown, setShown] = useState<{ readonly of: object; readonly state: EffectsState }>({
    of: records,
    state: starting,
  });
  const stopper = useRef<AbortController | null>(null);

  useEffect(() => {
    const stop = new AbortController();
    stopper.current = stop;
    const set = (state: EffectsState) => {
      if (stopper.current === stop) setShown({ of: records, state });
    };
    const known = found.get(records);
    const work =
      known?.residents === residents
        ? Promise.resolve(known.effects)
        : services.decisionEffects((done, total) => set({ type: 'working', done, total }), stop.signal);
    void work.then((effects) => {
      if (effects !== null) found.set(records, { residents, effects });
      set(effects === null ? { type: 'stopped' } : { type: 'ready', effects });
    });
    return () => {
      stopper.current = null;
      stop.abort();
    };
  }, [services, residents, records, round]);

  return {
    state: shown.of === records ? shown.state : starting,
    stop: () => stopper.current?.abort(),
    again: () => setRound((now) => now + 1),
  };
}
