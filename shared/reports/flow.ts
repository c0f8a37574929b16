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

const isIn = (day: IsoDate | null, { from, to }: Period): boolean => day !== null && from <= day && day <= to;

/** Who came and who left in the period, by nationality group in the order of the code table; groups without any too. */
export function flowIn(facts: readonly ReportFacts[], period: Period): readonly Flow[] {
  const idsOf = (group: NationalityGroup, key: 'arrivedOn' | 'departedOn') =>
    facts.filter((person) => person.group === group && isIn(person[key], period)).map(({ id }) => id);
  return nationalityGroups.map((group) => ({
    group,
    arrivals: idsOf(group, 'arrivedOn'),
    departures: idsOf(group, 'departedOn'),
  }));
}

/**
 * Net inflow per week over any period, whole persons, halves up (also below zero: -1.5 gives -1). Over whole weeks it is
 * the mean of the weeks (register.md §14.1).
 */
export function netPerWeek(net: number, period: Period): number {
  return divideHalfUp(net * 7, daysBetween(period.from, period.to) + 1);
}
