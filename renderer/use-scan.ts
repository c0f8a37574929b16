import { useCallback, useEffect, useRef, useState } from 'react';
import type { Resident } from '../shared/register/resident.ts';
import type { ReplicaRecord } from '../shared/sync/replica-record.ts';
import { errorMessage } from './i18n/error-message.ts';
import { useServices } from './services.tsx';

type ScanState<Row> =
  | { readonly state: 'reading'; readonly read: number; readonly total: number | null }
  | { readonly state: 'ready'; readonly rows: readonly Row[]; readonly unreadable: number }
  | { readonly state: 'failed'; readonly message: string };

/**
 * What a page needs of every resident and the list does not hold; `toRow` keeps little, null nothing. It stops when the
 * page is left. `again` reads anew. `purpose` and `toRow` are those of the first render.
 */
export function useScan<Row>(
  purpose: string,
  toRow: (resident: Resident, record: ReplicaRecord) => Row | null,
): readonly [ScanState<Row>, () => void] {
  const services = useServices();
  const [scan, setScan] = useState<ScanState<Row>>({ state: 'reading', read: 0, total: null });
  const [round, setRound] = useState(0);
  const first = useRef({ purpose, toRow });

  useEffect(() => {
    const stop = new AbortController();
    const rows: Row[] = [];
    const visit = (resident: Resident, record: ReplicaRecord) => {
      const row = first.current.toRow(resident, record);
      if (row !== null) rows.push(row);
    };
    const onProgress = (read: number, total: number) => {
      if (!stop.signal.aborted) setScan({ state: 'reading', read, total });
    };
    void services.scanResidents(first.current.purpose, visit, onProgress, stop.signal).then((outcome) => {
      if (stop.signal.aborted) return;
      setScan(
        outcome.ok
          ? { state: 'ready', rows, unreadable: outcome.value.unreadable }
          : { state: 'failed', message: errorMessage(outcome.error) },
      );
    });
    return () => stop.abort();
  }, [services, round]);

  return [scan, useCallback(() => setRound((now) => now + 1), [])];
}
