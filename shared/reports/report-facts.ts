import type { IsoDate } from '../kernel/dates.ts';
import type { DocumentType, NationalityGroup } from '../register/codes.ts';
import type { PartialDate } from '../register/partial-date.ts';
import type { DepartureReason } from '../register/codes.ts';
import type { Resident } from '../register/resident.ts';

/** What reports need of one resident. No name, no number: it may stay in memory while the page is open. */
export type ReportFacts = {
  readonly id: string;
  readonly site: string | null;
  readonly group: NationalityGroup;
  readonly birthDate: PartialDate | null;
  readonly arrivedOn: IsoDate | null;
  readonly departedOn: IsoDate | null;
  readonly departureReason: DepartureReason | null;
  readonly nationality: Resident['nationality'];
  readonly brp: Resident['brp'];
  readonly documents: readonly { readonly type: DocumentType; readonly validUntil: IsoDate | null }[];
};

/** The facts of one resident as the register has them now; days and codes, never a name or a number. */
export const toReportFacts = (resident: Resident): ReportFacts => ({
  id: resident.id,
  site: resident.site,
  group: resident.nationalityGroup,
  birthDate: resident.birthDate,
  arrivedOn: resident.arrival?.date ?? null,
  departedOn: resident.departure?.date ?? null,
  departureReason: resident.departure?.reason ?? null,
  nationality: resident.nationality,
  brp: resident.brp,
  documents: resident.documents.map(({ type, validUntil }) => ({ type, validUntil })),
});

/** Whether somebody belongs to the reception on `day`: arrived, and not departed. A short absence does not count. */
export const isHereOn = ({ arrivedOn, departedOn }: ReportFacts, day: IsoDate): boolean =>
  arrivedOn !== null && arrivedOn <= day && (departedOn === null || departedOn > day);
