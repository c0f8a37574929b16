import { parseIsoDate, type IsoDate } from '../../../shared/kernel/dates.ts';
import { shelterKinds, type ShelterKind } from '../../../shared/reception/site-belonging.ts';
import type { Site } from '../../../shared/reception/site.ts';
import { deregistrationReasons, protectionStatuses, type ProtectionStatus } from '../../../shared/register/codes.ts';
import { isLoneMinor } from '../../../shared/register/guardianship.ts';
import type { Resident } from '../../../shared/register/resident.ts';
import type { ResidentRows } from '../../stores/resident-rows.ts';

export const aloneChoices = ['alone', 'guardian', 'noGuardian'] as const;
export const outChoices = ['any', ...deregistrationReasons] as const;

/** What the list can be narrowed to beside status and site; null narrows nothing. `out` is a deregistration of the BRP. */
export type MoreFilter = {
  readonly alone: (typeof aloneChoices)[number] | null;
  readonly region: string | null;
  readonly shelter: ShelterKind | null;
  readonly protection: ProtectionStatus | null;
  /** The own proof ends on this day or before. */
  readonly ends: IsoDate | null;
  readonly out: (typeof outChoices)[number] | null;
  readonly outFrom: IsoDate | null;
  readonly outUntil: IsoDate | null;
};
export type MoreSearch = Readonly<Partial<Record<keyof MoreFilter, string | undefined>>>;

const oneOf = <Code extends string>(codes: readonly Code[], text: string | undefined): Code | null =>
  codes.find((code) => code === text) ?? null;
const dayOf = (text: string | undefined) => parseIsoDate(text ?? '') ?? null;

/** The filters in an address; what is no known code there narrows nothing. */
export const readMore = (search: MoreSearch): MoreFilter => ({
  alone: oneOf(aloneChoices, search.alone),
  region: search.region ?? null,
  shelter: oneOf(shelterKinds, search.shelter),
  protection: oneOf(protectionStatuses, search.protection),
  ends: dayOf(search.ends),
  out: oneOf(outChoices, search.out),
  outFrom: dayOf(search.outFrom),
  outUntil: dayOf(search.outUntil),
});

export const countMore = (more: MoreFilter): number => Object.values(more).filter((value) => value !== null).length;

/** What the list itself does not hold of a person. */
export type PersonFacts = {
  readonly id: string;
  readonly isAlone: boolean;
  readonly protection: ProtectionStatus | null;
  readonly ended: readonly { readonly to: IsoDate; readonly reason: string | null }[];
};

export const personFactsOn =
  (today: IsoDate) =>
  (resident: Resident): PersonFacts => ({
    id: resident.id,
    isAlone: isLoneMinor(resident, today),
    protection: resident.protection?.status ?? null,
    ended: resident.brp.flatMap(({ to, reason }) => (to === null ? [] : [{ to, reason }])),
  });

const asksOut = ({ out, outFrom, outUntil }: MoreFilter) => out !== null || outFrom !== null || outUntil !== null;

/** Whether every record has to be read for it. */
export const asksRecords = (more: MoreFilter): boolean =>
  (more.alone !== null && more.alone !== 'noGuardian') || more.protection !== null || asksOut(more);

/** The rows that these filters leave. `people` is only asked where `asksRecords` says so. */
export function narrow(
  rows: ResidentRows,
  more: MoreFilter,
  sites: readonly Site[],
  people: ReadonlyMap<string, PersonFacts>,
): ResidentRows {
  if (countMore(more) === 0) return rows;
  const wanted = new Set(
    sites
      .filter(({ safetyRegion }) => more.region === null || safetyRegion === more.region)
      .filter(({ shelter }) => more.shelter === null || shelter === more.shelter)
      .map(({ id }) => id),
  );
  const asksSite = more.region !== null || more.shelter !== null;
  const asks = asksRecords(more);
  return rows.only((at) => {
    if (asksSite && !wanted.has(rows.siteAt(at) ?? '')) return false;
    if (more.ends !== null && !endsBy(rows.textAt('protectionUntil', at), more.ends)) return false;
    if (more.alone === 'noGuardian' && !rows.lacksGuardianAt(at)) return false;
    if (more.alone === 'guardian' && rows.lacksGuardianAt(at)) return false;
    return !asks || isWanted(people.get(rows.idAt(at) ?? ''), more);
  });
}

const endsBy = (until: string, day: IsoDate) => until !== '' && until <= day;

function isWanted(person: PersonFacts | undefined, more: MoreFilter): boolean {
  if (person === undefined) return false;
  if (more.alone !== null && !person.isAlone) return false;
  if (more.protection !== null && person.protection !== more.protection) return false;
  return !asksOut(more) || person.ended.some((period) => isOut(period, more));
}

const isOut = ({ to, reason }: PersonFacts['ended'][number], { out, outFrom, outUntil }: MoreFilter): boolean =>
  (out === null || out === 'any' || reason === out) &&
  (outFrom === null || to >= outFrom) &&
  (outUntil === null || to <= outUntil);
