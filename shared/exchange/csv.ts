import { safeCell } from '../kernel/safe-cell.ts';

const byteOrderMark = '\ufeff';

/** CSV as Dutch spreadsheets open it: BOM, `;`, CRLF, every cell quoted. Numbers are typed cells and stay as they are. */
export function toCsv(rows: readonly (readonly (string | number | null)[])[]): string {
  const toCell = (value: string | number | null) => {
    const text = value === null ? '' : typeof value === 'number' ? String(value) : safeCell(value);
    return `"${text.replaceAll('"', '""')}"`;
  };
  return byteOrderMark + rows.map((row) => `${row.map(toCell).join(';')}\r\n`).join('');
}
