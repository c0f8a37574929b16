import Papa from 'papaparse';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { toCsv } from '../../../shared/exchange/csv.ts';
import { fromSafeCell, safeCell } from '../../../shared/kernel/safe-cell.ts';

it.each([
  '=1+1',
  '+31 6',
  '-5',
  '@SUM(A1)',
  '\t=1',
  '\rx',
  ' =1',
  '\u00a0=1',
  '\u200b=1',
  '\ufeff=1',
  '\uff1d1',
  '\uff0b1',
  '\uff0d1',
  '\uff20x',
  'first\n=1',
  'first\r\n +1',
  'first\r@x',
  'first\n\tx',
])('%j is no formula any more', (text) => {
  expect(safeCell(text)).toBe(`'${text}`);
});

it.each(['', 'Коваленко', "O'Brien", 'a=b', '12-03-1985', 'x\ny', 'a@b.nl', "'t Hooft"])(
  '%j stays as it is',
  (text) => {
    expect(safeCell(text)).toBe(text);
    expect(fromSafeCell(text)).toBe(text);
  },
);

it('comes back as it was', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('=', '+', ' ', 'a', "'", '\n', '\t', '\u00a0') }), (text) => {
      // Text that looks like a marked cell already cannot be told from one.
      fc.pre(fromSafeCell(text) === text);
      expect(fromSafeCell(safeCell(text))).toBe(text);
    }),
    { seed: 20261124 },
  );
});

it('writes what other programs read: BOM, semicolons, CRLF, quotes', () => {
  const csv = toCsv([
    ['Naam', 'Bedrag', 'Leeg'],
    ['Een "bijnaam"; of\nniet', -12, null],
  ]);
  expect(csv).toBe('\ufeff"Naam";"Bedrag";"Leeg"\r\n"Een ""bijnaam""; of\nniet";"-12";""\r\n');
  expect(Papa.parse<string[]>(csv.slice(1), { delimiter: ';', skipEmptyLines: true }).data[1]).toEqual([
    'Een "bijnaam"; of\nniet',
    '-12',
    '',
  ]);
});
