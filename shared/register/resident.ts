import * as z from 'zod';
import { isValidBsn } from '../kernel/bsn.ts';
import { parseIsoDate, parseIsoMonth, type IsoDate, type IsoMonth } from '../kernel/dates.ts';
import { recordIdBytes } from '../kernel/ids.ts';
import { defineKind, readField, readFields } from '../records/field-rule.ts';
import type { FieldValues } from '../records/record.ts';
import {
  incomeKinds,
  nationalityGroups,
  sexes,
  yesNoUnknown,
  type NationalityGroup,
  type RegisteredIncomeKind,
  type Sex,
} from './codes.ts';
import { factRule } from './fact-kind.ts';
import {
  asylumFacts,
  careFacts,
  careRouteFacts,
  correctionFacts,
  courseFacts,
  educationFacts,
  extensionFacts,
  goalFacts,
  languageLevelFacts,
  lastResidenceFacts,
  professionFacts,
  provisionFacts,
  retentionFacts,
  schoolFacts,
  workFacts,
} from './facts.ts';
import { guardianRule, guardiansOf, type Guardian } from './guardianship.ts';
import type { PartialDate } from './partial-date.ts';
import {
  arrivalSchema,
  brpPeriodSchema,
  careStaySchema,
  bsnVerifiedSchema,
  departureSchema,
  documentSchema,
  incomeSchema,
  nameSchema,
  proposedSpellingSchema,
  protectionSchema,
  proposedParts,
  type Arrival,
  type BrpPeriod,
  type CyrillicPart,
  type Departure,
  type IdentityDocument,
  type Income,
  type PersonName,
  type Protection,
} from './resident-fields.ts';
import {
  countryCodeSchema,
  field,
  isoDateSchema,
  partialDateSchema,
  placementSchema,
  recordIdSchema,
  textSchema,
} from './schemas.ts';

/** Classes and compartments as in sync.md §3.2. The values of a set field are a list. */
export const residentKind = defineKind('resident', {
  placement: field('review', 'core', placementSchema),
  name: field('review', 'core', nameSchema),
  callName: field('lww', 'core', textSchema(100)),
  /** Cyrillic spellings that were chosen from proposals and not read from a document; each holds while the name has it. */
  proposedSpelling: field('lww', 'core', proposedSpellingSchema),
  birthDate: field('review', 'core', partialDateSchema),
  sex: field('review', 'core', z.enum(sexes)),
  nationality: field('review', 'core', z.array(countryCodeSchema).min(1).max(5)),
  nationalityGroup: field('review', 'core', z.enum(nationalityGroups)),
  bsn: field('review', 'bsn', z.string().length(9).refine(isValidBsn)),
  bsnVerified: field('review', 'bsn', bsnVerifiedSchema),
  vNumber: field('review', 'core', textSchema(20).min(1)),
  document: field('review', 'core', documentSchema),
  brp: field('review', 'core', brpPeriodSchema),
  protection: field('review', 'core', protectionSchema),
  leftUkraineOn: field('review', 'core', isoDateSchema),
  livedInUkraineOnReferenceDate: field('review', 'core', z.enum(yesNoUnknown)),
  arrival: field('review', 'core', arrivalSchema),
  departure: field('review', 'core', departureSchema),
  phones: field('set', 'core', z.array(textSchema(40).min(1))),
  emails: field('set', 'core', z.array(textSchema(254).min(1))),
  languages: field('set', 'core', z.array(z.string().regex(/^[a-z]{2,3}$/))),
  interpreterNeeded: field('lww', 'core', z.boolean()),
  unaccompanied: field('review', 'core', z.boolean()),
  guardian: guardianRule,
  inCareInstitution: field('review', 'finance', z.boolean()),
  careStay: field('review', 'finance', careStaySchema),
  income: field('review', 'finance', incomeSchema),
  asylum: factRule(asylumFacts, 'review', 'core'),
  extension: factRule(extensionFacts, 'review', 'core'),
  lastResidence: factRule(lastResidenceFacts, 'review', 'core'),
  work: factRule(workFacts, 'lww', 'core'),
  goal: factRule(goalFacts, 'lww', 'core'),
  profession: factRule(professionFacts, 'lww', 'core'),
  languageLevel: factRule(languageLevelFacts, 'lww', 'core'),
  course: factRule(courseFacts, 'lww', 'core'),
  education: factRule(educationFacts, 'lww', 'core'),
  school: factRule(schoolFacts, 'lww', 'core'),
  careRoute: factRule(careRouteFacts, 'review', 'health'),
  care: factRule(careFacts, 'review', 'health'),
  provision: factRule(provisionFacts, 'review', 'core'),
  correction: factRule(correctionFacts, 'review', 'core'),
  retention: factRule(retentionFacts, 'review', 'core'),
  /** This record was a second one of the person that this other record is about. */
  mergedInto: field('review', 'core', recordIdSchema),
  /** `notSame.<resident id>`: somebody looked and these are two people. Who and when is in the operation. */
  notSame: field('review', 'core', z.boolean()),
  _deleted: field('review', 'core', z.boolean(), [false, true]),
});

export type IncomeOfMonth = Income & { readonly kind: RegisteredIncomeKind; readonly month: IsoMonth };

/** What a record says about one person. Null is "not known", also where the user may not open the compartment. */
export type Resident = {
  readonly id: string;
  readonly site: string | null;
  readonly name: PersonName;
  readonly callName: string | null;
  /** Parts of the name that somebody chose from proposals; no document has shown them. */
  readonly proposed: readonly CyrillicPart[];
  readonly birthDate: PartialDate | null;
  readonly sex: Sex;
  readonly nationality: readonly string[];
  readonly nationalityGroup: NationalityGroup;
  readonly bsn: string | null;
  readonly vNumber: string | null;
  readonly documents: readonly (IdentityDocument & { readonly key: string })[];
  /** Oldest first. */
  readonly brp: readonly (BrpPeriod & { readonly key: string })[];
  readonly protection: Protection | null;
  readonly leftUkraineOn: IsoDate | null;
  /** Main residence in Ukraine on the day that the territory list names. */
  readonly livedInUkraine: (typeof yesNoUnknown)[number] | null;
  readonly arrival: Arrival | null;
  readonly departure: Departure | null;
  readonly phones: readonly string[];
  readonly emails: readonly string[];
  readonly languages: readonly string[];
  readonly interpreterNeeded: boolean;
  readonly unaccompanied: boolean;
  /** Oldest first; also who is no longer. */
  readonly guardians: readonly Guardian[];
  readonly inCareInstitution: boolean;
  /** Oldest first. `inCareInstitution` says the same without days. */
  readonly careStays: readonly { readonly from: IsoDate; readonly to: IsoDate | null }[];
  /** By kind, then month. */
  readonly incomes: readonly IncomeOfMonth[];
  /** The record of the same person that this one went into; null while it stands for itself. */
  readonly mergedInto: string | null;
  readonly deleted: boolean;
};

const noName: PersonName = {
  family: '',
  given: '',
  patronymic: '',
  familyCyrillic: '',
  givenCyrillic: '',
  patronymicCyrillic: '',
};

/** Typed view of a resident record; never fails: what is absent or unreadable for this version is null, '' or empty. */
export function toResident(id: string, values: FieldValues): Resident {
  const { fields } = residentKind;
  const name = readField(values, 'name', fields.name) ?? noName;
  return {
    id,
    site: readField(values, 'placement', fields.placement)?.site ?? null,
    name,
    callName: readField(values, 'callName', fields.callName) ?? null,
    proposed: proposedParts(name, readField(values, 'proposedSpelling', fields.proposedSpelling)),
    birthDate: readField(values, 'birthDate', fields.birthDate) ?? null,
    sex: readField(values, 'sex', fields.sex) ?? 'unknown',
    nationality: readField(values, 'nationality', fields.nationality) ?? [],
    nationalityGroup: readField(values, 'nationalityGroup', fields.nationalityGroup) ?? 'unknown',
    bsn: readField(values, 'bsn', fields.bsn) ?? null,
    vNumber: readField(values, 'vNumber', fields.vNumber) ?? null,
    documents: readFields(values, 'document', fields.document).map(([key, value]) => ({ ...value, key })),
    brp: readFields(values, 'brp', fields.brp)
      .map(([key, value]) => ({ ...value, key }))
      .sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0)),
    protection: readField(values, 'protection', fields.protection) ?? null,
    leftUkraineOn: readField(values, 'leftUkraineOn', fields.leftUkraineOn) ?? null,
    livedInUkraine: readField(values, 'livedInUkraineOnReferenceDate', fields.livedInUkraineOnReferenceDate) ?? null,
    arrival: readField(values, 'arrival', fields.arrival) ?? null,
    departure: readField(values, 'departure', fields.departure) ?? null,
    phones: readField(values, 'phones', fields.phones) ?? [],
    emails: readField(values, 'emails', fields.emails) ?? [],
    languages: readField(values, 'languages', fields.languages) ?? [],
    interpreterNeeded: readField(values, 'interpreterNeeded', fields.interpreterNeeded) ?? false,
    unaccompanied: readField(values, 'unaccompanied', fields.unaccompanied) ?? false,
    guardians: guardiansOf(values),
    inCareInstitution: readField(values, 'inCareInstitution', fields.inCareInstitution) ?? false,
    careStays: readFields(values, 'careStay', fields.careStay).flatMap(([key, { to }]) => {
      const from = parseIsoDate(key);
      return from === undefined ? [] : [{ from, to }];
    }),
    incomes: readFields(values, 'income', fields.income).flatMap(([key, value]) => {
      const [kindText, monthText] = key.split('.');
      const kind = incomeKinds.find((known) => known === kindText);
      const month = parseIsoMonth(monthText ?? '');
      return kind === undefined || month === undefined ? [] : [{ ...value, kind, month }];
    }),
    mergedInto: readField(values, 'mergedInto', fields.mergedInto) ?? null,
    deleted: readField(values, '_deleted', fields._deleted) ?? false,
  };
}

export const notSameFieldId = (residentId: string): string => `notSame.${residentId}`;
export const careStayFieldId = (from: IsoDate): string => `careStay.${from}`;
export const incomeFieldId = (kind: RegisteredIncomeKind, month: IsoMonth): string => `income.${kind}.${month}`;

const crockford = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Short code to say on the telephone, `OA-` and 6 Crockford base-32 signs from the random id; not unique by promise. */
export function residentCode(id: string): string {
  const bytes = recordIdBytes(id);
  const bits = new DataView(bytes.buffer).getUint32(0) >>> 2;
  let code = '';
  for (let shift = 25; shift >= 0; shift -= 5) code += crockford.charAt((bits >>> shift) & 31);
  return `OA-${code}`;
}
