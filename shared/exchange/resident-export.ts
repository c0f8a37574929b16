import type { Cents } from '../kernel/money.ts';
import type { Resident } from '../register/resident.ts';
import { residentCode } from '../register/resident.ts';
import type { ImportColumn } from './columns.ts';
import { importColumns } from './columns.ts';
import type { Sensitivity } from './export-table.ts';
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
  'callName',
  'status',
  'departureDate',
] as const satisfies readonly string[];
export type ResidentExportColumn = (typeof residentExportColumns)[number];

/** What other records say about a resident; '' where they say nothing. */
export type ResidentSurroundings = Readonly<
  Record<'household' | 'relation' | 'site' | 'building' | 'room' | 'bed' | 'status', string>
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
} as const;
export type WordList = keyof typeof wordLists;

/**
 * The cells of one resident, days as yyyy-mm-dd and amounts with a point. Of several documents, registrations and
 * incomes the last one. `wordOf` gives the word of a code; where that word would not be understood when the file is
 * read in again, the code stands.
 */
export function residentCells(
  resident: Resident,
  around: ResidentSurroundings,
  wordOf: (list: WordList, code: string) => string,
): Readonly<Record<ResidentExportColumn, string>> {
  const { name, protection } = resident;
  const word = (list: WordList, code: string | null | undefined): string => {
    if (code === null || code === undefined || code === '') return '';
    const label = wordOf(list, code);
    return wordLists[list](label) === code ? label : code;
  };
  const document = resident.documents.at(-1);
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
    arrivalDate: resident.arrival?.date ?? '',
    leftUkraineOn: resident.leftUkraineOn ?? '',
    brpFrom: resident.brp.at(-1)?.from ?? '',
    proofType: word('proofType', protection?.proofType),
    proofValidUntil: protection?.validUntil ?? '',
    phone: resident.phones.join(', '),
    email: resident.emails.join(', '),
    languages: resident.languages.join(', '),
    incomeKind: word('incomeKind', income?.kind),
    incomeAmount: income === undefined ? '' : decimalOf(income.amountCents),
    incomeMonth: income?.month ?? '',
    callName: resident.callName ?? '',
    departureDate: resident.departure?.date ?? '',
    ...around,
    relation: word('relation', around.relation),
  };
}

const decimalOf = (amount: Cents): string =>
  `${String(Math.trunc(amount / 100))}.${String(amount % 100).padStart(2, '0')}`;

/** Whether the column can be read in again by this name. */
export const isImportColumn = (column: string): column is ImportColumn =>
  importColumns.some((known) => known === column);
