import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ResidentSummary } from '../../../shared/register/resident-summary.ts';
import { errorMessage } from '../../i18n/error-message.ts';
import { useServices } from '../../services.tsx';
import type { LayeredMap } from '../../stores/layered-map.ts';
import { collectNumbers, type NumberBook } from '../../stores/search-facts.ts';

/** By what the states of one register have in common: it goes when the register is locked. */
const known = new WeakMap<object, NumberBook>();

export type NumberReading = {
  readonly book: NumberBook | null;
  /** Something was saved after the numbers were read. */
  readonly isOutdated: boolean;
  readonly progress: { readonly read: number; readonly total: number } | null;
  readonly problem: string | null;
  readonly unreadable: number;
  readonly read: () => void;
  /** The numbers as they are now, read first where that is needed; null where they cannot be read. */
  readonly whenRead: () => Promise<NumberBook | null>;
};

/** V-numbers, document numbers and BSNs for the search. Nothing is read before somebody asks, and the log says so. */
export function useNumberBook(residents: LayeredMap<ResidentSummary>): NumberReading {
  const { t } = useTranslation('register');
  const services = useServices();
  const [book, setBook] = useState<NumberBook | null>(() => known.get(residents.root) ?? null);
  const [state, setState] = useState<Pick<NumberReading, 'progress' | 'problem' | 'unreadable'>>({
    ...{ progress: null, problem: null, unreadable: 0 },
  });
  const stop = useRef<AbortController | null>(null);
  useEffect(() => () => stop.current?.abort(), []);

  const reading = useRef<Promise<NumberBook | null> | null>(null);

  const begin = (): Promise<NumberBook | null> => {
    const controller = new AbortController();
    stop.current?.abort();
    stop.current = controller;
    const numbers = collectNumbers(residents);
    const onProgress = (done: number, total: number) => {
      if (!controller.signal.aborted) setState({ progress: { read: done, total }, problem: null, unreadable: 0 });
    };
    onProgress(0, residents.size);
    const scan = services.scanResidents(t('numbers.purpose'), numbers.visit, onProgress, controller.signal);
    const made = scan.then((outcome): NumberBook | null => {
      if (controller.signal.aborted) return null;
      reading.current = null;
      if (!outcome.ok) {
        setState({ progress: null, problem: errorMessage(outcome.error), unreadable: 0 });
        return null;
      }
      const fresh = numbers.done();
      known.set(residents.root, fresh);
      setBook(fresh);
      setState({ progress: null, problem: null, unreadable: outcome.value.unreadable });
      return fresh;
    });
    reading.current = made;
    return made;
  };
  const own = book !== null && book.residents.root === residents.root ? book : null;
  const isOutdated = own !== null && (residents.changedSince(own.residents)?.length ?? 1) > 0;
  return {
    book: own,
    isOutdated,
    ...state,
    read: () => void begin(),
    whenRead: () => reading.current ?? (own !== null && !isOutdated ? Promise.resolve(own) : begin()),
  };
}
