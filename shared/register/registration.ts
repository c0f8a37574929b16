import * as z from 'zod';
import { addDays, daysBetween, type IsoDate } from '../kernel/dates.ts';
import type { NationalityGroup } from './codes.ts';
import periodRows from './protection-periods.json' with { type: 'json' };
import type { Resident } from './resident.ts';
import { isoDateSchema } from './schemas.ts';

export const protectionGroups = ['all', 'ua-and-permanent', 'temporary-permit'] as const;

const periodSchema = z.object({
  scope: z.enum(['EU', 'NL']),
  group: z.enum(protectionGroups),
  kind: z.enum(['rtb', 'transition', 'leave-term']),
  from: isoDateSchema,
  to: isoDateSchema.nullable(),
  legalAct: z.string().min(1),
  status: z.enum(['in-force', 'agreed', 'announced', 'reported']),
  confidence: z.enum(['H', 'M', 'L']),
  source: z.string().min(1),
  checkedOn: isoDateSchema,
});
/** `from … to` inclusive; rows of the EU and of NL never change each other (register.md §4). */
export type ProtectionPeriod = z.infer<typeof periodSchema>;

export const protectionPeriods: readonly ProtectionPeriod[] = z.array(periodSchema).parse(periodRows);

/** The group of the protection rows under which a group of the register falls. */
export const protectionGroupOf = (group: NationalityGroup): Exclude<ProtectionPeriod['group'], 'all'> =>
  group === 'temporary-permit' ? 'temporary-permit' : 'ua-and-permanent';

/**
 * Last day of the temporary protection that this group has on `day` without a gap, from Dutch rows in force only;
 * undefined when there is none. Reported and announced rows never count here.
 */
export function findProtectionEnd(
  group: NationalityGroup,
  day: IsoDate,
  periods: readonly ProtectionPeriod[] = protectionPeriods,
): IsoDate | undefined {
  const rows = periods
    .filter((row) => row.scope === 'NL' && row.status === 'in-force' && row.kind === 'rtb')
    .filter((row) => row.group === 'all' || row.group === protectionGroupOf(group))
    .sort((a, b) => (a.from < b.from ? -1 : 1));
  let end: IsoDate | undefined;
  for (const row of rows) {
    if (row.to === null) continue;
    const covers = row.from <= day && day <= row.to;
    const goesOn = end !== undefined && row.from <= addDays(end, 1) && row.to > end;
    if (covers || goesOn) end = row.to;
  }
  return end;
}

/** BRP state on a reference date: `deregistered` once every period has ended, `never` before the first one. */
export function registrationOn(resident: Pick<Resident, 'brp'>, day: IsoDate): 'registered' | 'deregistered' | 'never' {
  const begun = resident.brp.filter((period) => period.from <= day);
  if (begun.length === 0) return 'never';
  return begun.some((period) => period.to === null || period.to >= day) ? 'registered' : 'deregistered';
}

/** What counting needs of a resident; without `deleted` it is one that counts. */
export type RegistrationFacts = Pick<Resident, 'nationality' | 'brp'> & { readonly deleted?: boolean };

/** The two groups in which the ministry publishes: whoever also is a Ukrainian national, and all others. */
export const registrationGroups = ['Ua', 'Other'] as const;
export type RegistrationGroup = (typeof registrationGroups)[number];
export const registrationGroupOf = ({ nationality }: Pick<Resident, 'nationality'>): RegistrationGroup =>
  nationality.includes('UA') ? 'Ua' : 'Other';

export type RegistrationCounts = {
  readonly registeredUa: number;
  readonly registeredOther: number;
  readonly deregisteredUa: number;
  readonly deregisteredOther: number;
};

/** Counts as the ministry publishes them: Ukrainian and other nationality apart, on a reference date. */
export function countRegistrations(residents: Iterable<RegistrationFacts>, day: IsoDate): RegistrationCounts {
  const counts = { registeredUa: 0, registeredOther: 0, deregisteredUa: 0, deregisteredOther: 0 };
  for (const resident of residents) {
    if (resident.deleted === true) continue;
    const state = registrationOn(resident, day);
    if (state !== 'never') counts[`${state}${registrationGroupOf(resident)}`] += 1;
  }
  return counts;
}

export type RegistrationFlow = {
  readonly inflowUa: number;
  readonly inflowOther: number;
  readonly outflowUa: number;
  readonly outflowOther: number;
};

/** Somebody was registered (1) or deregistered (-1) on `day`. */
export type RegistrationMove = { readonly day: IsoDate; readonly sign: 1 | -1 };

/**
 * When one person was registered and deregistered from `from` to `to`, both inclusive, oldest first. Periods that meet or
 * overlap are one, so that what was registered the day before plus the moves is what is registered on `to`.
 */
export function registrationMoves(
  { brp }: Pick<Resident, 'brp'>,
  from: IsoDate,
  to: IsoDate,
): readonly RegistrationMove[] {
  if (brp.length === 0) return [];
  const moves = joinedSpells(brp).flatMap((spell): readonly RegistrationMove[] => [
    { day: spell.from, sign: 1 },
    ...(spell.to === null ? [] : [{ day: addDays(spell.to, 1), sign: -1 } as const]),
  ]);
  return moves.filter(({ day }) => from <= day && day <= to);
}

/** How often somebody was registered and deregistered from `from` to `to`, both inclusive. */
export function countRegistrationFlow(
  residents: Iterable<RegistrationFacts>,
  from: IsoDate,
  to: IsoDate,
): RegistrationFlow {
  const flow = { inflowUa: 0, inflowOther: 0, outflowUa: 0, outflowOther: 0 };
  for (const resident of residents) {
    if (resident.deleted === true) continue;
    const group = registrationGroupOf(resident);
    for (const { sign } of registrationMoves(resident, from, to)) {
      flow[`${sign === 1 ? 'inflow' : 'outflow'}${group}`] += 1;
    }
  }
  return flow;
}

/** `net` persons over the days `from` to `to`, per week, in whole persons; half away from zero. */
export function perWeek(net: number, from: IsoDate, to: IsoDate): number {
  const days = daysBetween(from, to) + 1;
  return days <= 0 ? 0 : Math.sign(net) * Math.round((Math.abs(net) * 7) / days);
}

type Spell = { readonly from: IsoDate; readonly to: IsoDate | null };

function joinedSpells(periods: readonly Spell[]): readonly Spell[] {
  const spells: Spell[] = [];
  const real = periods.filter((period) => period.to === null || period.to >= period.from);
  for (const period of [...real].sort((a, b) => (a.from < b.from ? -1 : 1))) {
    const last = spells.at(-1);
    if (last === undefined || (last.to !== null && addDays(last.to, 1) < period.from)) spells.push(period);
    else if (last.to !== null && (period.to === null || period.to > last.to)) {
      spells[spells.length - 1] = { from: last.from, to: period.to };
    }
  }
  return spells;
}
