import { addDays, firstDayOf, lastDayOf, type IsoDate, type IsoMonth } from '../kernel/dates.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import type { Site } from '../reception/site.ts';
import type { Family, Membership } from '../register/family.ts';
import { latestDay } from '../register/partial-date.ts';
import type { Resident } from '../register/resident.ts';
import type { DatedPolicy } from './dated-policy.ts';
import type { DatedCatering } from './municipal-policy.ts';
import {
  countingDay,
  type DatedFamily,
  type DatedMember,
  type DatedReception,
  type MonthIncome,
} from './family-month.ts';
import type { Judgement } from './month-facts.ts';

/** `residents`: everybody who ever belonged to the family. `site`: where it is placed, null for none. */
export type RegisteredFamily = {
  readonly month: IsoMonth;
  readonly family: Family;
  readonly residents: readonly Resident[];
  readonly site: Pick<Site, 'cateredByDefault'> | null;
  /** Meals on that site where the municipality settled it for a period. */
  readonly caterings?: readonly DatedCatering[];
  readonly policy: DatedPolicy;
  readonly judgement?: Judgement;
};
export type RegisterFactsError = { readonly type: 'birth-date-missing'; readonly memberId: string };

/**
 * What the register says about a family, as the calculation of `month` takes it. A child by its relation is a child,
 * everybody else an adult member. Refused while somebody who counts in the month has no year of birth.
 */
export function toDatedFamily(registered: RegisteredFamily): Result<DatedFamily, RegisterFactsError> {
  const { month, family, policy, judgement } = registered;
  const [day, lastDay] = [firstDayOf(month), lastDayOf(month)];
  const residents = new Map(
    registered.residents.filter(({ deleted }) => !deleted).map((resident) => [resident.id, resident]),
  );
  const present: { membership: Membership; resident: Resident; period: Period }[] = [];
  const members: DatedMember[] = [];
  for (const membership of family.memberships) {
    const resident = residents.get(membership.resident);
    if (resident === undefined) continue;
    const period = presentPeriod(membership, resident);
    if (period.from > lastDay || (period.to !== null && period.to < day)) continue;
    present.push({ membership, resident, period });
  }
  // Who comes during the month does not count in it, unless nobody of the family was here before.
  const counting = countingDay(
    present.map(({ period, resident }) => ({ ...period, ...receptionDays(resident) })),
    month,
  );
  for (const { membership, resident, period } of present) {
    if (period.from > counting || (period.to !== null && period.to < counting)) continue;
    // The latest day it can be: nobody comes of age, and owes a contribution, too early.
    const birthDate = resident.birthDate === null ? undefined : latestDay(resident.birthDate);
    if (birthDate === undefined) return err({ type: 'birth-date-missing', memberId: resident.id });
    members.push({
      ...period,
      ...receptionDays(resident),
      id: resident.id,
      birthDate,
      role: membership.relation === 'child' ? 'child' : 'adult',
      unaccompanied: resident.unaccompanied,
      inCare: resident.inCareInstitution ? [period] : resident.careStays,
      exclusions: exclusionsOf(resident, period),
    });
  }
  return ok({
    month,
    members,
    receptions: receptionsOf(registered),
    incomes: incomesOf(members, residents, month),
    policy,
    ...(judgement === undefined ? {} : { judgement }),
  });
}

const receptionDays = ({ arrival, departure }: Resident): Pick<DatedMember, 'arrivedOn' | 'leftAfter'> => ({
  ...(arrival === null ? {} : { arrivedOn: arrival.date }),
  ...(departure === null ? {} : { leftAfter: addDays(departure.date, -1) }),
});

type Period = { readonly from: IsoDate; readonly to: IsoDate | null };

/** Somebody who is only expected, or has left, does not count, even while the membership still stands. */
function presentPeriod(membership: Membership, { arrival, departure }: Resident): Period {
  const from = arrival !== null && arrival.date > membership.from ? arrival.date : membership.from;
  const lastDay = departure === null ? null : addDays(departure.date, -1);
  const to = membership.to === null || (lastDay !== null && lastDay < membership.to) ? lastDay : membership.to;
  return { from, to };
}

// RooO art. 4: whoever also is a Dutch national, and whoever was refused protection (art. 28 of the Directive).
function exclusionsOf(resident: Resident, period: Period): DatedMember['exclusions'] {
  const { protection, nationality } = resident;
  return [
    ...(nationality.includes('NL') ? [{ ...period, reason: 'dutch-nationality' as const }] : []),
    ...(protection?.status === 'rtb-refused'
      ? [{ from: protection.since ?? period.from, to: null, reason: 'protection-refused' as const }]
      : []),
  ];
}

/** Before the first dated entry a family on a site has what the site gives: municipal reception, meals or not. */
function receptionsOf({ family, site, caterings = [] }: RegisteredFamily): readonly DatedReception[] {
  const first = family.memberships.map(({ from }) => from).sort()[0];
  const bySite =
    site === null || first === undefined
      ? []
      : [{ from: first, reception: 'municipal' as const, catered: site.cateredByDefault }];
  const own: readonly DatedReception[] = [...bySite, ...family.receptions];
  const ownOn = (day: IsoDate) => own.filter(({ from }) => from <= day).at(-1);
  // Meals only change where the family lives on the site; after the period its own last entry holds again.
  const byPolicy = caterings.flatMap(({ from: starts, to, catered }): DatedReception[] => {
    const from = first !== undefined && starts < first ? first : starts;
    if (ownOn(from)?.reception !== 'municipal') return [];
    const dayAfter = to === null ? undefined : addDays(to, 1);
    const back = dayAfter === undefined || dayAfter <= from ? undefined : ownOn(dayAfter);
    if (dayAfter !== undefined && dayAfter <= from) return [];
    return [
      { from, reception: 'municipal', catered },
      ...(dayAfter === undefined || back === undefined ? [] : [{ ...back, from: dayAfter }]),
    ];
  });
  // Of two entries from the same day the last one holds: what was entered for the family itself.
  return [...bySite, ...byPolicy, ...family.receptions];
}

function incomesOf(
  members: readonly DatedMember[],
  residents: ReadonlyMap<string, Resident>,
  month: IsoMonth,
): readonly MonthIncome[] {
  const ids = [...new Set(members.map(({ id }) => id))];
  return ids.flatMap((memberId) =>
    (residents.get(memberId)?.incomes ?? [])
      .filter((income) => income.month === month)
      .map(({ kind, amountCents, startedOn, endedOn }) => ({
        memberId,
        kind,
        month,
        amountCents,
        startedOn: startedOn ?? null,
        ...(endedOn === undefined ? {} : { endedOn }),
      })),
  );
}
