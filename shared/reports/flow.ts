import { daysBetween, type IsoDate } from '../kernel/dates.ts';
import { divideHalfUp } from '../kernel/half-up.ts';
import { nationalityGroups, type NationalityGroup } from '../register/codes.ts';
import type { ReportFacts } from './report-facts.ts';

/** Both days belong to it. */
export type Period = { readonly from: IsoDate; readonly to: IsoDate };

export type Flow = {
  readonly group: NationalityGroup;
  /** Resident ids, in the order of the facts. */
  readonly arrivals: readonly string[];
  readonly departures: readonly string[];
};

/** Whether the day lies in it; false for a day that is not known. */
export const isInPeriod = (day: IsoDate | null, { from, to }: Period): boolean =>
  day !== null && from <= day && day <= to;

/** Who came and who left in the period, by nationality group in the order of the code table; groups without any too. */
export function flowIn(facts: readonly ReportFacts[], period: Period): readonly Flow[] {
  const flows = new Map(
    nationalityGroups.map((group) => [group, { group, arrivals: [] as string[], departures: [] as string[] }]),
  );
  for (const { id, group, arrivedOn, departedOn } of facts) {
    if (isInPeriod(arrivedOn, period)) flows.get(group)?.arrivals.push(id);
    if (isInPeriod(departedOn, period)) flows.get(group)?.departures.push(id);
  }
  return [...flows.values()];
}

/**
 * Net inflow per week over any period, whole persons, halves up (also below zero: -1.5 gives -1). Over whole weeks it is
 * the mean of the weeks (register.md §14.1).
 */
export function netPerWeek(net: number, period: Period): number {
  return divideHalfUp(net * 7, daysBetween(period.from, period.to) + 1);
}
