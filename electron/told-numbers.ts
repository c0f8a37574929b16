import { fromHex } from '../shared/kernel/bytes.ts';
import type { HelloAnswer } from '../shared/sync/protocol.ts';
import type { Standing } from './settings.ts';

type Ranges = NonNullable<HelloAnswer['rejected']>;
/** Both lists, each range once, in the order they came. */
export const joinRanges = (known: Ranges, told: Ranges): Ranges => {
  const named = new Set(known.map((range) => JSON.stringify(range)));
  return [...known, ...told.filter((range) => !named.has(JSON.stringify(range)))];
};

/** As the page of the app reads them. */
export const rangesOf = (rejected: HelloAnswer['rejected'] = []) =>
  rejected.map(({ w, ...rest }) => ({ w: fromHex(w), ...rest }));

/** What of a writer that was named the endpoint does not have. */
export function unsentOf(
  named: { readonly w: string; readonly n: number } | undefined,
  w: string,
  there: number,
): number {
  return named?.w === w ? Math.max(0, named.n - there) : 0;
}

/** As it is shown: the numbers stand apart. */
export const withoutWaiting = ({ status, reason, sinceMs }: Standing) => ({ status, reason, sinceMs });
