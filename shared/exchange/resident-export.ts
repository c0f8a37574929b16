import type { Cents } from '../kernel/money.ts';
import type { FieldValues } from '../records/record.ts';
import { factsOf, type Fact } from '../register/fact-kind.ts';
import { asylumFacts, lastResidenceFacts } from '../register/facts.ts';
import { residentCode, toResident, type Resident } from '../register/resident.ts';
import type { ImportColumn } from './columns.ts';
import { importColumns } from './columns.ts';
import type { Sensitivity } from './export-table.ts';
import {
  findAnswer,
  findAsylumState,
  findDepartureReason,
  findDeregistrationReason,
  findGuardianKind,
  findProtectionStatus,
  findSuccessor,
} from './fact-words.ts';
import {
  findDocumentType,
  findIncomeKind,
  findNationalityGroup,
  findProofType,
  findRelation,
  findSex,
} from './words.ts';

/** What a list of residents can hold: what a list that is read in can, and what only this app says. */
export const residentExportColumns = [
  'code',
  ...importColumns,
  'status',
  'safetyRegion',
  'shelter',
] as const satisfies readonly string[];
export type ResidentExportColumn = (typeof residentExportColumns)[number];

/** What other records say about a resident; '' where they say nothing. */
export type ResidentSurroundings = Readonly<
  Record<
    'household' | 'relation' | 'site' | 'building' | 'room' | 'bed' | 'status' | 'safetyRegion' | 'shelter',
    string
  >
>;

/** The compartment that a column comes from and is asked for separately; null for what everybody with the register sees. */
export const sensitivityOf = (column: ResidentExportColumn): Sensitivity | null =>
  column === 'bsn' ? 'bsn' : column.startsWith('income') ? 'finance' : null;

/** Lists of codes whose words a list can be read in with again. */
export const wordLists = {
  sex: findSex,
  nationalityGroup: findNationalityGroup,
  documentType: findDocumentType,
  proofType: findProofType,
  incomeKind: findIncomeKind,
  relation: findRelation,
  protectionStatus: findProtectionStatus,
  successor: findSuccessor,
  deregistrationReason: findDeregistrationReason,
  departureReason: findDepartureReason,
  guardianKind: findGuardianKind,
  asylumState: findAsylumState,
  yesNoUnknown: findAnswer,
} as const;
export type WordList = keyof typeof wordLists;

export type CellWords = {
  readonly wordOf: (list: WordList, code: string) => string;
  readonly territoryOf: (code: string) => string;
};

/**
 * The cells of one resident, days as yyyy-mm-dd and amounts with a point. Of several documents, registrations and
 * incomes the last one. `wordOf` gives the word of a code; where that word would not be understood when the file is
 * read in again, the code stands.
 */
export function residentCells(
  { id, values }: { readonly id: string; readonly values: FieldValues },
  around: ResidentSurroundings,
  { wordOf, territoryOf }: CellWords,
): Readonly<Record<ResidentExportColumn, string>> {
  const resident = toResident(id, values);
  const { name, protection, arrival, departure } = resident;
  const word = (list: WordList, code: string | null | undefined): string => {
    if (code === null || code === undefined || code === '') return '';
    const label = wordOf(list, code);
    return wordLists[list](label) === code ? label : code;
  };
  const document = resident.documents.at(-1);
  const brp = resident.brp.at(-1);
  const guardian = resident.guardians.at(-1);
  const [residence, asylum] = [factsOf(lastResidenceFacts, values)[0], factsOf(asylumFacts, values)[0]];
  const income = resident.incomes.reduce<Resident['incomes'][number] | undefined>(
    (last, one) => (last === undefined || one.month > last.month ? one : last),
    undefined,
  );
  return {
    code: residentCode(resident.id),
    family: name.family,
    given: name.given,
    patronymic: name.patronymic,
    familyCyrillic: name.familyCyrillic,
    givenCyrillic: name.givenCyrillic,
    patronymicCyrillic: name.patronymicCyrillic,
    birthDate: resident.birthDate ?? '',
    sex: word('sex', resident.sex),
    nationality: resident.nationality[0] ?? '',
    nationalityGroup: word('nationalityGroup', resident.nationalityGroup),
    bsn: resident.bsn ?? '',
    vNumber: resident.vNumber ?? '',
    documentType: word('documentType', document?.type),
    documentNumber: document?.number ?? '',
    documentValidUntil: document?.validUntil ?? '',
    arrivalDate: arrival?.date ?? '',
    leftUkraineOn: resident.leftUkraineOn ?? '',
    brpFrom: brp?.from ?? '',
    proofType: word('proofType', protection?.proofType),
    proofValidUntil: protection?.validUntil ?? '',
    phone: resident.phones.join(', '),
    email: resident.emails.join(', '),
    languages: resident.languages.join(', '),
    incomeKind: word('incomeKind', income?.kind),
    incomeAmount: income === undefined ? '' : decimalOf(income.amountCents),
    incomeMonth: income?.month ?? '',
    callName: resident.callName ?? '',
    arrivedFrom: arrival?.from ?? '',
    departureDate: departure?.date ?? '',
    departureReason: word('departureReason', departure?.reason),
    departureCountry: departure?.destination ?? '',
    documentCountry: document?.issuingCountry ?? '',
    livedInUkraine: word('yesNoUnknown', resident.livedInUkraine),
    residenceOblast: part(residence, 'oblast') === '' ? '' : territoryOf(part(residence, 'oblast')),
    residenceRaion: part(residence, 'raion'),
    residenceFrom: part(residence, 'from'),
    residenceUntil: part(residence, 'to'),
    brpMunicipality: brp?.municipality ?? '',
    brpUntil: brp?.to ?? '',
    brpReason: word('deregistrationReason', brp?.reason),
    brpCountry: brp?.destination ?? '',
    protectionStatus: word('protectionStatus', protection?.status),
    protectionSince: protection?.since ?? '',
    successor: word('successor', protection?.successor),
    asylumFrom: part(asylum, 'from'),
    asylumState: word('asylumState', part(asylum, 'state')),
    asylumReference: part(asylum, 'reference'),
    unaccompanied: word('yesNoUnknown', resident.unaccompanied ? 'yes' : 'no'),
    guardianKind: word('guardianKind', guardian?.kind),
    guardianName: guardian?.name ?? '',
    guardianOrganisation: guardian?.organisation ?? '',
    guardianContact: guardian?.contact ?? '',
    guardianFrom: guardian?.from ?? '',
    guardianUntil: guardian?.to ?? '',
    interpreterNeeded: word('yesNoUnknown', resident.interpreterNeeded ? 'yes' : 'no'),
    ...around,
    relation: word('relation', around.relation),
  };
}

const part = (fact: Fact | undefined, name: string): string => {
  const value = fact?.values[name];
  return typeof value === 'string' ? value : '';
};

const decimalOf = (amount: Cents): string =>
  `${String(Math.trunc(amount / 100))}.${String(amount % 100).padStart(2, '0')}`;

/** Whether the column can be read in again by this name. */
export const isImportColumn = (column: string): column is ImportColumn =>
  importColumns.some((known) => known === column);
