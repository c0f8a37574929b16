import { invariant } from '../kernel/assert.ts';
import { divideHalfUp } from '../kernel/half-up.ts';

/** One decimal, halves up, with a point: (88910, 89500) gives '99.3'. Above 100 is shown; without realised places ''. */
export function occupancyPercent(occupied: number, realised: number): string {
  invariant(Number.isSafeInteger(occupied) && occupied >= 0, 'occupied places are a whole number');
  invariant(Number.isSafeInteger(realised) && realised >= 0, 'realised places are a whole number');
  if (realised === 0) return '';
  const tenths = (BigInt(occupied) * 2000n + BigInt(realised)) / (2n * BigInt(realised));
  return `${String(tenths / 10n)}.${String(tenths % 10n)}`;
}

export type WeekFlow = { readonly arrivals: number; readonly departures: number };

/** Mean of arrivals − departures over the weeks of one nationality group, whole persons, halves up; null without weeks. */
export function netInflowAverage(weeks: readonly WeekFlow[]): number | null {
  if (weeks.length === 0) return null;
  const net = weeks.reduce((total, week) => total + week.arrivals - week.departures, 0);
  return divideHalfUp(net, weeks.length);
}
