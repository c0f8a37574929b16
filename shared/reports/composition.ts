import type { IsoDate } from '../kernel/dates.ts';
import type { NationalityGroup } from '../register/codes.ts';
import { ageOfPartial } from '../register/partial-date.ts';
import { isHereOn, type ReportFacts } from './report-facts.ts';

/** Ages in whole years: below school, primary, secondary, and four bands of adults. */
const bands = {
  a0: [0, 3],
  a4: [4, 11],
  a12: [12, 17],
  a18: [18, 24],
  a25: [25, 44],
  a45: [45, 64],
  a65: [65, 199],
} as const;
export const ageBands = ['a0', 'a4', 'a12', 'a18', 'a25', 'a45', 'a65', 'unknown'] as const;
export type AgeBand = (typeof ageBands)[number];

/** First and last year of a band; null for people whose birth date is not known. */
export const yearsOf = (band: AgeBand): readonly [number, number] | null => (band === 'unknown' ? null : bands[band]);

/** A partly known birth date counts by its latest day, as everywhere; without a year it is `unknown`. */
export function ageBandOn({ birthDate }: Pick<ReportFacts, 'birthDate'>, day: IsoDate): AgeBand {
  const age = birthDate === null ? undefined : ageOfPartial(birthDate, day);
  if (age === undefined) return 'unknown';
  return (
    ageBands.find((band) => {
      const years = yearsOf(band);
      return years !== null && years[0] <= age && age <= years[1];
    }) ?? 'unknown'
  );
}

export type CompositionRow = {
  readonly band: AgeBand;
  /** Resident ids by group; every group is there. */
  readonly groups: Readonly<Record<NationalityGroup, readonly string[]>>;
};

/** Who is here on `day`, by age and nationality group. Everybody stands in one cell. */
export function composition(facts: readonly ReportFacts[], day: IsoDate): readonly CompositionRow[] {
  const rows = new Map(
    ageBands.map((band) => {
      const groups: Record<NationalityGroup, string[]> = {
        ...{ ua: [], 'permanent-permit': [], protection: [] },
        ...{ 'temporary-permit': [], family: [], unknown: [] },
      };
      return [band, { band, groups }];
    }),
  );
  for (const person of facts) {
    if (isHereOn(person, day)) rows.get(ageBandOn(person, day))?.groups[person.group].push(person.id);
  }
  return [...rows.values()];
}
