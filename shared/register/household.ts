import { addDays, firstDayOf, addMonths, monthOf, type IsoDate } from '../kernel/dates.ts';
import type { RecordRef, Value } from '../records/record.ts';
import type { Relation } from './codes.ts';
import { memberFieldId, receptionFieldId, type DoubleMembership, type Family, type Membership } from './family.ts';

/** Edits of a plan name values; their base is named where they are saved. */
export type PlannedEdit = { readonly field: string; readonly value: Value };
export type PlannedRecord = { readonly ref: RecordRef; readonly edits: readonly PlannedEdit[] };

type Days = { readonly from: IsoDate; readonly to: IsoDate | null };

/** What of a period stays when the days of the others are taken out of it, oldest first; both ends inclusive. */
export function daysLeft(whole: Days, taken: readonly Days[]): readonly Days[] {
  let left: readonly Days[] = [{ from: whole.from, to: whole.to }];
  for (const other of taken) {
    left = left.flatMap((days): Days[] => {
      if ((days.to !== null && days.to < other.from) || (other.to !== null && other.to < days.from)) return [days];
      const before = days.from < other.from ? [{ from: days.from, to: addDays(other.from, -1) }] : [];
      const isAfter = other.to !== null && (days.to === null || other.to < days.to);
      return isAfter && other.to !== null ? [...before, { from: addDays(other.to, 1), to: days.to }] : before;
    });
  }
  return left;
}

/** A membership without these days, as edits of its family; the days before and after stand as they were. */
function withoutDays({ resident, from, to, relation }: Membership, taken: Days): readonly PlannedEdit[] {
  const left = daysLeft({ from, to }, [taken]);
  const kept = left.map((days) => ({ field: memberFieldId(resident, days.from), value: { to: days.to, relation } }));
  return left.some((days) => days.from === from)
    ? kept
    : [{ field: memberFieldId(resident, from), value: null }, ...kept];
}

export type Mover = { readonly resident: string; readonly relation: Relation };
export type NewFamily = {
  readonly id: string;
  readonly label: string;
  readonly site: string | null;
  /** Null where this user may not say it: then the site decides. */
  readonly reception: { readonly reception: 'municipal' | 'private'; readonly catered: boolean } | null;
};

const holdsOn = ({ from, to }: Membership, day: IsoDate) => from <= day && (to === null || to >= day);

/**
 * Some members go to a household of their own from `day` on: their membership ends the day before, the new one begins
 * on it, with the end it had. Members who do not belong to the family on that day are passed over.
 */
export function planSplit(
  family: Family,
  movers: readonly Mover[],
  day: IsoDate,
  fresh: NewFamily,
): readonly PlannedRecord[] {
  const moves = movesOf(family, movers, day);
  return [
    { ref: { kind: 'family', id: family.id }, edits: moves.flatMap(({ ended }) => ended) },
    {
      ref: { kind: 'family', id: fresh.id },
      edits: [
        { field: 'placement', value: { site: fresh.site } },
        { field: 'label', value: fresh.label },
        ...moves.map(({ begun }) => begun),
        ...(fresh.reception === null ? [] : [{ field: receptionFieldId(day), value: { ...fresh.reception } }]),
      ],
    },
  ];
}

/**
 * Two households become one from `day` on: the members of `leaving` go to `into`. Whoever belongs to both already only
 * stops in `leaving`; both records stay, so every month before is as it was.
 */
export function planJoin(
  into: Family,
  leaving: Family,
  movers: readonly Mover[],
  day: IsoDate,
): readonly PlannedRecord[] {
  const moves = movesOf(leaving, movers, day);
  const isIn = (id: string) => into.memberships.some((one) => one.resident === id && holdsOn(one, day));
  return [
    { ref: { kind: 'family', id: leaving.id }, edits: moves.flatMap(({ ended }) => ended) },
    {
      ref: { kind: 'family', id: into.id },
      edits: moves.flatMap(({ resident, begun }) => (isIn(resident) ? [] : [begun])),
    },
  ];
}

function movesOf(family: Family, movers: readonly Mover[], day: IsoDate) {
  return movers.flatMap(({ resident, relation }) => {
    const memberships = family.memberships.filter((one) => one.resident === resident && holdsOn(one, day));
    const [first] = memberships;
    if (first === undefined) return [];
    const to = memberships.some((one) => one.to === null)
      ? null
      : (memberships
          .map((one) => one.to)
          .sort()
          .at(-1) ?? null);
    return [
      {
        resident,
        ended: memberships.flatMap((one) => withoutDays(one, { from: day, to: null })),
        begun: { field: memberFieldId(resident, day), value: { to, relation } },
      },
    ];
  });
}

/** One answer to somebody in two families: on those days they belong to `kept` only. */
export function planOneFamily(
  double: DoubleMembership,
  families: readonly Family[],
  kept: string,
): readonly PlannedRecord[] {
  return families
    .filter(({ id }) => id !== kept && double.families.includes(id))
    .map(({ id, memberships }) => ({
      ref: { kind: 'family' as const, id },
      edits: memberships
        .filter((one) => one.resident === double.resident && overlaps(one, double))
        .flatMap((one) => withoutDays(one, double)),
    }));
}

const overlaps = (a: Days, b: Days) => (a.to === null || a.to >= b.from) && (b.to === null || b.to >= a.from);

/** The first day on which amounts follow a change of `day`: a month is calculated as it stands on its first day. */
export const countsFrom = (day: IsoDate): IsoDate =>
  day === firstDayOf(monthOf(day)) ? day : firstDayOf(addMonths(monthOf(day), 1));
