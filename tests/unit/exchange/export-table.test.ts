import { describe, expect, it } from 'vitest';
import { tableText, type ExportColumn, type ExportFormat } from '../../../shared/exchange/export-table.ts';

const column = (key: string, type: ExportColumn['type'] = 'text', header = key): ExportColumn => ({
  ...{ key, header, type, sensitive: null },
});
const columns = [column('name', 'text', '=name'), column('amount', 'number'), column('phone')];
const written = (format: ExportFormat, ...rows: readonly (readonly string[])[]) => {
  const { start, row, end } = tableText(format, columns);
  return start + rows.map(row).join('') + end;
};

describe('a table that somebody opens in a spreadsheet', () => {
  it('has no formula in a CSV, in a header no more than in a cell, and numbers with a comma', () => {
    expect(written('csv', ['=1+1', '12.5', '+31 6 1234'], ['a "b"', '=2', '\u200b@x'])).toBe(
      `\ufeff"'=name";"amount";"phone"\r\n"'=1+1";"12,5";"'+31 6 1234"\r\n"a ""b""";"'=2";"'\u200b@x"\r\n`,
    );
  });

  it('has no formula in a workbook; a telephone number needs no mark there', () => {
    const sheet = written('xlsx', ['=1+1', '-12.5', '+31 6 1234'], ['@x', '=2', '+1+cmd']);
    const texts = [...sheet.matchAll(/<t[^>]*>([^<]*)<\/t>/g)].map(([, text]) => text?.replaceAll('&apos;', "'"));
    expect(texts).toEqual(["'=name", 'amount', 'phone', "'=1+1", '+31 6 1234', "'@x", "'=2", "'+1+cmd"]);
    expect(sheet).toContain('<v>-12.5</v>');
  });

  it('is JSON as it stands, without what is empty', () => {
    expect(JSON.parse(written('json', ['=1+1', '12.50', ''], ['', '', '+31']))).toEqual([
      { name: '=1+1', amount: '12.50' },
      { phone: '+31' },
    ]);
  });
});
