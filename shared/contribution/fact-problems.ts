import { addDays, parseIsoMonth, type IsoDate } from '../kernel/dates.ts';
import type { FieldValues } from '../records/record.ts';
import { incomeKinds } from '../register/codes.ts';
import { findDoubleMemberships, type Family, type Membership } from '../register/family.ts';

/** A fact that the calculation cannot take as it stands, with the field it stands in and the days concerned. */
export type FactProblem =
  | {
      readonly type: 'overlap' | 'gap';
      readonly field: 'member' | 'careStay';
      readonly resident: string;
      readonly from: IsoDate;
      readonly to: IsoDate | null;
    }
  | {
      readonly type: 'two-families';
      readonly field: 'member';
      readonly resident: string;
      readonly otherFamily: string;
      readonly from: IsoDate;
      readonly to: IsoDate | null;
    }
  | { readonly type: 'income-without-month'; readonly field: string; readonly resident: string };

type PeriodProblem = Extract<FactProblem, { type: 'overlap' | 'gap' }>;
type Checked = {
  readonly family: Family;
  readonly families: readonly Family[];
  readonly residents: readonly {
    readonly id: string;
    readonly values: FieldValues;
    readonly careStays: readonly Period[];
  }[];
};
type Period = { readonly from: IsoDate; readonly to: IsoDate | null };

/**
 * What of a family's facts contradicts itself or cannot be placed: two periods of one person that meet or leave days
 * between them, somebody in two families, an income of no readable kind and month. Empty when all is well.
 */
export function factProblems({ family, families, residents }: Checked): readonly FactProblem[] {
  const byResident = new Map<string, Membership[]>();
  for (const membership of family.memberships)
    byResident.set(membership.resident, [...(byResident.get(membership.resident) ?? []), membership]);
  return [
    ...[...byResident].flatMap(([resident, periods]) => periodProblems('member', resident, periods)),
    ...findDoubleMemberships(families).flatMap(({ resident, families: both, from, to }): FactProblem[] => {
      const otherFamily = both.find((id) => id !== family.id);
      return !both.includes(family.id) || otherFamily === undefined
        ? []
        : [{ type: 'two-families', field: 'member', resident, otherFamily, from, to }];
    }),
    // A second stay long after a first one is no gap: only stays that meet are wrong.
    ...residents.flatMap(({ id, careStays }) =>
      periodProblems('careStay', id, careStays).filter(({ type }) => type === 'overlap'),
    ),
    ...residents.flatMap(({ id, values }) =>
      Object.keys(values)
        .filter((field) => field.startsWith('income.') && values[field] !== null && !hasMonth(field))
        .map((field): FactProblem => ({ type: 'income-without-month', field, resident: id })),
    ),
  ];
}

function periodProblems(
  field: 'member' | 'careStay',
  resident: string,
  periods: readonly Period[],
): readonly PeriodProblem[] {
  const sorted = [...periods].sort((a, b) => (a.from < b.from ? -1 : 1));
  return sorted.slice(1).flatMap((next, at): PeriodProblem[] => {
    const before = sorted[at];
    if (before === undefined) return [];
    const meets = before.to === null || before.to >= next.from;
    if (meets) {
      const ends = [before.to, next.to].filter((day) => day !== null).sort();
      return [{ type: 'overlap', field, resident, from: next.from, to: ends[0] ?? null }];
    }
    const from = addDays(before.to, 1);
    return from === next.from ? [] : [{ type: 'gap', field, resident, from, to: addDays(next.from, -1) }];
  });
}

function hasMonth(field: string): boolean {
  const [, kind, month] = field.split('.');
  return incomeKinds.some((known) => known === kind) && parseIsoMonth(month ?? '') !== undefined;
}
