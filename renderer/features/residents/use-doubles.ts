import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { duplicatesInSlices, type IdentityFacts, type LikelyDouble } from '../../../shared/search/duplicates.ts';
import type { Resident } from '../../../shared/register/resident.ts';
import { liveOf, type ReplicaRecord } from '../../../shared/sync/replica-record.ts';
import { errorMessage } from '../../i18n/error-message.ts';
import { useServices } from '../../services.tsx';
import { useWorkspace } from '../../stores/workspace-store.ts';

type DoublesState =
  | { readonly state: 'idle' }
  | { readonly state: 'reading'; readonly done: number; readonly total: number }
  | { readonly state: 'ready'; readonly pairs: readonly LikelyDouble[]; readonly unreadable: number }
  | { readonly state: 'failed'; readonly message: string };

export const identityOf = ({ id, name, birthDate, bsn, vNumber, documents }: Resident): IdentityFacts => ({
  id,
  ...{ family: name.family, given: name.given },
  ...{ familyCyrillic: name.familyCyrillic, givenCyrillic: name.givenCyrillic },
  birthDate,
  bsn,
  vNumber,
  documentNumbers: documents.map(({ number }) => number).filter((number) => number !== ''),
});

/** What was found, until something in the register changes: coming back from a merge goes on where it was. */
const found = new WeakMap<object, Extract<DoublesState, { state: 'ready' }>>();

/**
 * Reads the numbers once, with one entry in the audit log, and compares in slices. Pairs that somebody kept apart are
 * left out. Nothing is read before it is asked for.
 */
export function useDoubles() {
  const { t } = useTranslation('register');
  const services = useServices();
  const root = useWorkspace((workspace) => workspace.residents.root);
  const [state, setState] = useState<DoublesState>(() => found.get(root) ?? { state: 'idle' });
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);

  const start = () => {
    running.current?.abort();
    const controller = new AbortController();
    running.current = controller;
    const { signal } = controller;
    const persons: IdentityFacts[] = [];
    const apart = new Set<string>();
    const visit = (resident: Resident, record: ReplicaRecord) => {
      persons.push(identityOf(resident));
      for (const { f } of record.ops) {
        if (f.startsWith('notSame.') && liveOf(record, f).some(({ v }) => v === true)) apart.add(`${record.id} ${f}`);
      }
    };
    // Reading is the greater half.
    const report = (done: number, total: number) => {
      if (!signal.aborted) setState({ state: 'reading', done, total });
    };
    const work = async () => {
      report(0, 1);
      const scan = await services.scanResidents(
        t('likely.purpose'),
        visit,
        (read, total) => report(read, total * 2),
        signal,
      );
      if (signal.aborted) return;
      if (!scan.ok) return setState({ state: 'failed', message: errorMessage(scan.error) });
      const search = duplicatesInSlices(persons);
      let lastPause = performance.now();
      for (let step = search.next(); ; step = search.next()) {
        if (step.done === true) {
          const pairs = step.value.filter(({ ids: [a, b] }) => !apart.has(`${a} notSame.${b}`));
          const ready = { state: 'ready', pairs, unreadable: scan.value.unreadable } as const;
          found.set(root, ready);
          return setState(ready);
        }
        if (performance.now() - lastPause < 12) continue;
        const { done, total } = step.value;
        report(total + done, total * 2);
        await new Promise<void>((resolve) => setTimeout(resolve, 0));
        if (signal.aborted) return;
        lastPause = performance.now();
      }
    };
    void work();
  };
  const stop = () => {
    running.current?.abort();
    setState({ state: 'idle' });
  };
  /** The pair is settled: it does not come back when the page does. */
  const drop = (pair: LikelyDouble) => {
    if (state.state !== 'ready') return;
    const ready = { ...state, pairs: state.pairs.filter((other) => other !== pair) };
    found.set(root, ready);
    setState(ready);
  };
  return { state, start, stop, drop };
}
