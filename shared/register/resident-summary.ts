import type { IsoDate } from '../kernel/dates.ts';
import type { Sex } from './codes.ts';
import { needsGuardian } from './guardianship.ts';
import { membersOn, type Family } from './family.ts';
import type { PartialDate } from './partial-date.ts';
import type { Resident } from './resident.ts';

export const summaryStatuses = ['expected', 'present', 'absent', 'departed'] as const;
export type SummaryStatus = (typeof summaryStatuses)[number];

/**
 * What the list and the search hold of every resident after unlock. No BSN, V-number, notes, health or income
 * (security.md §2.7). Names not given are ''. `room` and `bed` are keys within the site record.
 */
export type ResidentSummary = {
  readonly id: string;
  readonly rev: number;
  readonly family: string;
  readonly given: string;
  readonly patronymic: string;
  readonly familyCyrillic: string;
  readonly givenCyrillic: string;
  readonly birthDate: PartialDate | null;
  /** As in the document; who sleeps in one room depends on it. */
  readonly sex: Sex;
  readonly status: SummaryStatus;
  readonly site: string | null;
  readonly room: string | null;
  readonly bed: string | null;
  readonly familyId: string | null;
  readonly protectionUntil: IsoDate | null;
  /** A field with several values waits for a person to choose. */
  readonly unsettled: boolean;
  /** Only of a child without parents for whom nobody with authority is recorded. */
  readonly lacksGuardian?: true;
  /** Only of a record that went into another one of the same person, and while nobody disputes which. */
  readonly mergedInto?: string;
};

/** Nights `[from, until)`; the day of leaving is free again. */
type Nights = { readonly resident: string; readonly from: IsoDate; readonly until: IsoDate | null };

/** Other records that say something about the resident; entries of other residents are passed over. */
export type SummaryContext = {
  readonly stays: readonly (Nights & { readonly site: string; readonly bed: string; readonly void: boolean })[];
  readonly absences: readonly (Nights & { readonly void: boolean })[];
  readonly families: readonly Family[];
  readonly roomOf: (site: string, bed: string) => string | null;
};

/** The summary of one resident on `day`; `row` says what its record row says beside the values. */
export function summaryOf(
  resident: Resident,
  row: { readonly rev: number; readonly unsettled: boolean; readonly isMergeDisputed?: boolean },
  context: SummaryContext,
  day: IsoDate,
): ResidentSummary {
  const isHere = (nights: Nights & { readonly void: boolean }) =>
    !nights.void &&
    nights.resident === resident.id &&
    nights.from <= day &&
    (nights.until === null || day < nights.until);
  const status = statusOn(resident, context.absences.some(isHere), day);
  const stay = status === 'departed' ? undefined : context.stays.find(isHere);
  const family = context.families.find(
    (candidate) => !candidate.deleted && membersOn(candidate, day).some((member) => member.resident === resident.id),
  );
  return {
    id: resident.id,
    rev: row.rev,
    unsettled: row.unsettled,
    family: resident.name.family,
    given: resident.name.given,
    patronymic: resident.name.patronymic,
    familyCyrillic: resident.name.familyCyrillic,
    givenCyrillic: resident.name.givenCyrillic,
    birthDate: resident.birthDate,
    sex: resident.sex,
    status,
    site: stay?.site ?? resident.site,
    room: stay === undefined ? null : context.roomOf(stay.site, stay.bed),
    bed: stay?.bed ?? null,
    familyId: family?.id ?? null,
    protectionUntil: resident.protection?.validUntil ?? null,
    ...(needsGuardian(resident, day) ? { lacksGuardian: true } : {}),
    ...(resident.mergedInto === null || row.isMergeDisputed === true ? {} : { mergedInto: resident.mergedInto }),
  };
}

function statusOn(resident: Resident, absent: boolean, day: IsoDate): SummaryStatus {
  if (resident.departure !== null && resident.departure.date <= day) return 'departed';
  if (resident.arrival === null || resident.arrival.date > day) return 'expected';
  return absent ? 'absent' : 'present';
}
