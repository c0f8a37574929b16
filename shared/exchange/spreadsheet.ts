import type { IsoDate, IsoMonth } from '../kernel/dates.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import type { FieldValues, Value } from '../records/record.ts';
import { checkResident, toBsn, type FieldProblem } from '../register/check-resident.ts';
import type { Relation } from '../register/codes.ts';
import { incomeFieldId } from '../register/resident.ts';
import { guessMapping, importColumns, type ColumnMapping, type ImportColumn } from './columns.ts';
import { parseCellAmount, parseCellBirthDate, parseCellDate, parseCellMonth } from './convert.ts';
import { readFacts, readProtection } from './read-facts.ts';
import { fromSafeCell } from '../kernel/safe-cell.ts';
import {
  findCountry,
  findDocumentType,
  findIncomeKind,
  findLanguage,
  findNationalityGroup,
  findProofType,
  findRelation,
  findSex,
} from './words.ts';

/** Columns without meaning that a list may have; with more it is another kind of file. */
export const maxSurplusColumns = 20;

export type TableError =
  | { readonly type: 'empty-table' }
  | { readonly type: 'no-known-column' }
  | { readonly type: 'too-many-columns'; readonly columns: number; readonly known: number };

/** Mapping proposed for the headers of a list, or why the list as a whole cannot be read. */
export function readHeaders(headers: readonly string[], rowCount: number): Result<ColumnMapping, TableError> {
  if (rowCount === 0 || headers.every((header) => header.trim() === '')) return err({ type: 'empty-table' });
  const mapping = guessMapping(headers);
  const known = Object.keys(mapping).length;
  if (headers.length - known > maxSurplusColumns)
    return err({ type: 'too-many-columns', columns: headers.length, known });
  return known === 0 ? err({ type: 'no-known-column' }) : ok(mapping);
}

export const importProblems = [
  'formula',
  'too-many-cells',
  'unknown-word',
  'impossible-date',
  'amount-not-readable',
  'number-twice',
  'bed-twice',
  'bed-without-room',
  'income-without-kind',
  'day-missing',
  'kind-missing',
] as const;

/** `line` as in the file, `column` null for the whole line; the value itself is never repeated. */
export type LineProblem = {
  readonly line: number;
  readonly column: ImportColumn | null;
  readonly problem: (typeof importProblems)[number] | FieldProblem['problem'];
  /** The line with the same number or bed. */
  readonly otherLine?: number;
};

export type ImportedLine = {
  readonly line: number;
  /** Fields of the resident record, `placement` and family apart. */
  readonly resident: FieldValues;
  /** Lines with the same key are one family; null is a family of one. */
  readonly household: string | null;
  readonly relation: Relation | null;
  readonly place: {
    readonly site: string;
    readonly building: string;
    readonly room: string;
    readonly bed: string;
  } | null;
};

export type LineResult =
  { readonly ok: true; readonly value: ImportedLine } | { readonly ok: false; readonly error: readonly LineProblem[] };

export type ImportOptions = {
  readonly today: IsoDate;
  /** For incomes without a month of their own. */
  readonly incomeMonth: IsoMonth;
  /** Municipality code of BRP registrations in this list. */
  readonly municipality: string;
  /** The code of a territory; absent where the last residence in Ukraine may not be kept, which is then not read. */
  readonly findTerritory?: (text: string) => string | undefined;
};

/**
 * Checks line after line, so the caller can show progress; undefined for an empty line. It remembers numbers and beds:
 * the second line with the same one is the wrong one. Same checks as the form.
 */
export function makeLineReader(
  mapping: ColumnMapping,
  options: ImportOptions,
): (cells: readonly string[], line: number) => LineResult | undefined {
  const seen = new Map<string, number>();
  const width = Math.max(0, ...Object.values(mapping)) + 1 + maxSurplusColumns;
  return (cells, line) => {
    if (cells.every((cell) => isEmptyCell(cell))) return undefined;
    const reader = readCells(cells, line, mapping);
    if (cells.slice(width).some((cell) => !isEmptyCell(cell))) reader.report(null, 'too-many-cells');
    const resident = readResident(reader, options);
    const { problems } = reader;
    for (const { field, part, problem } of checkResident(resident, options.today)) {
      const column = columnOf(field, part);
      if (!problems.some((known) => known.column === column)) reader.report(column, problem);
    }
    const relation = reader.word('relation', findRelation) ?? null;
    const place = readPlace(reader);
    const keys = uniqueKeys(reader, place);
    for (const { key, column } of keys) {
      const otherLine = seen.get(key);
      if (otherLine !== undefined)
        problems.push({ line, column, problem: column === 'bed' ? 'bed-twice' : 'number-twice', otherLine });
    }
    if (problems.length > 0) return { ok: false, error: problems };
    // Only a line that goes in can make a later one the second.
    for (const { key } of keys) seen.set(key, line);
    const household = reader.text('household');
    return { ok: true, value: { line, resident, household: household === '' ? null : household, relation, place } };
  };
}

export type ImportCheck = { readonly lines: readonly ImportedLine[]; readonly problems: readonly LineProblem[] };

const isEmptyCell = (cell: string): boolean => /^[\s\u00a0\ufeff-]*$/u.test(cell);

type CellReader = ReturnType<typeof readCells>;

function readCells(cells: readonly string[], line: number, mapping: ColumnMapping) {
  const problems: LineProblem[] = [];
  const report = (column: ImportColumn | null, problem: LineProblem['problem']) => {
    if (!problems.some((known) => known.column === column && known.problem === problem))
      problems.push({ line, column, problem });
  };
  const text = (column: ImportColumn): string => {
    const at = mapping[column];
    const cell = at === undefined ? '' : (cells[at] ?? '');
    if (isEmptyCell(cell)) return '';
    if (isFormula(cell)) {
      report(column, 'formula');
      return '';
    }
    return fromSafeCell(cell).trim().normalize('NFC');
  };
  /** Converts a cell that is not empty; what cannot be converted is a problem of that column. */
  const convert = <T>(
    column: ImportColumn,
    parse: (cell: string) => T | undefined,
    problem: LineProblem['problem'],
  ) => {
    const cell = text(column);
    if (cell === '') return undefined;
    const value = parse(cell);
    if (value === undefined) report(column, problem);
    return value;
  };
  const word = <T>(column: ImportColumn, find: (cell: string) => T | undefined) =>
    convert(column, find, 'unknown-word');
  const date = (column: ImportColumn) => convert(column, parseCellDate, 'impossible-date');
  return { problems, report, text, convert, word, date };
}

/** A telephone number and an amount may start with + or -; what else starts like a formula is refused. */
function isFormula(cell: string): boolean {
  const start = cell.replace(/^[\s\u00a0\u200b-\u200f\u2060\ufeff]+/u, '');
  return /^[=@\uff1d\uff20]/u.test(start) || /^[+\-\uff0b\uff0d](?![\d\s().,/-]*$)/u.test(start);
}

function readResident(cells: CellReader, options: ImportOptions): FieldValues {
  const values: Record<string, Value> = {};
  const put = (field: string, value: Value | undefined) => {
    if (value !== undefined && value !== '') values[field] = value;
  };
  const name = {
    family: cells.text('family'),
    given: cells.text('given'),
    patronymic: cells.text('patronymic'),
    familyCyrillic: cells.text('familyCyrillic'),
    givenCyrillic: cells.text('givenCyrillic'),
    patronymicCyrillic: cells.text('patronymicCyrillic'),
  };
  if (Object.values(name).some((part) => part !== '')) put('name', name);
  put('birthDate', cells.convert('birthDate', parseCellBirthDate, 'impossible-date'));
  put('sex', cells.word('sex', findSex));
  const nationality = cells.word('nationality', findCountry);
  put('nationality', nationality === undefined ? undefined : [nationality]);
  put(
    'nationalityGroup',
    cells.word('nationalityGroup', findNationalityGroup) ?? (nationality === 'UA' ? 'ua' : undefined),
  );
  put('bsn', toBsn(cells.text('bsn')));
  put('vNumber', cells.text('vNumber'));
  putDocument(cells, nationality ?? null, put);
  const arrival = cells.date('arrivalDate');
  const from = cells.text('arrivedFrom');
  if (arrival !== undefined) put('arrival', { date: arrival, from: from === '' ? null : from });
  else if (from !== '') cells.report('arrivalDate', 'day-missing');
  const leftUkraine = cells.date('leftUkraineOn');
  put('leftUkraineOn', leftUkraine);
  readFacts(cells, options, { arrival, leftUkraine }, put);
  const proofType = cells.word('proofType', findProofType) ?? null;
  const validUntil = cells.date('proofValidUntil') ?? null;
  put('protection', readProtection(cells, proofType, validUntil));
  put('phones', listOf(cells.text('phone')));
  put('emails', listOf(cells.text('email')));
  const languages = listOf(cells.text('languages'))?.map((language) => findLanguage(language));
  if (languages?.includes(undefined)) cells.report('languages', 'unknown-word');
  else
    put(
      'languages',
      languages?.filter((language) => language !== undefined),
    );
  putIncome(cells, options.incomeMonth, put);
  return values;
}

type Put = (field: string, value: Value | undefined) => void;

function putDocument(cells: CellReader, issuingCountry: string | null, put: Put): void {
  const number = cells.text('documentNumber');
  const type = cells.word('documentType', findDocumentType);
  const validUntil = cells.date('documentValidUntil') ?? null;
  const country = cells.word('documentCountry', findCountry) ?? issuingCountry;
  if (number === '' && type === undefined) return;
  put('document.first', { type: type ?? 'other', number, issuingCountry: country, validUntil, seenOn: null });
}

function putIncome(cells: CellReader, defaultMonth: IsoMonth, put: Put): void {
  const amountCents = cells.convert('incomeAmount', parseCellAmount, 'amount-not-readable');
  const kind = cells.word('incomeKind', findIncomeKind);
  const month = cells.convert('incomeMonth', parseCellMonth, 'impossible-date') ?? defaultMonth;
  if (amountCents === undefined) return;
  if (kind === undefined && cells.text('incomeKind') === '') cells.report('incomeKind', 'income-without-kind');
  put(incomeFieldId(kind ?? 'other', month), { amountCents, evidence: 'none' });
}

function listOf(cell: string): readonly string[] | undefined {
  const parts = cell
    .split(/[,;/|]/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  return parts.length === 0 ? undefined : [...new Set(parts)];
}

function readPlace(cells: CellReader): ImportedLine['place'] {
  const place = {
    site: cells.text('site'),
    building: cells.text('building'),
    room: cells.text('room'),
    bed: cells.text('bed'),
  };
  if (place.bed !== '' && place.room === '') cells.report('bed', 'bed-without-room');
  return place.site === '' && place.room === '' ? null : place;
}

function uniqueKeys(cells: CellReader, place: ImportedLine['place']): readonly { key: string; column: ImportColumn }[] {
  const keys: { key: string; column: ImportColumn }[] = [];
  const add = (column: ImportColumn, text: string) => {
    if (text !== '') keys.push({ key: `${column} ${text.toUpperCase().replaceAll(/[\s.]/g, '')}`, column });
  };
  add('bsn', toBsn(cells.text('bsn')));
  add('vNumber', cells.text('vNumber'));
  add('documentNumber', cells.text('documentNumber'));
  if (place !== null && place.bed !== '') add('bed', [place.site, place.building, place.room, place.bed].join('/'));
  return keys;
}

const nameColumns: readonly string[] = importColumns.slice(2, 8);

/** The column that a field of the record was read from. */
function columnOf(field: string, part: string | null): ImportColumn | null {
  const [stem] = field.split('.');
  if (stem === 'name') return (nameColumns.find((column) => column === part) as ImportColumn | undefined) ?? 'family';
  if (stem === 'document') return part === 'number' ? 'documentNumber' : 'documentType';
  if (stem === 'arrival') return part === 'from' ? 'arrivedFrom' : 'arrivalDate';
  if (stem === 'departure') return 'departureDate';
  if (stem === 'brp') return part === 'to' ? 'brpUntil' : part === 'municipality' ? 'brpMunicipality' : 'brpFrom';
  if (stem === 'protection') return 'proofType';
  if (stem === 'lastResidence') return part === 'raion' ? 'residenceRaion' : 'residenceOblast';
  if (stem === 'asylum') return 'asylumReference';
  if (stem === 'guardian') return columnOfGuardian(part);
  if (stem === 'income') return 'incomeAmount';
  if (stem === 'phones') return 'phone';
  if (stem === 'emails') return 'email';
  return importColumns.find((column) => column === stem) ?? null;
}

const columnOfGuardian = (part: string | null): ImportColumn =>
  part === 'organisation' ? 'guardianOrganisation' : part === 'contact' ? 'guardianContact' : 'guardianName';
