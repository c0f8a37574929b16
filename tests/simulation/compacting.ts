import { compactRecords, type Compacting } from '../../renderer/use-cases/compact-records.ts';
import { openRow } from '../../renderer/use-cases/record-rows.ts';
import { goneOf } from '../../shared/sync/replica-record.ts';
import { clearCipher } from '../fakes/clear-cipher.ts';
import type { Laptop, Window } from './laptop.ts';
import { must } from './oracle.ts';
import { nameOfDot } from './reference.ts';

/** Much shorter than any in the app, so that it passes within one history. */
export const termMs = 20_000;

type Asked = Pick<Compacting, 'archived' | 'isInUse'> & {
  readonly spareIn: Compacting['spareIn'] | undefined;
  /** Every operation that ever was in a proved backup. */
  readonly proved: ReadonlySet<string>;
};

/** I5: only what is in a proved backup goes. Gives how many operations went. */
export async function compactIn(
  laptop: Laptop,
  { vault }: Window,
  { archived, isInUse, spareIn, proved }: Asked,
): Promise<number> {
  const done = await compactRecords(vault, {
    ...{ archived, isInUse, termMs },
    pause: () => Promise.resolve(),
    ...(spareIn === undefined ? {} : { spareIn }),
  });
  if (!done.ok) return 0;
  if (done.value > 0) await checkProved(laptop, proved);
  return done.value;
}

async function checkProved({ no, disk }: Laptop, proved: ReadonlySet<string>): Promise<void> {
  for (const row of disk.store.rows.values()) {
    const opened = await openRow(clearCipher(), row);
    if (!opened.ok) continue;
    for (const dot of goneOf(opened.value.record)) {
      must(proved.has(nameOfDot(dot)), 'I5', `laptop ${no} dropped ${nameOfDot(dot)}, which no backup has`);
    }
  }
}
