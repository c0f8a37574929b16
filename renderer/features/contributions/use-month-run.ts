import { useCallback, useEffect, useRef, useState } from 'react';
import type { IsoMonth } from '../../../shared/kernel/dates.ts';
import { useServices, type Approval, type ApprovalReport, type RunLine } from '../../services.tsx';
import { withFresh } from './run-lines.ts';

export type RunState =
  | { readonly type: 'working'; readonly done: number; readonly total: number | null }
  | { readonly type: 'stopped' }
  /** `lines` as the run began, for the order on the screen; `current` as they are by now. */
  | { readonly type: 'ready'; readonly lines: readonly RunLine[]; readonly current: readonly RunLine[] };

const starting: RunState = { type: 'working', done: 0, total: null };

/** One run over a month and a site. It stops when the page is left, and what was decided by then stays. */
export function useMonthRun(month: IsoMonth, site: string | null) {
  const services = useServices();
  const [round, setRound] = useState(0);
  const wanted = `${month} ${site ?? ''} ${String(round)}`;
  const [found, setFound] = useState<{ readonly of: string; readonly state: RunState }>({
    of: wanted,
    state: starting,
  });
  const stopper = useRef<AbortController | null>(null);

  useEffect(() => {
    const stop = new AbortController();
    stopper.current = stop;
    const set = (state: RunState) => {
      if (stopper.current === stop) setFound({ of: wanted, state });
    };
    const onProgress = (done: number, total: number) => set({ type: 'working', done, total });
    void services
      .runMonth({ month, site }, onProgress, stop.signal)
      .then((lines) => set(lines === null ? { type: 'stopped' } : { type: 'ready', lines, current: lines }));
    return () => {
      stopper.current = null;
      stop.abort();
    };
  }, [services, month, site, wanted]);

  const again = useCallback(() => setRound((now) => now + 1), []);
  const stop = useCallback(() => stopper.current?.abort(), []);

  /** One household: decided, and its lines read anew. False: it had changed, and nothing was decided. */
  const approveOne = async (approval: Approval): Promise<ApprovalReport> => {
    const noStop = new AbortController().signal;
    const report = await services.decideMany([approval], () => undefined, noStop);
    const fresh = await services.runMonth({ month, site, families: [approval.familyId] }, () => undefined, noStop);
    if (fresh !== null)
      setFound(({ of, state }) => ({
        of,
        state: state.type === 'ready' ? { ...state, current: withFresh(state.current, fresh) } : state,
      }));
    return report;
  };

  return { state: found.of === wanted ? found.state : starting, again, stop, approveOne };
}
