import { startTransition, useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecordKind } from '../shared/records/record.ts';
import { RecordImage } from '../shared/sync/record-image.ts';
import { readingsOf, useWorkspace } from './stores/workspace-store.ts';
import { ProgressBar } from './ui/ProgressBar.tsx';

/** As long as one piece of reading may last: the page answers between two of them. */
const sliceMs = 12;
const progressMs = 120;

/**
 * Shows `children` once what they read of all records of these kinds (a list that is never made anew) is in memory: at once in a register of one site, and
 * after some seconds with a bar in that of a country, where the page goes on meanwhile.
 */
export function WhenRead({ kinds, children }: { readonly kinds: readonly RecordKind[]; readonly children: ReactNode }) {
  const { t } = useTranslation();
  const records = useWorkspace((state) => state.records);
  const { root } = records;
  const isRead = readingsOf(records, kinds).length === 0;
  const [progress, setProgress] = useState({ read: 0, total: 0 });

  useEffect(() => {
    if (isRead) return undefined;
    const total = root instanceof RecordImage ? root.countOf(kinds) : 0;
    // A change by a colleague does not begin anew: what is read comes from the same blocks.
    const readings = [...readingsOf(useWorkspace.getState().records, kinds)];
    let read = 0;
    let shownAt = performance.now();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const slice = () => {
      const start = performance.now();
      while (readings.length > 0 && performance.now() - start < sliceMs) {
        for (let step = 0; step < stepsBetweenClocks && readings.length > 0; step++) {
          if (readings[0]?.next().done === true) readings.shift();
          else read += 1;
        }
      }
      const isDone = readings.length === 0;
      if (isDone || performance.now() - shownAt > progressMs) {
        shownAt = performance.now();
        // What is drawn then may itself take a while: React stops between two parts of the page.
        startTransition(() => setProgress({ read: Math.min(read, total), total }));
      }
      if (!isDone) timer = setTimeout(slice);
    };
    timer = setTimeout(slice);
    return () => clearTimeout(timer);
  }, [root, isRead, kinds]);

  if (isRead) return children;
  return <ProgressBar label={t('readingRegister')} value={progress.read} total={progress.total || null} />;
}
/** The clock is not asked after every record. */
const stepsBetweenClocks = 8;
