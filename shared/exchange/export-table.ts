import { safeCell } from '../kernel/safe-cell.ts';
import { byteOrderMark, csvLine } from './csv.ts';
import { sheetEnd, sheetRow, sheetStart } from './xlsx.ts';

export const exportFormats = ['csv', 'xlsx', 'json'] as const;
export type ExportFormat = (typeof exportFormats)[number];
export const sensitivities = ['bsn', 'finance', 'health'] as const;
export type Sensitivity = (typeof sensitivities)[number];

/** `key` names the column in JSON, `header` in the others. A `number` cell is written as digits with a point. */
export type ExportColumn = {
  readonly key: string;
  readonly header: string;
  readonly type: 'text' | 'number';
  /** Asked for separately: what a compartment of its own protects. */
  readonly sensitive: Sensitivity | null;
};

/** Pieces of one file, in order: `start`, every `row`, `end`. Text of XLSX is that of its sheet. */
export type TableText = {
  readonly start: string;
  readonly row: (cells: readonly string[]) => string;
  readonly end: string;
};

/** A table as CSV (`;`, BOM, quoted, no formulas: SEC-44), the sheet of an XLSX (SEC-45), or JSON with a line a record. */
export function tableText(format: ExportFormat, columns: readonly ExportColumn[]): TableText {
  if (format === 'json') return jsonText(columns);
  if (format === 'csv') return csvText(columns);
  let line = 0;
  const row = (cells: readonly string[], isHeader = false) => {
    line += 1;
    const typed = cells.map((text, at) => {
      const isNumber = !isHeader && columns[at]?.type === 'number' && decimal.test(text);
      return { text: isNumber || isNumberWithSign(text) ? text : safeCell(text), isNumber };
    });
    return sheetRow(line, typed);
  };
  const header = row(
    columns.map((column) => column.header),
    true,
  );
  return { start: sheetStart(columns.length) + header, row: (cells) => row(cells), end: sheetEnd };
}

const decimal = /^-?\d+(\.\d+)?$/;
/** A telephone number is text in a sheet whatever it begins with, and needs no mark there. */
const isNumberWithSign = (text: string) => /^\+[\d\s().-]+$/.test(text);

function csvText(columns: readonly ExportColumn[]): TableText {
  const cell = (text: string, at: number) =>
    columns[at]?.type === 'number' && decimal.test(text) ? text.replace('.', ',') : safeCell(text);
  return {
    start: byteOrderMark + csvLine(columns.map(({ header }) => safeCell(header))),
    row: (cells) => csvLine(cells.map(cell)),
    end: '',
  };
}

/** Empty cells are left out; everything is text, so that no number loses a zero or a cent. */
function jsonText(columns: readonly ExportColumn[]): TableText {
  let isFirst = true;
  return {
    start: '[',
    row: (cells) => {
      const filled = columns.flatMap(({ key }, at) => (cells[at] ? [[key, cells[at]] as const] : []));
      const comma = isFirst ? '' : ',';
      isFirst = false;
      return `${comma}\n${JSON.stringify(Object.fromEntries(filled))}`;
    },
    end: '\n]\n',
  };
}
