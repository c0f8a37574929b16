import writeXlsx, { type Cell } from 'write-excel-file/universal';
import type { FinanceCell, FinanceTable } from '../../../shared/contribution/finance-table.ts';
import { toCsv } from '../../../shared/exchange/csv.ts';
import { safeCell } from '../../../shared/kernel/safe-cell.ts';
import { toUtf8 } from '../../../shared/kernel/bytes.ts';

/** A table with its headings in words; `above` are lines before them, such as the year. */
export type FinanceSheet = {
  readonly above: readonly (readonly FinanceCell[])[];
  readonly heads: readonly string[];
  readonly rows: FinanceTable['rows'];
};

const linesOf = ({ above, heads, rows }: FinanceSheet): readonly (readonly FinanceCell[])[] => [
  ...above,
  heads,
  ...rows,
];

/** 1234 cents is 12,34: Dutch spreadsheets read it as a number. Below zero is what was paid too much. */
function inEuros(cents: number): string {
  const digits = String(Math.abs(cents)).padStart(3, '0');
  return `${cents < 0 ? '-' : ''}${digits.slice(0, -2)},${digits.slice(-2)}`;
}

export const csvOf = (sheet: FinanceSheet): Uint8Array =>
  toUtf8(
    toCsv(
      linesOf(sheet).map((row) =>
        row.map((cell) =>
          cell === null || typeof cell === 'string' ? cell : 'amount' in cell ? inEuros(cell.amount) : cell.count,
        ),
      ),
    ),
  );

/** The same for Excel: amounts and counts are numbers, texts are never formulas. */
export async function xlsxOf(sheet: FinanceSheet): Promise<Uint8Array> {
  const cellOf = (cell: FinanceCell): Cell =>
    cell === null
      ? null
      : typeof cell === 'string'
        ? { type: String, value: safeCell(cell) }
        : 'amount' in cell
          ? { type: Number, value: cell.amount / 100, format: '#,##0.00' }
          : { type: Number, value: cell.count };
  const data = linesOf(sheet).map((row) => row.map(cellOf));
  const blob = await writeXlsx(data, { columns: sheet.heads.map(() => ({ width: 22 })) }).toBlob();
  return new Uint8Array(await blob.arrayBuffer());
}
