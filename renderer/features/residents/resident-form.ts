import type { IsoDate } from '../../../shared/kernel/dates.ts';
import type { FieldValues, Value } from '../../../shared/records/record.ts';
import type {
  DocumentType,
  NationalityGroup,
  ProofType,
  ProtectionStatus,
  Sex,
} from '../../../shared/register/codes.ts';
import { parseTypedBirthDate, toBsn } from '../../../shared/register/check-resident.ts';
import type { Resident } from '../../../shared/register/resident.ts';
import type { CyrillicPart, PersonName, ProposedSpelling } from '../../../shared/register/resident-fields.ts';
import { sameValue } from '../../../shared/sync/canonical.ts';
import type { Edit } from '../../../shared/sync/make-changes.ts';

/** What stands in the form: text as typed, codes and days as chosen. */
export type ResidentFormValues = PersonName & {
  /** Cyrillic spellings that were chosen from proposals; '' for those of a document. */
  readonly proposed: ProposedSpelling;
  readonly birthDate: string;
  readonly sex: Sex;
  readonly nationality: string | null;
  readonly nationalityGroup: NationalityGroup;
  readonly bsn: string;
  readonly vNumber: string;
  readonly documentType: DocumentType | null;
  readonly documentNumber: string;
  readonly issuingCountry: string | null;
  readonly documentUntil: IsoDate | null;
  readonly site: string | null;
  readonly arrivalDate: IsoDate | null;
  readonly arrivalFrom: string;
  readonly leftUkraineOn: IsoDate | null;
  readonly livedInUkraineOnReferenceDate: Resident['livedInUkraine'];
  readonly protectionStatus: ProtectionStatus | null;
  readonly proofType: ProofType | null;
  readonly proofUntil: IsoDate | null;
  readonly brpFrom: IsoDate | null;
  readonly brpMunicipality: string;
  readonly phones: string;
  readonly emails: string;
  readonly interpreterNeeded: boolean;
  readonly unaccompanied: boolean;
  readonly inCareInstitution: boolean;
};

/** Birth dates are typed, also partial ones: day, month, year, with 00 for what is not known. */
export const typedBirthDate = (date: string | null): string => {
  if (date === null) return '';
  const [year = '', month = '', day = ''] = date.split('-');
  return month === '00' ? year : `${day}-${month}-${year}`;
};

const spellingOf = (textOf: (part: CyrillicPart) => string): ProposedSpelling => ({
  familyCyrillic: textOf('familyCyrillic'),
  givenCyrillic: textOf('givenCyrillic'),
  patronymicCyrillic: textOf('patronymicCyrillic'),
});

/** Only of what still stands in the name as it was proposed; null for nothing. */
function proposedOf(form: ResidentFormValues): ProposedSpelling | null {
  const kept = spellingOf((part) => (form.proposed[part] === form[part].trim() ? form.proposed[part] : ''));
  return Object.values(kept).every((text) => text === '') ? null : kept;
}

/** The form as it opens; a new resident starts with what the record says: nothing. */
export function toFormValues(resident: Resident): ResidentFormValues {
  return {
    ...resident.name,
    proposed: spellingOf((part) => (resident.proposed.includes(part) ? resident.name[part] : '')),
    birthDate: typedBirthDate(resident.birthDate),
    sex: resident.sex,
    nationality: resident.nationality[0] ?? null,
    nationalityGroup: resident.nationalityGroup,
    bsn: resident.bsn ?? '',
    vNumber: resident.vNumber ?? '',
    documentType: null,
    documentNumber: '',
    issuingCountry: null,
    documentUntil: null,
    site: resident.site,
    arrivalDate: resident.arrival?.date ?? null,
    arrivalFrom: resident.arrival?.from ?? '',
    leftUkraineOn: resident.leftUkraineOn,
    livedInUkraineOnReferenceDate: resident.livedInUkraine,
    protectionStatus: resident.protection?.status ?? null,
    proofType: resident.protection?.proofType ?? null,
    proofUntil: resident.protection?.validUntil ?? null,
    brpFrom: null,
    brpMunicipality: '',
    phones: resident.phones.join(', '),
    emails: resident.emails.join(', '),
    interpreterNeeded: resident.interpreterNeeded,
    unaccompanied: resident.unaccompanied,
    inCareInstitution: resident.inCareInstitution,
  };
}

/**
 * Field values as the record keeps them; null empties a field. Wrong text stays in, so that the check can name it.
 * The form writes down the first document and the first registration, under `freshKey`; later ones and changes have
 * their own place on the page of the resident, so that none goes over another.
 */
export function toFieldValues(form: ResidentFormValues, before: Resident, freshKey: string): FieldValues {
  const text = (typed: string) => (typed.trim() === '' ? null : typed.trim().normalize('NFC'));
  const list = (typed: string) => typed.split(',').flatMap((part) => text(part) ?? []);
  const { family, given, patronymic, familyCyrillic, givenCyrillic, patronymicCyrillic } = form;
  const names = { family, given, patronymic, familyCyrillic, givenCyrillic, patronymicCyrillic };
  const name = Object.fromEntries(Object.entries(names).map(([part, typed]) => [part, text(typed) ?? '']));
  const birthDate = text(form.birthDate);
  const bsn = text(form.bsn);
  return {
    placement: { site: form.site },
    name: Object.values(name).every((part) => part === '') ? null : name,
    proposedSpelling: proposedOf(form),
    birthDate: birthDate === null ? null : (parseTypedBirthDate(birthDate) ?? birthDate),
    sex: form.sex,
    nationality: form.nationality === null ? null : [form.nationality, ...before.nationality.slice(1)],
    nationalityGroup: form.nationalityGroup,
    bsn: bsn === null ? null : toBsn(bsn),
    vNumber: text(form.vNumber),
    ...(before.documents.length > 0 || form.documentType === null
      ? {}
      : {
          [`document.${freshKey}`]: {
            type: form.documentType,
            number: text(form.documentNumber) ?? '',
            issuingCountry: form.issuingCountry,
            validUntil: form.documentUntil,
            seenOn: null,
          },
        }),
    leftUkraineOn: form.leftUkraineOn,
    livedInUkraineOnReferenceDate: form.livedInUkraineOnReferenceDate,
    arrival: form.arrivalDate === null ? null : { date: form.arrivalDate, from: text(form.arrivalFrom) },
    protection:
      form.protectionStatus === null
        ? null
        : {
            status: form.protectionStatus,
            since: before.protection?.since ?? null,
            proofType: form.proofType,
            validUntil: form.proofUntil,
            successor: before.protection?.successor ?? null,
          },
    ...(before.brp.length > 0 || form.brpFrom === null
      ? {}
      : {
          [`brp.${freshKey}`]: {
            from: form.brpFrom,
            to: null,
            municipality: text(form.brpMunicipality) ?? '',
            reason: null,
            destination: null,
          },
        }),
    phones: list(form.phones),
    emails: list(form.emails),
    interpreterNeeded: form.interpreterNeeded,
    unaccompanied: form.unaccompanied,
    inCareInstitution: form.inCareInstitution,
  };
}

/** Only what differs from the record as it was opened; untouched fields of others are left alone. */
export function toEdits(
  values: FieldValues,
  before: FieldValues,
  baseOf: (field: string) => Edit['base'],
): readonly Edit[] {
  const isEmpty = (value: Value | undefined) =>
    value === undefined || value === null || value === false || (Array.isArray(value) && value.length === 0);
  return Object.entries(values)
    .filter(([field, value]) => {
      const former = before[field];
      if (isEmpty(former) && isEmpty(value)) return false;
      return former === undefined || !sameValue(former, value);
    })
    .map(([field, value]) => ({ field, value, base: baseOf(field) }));
}

/** Which control of the form shows a problem of a record field. */
export function controlOf(field: string, part: string | null): Exclude<keyof ResidentFormValues, 'proposed'> {
  const stem = field.split('.', 1)[0] ?? field;
  if (stem === 'name') return (part ?? 'family') as keyof PersonName;
  if (stem === 'document') return part === 'validUntil' ? 'documentUntil' : 'documentNumber';
  if (stem === 'brp') return part === 'municipality' ? 'brpMunicipality' : 'brpFrom';
  if (stem === 'arrival') return part === 'from' ? 'arrivalFrom' : 'arrivalDate';
  if (stem === 'protection') return part === 'validUntil' ? 'proofUntil' : 'protectionStatus';
  if (stem === 'placement') return 'site';
  return stem as Exclude<keyof ResidentFormValues, 'proposed'>;
}
