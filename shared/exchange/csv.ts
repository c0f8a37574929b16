import { safeCell } from '../kernel/safe-cell.ts';

export const byteOrderMark = '\ufeff';

/** One line of a CSV as Dutch spreadsheets open it: `;`, CRLF, every cell quoted. Text went through `safeCell` before. */
export const csvLine = (cells: readonly string[]): string =>
  `${cells.map((text) => `"${text.replaceAll('"', '""')}"`).join(';')}\r\n`;

/** A whole CSV, with a BOM. Numbers are typed cells and stay as they are; text that looks like a formula is marked. */
export function toCsv(rows: readonly (readonly (string | number | null)[])[]): string {
  const toCell = (value: string | number | null) =>
    value === null ? '' : typeof value === 'number' ? String(value) : safeCell(value);
  return byteOrderMark + rows.map((row) => csvLine(row.map(toCell))).join('');
}
