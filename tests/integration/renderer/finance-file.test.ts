import { readSheet } from 'read-excel-file/universal';
import { expect, it } from 'vitest';
import { csvOf, xlsxOf, type FinanceSheet } from '../../../renderer/features/contributions/finance-file.ts';
import { cents } from '../../../shared/kernel/money.ts';

const hostile = ['=1+1', '+31 6', '-5', '@SUM(A1)', '\tx', '\r=1', '＝1+1', 'gewoon'];
const sheet: FinanceSheet = {
  above: [['Jaar', { count: 2025 }], []],
  heads: ['Huishouden', 'Bedrag'],
  rows: [...hostile.map((text, at) => [text, { amount: cents(at * 5) }]), ['Totaal', { amount: cents(123_456_789) }]],
};

it('a CSV has no cell that a spreadsheet takes for a formula, and amounts to the cent', () => {
  const text = new TextDecoder().decode(csvOf(sheet));
  const cells = [...text.matchAll(/"((?:[^"]|"")*)"/gu)].map(([, cell]) => cell ?? '');
  for (const cell of cells) expect(cell).not.toMatch(/^[=+\-@\t\r＝＋－＠]/u);
  expect(cells.filter((cell) => /^\d+,\d\d$/.test(cell))).toEqual([
    '0,00',
    '0,05',
    '0,10',
    '0,15',
    '0,20',
    '0,25',
    '0,30',
    '0,35',
    '1234567,89',
  ]);
});

it('a file for Excel holds the same: numbers as numbers, texts that stay texts', async () => {
  const bytes = await xlsxOf(sheet);
  const rows = await readSheet(new Blob([Uint8Array.from(bytes)]));
  expect(rows[0]?.slice(0, 2)).toEqual(['Jaar', 2025]);
  expect(rows.at(-1)).toEqual(['Totaal', 1_234_567.89]);
  for (const [name] of rows) if (typeof name === 'string') expect(name).not.toMatch(/^[=+\-@\t\r＝]/u);
  expect(rows.map(([, amount]) => amount)).toContain(0.35);
});
